"""`certgen register acknowledge`."""

from __future__ import annotations

from pathlib import Path

import click

from certgen.cli.options import PROFILE, REGISTER, terminal_patience
from certgen.cli.register.options import WHY, actor, find_url, true_time
from certgen.register import open_register


@click.command("acknowledge")
@click.argument("line", type=click.IntRange(min=1))
@WHY
@REGISTER
@PROFILE
def acknowledge(*, line: int, why: str, register_url: str, profile: Path | None) -> int:
    """Say why the clock went back up to this LINE of the journal; audits tell it as a note from then on.

    \b
    Example:
      certgen register acknowledge 57 --why "the battery of the machine's clock was empty"
    """
    url = find_url(register_url, profile)
    with open_register(url, must_exist=True, patience=terminal_patience()) as register:
        register.acknowledge(line, why, actor("register acknowledge"), true_time())
        head = register.journal.head()
    click.echo(f"acknowledged; {head.entry} lines, head {head.entry}:{head.hash}")
    return 0
