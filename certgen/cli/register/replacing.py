"""`certgen register replace`."""

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
    SIGNATORY,
    TEMPLATES,
    make_surroundings,
)
from certgen.cli.register.options import WHY
from certgen.cli.text import tell_certificates, tell_findings
from certgen.desk import make_order
from certgen.pipeline import replace_certificate


@click.command("replace")
@click.argument("serial")
@click.argument("workbook", type=PATH)
@WHY
@click.option("--confirm", "is_confirmed", is_flag=True, help="An officer confirms changed goods.")
@OUT
@REGISTER
@PROFILE
@TEMPLATES
@ISSUE_DATE
@SIGNATORY
@MAPS
@JSON
def replace_one(
    *,
    serial: str,
    workbook: Path,
    why: str,
    is_confirmed: bool,
    as_json: bool,
    **inputs: Any,
) -> int:
    """Issue what WORKBOOK now says in the place of the certificate SERIAL.

    \b
    Example:
      certgen register replace COI.CA-ORG-016.2026.0000001 shipment.xlsx --why "vessel misspelt"
    """
    started = time.monotonic()
    order = make_order([workbook], **inputs)
    surroundings = make_surroundings("register replace")
    outcome = replace_certificate(serial, why, order, surroundings, is_confirmed=is_confirmed)
    if as_json:
        echo_json(outcome.as_record())
        return outcome.exit_code
    tell_findings(outcome.findings)
    tell_certificates(outcome, time.monotonic() - started)
    return outcome.exit_code
