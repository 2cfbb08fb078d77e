"""`certgen register extract`."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click

from certgen.cli.json_output import echo_json
from certgen.cli.options import (
    ISSUE_DATE,
    JSON,
    MAPS,
    OUT,
    PATH,
    PROFILE,
    REGISTER,
    TEMPLATES,
    make_surroundings,
)
from certgen.cli.register.options import amount_as_record
from certgen.cli.text import tell_certificates, tell_findings
from certgen.desk import make_order
from certgen.pipeline import extract_certificate


@click.command("extract")
@click.argument("serial")
@click.argument("workbook", type=PATH)
@OUT
@REGISTER
@PROFILE
@TEMPLATES
@ISSUE_DATE
@MAPS
@JSON
def extract(*, serial: str, workbook: Path, as_json: bool, **inputs: Any) -> int:
    """Make the extracts of the certificate SERIAL, one for each batch in WORKBOOK, and keep what remains.

    \b
    Example:
      certgen register extract COI.CA.2026.0004711 shipment.xlsx
    """
    started = time.monotonic()
    order = make_order([workbook], **inputs)
    split = extract_certificate(serial, order, make_surroundings("register extract"))
    remaining = [amount_as_record(each) for each in split.remaining]
    if as_json:
        echo_json(split.outcome.as_record() | {"remaining": remaining})
        return split.outcome.exit_code
    tell_findings(split.outcome.findings)
    tell_certificates(split.outcome, time.monotonic() - started)
    for each in remaining:
        click.echo(f"line {each['line']}: {each['amount']} {each['unit']} remain")
    return split.outcome.exit_code
