"""The audit of the extracts: whether each is what the journal says, and none takes more than there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from typing import NamedTuple

from certgen.errors import RegisterError
from certgen.findings import Finding, make_finding
from certgen.register.acts.splitting import remaining_of, takings_of
from certgen.register.book import Book
from certgen.register.extracts import find_extract_at
from certgen.register.journal import Act, Line, data_sha256
from certgen.register.rows import Row

_EXTRACTS = """
    SELECT extracts.*, extract_papers.line AS line FROM extracts
        LEFT JOIN extract_papers ON extract_papers.extract = extracts.entry
    ORDER BY extracts.serial, extracts.entry
"""
_ORIGINALS = "SELECT original FROM originals UNION SELECT original FROM extracts ORDER BY original"


class _Told(NamedTuple):
    """What the journal tells of one extract: how it was made, and its end if it has come."""

    made: Line
    ended: Line | None


def find_in_splits(book: Book) -> Iterator[Finding]:
    """Extracts that the journal does not bear out, and originals of which more was taken than there is."""
    extracts = book.store.each_row(_EXTRACTS)
    for serial, rows in groupby(extracts, key=lambda row: str(row["serial"])):
        yield from _of_serial(book, serial, list(rows))
    for row in book.store.rows(_ORIGINALS):
        if _takes_too_much(book, row["original"]):
            yield make_finding("CG728", consignment=row["original"])


def _of_serial(book: Book, serial: str, rows: Sequence[Row]) -> Iterator[Finding]:
    """A batch that was made void may have been made again: one row for each time, in their order."""
    for row, told in zip_longest(rows, _told(book.journal.lines_of(serial))):
        if told is None:
            yield make_finding("CG714", consignment=serial)
        elif row is None:
            yield make_finding("CG713", consignment=serial)
        elif differing := ", ".join(_differing(book, row, told)):
            line = (told.ended or told.made).entry
            yield make_finding("CG715", consignment=serial, line=line, what=differing)


def _told(lines: Sequence[Line]) -> list[_Told]:
    told: list[_Told] = []
    for line in lines:
        if line.act == Act.EXTRACT:
            told.append(_Told(line, None))
        elif line.act == Act.VOID and told:
            told[-1] = told[-1]._replace(ended=line)
    return told


def _differing(book: Book, row: Row, told: _Told) -> Iterator[str]:
    """What of an extract is not as the journal tells it; lines of an older certgen tell no amounts."""
    is_same = {
        "line": row["line"] == told.made.entry,
        "data": _has_told_data(book, row, told),
        "original": row["original"] == told.made.other,
        "batch": row["serial"] == f"{row['original']}/{row['batch']}",
        "fingerprint": row["fingerprint"] == told.made.fingerprint,
        "pdf_sha256": row["pdf_sha256"] == told.made.pdf_sha256,
        "status": row["status"] == ("void" if told.ended else "issued"),
        "why": row["why"] == (told.ended.why if told.ended else ""),
        "amounts": told.made.why in ("", takings_of(book, row["entry"], row["original"])),
    }
    yield from (name for name, is_so in is_same.items() if not is_so)


def _has_told_data(book: Book, row: Row, told: _Told) -> bool:
    """Whether it was made of what is kept; of those of an older certgen nothing is."""
    try:
        found = find_extract_at(book.store, row["entry"])
    except RegisterError:
        return False
    return found is not None and (not found.paper or data_sha256(found) == told.made.data_sha256)


def _takes_too_much(book: Book, original: str) -> bool:
    try:
        return any(each.amount < 0 for each in remaining_of(book, original))
    except RegisterError:
        return True
