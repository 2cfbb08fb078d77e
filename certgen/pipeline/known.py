"""Consignments that have a certificate already: unchanged, copied, completed, or refused as changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from certgen.consignment import Consignment, without_positions
from certgen.errors import PageError, RegisterError
from certgen.forms.model import Form
from certgen.forms.paper import Paper
from certgen.pipeline.files import has_content, safe_name, write_files
from certgen.pipeline.identity import field_hashes
from certgen.pipeline.order import CertificateResult, Order, Surroundings
from certgen.pipeline.papers.making import Candidate
from certgen.pipeline.press import Printer, paper_from_json
from certgen.pipeline.request import request_for
from certgen.pipeline.results import file_name, in_the_way, issued, result_of
from certgen.register import Changes, Done, Record, Register, Status, compare_fields


@dataclass(frozen=True, slots=True)
class KnownCertificates:
    """One run's dealings with what was issued before it."""

    order: Order
    surroundings: Surroundings
    forms: Mapping[str, Form]
    press: Printer
    register: Register

    def meet(self, candidate: Candidate, record: Record) -> CertificateResult:
        """What becomes of a consignment whose newest certificate is this one, in force or being made."""
        paper = candidate.paper
        if record.status is Status.PENDING:
            return result_of(paper, "failed", record=record, reason=_being_made(record), exit_code=7)
        changes = compare_fields(record.fields, field_hashes(paper.form, paper.consignment))
        if is_late_only(paper.form, changes) and not self.order.is_copy:
            return self._complete(candidate, record, changes)
        if changes.filled or changes.changed:
            return self._refuse(candidate, record, changes)
        return self._copy(record) if self.order.is_copy else self._restore(paper, record)

    def foretell(self, candidate: Candidate, record: Record) -> CertificateResult:
        """What `meet` would come to, with nothing made."""
        paper = candidate.paper
        changes = compare_fields(record.fields, field_hashes(paper.form, paper.consignment))
        is_late = is_late_only(paper.form, changes)
        if (changes.filled or changes.changed) and not is_late:
            return self._refuse(candidate, record, changes)
        reason = "issued already" if record.status is not Status.PENDING else "numbered and not finished yet"
        if is_late:
            reason += f"; fill completes it: {', '.join(changes.filled)}"
        return replace(result_of(paper, "checked", reason=reason), serial=record.serial)

    def _refuse(self, candidate: Candidate, record: Record, changes: Changes) -> CertificateResult:
        reason = self._changed(candidate, record, changes)
        return result_of(candidate.paper, "refused", record=record, reason=reason, exit_code=7)

    def _restore(self, paper: Paper, record: Record) -> CertificateResult:
        """The kept certificate, written again where its file is missing."""
        path = self.order.out / file_name(record)
        if not path.exists():
            write_files([(path, self.register.pdf(record.serial))])
        elif not any(has_content(path, own) for own in (record.pdf_sha256, record.sealed_sha256)):
            return result_of(paper, "failed", record=record, reason=in_the_way(path), exit_code=9)
        return result_of(paper, "unchanged", record=record, path=path)

    def _copy(self, record: Record) -> CertificateResult:
        """The issued certificate printed once more with COPY on every page."""
        paper = paper_of(record, self.forms)
        paper = replace(paper, issue=replace(paper.issue, is_copy=True))
        printed = self.press.print_all([paper])[0]
        if isinstance(printed, PageError):
            return result_of(paper, "failed", record=record, reason=str(printed), exit_code=6)
        path = self.order.out / f"{safe_name(record.serial)} COPY.pdf"
        if path.exists() and not has_content(path, printed.sha256):
            return result_of(paper, "failed", record=record, reason=in_the_way(path), exit_code=9)
        write_files([(path, printed.pdf)])
        return result_of(paper, "made", record=record, printed=printed, path=path)

    def _complete(self, candidate: Candidate, record: Record, changes: Changes) -> CertificateResult:
        """The same certificate with fields that came late, in the place of the one it completes."""
        first = paper_of(record, self.forms)
        paper = replace(candidate.paper, issue=first.issue, edition=first.edition, variant=first.variant)
        printed = self.press.print_all([paper])[0]
        if isinstance(printed, PageError):
            return result_of(paper, "failed", record=record, reason=str(printed), exit_code=6)
        path = self.order.out / file_name(record)
        if path.exists() and not any(has_content(path, own) for own in (record.pdf_sha256, printed.sha256)):
            return result_of(paper, "failed", record=record, reason=in_the_way(path), exit_code=9)
        write_files([(path, printed.pdf)])
        request = request_for(replace(candidate, paper=replace(paper, issue=first.issue)), self.order.out)
        done = Done(record.serial, printed.pdf, printed.pages)
        now = self.surroundings.clock()
        try:
            owner = self.surroundings.owner
            completed = self.register.complete_late(record.serial, request, done, owner, now)
        except RegisterError as error:
            return self._overtaken(candidate, record, path, error)
        reason = f"completed under the same serial: {', '.join(changes.filled)}"
        return replace(issued(paper, completed, printed, path), reason=reason)

    def _overtaken(
        self, candidate: Candidate, before: Record, path: Path, error: RegisterError
    ) -> CertificateResult:
        """What another run did meanwhile stands; no file is left that says what was never issued."""
        now = self.register.show(before.serial)
        if now == before:
            raise error
        write_files([(path, self.register.pdf(now.serial))])
        if now.status is not Status.ISSUED:
            return result_of(candidate.paper, "refused", record=now, reason=str(error), exit_code=7)
        return self.meet(candidate, now)

    def _changed(self, candidate: Candidate, record: Record, changes: Changes) -> str:
        changed = sorted({*changes.filled, *changes.changed})
        headers = (header_of(path, candidate.paper.consignment) for path in changed)
        words = ", ".join(dict.fromkeys(headers))
        return (
            f"{record.serial}{self._succession(candidate, record)} was issued for this reference with other "
            f"data ({words}). {_way_out(candidate, record)}"
        )

    def _succession(self, candidate: Candidate, record: Record) -> str:
        """For a successor: whom it replaced, and whether this is still that one's workbook."""
        if not record.replaces:
            return ""
        paper = candidate.paper
        before = compare_fields(
            self.register.show(record.replaces).fields, field_hashes(paper.form, paper.consignment)
        )
        is_old = not (before.filled or before.changed)
        return f", which replaced {record.replaces}{' (this is the data of that one)' if is_old else ''},"


def _way_out(candidate: Candidate, record: Record) -> str:
    """What to do when the paper must change: what its form allows."""
    if candidate.paper.form.replacement is None:
        return f"If it must change: certgen register void {record.serial} --why ..., and fill again"
    return f"If it must change: certgen register replace {record.serial} {candidate.workbook} --why ..."


def header_of(path: str, consignment: Consignment) -> str:
    """A field, or the amount or code in it, by the header it has in the workbook; else by its path."""
    headers = {without_positions(place): cell.header for place, cell in consignment.cells.items()}
    header = headers.get(path) or headers.get(path.rpartition(".")[0])
    return f'"{header}"' if header else path


def is_late_only(form: Form, changes: Changes) -> bool:
    """Whether all that changed are fields newly filled that the form lets come late."""
    return (
        bool(changes.filled)
        and not changes.changed
        and all(lies_in(path, form.late) for path in changes.filled)
    )


def lies_in(path: str, fields: Iterable[str]) -> bool:
    """Whether a path is one of these fields or a part of one."""
    return any(path == field or path.startswith(field + ".") for field in fields)


def paper_of(record: Record, forms: Mapping[str, Form]) -> Paper:
    """The paper as the register keeps it, under its serial."""
    return paper_from_json(
        record.paper, forms, record.key.form, record.edition, record.variant, record.serial
    )


def _being_made(record: Record) -> str:
    where = f"{record.owner.machine}, process {record.owner.process}"
    return f"another run ({where}) is making it; run again when that has ended"
