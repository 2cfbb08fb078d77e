"""Where certificates stand, for whoever holds a file and asks whether it is genuine and in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from certgen.register.book import Book
from certgen.register.records import Status
from certgen.register.rows import Row, storable

_ENDED = "'void', 'replaced'"
_RECORDS = f"""
    SELECT serial, status, issue_date, replaced_by, pdf_sha256, sealed_sha256,
        CASE WHEN status IN ({_ENDED}) THEN (
            SELECT MAX(time) FROM journal WHERE journal.serial = records.serial AND act IN ('void', 'replace')
        ) ELSE '' END AS since
    FROM records WHERE status <> 'pending'
"""  # noqa: S608 - fixed words only
_EXTRACTS = """
    SELECT serial, status, '' AS replaced_by, pdf_sha256, '' AS sealed_sha256,
        (SELECT MAX(issue_date) FROM journal WHERE journal.serial = extracts.serial) AS issue_date,
        CASE WHEN status = 'void' THEN (
            SELECT MAX(time) FROM journal WHERE journal.serial = extracts.serial AND act = 'void'
        ) ELSE '' END AS since
    FROM extracts
"""
# A PDF that somebody wrote into the file was kept, and never issued.
_WAS_ISSUED = """EXISTS (SELECT 1 FROM journal
        WHERE journal.serial = pdfs.serial AND journal.pdf_sha256 = pdfs.sha256)"""
_EARLIER = f"""
    SELECT pdfs.serial AS serial, pdfs.sha256 AS sha256 FROM pdfs JOIN records
        ON records.serial = pdfs.serial WHERE pdfs.sha256 <> records.pdf_sha256 AND {_WAS_ISSUED}
"""  # noqa: S608 - fixed words only
_WITH_HASH = """
    SELECT serial FROM journal WHERE pdf_sha256 = ? AND act IN ('issue', 'complete', 'extract')
    UNION ALL SELECT serial FROM records WHERE sealed_sha256 = ? AND sealed_sha256 <> ''
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """A certificate as others may know it: nothing in it names a party.

    `since` is the true time at which it went out of force ("" while it is in force), `earlier` the hashes of
    what it was before late fields completed it.
    """

    serial: str
    status: Status
    issue_date: str
    since: str = ""
    replaced_by: str = ""
    sha256: str = ""
    sealed_sha256: str = ""
    earlier: tuple[str, ...] = ()

    def is_of(self, sha256: str) -> bool:
        """Whether these are the bytes that are in force as this certificate, before or after the seal."""
        return bool(sha256) and sha256 in (self.sha256, self.sealed_sha256)


def find_with_hash(book: Book, sha256: str) -> Standing | None:
    """The certificate that went out as these bytes, as the journal tells it, kept or lost."""
    rows = book.store.rows(_WITH_HASH, sha256, sha256)
    return find_standing(book, rows[0]["serial"], sha256) if rows else None


def find_standing(book: Book, serial: str, sha256: str = "") -> Standing | None:
    """Where the certificate or extract with this serial stands; of extracts the one with this hash."""
    key = storable(serial)
    earlier = tuple(row["sha256"] for row in book.store.rows(f"{_EARLIER} AND pdfs.serial = ?", key))
    rows = book.store.rows(f"{_RECORDS} AND serial = ?", key)
    rows += book.store.rows(f"{_EXTRACTS} WHERE serial = ? ORDER BY entry DESC", key)
    wanted = [row for row in rows if sha256 in (row["pdf_sha256"], row["sealed_sha256"], *earlier)]
    return _standing(wanted[0] if wanted else rows[0], earlier) if rows else None


def each_standing(book: Book) -> Iterator[Standing]:
    """Every certificate that is not being made just now, in the order of the serials; then the extracts."""
    earlier: dict[str, tuple[str, ...]] = {}
    for row in book.store.each_row(_EARLIER):
        earlier[row["serial"]] = (*earlier.get(row["serial"], ()), row["sha256"])
    for row in book.store.each_row(f"{_RECORDS} ORDER BY series, number"):
        yield _standing(row, earlier.get(row["serial"], ()))
    for row in book.store.each_row(f"{_EXTRACTS} ORDER BY entry"):
        yield _standing(row, ())


def _standing(row: Row, earlier: tuple[str, ...]) -> Standing:
    return Standing(
        serial=row["serial"],
        status=Status(row["status"]),
        issue_date=row["issue_date"] or "",
        since=row["since"] or "",
        replaced_by=row["replaced_by"],
        sha256=row["pdf_sha256"],
        sealed_sha256=row["sealed_sha256"],
        earlier=earlier,
    )
