"""`certgen register export`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from certgen.cli.options import DAY, day_of
from certgen.cli.register.options import PROFILE, REGISTER
from certgen.desk import make_order
from certgen.pipeline import export_register


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--since", type=DAY, callback=day_of, help="Issued on or after this day.")
@click.option("--until", type=DAY, callback=day_of, help="Issued on or before this day.")
@REGISTER
@PROFILE
def export(*, file: Path, since: date | None, until: date | None, url: str, profile: Path | None) -> int:
    """Write the register to FILE (.csv, .xlsx or .json), in the order of the serials.

    \b
    Example:
      certgen register export register-2026.xlsx --since 2026-01-01 --until 2026-12-31
    """
    order = make_order([], profile=profile, register_url=url)
    count = export_register(file, order, since=since, until=until)
    click.echo(f"{file}: {count} certificates")
    return 0
