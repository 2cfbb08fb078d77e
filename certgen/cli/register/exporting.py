"""`certgen register export`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from certgen.cli.options import PATH, PROFILE, REGISTER, SINCE, UNTIL, make_surroundings
from certgen.cli.text import counted
from certgen.desk import make_order
from certgen.errors import UsageError
from certgen.pipeline import export_register, export_status_list


@click.command("export")
@click.argument("file", type=PATH)
@SINCE
@UNTIL
@click.option("--status-list", "is_status_list", is_flag=True, help="Serials, standing and hashes only.")
@REGISTER
@PROFILE
def export(
    *,
    file: Path,
    since: date | None,
    until: date | None,
    is_status_list: bool,
    register_url: str,
    profile: Path | None,
) -> int:
    """Write the register to FILE (.csv, .xlsx or .json), in the order of the serials.

    With --status-list it is a JSON file for others, by which certgen verify knows what is in force.

    \b
    Example:
      certgen register export register-2026.xlsx --since 2026-01-01 --until 2026-12-31
    """
    order = make_order([], profile=profile, register_url=register_url)
    if is_status_list:
        if since or until:
            raise UsageError("A status list holds every certificate; leave --since and --until out.")
        count = export_status_list(file, order, make_surroundings("register export"))
    else:
        count = export_register(file, order, since=since, until=until)
    click.echo(f"{file}: {counted(count, 'certificate|certificates')}")
    return 0
