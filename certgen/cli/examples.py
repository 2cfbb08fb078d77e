"""Examples in `--help` that name a form which is installed here."""

from __future__ import annotations

import click


class CommandWithForm(click.Command):
    """A command whose help ends with an example; `{form}` in it becomes the id of an installed form."""

    example: str

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        from certgen.forms import load_forms  # noqa: PLC0415 - only for help

        installed = next(iter(load_forms()))
        formatter.write_paragraph()
        formatter.write_text("Example:")
        with formatter.indentation():
            formatter.write_text(self.example.format(form=installed))


class NewCommand(CommandWithForm):
    """The help of `certgen new`."""

    example = "certgen new {form} -o shipment.xlsx"


class ShowCommand(CommandWithForm):
    """The help of `certgen form show`."""

    example = "certgen form show {form}"
