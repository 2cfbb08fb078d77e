"""`certgen register list`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from certgen.cli.json_output import echo_json
from certgen.cli.options import (
    JSON,
    PROFILE,
    REGISTER,
    SINCE,
    UNTIL,
)
from certgen.cli.register.options import (
    as_record,
    ended,
    exporter_of,
    find_url,
    reference_of,
)
from certgen.register import Status, open_register


@click.command("list")
@REGISTER
@PROFILE
@click.option("--form", default=None, metavar="ID")
@click.option("--status", default=None, type=click.Choice([str(status) for status in Status]))
@SINCE
@UNTIL
@click.option("--exporter", default=None, metavar="NAME")
@click.option("--text", default=None, metavar="TEXT", help="In serial, reference, exporter or file name.")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 10_000))
@click.option("--after", default=None, metavar="SERIAL", help="Go on after this one, the last of a page.")
@JSON
def list_records(*, register_url: str, profile: Path | None, as_json: bool, **filters: Any) -> int:
    """List certificates, the newest first.

    \b
    Example:
      certgen register list --since 2026-01-01
    """
    with open_register(find_url(register_url, profile), must_exist=True) as register:
        records = register.list_records(**filters)
    if as_json:
        echo_json({"schema": 1, "records": [as_record(record) for record in records]})
        return 0
    for record in records:
        what = f"{reference_of(record)}  {exporter_of(record)}"
        click.echo(f"{record.serial}  {record.issue_date}  {record.status:<8} {what}{ended(record)}")
    return 0
