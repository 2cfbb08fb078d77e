"""A kept PDF that was lost or altered is put back: the very bytes that were issued, and no others."""

from __future__ import annotations

import hashlib
from datetime import datetime

from certgen.errors import RegisterError
from certgen.register.book import Book
from certgen.register.journal import Act, Line
from certgen.register.originals import Originals
from certgen.register.records import Owner
from certgen.register.rows import storable

_ISSUING = (Act.ISSUE, Act.COMPLETE)


def find_lost(book: Book, serial: str) -> tuple[str, ...]:
    """The SHA-256 of each PDF that the journal issued under this serial and the register no longer holds."""
    originals = Originals(book.store)
    issued = dict.fromkeys(line.pdf_sha256 for line in _issuing_lines(book, serial))
    return tuple(each for each in issued if originals.find(serial, each) is None)


def put_back(book: Book, serial: str, pdf: bytes, whence: str, owner: Owner, now: datetime) -> None:
    """Keep a lost PDF anew, within the caller's transaction, with a line in the journal of its own.

    `whence` says how it was had. Nothing that stands is rewritten: what was altered stays beside it. The line
    repeats the last one of the certificate, and not its record, which may be altered too. Raises
    RegisterError unless these are the bytes that the journal issued.
    """
    sha256 = hashlib.sha256(pdf).hexdigest()
    if sha256 not in find_lost(book, serial):
        raise RegisterError(f"This PDF is not one of {serial} that is lost. Nothing was changed.")
    Originals(book.store).mend(storable(serial), pdf, sha256)
    last = book.journal.lines_of(serial)[-1]._replace(pdf_sha256=sha256)
    book.journal.add_again(Act.MEND, last, owner, now, why=whence)


def _issuing_lines(book: Book, serial: str) -> list[Line]:
    return [line for line in book.journal.lines_of(serial) if line.act in _ISSUING]
