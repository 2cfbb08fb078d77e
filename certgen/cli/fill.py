"""`certgen fill`: make the certificates."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from certgen.batch import open_press
from certgen.cli.json_output import echo_json
from certgen.cli.options import OUT, PATH, Progress, make_surroundings, shared_inputs
from certgen.cli.text import tell_certificates, tell_findings, tell_sheets
from certgen.desk import make_order
from certgen.pipeline import Outcome, fill, ignore_progress, merge_certificates


@click.command("fill")
@shared_inputs
@OUT
@click.option("--draft", "is_draft", is_flag=True, help="Print drafts without a number.")
@click.option("--copy", "is_copy", is_flag=True, help="Print copies of what was issued, marked COPY.")
@click.option("--merge", type=PATH, metavar="FILE.pdf", help="Also one PDF of all of them.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that print."
)
@click.option(
    "--to-send",
    "is_to_send",
    is_flag=True,
    help="Lay drafts, workbook and list of enclosures in a folder for each consignment.",
)
@click.option("--all-or-nothing", is_flag=True, help="Make nothing if one consignment is refused.")
def command(*, as_json: bool, jobs: int, **inputs: Any) -> int:
    """Make the certificates that WORKBOOKS ask for.

    \b
    Example:
      certgen fill shipment.xlsx
    """
    started = time.monotonic()
    order = make_order(**inputs)
    with _progress() as progress, open_press(jobs, order.templates) as press:
        outcome = fill(order, make_surroundings("fill", progress), press)
    _tell(outcome, time.monotonic() - started, as_json=as_json)
    if order.merge:
        merge_certificates(outcome, order.merge)
    return outcome.exit_code


def _tell(outcome: Outcome, seconds: float, *, as_json: bool) -> None:
    if as_json:
        echo_json(outcome.as_record())
        return
    tell_sheets(outcome)
    tell_findings(outcome.findings)
    tell_certificates(outcome, seconds)


@contextmanager
def _progress() -> Iterator[Progress]:
    """A progress line on a terminal, silence elsewhere."""
    if not sys.stderr.isatty():
        yield ignore_progress
        return

    def show(done: int, of: int) -> None:
        click.echo(f"\r{done} of {of} certificates", nl=False, err=True)

    yield show
    click.echo("\r" + " " * 40 + "\r", nl=False, err=True)
