"""`certgen register`: what was issued, what became of it, and keeping the register itself."""

from __future__ import annotations

import click

from certgen.cli.register.acknowledging import acknowledge
from certgen.cli.register.auditing import audit
from certgen.cli.register.ending import void
from certgen.cli.register.exporting import export
from certgen.cli.register.extracting import extract
from certgen.cli.register.keeping import backup, restore, upgrade
from certgen.cli.register.looking import list_records
from certgen.cli.register.replacing import replace_one
from certgen.cli.register.sealing import seal
from certgen.cli.register.showing import show_record

COMMANDS = (
    list_records,
    show_record,
    seal,
    void,
    replace_one,
    extract,
    audit,
    acknowledge,
    export,
    backup,
    restore,
    upgrade,
)


@click.group("register")
def command() -> None:
    """Look up what was issued, end or replace it, and keep the register."""


for each in COMMANDS:
    command.add_command(each)
