"""`certgen register replace`."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import click

from certgen.cli.json_output import echo_json
from certgen.cli.options import DAY, EXISTING, day_of, make_surroundings
from certgen.cli.register.options import JSON, REGISTER, WHY
from certgen.cli.text import tell_certificates, tell_findings
from certgen.desk import make_order
from certgen.pipeline import replace_certificate


@click.command("replace")
@click.argument("serial")
@click.argument("workbook", type=EXISTING)
@WHY
@click.option("--confirm", "is_confirmed", is_flag=True, help="An officer confirms changed goods.")
@click.option("--out", type=click.Path(path_type=Path), default=Path("certificates"), show_default=True)
@REGISTER
@click.option("--profile", type=EXISTING, help="Who issues (certgen.toml).")
@click.option("--templates", multiple=True, type=EXISTING, help="A folder of forms of your own.")
@click.option(
    "--issue-date", type=DAY, callback=day_of, help="The new certificate's own date; today unless given."
)
@click.option("--signatory", default="", metavar="NAME", help="Who signs, if the profile has several.")
@click.option("--map", "maps", multiple=True, metavar="HEADER=FIELD", help="What a column of yours means.")
@JSON
def replace_one(
    *,
    serial: str,
    workbook: Path,
    why: str,
    is_confirmed: bool,
    url: str,
    issue_date: date | None,
    as_json: bool,
    **inputs: Any,
) -> int:
    """Issue what WORKBOOK now says in the place of the certificate SERIAL.

    \b
    Example:
      certgen register replace COI.CA-ORG-016.2026.0000001 shipment.xlsx --why "vessel misspelt"
    """
    started = time.monotonic()
    order = make_order([workbook], issue_date=issue_date, register_url=url, **inputs)
    surroundings = make_surroundings("register replace", lambda _done, _of: None)
    outcome = replace_certificate(serial, why, order, surroundings, is_confirmed=is_confirmed)
    if as_json:
        echo_json(outcome.as_record())
        return outcome.exit_code
    tell_findings(outcome.findings)
    tell_certificates(outcome, time.monotonic() - started)
    return outcome.exit_code
