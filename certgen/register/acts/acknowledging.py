"""What the audit found of the past and nobody can put right is acknowledged, with the reason."""

from __future__ import annotations

from datetime import datetime

from certgen.errors import RegisterError
from certgen.register.acts.ending import check_reason
from certgen.register.book import Book
from certgen.register.clock import Clock
from certgen.register.journal import Act
from certgen.register.records import Owner


def acknowledge(book: Book, line: int, why: str, owner: Owner, now: datetime) -> None:
    """Say why the clock went back, up to a line of the journal, within the caller's transaction.

    Raises RegisterError where it did not, or where that was said already.
    """
    clock = Clock()
    for each in book.journal.lines():
        clock.hear(each)
    if not clock.unexplained or clock.unexplained[0] > line:
        raise RegisterError(
            f"The clock did not go back up to line {line} of the journal, or that was acknowledged already. "
            "Nothing was changed."
        )
    book.journal.add_remark(Act.ACKNOWLEDGE, str(line), owner, now, why=check_reason(why))
