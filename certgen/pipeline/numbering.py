"""Certificates that take a number: what the register already knows of them, and making the new ones."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from certgen.errors import OutputError, PageError
from certgen.findings import Finding, make_finding
from certgen.forms.model import Form
from certgen.forms.paper import Paper
from certgen.pipeline.files import has_content, safe_name, sweep_leftovers, write_files
from certgen.pipeline.identity import field_hashes, fingerprint, key_of
from certgen.pipeline.order import CertificateResult, Order, Surroundings
from certgen.pipeline.papers import Candidate
from certgen.pipeline.press import Printed, Printer, paper_as_json, paper_from_json
from certgen.register import (
    Done,
    Record,
    Register,
    Request,
    Status,
    compare_fields,
    open_register,
    register_exists,
    series_of,
)

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

    def finish_abandoned(self) -> list[CertificateResult]:
        """Make the certificates whose numbers a stopped run was given and did not use."""
        now = self.surroundings.clock()
        records = self.register.adopt_abandoned(self.surroundings.owner, now, self.surroundings.is_alive)
        for record in records:
            sweep_leftovers(self._folder_of(record), _file_name(record))
        return [
            result
            for group in _groups(records)
            for result in self._finish(group, [self._paper_of(record) for record in group])
        ]

    def make_all(self, candidates: Sequence[Candidate]) -> list[CertificateResult]:
        """Certificates in the order of the workbook: the known ones as they are, new ones numbered."""
        keys = [key_of(candidate.paper) for candidate in candidates]
        known = self.register.find(keys)
        results: dict[int, CertificateResult] = {}
        fresh: list[int] = []
        for position, (candidate, key) in enumerate(zip(candidates, keys, strict=True)):
            if key in known:
                results[position] = self._known(candidate, known[key])
            elif self.order.is_copy:
                results[position] = _result(candidate.paper, "refused", reason=NO_ORIGINAL, exit_code=7)
            else:
                fresh.append(position)
        for group in _groups(fresh):
            made = self._number_and_make([candidates[position] for position in group])
            results.update(zip(group, made, strict=True))
            self.surroundings.progress(len(results), len(candidates))
        return [results[position] for position in range(len(candidates))]

    def date_findings(self, candidates: Iterable[Candidate]) -> list[Finding]:
        """A warning for each issue date before the last one of its series."""
        findings = []
        last_by_series: dict[str, date | None] = {}
        for candidate in candidates:
            series = series_of(candidate.open_serial)
            if series not in last_by_series:
                last_by_series[series] = self.register.last_issue_date(series)
            last, issue_date = last_by_series[series], candidate.paper.issue.issue_date
            if last and issue_date and issue_date < last:
                findings.append(_backdated(candidate.paper, issue_date, last))
        return findings

    def _known(self, candidate: Candidate, record: Record) -> CertificateResult:
        """A certificate the register already has: unchanged, being made elsewhere, or changed."""
        if record.status is Status.PENDING:
            where = f"{record.owner.machine}, process {record.owner.process}"
            reason = f"another run ({where}) is making it; run again when that has ended"
            return _result(candidate.paper, "failed", record=record, reason=reason, exit_code=7)
        if record.fingerprint != _fingerprint_of(candidate.paper):
            return _result(
                candidate.paper, "refused", record=record, reason=_changed(candidate, record), exit_code=7
            )
        if self.order.is_copy:
            return self._copy(record)
        return self._restore(candidate.paper, record)

    def _restore(self, paper: Paper, record: Record) -> CertificateResult:
        """The kept certificate, written again where its file is missing."""
        path = self.order.out / _file_name(record)
        if not path.exists():
            write_files([(path, self.register.pdf(record.serial))])
        elif not has_content(path, record.pdf_sha256):
            return _result(paper, "failed", record=record, reason=_in_the_way(path), exit_code=9)
        return _result(paper, "unchanged", record=record, path=path)

    def _copy(self, record: Record) -> CertificateResult:
        """The issued certificate printed once more with COPY on every page."""
        paper = self._paper_of(record)
        paper = replace(paper, issue=replace(paper.issue, is_copy=True))
        printed = self.press.print_all([paper])[0]
        if isinstance(printed, PageError):
            return _result(paper, "failed", record=record, reason=str(printed), exit_code=6)
        path = self.order.out / f"{safe_name(record.serial)} COPY.pdf"
        if path.exists() and not has_content(path, printed.sha256):
            return _result(paper, "failed", record=record, reason=_in_the_way(path), exit_code=9)
        write_files([(path, printed.pdf)])
        return replace(
            _result(paper, "made", record=record, path=path), sha256=printed.sha256, pages=printed.pages
        )

    def _number_and_make(self, group: Sequence[Candidate]) -> list[CertificateResult]:
        """One group: numbers in one transaction, pages, files, and the rows issued in one transaction."""
        now = self.surroundings.clock()
        records = self.register.reserve(
            [self._request(candidate) for candidate in group], self.surroundings.owner, now, LEASE_SECONDS
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
            self._finish(
                [record for record, own in zip(records, mine, strict=True) if own],
                [paper for paper, own in zip(papers, mine, strict=True) if own],
            )
        )
        return [
            next(finished) if own else self._known(candidate, record)
            for candidate, record, own in zip(group, records, mine, strict=True)
        ]

    def _finish(self, records: Sequence[Record], papers: Sequence[Paper]) -> list[CertificateResult]:
        """Print, write and mark as issued what has its numbers already."""
        results: list[CertificateResult] = []
        files: list[tuple[Path, bytes]] = []
        done: list[Done] = []
        for record, paper, printed in zip(records, papers, self.press.print_all(papers), strict=True):
            if isinstance(printed, PageError):
                results.append(_result(paper, "failed", record=record, reason=str(printed), exit_code=6))
                continue
            path = self._folder_of(record) / _file_name(record)
            done.append(Done(record.serial, printed.pdf, printed.pages))
            if path.exists() and not has_content(path, printed.sha256):
                results.append(_result(paper, "failed", record=record, reason=_in_the_way(path), exit_code=9))
                continue
            files.append((path, printed.pdf))
            results.append(_issued(paper, record, printed, path))
        write_files(files)
        self.register.issue(done, self.surroundings.owner, self.surroundings.clock())
        return results

    def _folder_of(self, record: Record) -> Path:
        """The folder as this run was told it, or the one that the stopped run was told."""
        mine = record.output_folder == str(self.order.out.absolute())
        return self.order.out if mine else Path(record.output_folder)

    def _request(self, candidate: Candidate) -> Request:
        paper = candidate.paper
        hashes = field_hashes(paper.form, paper.consignment)
        issue_date = paper.issue.issue_date
        if issue_date is None:
            raise OutputError(
                f"{paper.consignment.name}: a certificate needs an issue date. Give --issue-date."
            )
        return Request(
            key=key_of(paper),
            pattern=candidate.open_serial,
            issue_date=issue_date,
            edition=paper.edition.id,
            form_hash=paper.form.folder_hash,
            fingerprint=fingerprint(hashes),
            fields=hashes,
            paper=paper_as_json(paper),
            input_sha256=candidate.input_sha256,
            workbook=candidate.workbook,
            output_name=paper.form.output_name,
            output_folder=str(self.order.out.absolute()),
            variant=paper.variant.name if paper.variant else "",
        )

    def _paper_of(self, record: Record) -> Paper:
        return paper_from_json(
            record.paper, self.forms, record.key.form, record.edition, record.variant, record.serial
        )


def recall_first_issues(candidates: Sequence[Candidate], url: str) -> list[Candidate]:
    """The candidates with the date of their first issue, where the register has one.

    A certificate that exists is judged by its own date, not by the day on which somebody looks at it again.
    """
    if not register_exists(url):
        return list(candidates)
    with open_register(url, must_exist=True) as register:
        known = register.find(key_of(item.paper) for item in candidates if item.is_numbered)
    return [_with_first_date(item, known.get(key_of(item.paper))) for item in candidates]


def _with_first_date(candidate: Candidate, record: Record | None) -> Candidate:
    if record is None or not candidate.is_numbered:
        return candidate
    issue = replace(candidate.paper.issue, issue_date=record.issue_date)
    return replace(candidate, paper=replace(candidate.paper, issue=issue))


def _groups(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), GROUP_SIZE):
        yield items[start : start + GROUP_SIZE]


def _fingerprint_of(paper: Paper) -> str:
    return fingerprint(field_hashes(paper.form, paper.consignment))


def _file_name(record: Record) -> str:
    return safe_name(record.output_name.replace("{serial}", record.serial).removesuffix(".pdf")) + ".pdf"


def _changed(candidate: Candidate, record: Record) -> str:
    paper = candidate.paper
    changes = compare_fields(record.fields, field_hashes(paper.form, paper.consignment))
    paths = ", ".join(sorted({*changes.filled, *changes.changed}))
    return (
        f"{record.serial} was issued for this reference with other data ({paths}). "
        f"If it must change: certgen register replace {record.serial} {candidate.workbook} --why ..."
    )


def _backdated(paper: Paper, issue_date: date, last: date) -> Finding:
    return make_finding(
        "CG405",
        cell=paper.consignment.find_cell("issue_date"),
        field="issue_date",
        form=paper.form.id,
        consignment=paper.consignment.name,
        issue_date=issue_date.isoformat(),
        last=last.isoformat(),
    )


def _in_the_way(path: Path) -> str:
    return (
        f"another file stands at {path} and is left as it is. Move it away and run again; "
        "the certificate is kept in the register"
    )


def _issued(paper: Paper, record: Record, printed: Printed, path: Path) -> CertificateResult:
    result = _result(paper, "issued", record=record, path=path)
    return replace(result, sha256=printed.sha256, pages=printed.pages)


def _result(
    paper: Paper,
    status: str,
    *,
    record: Record | None = None,
    path: Path | None = None,
    reason: str = "",
    exit_code: int = 0,
) -> CertificateResult:
    return CertificateResult(
        consignment=paper.consignment.name,
        exporter=paper.consignment.exporter.name,
        form=paper.form.id,
        edition=record.edition if record else paper.edition.id,
        status=status,
        serial=record.serial if record else "",
        path=path,
        sha256=record.pdf_sha256 if record else "",
        pages=record.pages if record else 0,
        reason=reason,
        exit_code=exit_code,
    )
