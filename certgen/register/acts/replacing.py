"""A certificate in the place of another: the old one ends as the new one gets its number, in one step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from certgen.errors import RegisterError
from certgen.register.acts.ending import check_reason
from certgen.register.book import Book
from certgen.register.journal import Act
from certgen.register.records import Owner, Record, Request, Status


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a certificate is replaced, and which of the changed fields an officer confirmed."""

    why: str
    confirmed: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        confirmed = f" (confirmed: {', '.join(self.confirmed)})" if self.confirmed else ""
        return check_reason(self.why) + confirmed


def reserve_successor(
    book: Book,
    serial: str,
    request: Request,
    reason: Reason,
    owner: Owner,
    now: datetime,
    lease_until: datetime,
) -> Record:
    """Number the successor of a certificate, within the caller's transaction; each names the other.

    The old one is in force no more from here on: if the run stops, the next one makes the successor from its
    pending row. Raises RegisterError when the old one cannot be replaced by this one.
    """
    old = book.show(serial)
    check_replaceable(old, book.find_extracts(serial))
    if old.key != request.key:
        raise RegisterError(f"{serial} is of another consignment; issuer, form, exporter and reference stay.")
    ended = replace(old, status=Status.REPLACED, why=reason.words)
    book.write_down(ended, "status", "why")
    request = replace(request, replaces=serial, first_issue_date=old.first_issue_date or old.issue_date)
    said = {"other": serial, "why": ended.why, "input_sha256_before": old.input_sha256}
    successor = book.give_number(request, owner, now, lease_until, said)
    ended = replace(ended, replaced_by=successor.serial)
    book.write_down(ended, "replaced_by")
    book.journal.add(
        Act.REPLACE,
        ended,
        owner,
        now,
        why=ended.why,
        other=successor.serial,
        pdf_sha256_before=old.pdf_sha256,
    )
    return successor


def check_replaceable(record: Record, extracts: tuple[str, ...] = ()) -> None:
    """Raises RegisterError unless the certificate is issued, in force and whole."""
    if record.status is Status.REPLACED:
        raise RegisterError(
            f"{record.serial} was replaced by {record.replaced_by} already ({record.why}). "
            f"To correct that one: certgen register replace {record.replaced_by} WORKBOOK --why ..."
        )
    if record.status is Status.VOID:
        raise RegisterError(
            f"{record.serial} is void ({record.why}) and cannot be replaced. "
            "certgen fill gives the consignment a new number."
        )
    if record.status is Status.PENDING:
        raise RegisterError(
            f"{record.serial} is not issued yet. Run certgen fill again: it finishes what is pending."
        )
    if extracts:
        raise RegisterError(
            f"{record.serial} has extracts in force ({', '.join(extracts)}), which rest on it as it is. "
            "Make them void first if it must change."
        )
