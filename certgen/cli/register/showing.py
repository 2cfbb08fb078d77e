"""`certgen register show`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from certgen.cli.json_output import echo_json
from certgen.cli.options import JSON, PATH, PROFILE, REGISTER, TEMPLATES, make_surroundings
from certgen.cli.register.options import amount_as_record, as_record, ended, find_url
from certgen.desk import make_order
from certgen.errors import UsageError
from certgen.new_file import write_new_file
from certgen.pipeline import Order, reproduce
from certgen.register import Line, Record, Register, open_register


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

    SERIAL may also be that of an extract, or of a certificate numbered elsewhere that was split here. With
    --pdf only what was written is told.

    \b
    Example:
      certgen register show COI.CA-ORG-016.2026.0000001 --pdf kept.pdf
    """
    if is_copy and pdf is None:
        raise UsageError("--copy prints a copy to the file of --pdf; name one: --pdf FILE.pdf")
    with open_register(find_url(register_url, profile), must_exist=True) as register:
        shown = _look_up(register, serial, for_pdf=pdf is not None)
    written = ""
    if pdf is not None:
        order = make_order([], profile=profile, templates=templates, register_url=register_url)
        written = _write_pdf(pdf, serial, order, is_copy=is_copy)
    if as_json:
        echo_json(shown.as_record())
        return 0
    for line in [f"{pdf}: {written}{ended(shown.record)}"] if written else shown.lines():
        click.echo(line)
    return 0


@dataclass(frozen=True, slots=True)
class Shown:
    """All that is known of a serial; there is no record of a certificate numbered elsewhere."""

    serial: str
    record: Record | None
    splits: tuple[tuple[str, str, str], ...]
    remaining: tuple[dict[str, Any], ...]
    history: tuple[Line, ...]

    def as_record(self) -> dict[str, Any]:
        """The one object that `--json` prints."""
        return {
            "schema": 1,
            "record": as_record(self.record) if self.record else None,
            "history": [line.as_record() for line in self.history],
            "extracts": [dict(zip(("serial", "status", "why"), each, strict=True)) for each in self.splits],
            "remaining": list(self.remaining),
        }

    def lines(self) -> list[str]:
        """The same in words."""
        known = as_record(self.record) if self.record else {"serial": self.serial}
        extracts = [f"{serial}  {status}{f': {why}' if why else ''}" for serial, status, why in self.splits]
        remains = [f"line {each['line']}: {each['amount']} {each['unit']}" for each in self.remaining]
        return [
            *(f"{name:<16} {value}" for name, value in known.items() if value != ""),
            *(f"{'extract':<16} {words}" for words in extracts),
            *(f"{'remains':<16} {words}" for words in remains),
            *map(_history_line, self.history),
        ]


def _look_up(register: Register, serial: str, *, for_pdf: bool) -> Shown:
    splits = register.splits(serial)
    record = register.find_serial(serial) or register.find_extract(serial)
    if record is None and (for_pdf or not splits):
        record = register.show(serial)
    of_whom = dict.fromkeys([serial, *(each for each, _, _ in splits)] if record is None else [serial])
    return Shown(
        serial,
        record,
        splits,
        tuple(map(amount_as_record, register.remaining(serial))),
        tuple(line for each in of_whom for line in register.journal.lines_of(each)),
    )


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
