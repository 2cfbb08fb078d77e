"""`certgen form`: what forms there are, what one asks for, and whether a folder is right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from certgen.cli.arrangements import check_arrangements, is_arrangements_folder
from certgen.cli.examples import ShowCommand
from certgen.cli.form_import import check_official, import_official
from certgen.cli.json_output import echo_json
from certgen.cli.options import JSON, PATH, TEMPLATES
from certgen.cli.text import counted
from certgen.desk import find_templates
from certgen.errors import FormError, UsageError
from certgen.forms import check_form, load_form, load_forms
from certgen.forms.model import Edition, Form
from certgen.rules import run_cases
from certgen.toml_file import nearest_word


@click.group("form")
def command() -> None:
    """List, show, check and import forms."""


command.add_command(import_official)


@command.command("list")
@TEMPLATES
@JSON
def list_forms(templates: tuple[Path, ...], *, as_json: bool) -> int:
    """List the installed forms: what each is in law, who issues it, its editions and layout.

    \b
    Example:
      certgen form list
    """
    forms = load_forms(find_templates(templates))
    if as_json:
        echo_json({"schema": 1, "forms": [_record(form) for form in forms.values()]})
        return 0
    for form in forms.values():
        click.echo(f"{form.id}  {form.title}  ({_in_short(form)})")
    return 0


@command.command("show", cls=ShowCommand)
@click.argument("form_id", metavar="ID")
@TEMPLATES
@JSON
def show_form(form_id: str, templates: tuple[Path, ...], *, as_json: bool) -> int:
    """Show what the form ID asks for: its boxes, editions, fields and rules."""
    forms = load_forms(find_templates(templates))
    if form_id not in forms:
        raise UsageError(
            f"There is no form {form_id!r}{nearest_word(form_id, list(forms))}. See: certgen form list"
        )
    form = forms[form_id]
    if as_json:
        echo_json({"schema": 1, "form": _record(form)})
        return 0
    click.echo(f"{form.id}: {form.title}")
    click.echo(f"{_standing_of(form)}; serial {form.serial_pattern or 'none'}")
    for edition in form.editions:
        click.echo(f"edition {edition.id}, {_validity(edition)}")
    click.echo(_layout(form))
    for box in form.boxes:
        click.echo(f"box {box.number:>3}  {box.title}  [{box.completed_by}]")
    click.echo(f"needs: {', '.join(form.required)}")
    for key, value in form.settings.items():
        click.echo(f"setting {key} = {value}, unless the profile says otherwise")
    for rule in form.rules:
        click.echo(f"{rule.severity:<8} {rule.id} {rule.slug} (box {rule.box}): {rule.cites}")
    return 0


@command.command("check")
@click.argument("folder", type=PATH)
@click.option("--proof", type=PATH, help="Show the filled official blank in this PDF.")
def check_folder(folder: Path, proof: Path | None) -> int:
    """Check the form folder at FOLDER: everything wrong with it, and every case of its rules.

    \b
    Example:
      certgen form check my-forms/my-certificate
      certgen form check my-forms/my-application --proof proof.pdf
      certgen form check my-forms/arrangements
    """
    if is_arrangements_folder(folder):
        return check_arrangements(folder)
    problems = check_form(folder)
    try:
        form = load_form(folder)
        results = run_cases(form)
        problems += [result.sentence for result in results if not result.is_right]
    except FormError as error:
        problems += str(error).splitlines()
    if problems:
        raise FormError("\n".join(dict.fromkeys(problems)))
    if form.official is not None:
        check_official(form, proof)
    elif proof is not None:
        raise UsageError("--proof is for a form on an official blank; `certgen fill --draft` shows this one.")
    counts = [
        counted(len(form.boxes), "box|boxes"),
        counted(len(form.rules), "rule|rules"),
        counted(len(results), "case|cases"),
    ]
    click.echo(f"{form.id}: right; {', '.join(counts)}")
    return 0


def _in_short(form: Form) -> str:
    """What it is in law and whose, in which variants, its editions, and whether its layout is official."""
    words = [_standing_of(form)]
    words += [f"variant {variant.name}: {variant.legal_status}" for variant in form.variants]
    words += [f"edition {edition.id}, {_validity(edition)}" for edition in form.editions]
    return "; ".join([*words, _layout(form)])


def _standing_of(form: Form) -> str:
    return f"{form.legal_status} of the {form.issued_by.replace('-', ' ')}"


def _layout(form: Form) -> str:
    return "official layout" if form.is_official_layout else "unofficial layout"


def _validity(edition: Edition) -> str:
    """The departures for which an edition holds, both days included."""
    days = [
        f"{word} {day}"
        for word, day in (("from", edition.valid_from), ("until", edition.valid_until))
        if day is not None
    ]
    return f"valid {' '.join(days)}" if days else "valid for any departure"


def _record(form: Form) -> dict[str, Any]:
    return {
        "id": form.id,
        "title": form.title,
        "language": form.language,
        "legal_status": str(form.legal_status),
        "issued_by": form.issued_by,
        "official_layout": form.is_official_layout,
        "serial": form.serial_pattern,
        "variants": [
            {"name": variant.name, "legal_status": str(variant.legal_status)} for variant in form.variants
        ],
        "editions": [
            {
                "id": edition.id,
                "valid_from": str(edition.valid_from or ""),
                "valid_until": str(edition.valid_until or ""),
            }
            for edition in form.editions
        ],
        "boxes": [
            {
                "number": box.number,
                "title": box.title,
                "completed_by": box.completed_by,
                "fields": sorted(box.paths),
            }
            for box in form.boxes
        ],
        "required": list(form.required),
        "rules": [
            {
                "id": rule.id,
                "slug": rule.slug,
                "severity": str(rule.severity),
                "box": rule.box,
                "cites": rule.cites,
            }
            for rule in form.rules
        ],
    }
