"""`certgen check`: say everything that is wrong, and make nothing."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click

from certgen.cli.json_output import echo_json
from certgen.cli.options import ANNOTATE, make_surroundings, shared_inputs
from certgen.cli.text import tell_certificates, tell_findings, tell_sheets
from certgen.desk import make_order
from certgen.pipeline import check
from certgen.workbook import mark_workbook


@click.command("check")
@shared_inputs
@ANNOTATE
def command(*, as_json: bool, annotate: Path | None, **inputs: Any) -> int:
    """Say everything that is wrong with WORKBOOKS, at the cell where it is wrong.

    \b
    Example:
      certgen check shipment.xlsx --annotate marked.xlsx
    """
    started = time.monotonic()
    order = make_order(**inputs)
    if annotate and len(order.workbooks) > 1:
        raise click.UsageError("--annotate marks one workbook; name one.")
    outcome = check(order, make_surroundings("check"))
    if annotate:
        mark_workbook(order.workbooks[0], outcome.findings, annotate)
    if as_json:
        echo_json(outcome.as_record())
    else:
        tell_sheets(outcome)
        tell_findings(outcome.findings)
        tell_certificates(outcome, time.monotonic() - started)
    return outcome.exit_code
