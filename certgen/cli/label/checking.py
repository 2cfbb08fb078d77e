"""`certgen label check`: what each label may claim, must and must not say, and what is wrong with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from certgen.cli.json_output import echo_json
from certgen.cli.label.text import tell_answers
from certgen.cli.options import ANNOTATE, DAY, JSON, MAPS, PATH, day_of
from certgen.cli.text import tell_findings, tell_sheet_readings
from certgen.desk import maps_of
from certgen.pipeline import check_labels
from certgen.workbook import mark_workbook


@click.command("check")
@click.argument("workbook", type=PATH)
@ANNOTATE
@MAPS
@click.option(
    "--day",
    type=DAY,
    callback=day_of,
    help="Judge by the rules of this day; today if not said.",
)
@JSON
def check(
    *, workbook: Path, annotate: Path | None, maps: tuple[str, ...], day: date | None, as_json: bool
) -> int:
    """Say of each label in WORKBOOK what its recipe may claim, and what is wrong with the label.

    \b
    Example:
      certgen new label -o labels.xlsx
      certgen label check labels.xlsx
    """
    outcome = check_labels(workbook, maps_of((workbook,), maps), day or date.today())  # noqa: DTZ011 - the user's day
    if annotate:
        mark_workbook(workbook, outcome.findings, annotate)
    if as_json:
        echo_json(outcome.as_record())
        return outcome.exit_code
    tell_sheet_readings(outcome.sheets)
    tell_findings([finding for finding in outcome.findings if finding.slug != "label-question"])
    tell_answers(outcome.answers)
    return outcome.exit_code
