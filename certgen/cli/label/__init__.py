"""`certgen label`: what a label may, must and must not say."""

from __future__ import annotations

import click

from certgen.cli.label.checking import check


@click.group("label")
def command() -> None:
    """Judge the labels of organic products."""


command.add_command(check)
