"""`certgen register extract`."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import click

from certgen.cli.json_output import echo_json
from certgen.cli.options import DAY, EXISTING, day_of, make_surroundings
from certgen.cli.register.options import JSON, REGISTER
from certgen.cli.text import tell_certificates, tell_findings
from certgen.desk import make_order
from certgen.pipeline import extract_certificate


@click.command("extract")
@click.argument("serial")
@click.argument("workbook", type=EXISTING)
@click.option("--out", type=click.Path(path_type=Path), default=Path("certificates"), show_default=True)
@REGISTER
@click.option("--profile", type=EXISTING, help="Who issues (certgen.toml).")
@click.option("--templates", multiple=True, type=EXISTING, help="A folder of forms of your own.")
@click.option("--issue-date", type=DAY, callback=day_of, help="The date of the extracts.")
@click.option("--map", "maps", multiple=True, metavar="HEADER=FIELD", help="What a column of yours means.")
@JSON
def extract(
    *, serial: str, workbook: Path, url: str, issue_date: date | None, as_json: bool, **inputs: Any
) -> int:
    """Make the extracts of the certificate SERIAL, one for each batch in WORKBOOK, and keep what remains.

    \b
    Example:
      certgen register extract COI.CA.2026.0004711 shipment.xlsx
    """
    started = time.monotonic()
    order = make_order([workbook], issue_date=issue_date, register_url=url, **inputs)
    split = extract_certificate(serial, order, make_surroundings("register extract", lambda _done, _of: None))
    remaining = [
        {"line": each.line, "amount": f"{each.amount:f}", "unit": each.unit} for each in split.remaining
    ]
    if as_json:
        echo_json(split.outcome.as_record() | {"remaining": remaining})
        return split.outcome.exit_code
    tell_findings(split.outcome.findings)
    tell_certificates(split.outcome, time.monotonic() - started)
    for each in remaining:
        click.echo(f"line {each['line']}: {each['amount']} {each['unit']} remain")
    return split.outcome.exit_code
