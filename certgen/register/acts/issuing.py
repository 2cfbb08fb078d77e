"""A certificate goes out: its PDF is kept and it is marked issued, or completed with what came late."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from certgen.errors import RegisterError
from certgen.register.book import Book
from certgen.register.journal import Act
from certgen.register.originals import Originals
from certgen.register.records import Done, Owner, Record, Request, Status, compare_fields
from certgen.register.rows import paper_as_row

_LATE = ("fingerprint", "input_sha256", "workbook")


def issue_one(book: Book, done: Done, originals: Originals, owner: Owner, now: datetime) -> None:
    """Keep one finished PDF and mark it issued, within the caller's transaction.

    Raises RegisterError when it is not this owner's to finish. One issued with the same bytes is left.
    """
    record = book.show(done.serial)
    if record.status is Status.ISSUED and record.pdf_sha256 == done.pdf_sha256:
        return
    if record.status is not Status.PENDING or record.owner != owner:
        holder = f"{record.owner.user} on {record.owner.machine} (process {record.owner.process})"
        raise RegisterError(
            f"{done.serial} is not this run's to issue: it is {record.status} and belongs to {holder}. "
            "Start again: what is issued is left as it is, what is pending is finished."
        )
    issued = replace(
        record, status=Status.ISSUED, issued_at=now, pdf_sha256=done.pdf_sha256, pages=done.pages
    )
    before = {"pdf_sha256_before": book.show(record.replaces).pdf_sha256} if record.replaces else {}
    originals.keep(done.serial, done.pdf, issued.pdf_sha256)
    book.write_down(issued, "status", "issued_at", "pdf_sha256", "pages")
    book.journal.add(Act.ISSUE, issued, owner, now, other=record.replaces, **before)


def adopt_one(book: Book, record: Record, owner: Owner, now: datetime, lease_until: datetime) -> Record:
    """Make a pending certificate this owner's to finish, within the caller's transaction."""
    adopted = replace(record, owner=owner, lease_until=lease_until)
    book.write_down(adopted, "owner", "lease_until")
    book.journal.add(Act.ADOPT, adopted, owner, now)
    return adopted


def complete_late(
    book: Book, serial: str, request: Request, done: Done, owner: Owner, now: datetime
) -> Record:
    """Fill fields that were empty when it was issued, within the caller's transaction; keeps both PDFs."""
    record = book.show(serial)
    changes = compare_fields(record.fields, request.fields)
    if record.status is not Status.ISSUED or changes.changed or not changes.filled:
        what = ", ".join(changes.changed) or "nothing that was empty"
        raise RegisterError(f"{serial} cannot be completed: this would change {what}.")
    completed = replace(
        record,
        **{name: getattr(request, name) for name in (*_LATE, "fields", "paper")},
        pdf_sha256=done.pdf_sha256,
        sealed_sha256="",
        pages=done.pages,
    )
    Originals(book.store).keep(serial, done.pdf, done.pdf_sha256)
    book.write_down(completed, *_LATE, "pdf_sha256", "sealed_sha256", "pages")
    book.store.change("papers", record.serial, paper_as_row(completed))
    book.journal.add(
        Act.COMPLETE,
        completed,
        owner,
        now,
        input_sha256_before=record.input_sha256,
        pdf_sha256_before=record.pdf_sha256,
    )
    return completed
