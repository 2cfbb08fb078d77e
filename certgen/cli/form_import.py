"""`certgen form import`, and the check of a form on an official blank: sample values in every field."""

from __future__ import annotations

import re
from pathlib import Path

import click

from certgen.cli.options import PATH
from certgen.desk import find_templates
from certgen.errors import OutputError, UsageError
from certgen.forms import load_forms, load_vocabulary
from certgen.forms.model import Form
from certgen.new_file import write_new_file
from certgen.page.official.folder import import_blank
from certgen.page.official.importing import ImportedBlank
from certgen.page.official.proof import draw_proof

_PRODUCER_MARK = b"certgen"
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@click.command("import")
@click.argument("official", type=PATH)
@click.option("--id", "form_id", required=True, help="The name of the new form: small letters, digits, -.")
@click.option(
    "-o",
    "--out",
    type=PATH,
    default=Path(),
    help="The folder of your forms; the new one is made inside it.",
)
def import_official(official: Path, form_id: str, out: Path) -> int:
    """Make a form folder of OFFICIAL, an official blank PDF with or without fields.

    \b
    Example:
      certgen form import application.pdf --id my-application -o my-forms
    """
    if not _ID.fullmatch(form_id):
        raise UsageError(f"--id {form_id!r}: use small letters, digits and hyphens, as my-certificate.")
    if form_id in load_forms(find_templates()):
        raise UsageError(f"--id {form_id!r}: there is a form of that name; choose another.")
    target = out / form_id
    imported = import_blank(official, form_id, load_vocabulary(), target)
    _tell(imported, target)
    return 0


def check_official(form: Form, proof: Path | None) -> None:
    """Fill the form's blank with sample values; what does not fit, and what says nothing yet, is told."""
    found = draw_proof(form, load_vocabulary([form]))
    if proof is not None:
        _write_proof(proof, found.pdf)
        click.echo(f"{proof}: every box numbered, sample values in their places")
    for finding in found.findings:
        click.echo(f"{finding.severity} {finding.code}: {finding.message}", err=True)
    if found.bare_fonts:
        fonts = ", ".join(found.bare_fonts)
        click.echo(f"fonts that the blank does not bring, so that viewers put their own: {fonts}")
    if found.empty_boxes:
        click.echo(f"boxes that say nothing yet: {', '.join(found.empty_boxes)}")
    if found.lacks_number:
        click.echo("a box shows {{ issue.serial }}, but form.toml has no serial: the place stays empty")
    for line in found.scant_lines:
        first = line.rpartition("[")[0] + "[0]"
        click.echo(f"{line} shows less than {first} does: the rest of that line stands nowhere on the paper")


def _write_proof(path: Path, pdf: bytes) -> None:
    """In the place of an earlier proof, and of no other file: the official blank may be called so."""
    try:
        if path.is_file() and _PRODUCER_MARK in path.read_bytes():
            path.unlink()
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}).") from error
    write_new_file(path, pdf)


def _tell(imported: ImportedBlank, target: Path) -> None:
    if imported.is_flat:
        proposals = sum(len(box.proposals) for box in imported.boxes)
        click.echo(f"{target}: the blank has no fields; {proposals} of its labels are known. Move the boxes.")
    else:
        _tell_fields(imported, target)
    click.echo(f"Then see how it looks:  certgen form check {target} --proof proof.pdf")


def _tell_fields(imported: ImportedBlank, target: Path) -> None:
    silent = [(box, part) for box in imported.boxes for part in box.parts if part.proposal is None]
    proposed = imported.field_count - len({part.field.name for _, part in silent})
    rest = " Fill in the rest:" if silent else ""
    click.echo(f"{target}: {imported.field_count} fields, {proposed} with a proposal.{rest}")
    for box, part in silent:
        option = f" ({part.option})" if part.option else ""
        click.echo(f"  page {box.page}  {part.field.name}{option}  {box.title}")
