"""The audit of the journal: its chain, its clock, and whether the records are what it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter

from certgen.errors import RegisterError
from certgen.findings import Finding, make_finding
from certgen.register.book import Book
from certgen.register.clock import Clock
from certgen.register.journal import Act, Head, data_sha256, follows
from certgen.register.records import Status
from certgen.register.rows import Row, record_from_row, storable
from certgen.register.stores import each_page

_STATUS_AFTER = {
    Act.RESERVE: Status.PENDING,
    Act.ADOPT: Status.PENDING,
    Act.ISSUE: Status.ISSUED,
    Act.COMPLETE: Status.ISSUED,
    Act.REPLACE: Status.REPLACED,
    Act.VOID: Status.VOID,
    Act.DEPLETE: Status.DEPLETED,
    Act.REOPEN: Status.ISSUED,
    Act.SEAL: Status.ISSUED,
}
_ENDS = (Act.REPLACE, Act.VOID)
_SAME = (
    "issue_date",
    "form",
    "edition",
    "form_hash",
    "fingerprint",
    "input_sha256",
    "pdf_sha256",
    "sealed_sha256",
)
_RECORDED, _TOLD = itemgetter(*_SAME), itemgetter(*(f"line_{name}" for name in _SAME))
_ACTOR = ("user", "machine", "process", "command", "version")
_ACTING = itemgetter(*(f"line_{name}" for name in _ACTOR))
_LAST_LINES = """
    SELECT records.*, papers.paper, papers.fields, journal.entry AS line, journal.act AS line_act,
        journal.data_sha256 AS line_data_sha256, journal.issue_date AS line_issue_date,
        journal.form AS line_form, journal.edition AS line_edition, journal.form_hash AS line_form_hash,
        journal.fingerprint AS line_fingerprint, journal.input_sha256 AS line_input_sha256,
        journal.pdf_sha256 AS line_pdf_sha256, journal.sealed_sha256 AS line_sealed_sha256,
        journal.why AS line_why, given.time AS given_at, issuing.time AS told_issued_at,
        issuing."user" AS line_user, issuing.machine AS line_machine, issuing.process AS line_process,
        issuing.command AS line_command, issuing.version AS line_version
    FROM records LEFT JOIN papers ON papers.serial = records.serial LEFT JOIN journal
        ON journal.entry = (SELECT MAX(entry) FROM journal AS last
            WHERE last.serial = records.serial AND last.act <> 'mend')
        LEFT JOIN journal AS given ON given.serial = records.serial AND given.act = 'reserve'
        LEFT JOIN journal AS issuing ON issuing.serial = records.serial AND issuing.act = 'issue'
    WHERE records.entry > ? ORDER BY records.entry
"""
_WITHOUT_RECORD = """
    SELECT DISTINCT journal.serial AS serial FROM journal LEFT JOIN records
        ON records.serial = journal.serial
        LEFT JOIN extracts ON extracts.serial = journal.serial
    WHERE records.serial IS NULL AND extracts.serial IS NULL
        AND journal.act <> 'acknowledge' ORDER BY journal.serial
"""


def find_in_journal(book: Book, head: str) -> Iterator[Finding]:
    """A broken chain, a clock that went back, a noted head that is gone, and records that disagree."""
    yield from _chain(book, head)
    for row in book.store.rows(_WITHOUT_RECORD):
        yield make_finding("CG713", consignment=row["serial"])
    for rows in each_page(book.store, _LAST_LINES):
        for row in rows:
            yield from _record(row)


def _chain(book: Book, head: str) -> Iterator[Finding]:
    before, clock = Head(), Clock()
    for line in book.journal.lines():
        if not follows(line, before):
            yield make_finding("CG710", line=before.entry + 1)
            break
        clock.hear(line)
        before = Head(line["entry"], line["hash"])
    yield from _jumps(clock)
    if head and not book.store.rows("SELECT 1 FROM journal WHERE hash = ?", head):
        yield make_finding("CG712", head=head)


def _jumps(clock: Clock) -> Iterator[Finding]:
    """Where the clock went back: told for ever, and to be looked into until somebody says why it did."""
    for lines, said in clock.explained:
        day = said["time"][:10]
        yield make_finding("CG731", lines=_named(lines), user=said["user"], day=day, why=said["why"])
    if clock.unexplained:
        yield make_finding("CG711", lines=_named(clock.unexplained), line=clock.unexplained[-1])


def _named(lines: list[int]) -> str:
    """`line 4`, or `line 4 and 2 later ones`."""
    later = len(lines) - 1
    return f"line {lines[0]}" + (f" and {later} later one{'s' if later > 1 else ''}" if later else "")


def _record(row: Row) -> Iterator[Finding]:
    """Whether a record is what the last line about it says."""
    serial = row["serial"]
    if row["paper"] is None:
        yield make_finding("CG716", consignment=serial)
    elif row["line"] is None:
        yield make_finding("CG714", consignment=serial)
    else:
        differing = ", ".join(_differing(row))
        if differing:
            yield make_finding("CG715", consignment=serial, line=row["line"], what=differing)


def _differing(row: Row) -> Iterator[str]:
    """What of a record is not as the journal tells it."""
    if _RECORDED(row) != _TOLD(row):
        yield from (name for name in _SAME if row[name] != row[f"line_{name}"])
    told = {
        "status": row["status"] == _STATUS_AFTER.get(row["line_act"], ""),
        "data": row["line_data_sha256"] in ("", _data_of(row)),
        "why": row["why"] == (row["line_why"] if row["line_act"] in _ENDS else ""),
        "made_at": row["made_at"] == row["given_at"],
        "issued_at": row["issued_at"] == row["told_issued_at"],
        "owner": row["line_user"] is None or _is_by(row),
    }
    yield from (name for name, is_same in told.items() if not is_same)


def _is_by(row: Row) -> bool:
    """Whether the record names the run that issued it, as the journal does."""
    try:
        return bool(_actor(row["owner"]) == _ACTING(row))
    except (KeyError, TypeError, ValueError):
        return False


@lru_cache(256)
def _actor(owner: str) -> tuple[object, ...]:
    said = json.loads(owner)
    return tuple(storable(said[name]) for name in _ACTOR)


def _data_of(row: Row) -> str:
    """The hash of what the record holds now; none when it cannot even be read."""
    try:
        return data_sha256(record_from_row(row))
    except (RegisterError, ValueError):
        return "unreadable"
