"""`certgen new`: a blank workbook for the papers named."""

from __future__ import annotations

from pathlib import Path

import click

from certgen.cli.examples import NewCommand
from certgen.cli.options import PATH, TEMPLATES
from certgen.desk import find_templates
from certgen.errors import UsageError
from certgen.forms import load_forms, load_vocabulary
from certgen.forms.label_fields import load_label_vocabulary
from certgen.toml_file import nearest_word
from certgen.workbook import write_blank_labels, write_blank_workbook

LABEL = "label"
"""What stands for a workbook of labels among the ids of forms."""


@click.command("new", cls=NewCommand)
@click.argument("form_ids", nargs=-1, required=True, metavar="ID...")
@click.option(
    "-o",
    "--output",
    type=PATH,
    help="Where to; shipment.xlsx (labels.xlsx) if not said.",
)
@TEMPLATES
def command(form_ids: tuple[str, ...], output: Path | None, templates: tuple[Path, ...]) -> int:
    """Write a blank workbook for the forms ID, with lists, hints and one example row.

    The ids are those of `certgen form list`; `label` gives the sheets for labels and their recipes, alone or
    beside those of shipments.
    """
    if set(form_ids) == {LABEL}:
        return _new_labels(output)
    labels = load_label_vocabulary() if LABEL in form_ids else None
    form_ids = tuple(form_id for form_id in form_ids if form_id != LABEL)
    forms = load_forms(find_templates(templates))
    for form_id in form_ids:
        if form_id not in forms:
            near = nearest_word(form_id, [*forms, LABEL])
            raise UsageError(f"There is no form {form_id!r}{near}. See: certgen form list")
    chosen = [forms[form_id] for form_id in form_ids]
    target = output or Path("shipment.xlsx")
    write_blank_workbook(chosen, load_vocabulary(chosen), target, labels)
    click.echo(target)
    return 0


def _new_labels(output: Path | None) -> int:
    target = output or Path("labels.xlsx")
    write_blank_labels(load_label_vocabulary(), target)
    click.echo(target)
    return 0
