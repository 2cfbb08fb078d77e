"""`certgen register list` and `show`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from certgen.cli.json_output import echo_json
from certgen.cli.options import (
    JSON,
    PATH,
    PROFILE,
    REGISTER,
    SINCE,
    TEMPLATES,
    UNTIL,
    make_surroundings,
)
from certgen.cli.register.options import (
    amount_as_record,
    as_record,
    exporter_of,
    find_url,
    reference_of,
    standing,
)
from certgen.desk import make_order
from certgen.errors import UsageError
from certgen.new_file import write_new_file
from certgen.pipeline import Order, reproduce
from certgen.register import Line, Record, Status, open_register


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
        click.echo(f"{record.serial}  {record.issue_date}  {record.status:<8} {what}{_ended(record)}")
    return 0


@click.command("show")
@click.argument("serial")
@REGISTER
@PROFILE
@click.option("--pdf", type=PATH, metavar="FILE.pdf", help="Write the kept original here.")
@click.option("--copy", "is_copy", is_flag=True, help="With --pdf: print it with COPY on every page.")
@TEMPLATES
@JSON
def show_record(
    *,
    serial: str,
    register_url: str,
    profile: Path | None,
    pdf: Path | None,
    is_copy: bool,
    templates: tuple[Path, ...],
    as_json: bool,
) -> int:
    """Show one certificate by its SERIAL, and everything that was done to it.

    SERIAL may also be that of an extract, or of a certificate numbered elsewhere that was split here.

    \b
    Example:
      certgen register show COI.CA-ORG-016.2026.0000001 --pdf kept.pdf
    """
    if is_copy and pdf is None:
        raise UsageError("--copy prints a copy to the file of --pdf; name one: --pdf FILE.pdf")
    with open_register(find_url(register_url, profile), must_exist=True) as register:
        splits = register.splits(serial)
        remaining = register.remaining(serial)
        record = register.find_serial(serial) if splits and pdf is None else register.show(serial)
        of_whom = dict.fromkeys([serial, *(each for each, _, _ in splits)] if record is None else [serial])
        history = [line for each in of_whom for line in register.journal.lines_of(each)]
    if pdf is not None:
        order = make_order([], profile=profile, templates=templates, register_url=register_url)
        written = _write_pdf(pdf, serial, order, is_copy=is_copy)
    if pdf is not None and record is not None and not as_json:
        click.echo(f"{pdf}: {written}{_ended(record)}")
        return 0
    if as_json:
        told = {
            "record": as_record(record) if record else None,
            "history": [line.as_record() for line in history],
            "extracts": [dict(zip(("serial", "status", "why"), each, strict=True)) for each in splits],
            "remaining": [amount_as_record(each) for each in remaining],
        }
        echo_json({"schema": 1, **told})
        return 0
    for name, value in (as_record(record) if record else {"serial": serial}).items():
        if value != "":
            click.echo(f"{name:<16} {value}")
    for extract, status, why in splits:
        click.echo(f"{'extract':<16} {extract}  {status}{f': {why}' if why else ''}")
    for each in map(amount_as_record, remaining):
        click.echo(f"{'remains':<16} line {each['line']}: {each['amount']} {each['unit']}")
    for line in history:
        click.echo(_history_line(line))
    return 0


def _ended(record: Record) -> str:
    return f"  [{standing(record)}]" if record.why else ""


def _history_line(line: Line) -> str:
    words = [f"{line.time[:19]}Z  {line.act:<8} by {line.user} on {line.machine} ({line.command})"]
    words += [line.other] if line.other else []
    words += [line.why] if line.why else []
    return "  ".join(words)


def _write_pdf(path: Path, serial: str, order: Order, *, is_copy: bool) -> str:
    """Write it; what was written, in words."""
    surroundings = make_surroundings("register show")
    reproduced = reproduce(serial, order, surroundings, is_copy=is_copy)
    write_new_file(path, reproduced.pdf)
    if reproduced.remark:
        click.echo(reproduced.remark, err=True)
    if is_copy:
        return f"{serial}, printed with COPY on every page"
    return f"{serial}, {'printed again' if reproduced.remark else 'as it was issued'}"
