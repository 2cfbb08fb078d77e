"""The audit of the kept PDFs: missing, altered, of no certificate, or never issued."""

from __future__ import annotations

from collections.abc import Iterator

from certgen.findings import Finding, make_finding
from certgen.register.book import Book
from certgen.register.originals import Originals

_WITHOUT_PDF = """
    SELECT records.serial AS serial, records.pdf_sha256 AS sha256 FROM records LEFT JOIN pdfs
        ON pdfs.serial = records.serial AND pdfs.sha256 = records.pdf_sha256
    WHERE records.pdf_sha256 <> '' AND pdfs.serial IS NULL ORDER BY records.series, records.number
"""
_WITHOUT_RECORD = """
    SELECT pdfs.serial AS serial FROM pdfs LEFT JOIN records ON records.serial = pdfs.serial
    WHERE records.serial IS NULL ORDER BY pdfs.serial
"""
# What late fields completed went out as two files, and the record names the later one alone.
_WITHOUT_EARLIER_PDF = """
    SELECT journal.serial AS serial, journal.pdf_sha256 AS sha256
    FROM journal JOIN records ON records.serial = journal.serial
    WHERE journal.act IN ('issue', 'complete') AND journal.pdf_sha256 <> records.pdf_sha256
        AND NOT EXISTS (SELECT 1 FROM pdfs
            WHERE pdfs.serial = journal.serial AND pdfs.sha256 = journal.pdf_sha256)
    ORDER BY journal.entry
"""
_NEVER_ISSUED = """
    SELECT pdfs.serial AS serial FROM pdfs JOIN records ON records.serial = pdfs.serial
    WHERE NOT EXISTS (SELECT 1 FROM journal
        WHERE journal.serial = pdfs.serial AND journal.pdf_sha256 = pdfs.sha256)
    UNION SELECT mended.serial AS serial FROM mended
    WHERE mended.serial <> '' AND NOT EXISTS (SELECT 1 FROM journal
        WHERE journal.serial = mended.serial AND journal.pdf_sha256 = mended.sha256)
    ORDER BY serial
"""


def find_in_pdfs(book: Book) -> Iterator[Finding]:
    """Every kept PDF is put together again and held against its hash, and against what the journal issued."""
    originals = Originals(book.store)
    for row in book.store.rows(_WITHOUT_PDF):
        if originals.find(row["serial"], row["sha256"]) is None:
            yield make_finding("CG725", consignment=row["serial"])
    for row in book.store.rows(_WITHOUT_RECORD):
        yield make_finding("CG727", consignment=row["serial"])
    for row in book.store.rows(_WITHOUT_EARLIER_PDF):
        if originals.find(row["serial"], row["sha256"]) is None:
            yield make_finding("CG729", consignment=row["serial"])
    for row in book.store.rows(_NEVER_ISSUED):
        yield make_finding("CG730", consignment=row["serial"])
    for serial in originals.each_unsound():
        yield make_finding("CG726", consignment=serial)
