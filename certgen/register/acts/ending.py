"""A certificate sealed, and its end: void, with the reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from certgen.errors import RegisterError
from certgen.register.book import Book
from certgen.register.journal import Act
from certgen.register.records import LONGEST_REASON, Owner, Record, Status


def make_void(book: Book, serial: str, why: str, owner: Owner, now: datetime) -> Record:
    """Mark a certificate void, within the caller's transaction; raises RegisterError when it cannot be.

    One that is pending can be made void once its lease is over, so that a number whose page cannot be made
    is accounted for.
    """
    record = book.show(serial)
    _check_may_end(record, now)
    ended = replace(record, status=Status.VOID, why=check_reason(why))
    book.write_down(ended, "status", "why")
    book.journal.add(Act.VOID, ended, owner, now, why=ended.why, pdf_sha256_before=record.pdf_sha256)
    return ended


def seal(book: Book, serial: str, sealed_sha256: str, owner: Owner, now: datetime) -> Record:
    """Keep the hash of the sealed file beside that of the issued one, within the caller's transaction.

    Raises RegisterError for a certificate that is not issued, or in force no more.
    """
    record = book.show(serial)
    if record.status is not Status.ISSUED:
        raise RegisterError(f"{serial} is {record.status}, and only what is issued and in force is sealed.")
    if record.sealed_sha256 == sealed_sha256:
        return record
    sealed = replace(record, sealed_sha256=sealed_sha256)
    book.write_down(sealed, "sealed_sha256")
    book.journal.add(Act.SEAL, sealed, owner, now)
    return sealed


def check_reason(why: str) -> str:
    """The reason in one line; raises RegisterError when there is none, or a longer one than is kept."""
    reason = " ".join(why.split())
    if not reason:
        raise RegisterError('The register needs a reason. Give one in words: --why "shipment cancelled"')
    if len(reason) > LONGEST_REASON:
        raise RegisterError(
            f"The reason is {len(reason)} characters long, and the register keeps at most {LONGEST_REASON}. "
            "Nothing was changed. Say it in fewer words, and name the file that tells the rest."
        )
    return reason


def _check_may_end(record: Record, now: datetime) -> None:
    if record.status is Status.VOID:
        raise RegisterError(f"{record.serial} is void already ({record.why}). Nothing was changed.")
    if record.status is Status.REPLACED:
        raise RegisterError(
            f"{record.serial} was replaced by {record.replaced_by} and is in force no more. "
            f"If that one must go: certgen register void {record.replaced_by} --why ..."
        )
    if record.status is Status.PENDING and record.lease_until > now:
        raise RegisterError(
            f"{record.serial} is still being made by {record.owner.user} on {record.owner.machine}. "
            "Wait until that run has ended, then run certgen register audit --repair, which finishes it."
        )
