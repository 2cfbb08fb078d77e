"""The audit: what the register holds, whether its books agree, and what to do where they do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from certgen.findings import Finding, Severity, make_finding
from certgen.register.audit.books import find_in_books
from certgen.register.audit.journal import find_in_journal
from certgen.register.audit.pdfs import find_in_pdfs
from certgen.register.audit.splits import find_in_splits
from certgen.register.book import Book
from certgen.register.journal import Head
from certgen.register.records import Owner


@dataclass(frozen=True, slots=True)
class Series:
    """One series of serials: first and last number, how many there are, earliest and latest date."""

    series: str
    first: int
    last: int
    count: int
    first_date: str
    last_date: str

    def as_record(self) -> dict[str, Any]:
        """The series as `--json` prints it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit saw: certificates and extracts by status, `pdfs` kept and each put together again."""

    head: Head
    pdfs: int
    counts: dict[str, int]
    extracts: dict[str, int]
    series: tuple[Series, ...]
    findings: tuple[Finding, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found that somebody must look into."""
        return all(finding.severity is Severity.NOTE for finding in self.findings)


def audit(book: Book, now: datetime, is_alive: Callable[[Owner], bool], head: str = "") -> Audit:
    """Hold journal, records, extracts and PDFs against each other.

    `head` is the hash of a journal line that was noted elsewhere, which the journal must still hold.
    """
    return Audit(
        head=book.journal.head(),
        pdfs=book.store.rows("SELECT COUNT(*) AS count FROM pdfs")[0]["count"],
        counts=_counts(book, "records"),
        extracts=_counts(book, "extracts"),
        series=tuple(_series(book)),
        findings=(
            *_find_in_file(book),
            *find_in_journal(book, head),
            *find_in_books(book, now, is_alive),
            *find_in_splits(book),
            *find_in_pdfs(book),
        ),
    )


def _find_in_file(book: Book) -> Iterator[Finding]:
    """Damage that the books may not show: an index may miss a row, and a serial is then looked up in vain."""
    if damage := book.store.find_damage():
        yield make_finding("CG733", damage=damage)


def _counts(book: Book, table: str) -> dict[str, int]:
    sql = f"SELECT status, COUNT(*) AS count FROM {table} GROUP BY status ORDER BY status"  # noqa: S608 - our names
    rows = book.store.rows(sql)
    return {row["status"]: row["count"] for row in rows}


def _series(book: Book) -> Iterator[Series]:
    sql = """
        SELECT series, MIN(number) AS first, MAX(number) AS last, COUNT(*) AS count,
            MIN(issue_date) AS first_date, MAX(issue_date) AS last_date
        FROM records GROUP BY series ORDER BY series
    """
    return (Series(**row) for row in book.store.rows(sql))
