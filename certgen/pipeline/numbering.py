"""Certificates that take a number: numbered in the order of the workbook, made and marked as issued."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from certgen.errors import OutputError, PageError
from certgen.findings import Finding
from certgen.forms.model import Form
from certgen.forms.paper import Paper
from certgen.pipeline.files import has_content, sweep_leftovers, write_files
from certgen.pipeline.identity import key_of
from certgen.pipeline.issue_dates import find_at_issue_date
from certgen.pipeline.known import KnownCertificates, paper_of
from certgen.pipeline.meeting import is_made_by_another, wait_for_others
from certgen.pipeline.order import CertificateResult, Order, Surroundings
from certgen.pipeline.papers.making import Candidate, require_signatory
from certgen.pipeline.press import Printer
from certgen.pipeline.request import request_for
from certgen.pipeline.results import file_name, in_the_way, issued, result_of
from certgen.register import Done, Record, Register, Status, series_of

log = logging.getLogger(__name__)
GROUP_SIZE = 100
LEASE_SECONDS = 600.0
NO_ORIGINAL = "a copy needs an original, and none has been issued; run without --copy first"
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Numbering:
    """One run's dealings with the register."""

    order: Order
    surroundings: Surroundings
    forms: Mapping[str, Form]
    press: Printer
    register: Register
    finished_meanwhile: list[CertificateResult] = field(default_factory=list)

    def finish_abandoned(self) -> list[CertificateResult]:
        """Make the certificates whose numbers a stopped run was given and did not use, of forms at hand."""
        now = self.surroundings.clock()
        records = self.register.adopt_abandoned(
            self.surroundings.owner, now, self.surroundings.is_alive, forms=self.forms
        )
        for record in records:
            sweep_leftovers(self._folder_of(record), file_name(record))
        return [
            result
            for group in _groups(records)
            for result in self.make(
                group, [paper_of(record, self.forms) for record in group], must_write=False
            )
        ]

    def _new_ones(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        keys = [key_of(candidate.paper) for candidate in candidates]
        known = self.register.find(keys)
        return [item for item, key in zip(candidates, keys, strict=True) if not _is_in_force(known.get(key))]

    def make_all(self, candidates: Sequence[Candidate]) -> list[CertificateResult]:
        """Certificates in the order of the workbook: the known ones as they are, new ones numbered."""
        keys = [key_of(candidate.paper) for candidate in candidates]
        known = self.register.find(keys)
        results: dict[int, CertificateResult | None] = {}
        fresh: list[int] = []
        for position, (candidate, key) in enumerate(zip(candidates, keys, strict=True)):
            record = known.get(key)
            if record and _is_in_force(record):
                results[position] = self._meet(candidate, record)
            elif self.order.is_copy:
                results[position] = result_of(candidate.paper, "refused", reason=NO_ORIGINAL, exit_code=7)
            else:
                fresh.append(position)
        if fresh:
            require_signatory(self.order.profile, self.order.signatory)
        for group in _groups(fresh):
            made = self._number_and_make([candidates[position] for position in group])
            results.update(zip(group, made, strict=True))
            self.surroundings.progress(len(results), len(candidates))
        others = [position for position, result in results.items() if result is None]
        results.update(zip(others, self._meet_later([candidates[each] for each in others]), strict=True))
        return [result for _, result in sorted(results.items()) if result]

    def foretell(self, candidates: Sequence[Candidate]) -> list[CertificateResult | None]:
        """What would become of those that have a certificate, in their order; None for a new one."""
        keys = [key_of(candidate.paper) for candidate in candidates]
        known = self.register.find(keys)
        found = [record if _is_in_force(record := known.get(key)) else None for key in keys]
        return [
            self._known.foretell(candidate, record) if record else None
            for candidate, record in zip(candidates, found, strict=True)
        ]

    def _meet(self, candidate: Candidate, record: Record) -> CertificateResult | None:
        """What becomes of a consignment that has a certificate; None while another run is making it."""
        if is_made_by_another(record, self.surroundings.owner):
            return None
        return self._known.meet(candidate, record)

    def _meet_later(self, candidates: Sequence[Candidate]) -> list[CertificateResult]:
        """Certificates that other runs were making, met once all of our own are made."""
        if not candidates:
            return []
        keys = [key_of(candidate.paper) for candidate in candidates]
        found = wait_for_others(
            keys,
            self.register,
            self.surroundings.owner,
            self.surroundings.patience,
            lambda: self.finished_meanwhile.extend(self.finish_abandoned()),
        )
        return [self._meet_made(each, found[key]) for each, key in zip(candidates, keys, strict=True)]

    def _meet_made(self, candidate: Candidate, record: Record) -> CertificateResult:
        if _is_in_force(record):
            return self._known.meet(candidate, record)
        reason = f"{record.serial} was made void meanwhile ({record.why}); run again for a new number"
        return result_of(candidate.paper, "failed", record=record, reason=reason, exit_code=7)

    def date_findings(self, candidates: Sequence[Candidate]) -> list[Finding]:
        """A warning for each date of a new certificate that is before the last one of its series."""
        return self.backdated(self._new_ones(candidates))

    def backdated(self, candidates: Sequence[Candidate]) -> list[Finding]:
        """A warning for each that would get a number and is dated before the last one of its series."""
        findings = []
        last_by_series: dict[str, date | None] = {}
        for candidate in candidates:
            series = series_of(candidate.open_serial)
            if series not in last_by_series:
                last_by_series[series] = self.register.last_issue_date(series)
            last, issue_date = last_by_series[series], candidate.paper.issue.issue_date
            if last and issue_date and issue_date < last:
                findings.append(
                    find_at_issue_date(candidate.paper, self.order, "CG405", last=last.isoformat())
                )
        return findings

    def _number_and_make(self, group: Sequence[Candidate]) -> list[CertificateResult | None]:
        """One group: numbers in one transaction, pages, files, and the rows issued in one transaction.

        None stands for a certificate that another run has numbered meanwhile and is making.
        """
        now = self.surroundings.clock()
        records = self.register.reserve(
            [request_for(candidate, self.order.out) for candidate in group],
            self.surroundings.owner,
            now,
            LEASE_SECONDS,
        )
        log.info("numbers given: %s to %s", records[0].serial, records[-1].serial)
        papers = [
            replace(candidate.paper, issue=replace(candidate.paper.issue, serial=record.serial))
            for candidate, record in zip(group, records, strict=True)
        ]
        mine = [
            record.owner == self.surroundings.owner and record.status is Status.PENDING for record in records
        ]
        finished = iter(
            self.make(
                [record for record, own in zip(records, mine, strict=True) if own],
                [paper for paper, own in zip(papers, mine, strict=True) if own],
            )
        )
        return [
            next(finished) if own else self._meet(candidate, record)
            for candidate, record, own in zip(group, records, mine, strict=True)
        ]

    def make(
        self, records: Sequence[Record], papers: Sequence[Paper], *, must_write: bool = True
    ) -> list[CertificateResult]:
        """Print, write and mark as issued what has its numbers already.

        Without `must_write` a folder that has gone with the run that named it stops nobody: the register
        keeps the certificate.
        """
        results: list[CertificateResult] = []
        files: list[tuple[Path, bytes]] = []
        done: list[Done] = []
        for record, paper, printed in zip(records, papers, self.press.print_all(papers), strict=True):
            if isinstance(printed, PageError):
                results.append(result_of(paper, "failed", record=record, reason=str(printed), exit_code=6))
                continue
            path = self._folder_of(record) / file_name(record)
            done.append(Done(record.serial, printed.pdf, printed.pages))
            if path.exists() and not has_content(path, printed.sha256):
                results.append(
                    result_of(paper, "failed", record=record, reason=in_the_way(path), exit_code=9)
                )
                continue
            files.append((path, printed.pdf))
            results.append(issued(paper, record, printed, path))
        unwritten = _write(files, must_write=must_write)
        self.register.issue(done, self.surroundings.owner, self.surroundings.clock())
        return [_without_file(result) if result.path in unwritten else result for result in results]

    def _folder_of(self, record: Record) -> Path:
        """The folder as this run was told it, or the one that the stopped run was told."""
        mine = record.output_folder == str(self.order.out.absolute())
        return self.order.out if mine else Path(record.output_folder)

    @property
    def _known(self) -> KnownCertificates:
        return KnownCertificates(self.order, self.surroundings, self.forms, self.press, self.register)


def _is_in_force(record: Record | None) -> bool:
    """Whether the newest certificate of a consignment stands; after a void one a new number is given."""
    return record is not None and record.status is not Status.VOID


def _write(files: Sequence[tuple[Path, bytes]], *, must_write: bool) -> list[Path]:
    """Write all files together if they must be, else each whose folder still takes it; returns the others."""
    if must_write:
        write_files(files)
        return []
    unwritten = []
    for path, pdf in files:
        try:
            write_files([(path, pdf)])
        except OutputError:
            unwritten.append(path)
    return unwritten


def _without_file(result: CertificateResult) -> CertificateResult:
    reason = (
        f"its folder cannot be written; get it with: certgen register show {result.serial} --pdf FILE.pdf"
    )
    return replace(result, path=None, reason=reason)


def _groups(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), GROUP_SIZE):
        yield items[start : start + GROUP_SIZE]
