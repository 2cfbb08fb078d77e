"""`certgen label`: what a label may, must and must not say, and labels for containers."""

from __future__ import annotations

import click

from certgen.cli.label.checking import check
from certgen.cli.label.printing import print_command


@click.group("label")
def command() -> None:
    """Judge the labels of organic products, and print those of containers."""


command.add_command(check)
command.add_command(print_command)
