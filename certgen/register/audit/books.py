"""The audit of the records: gaps, repeats, dates out of order, loose ends, and what is unfinished."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from itertools import groupby

from certgen.errors import RegisterError
from certgen.findings import Finding, make_finding
from certgen.register.book import WHOLE, Book
from certgen.register.records import Owner, render_serial
from certgen.register.rows import Row, record_from_row

_IN_ORDER = (
    "SELECT serial, series, number, pattern, issue_date, made_at FROM records ORDER BY series, number, entry"
)
_LOOSE_LINKS = """
    SELECT old.serial AS serial, old.replaced_by AS other FROM records AS old
    WHERE old.status = 'replaced' AND NOT EXISTS (
        SELECT 1 FROM records AS new WHERE new.serial = old.replaced_by AND new.replaces = old.serial)
    UNION ALL
    SELECT new.serial AS serial, new.replaces AS other FROM records AS new
    WHERE new.replaces <> '' AND NOT EXISTS (
        SELECT 1 FROM records AS old WHERE old.serial = new.replaces AND old.replaced_by = new.serial)
"""
_TWICE_IN_FORCE = """
    SELECT MIN(serial) AS serial, MAX(serial) AS other FROM records
    WHERE status IN ('pending', 'issued', 'depleted')
    GROUP BY issuer, form, exporter, reference, part HAVING COUNT(*) > 1
"""
_LOOSE_PAPERS = """
    SELECT papers.serial AS serial FROM papers LEFT JOIN records ON records.serial = papers.serial
    WHERE records.serial IS NULL ORDER BY papers.serial
"""


def find_in_books(book: Book, now: datetime, is_alive: Callable[[Owner], bool]) -> Iterator[Finding]:
    """Everything wrong with the numbers, dates and links of the records, and what is not finished."""
    for _, rows in groupby(book.store.each_row(_IN_ORDER), key=lambda row: row["series"]):
        yield from _in_series(rows)
    for row in book.store.rows(_LOOSE_LINKS):
        yield make_finding("CG721", consignment=row["serial"], other=row["other"])
    for row in book.store.rows(_TWICE_IN_FORCE):
        yield make_finding("CG722", consignment=row["serial"], other=row["other"])
    for row in book.store.rows(_LOOSE_PAPERS):
        yield make_finding("CG713", consignment=row["serial"])
    yield from _pending(book, now, is_alive)
    if differing := book.store.differing_guards():
        yield make_finding("CG732", guards=", ".join(differing))


def _in_series(rows: Iterator[Row]) -> Iterator[Finding]:
    """Numbers from one on, each once, with dates that do not go back."""
    number, day, last = 0, "", ""
    for row in rows:
        serial, pattern = row["serial"], row["pattern"]
        if row["number"] > number + 1:
            yield _gap(pattern, number + 1, row["number"] - 1)
        if row["number"] <= number or render_serial(pattern, row["number"]) != serial:
            yield make_finding("CG718", consignment=serial, other=last)
        if row["issue_date"] < day:
            dates = {"issue_date": row["issue_date"], "before": day, "made_at": row["made_at"][:10]}
            yield make_finding("CG719", consignment=serial, other=last, **dates)
        if row["issue_date"] >= day:
            day, last = row["issue_date"], serial
        number = max(number, row["number"])


def _gap(pattern: str, first: int, last: int) -> Finding:
    serials = [render_serial(pattern, number) for number in dict.fromkeys((first, last))]
    return make_finding("CG717", consignment=serials[0], serials=" to ".join(serials))


def _pending(book: Book, now: datetime, is_alive: Callable[[Owner], bool]) -> Iterator[Finding]:
    ask_once = cache(is_alive)
    for row in book.store.rows(f"{WHOLE} WHERE status = 'pending' ORDER BY entry"):
        try:
            record = record_from_row(row)
        except RegisterError:
            continue  # told as a record that the journal does not bear out
        is_held = record.lease_until > now and ask_once(record.owner)
        code = "CG724" if is_held else "CG723"
        owner = f"{record.owner.user} on {record.owner.machine}"
        yield make_finding(code, consignment=record.serial, form=record.key.form, owner=owner)
