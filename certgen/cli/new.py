"""`certgen new`: a blank workbook for the papers named."""

from __future__ import annotations

from pathlib import Path

import click

from certgen.cli.examples import NewCommand
from certgen.errors import UsageError
from certgen.forms import load_forms, load_vocabulary
from certgen.toml_file import nearest_word
from certgen.workbook import write_blank_workbook


@click.command("new", cls=NewCommand)
@click.argument("form_ids", nargs=-1, required=True, metavar="ID...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("shipment.xlsx"), show_default=True
)
@click.option(
    "--templates", multiple=True, type=click.Path(path_type=Path), help="A folder of forms of your own."
)
def command(form_ids: tuple[str, ...], output: Path, templates: tuple[Path, ...]) -> int:
    """Write a blank workbook for the forms ID, with lists, hints and one example row.

    The ids are those of `certgen form list`.
    """
    forms = load_forms(templates)
    for form_id in form_ids:
        if form_id not in forms:
            raise UsageError(
                f"There is no form {form_id!r}{nearest_word(form_id, list(forms))}. See: certgen form list"
            )
    chosen = [forms[form_id] for form_id in form_ids]
    write_blank_workbook(chosen, load_vocabulary(chosen), output)
    click.echo(output)
    return 0
