"""What the register already knows of the consignments of a run, recalled before they are judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from certgen.findings import Finding, make_finding_at
from certgen.pipeline.identity import field_hashes, key_of
from certgen.pipeline.papers.making import Candidate
from certgen.pipeline.splits import judge_extracts
from certgen.register import Record, Register, Status, open_existing


def recall_first_issues(candidates: Sequence[Candidate], url: str) -> list[Candidate]:
    """The candidates with the dates of their certificates, where the register has one in force.

    A certificate that exists is judged by its own date, not by the day on which somebody looks at it again.
    One whose last certificate is void is told of it. Extracts are held against what remains.
    """
    with open_existing(url) as register:
        candidates = judge_extracts(candidates, register)
        if register is None:
            return candidates
        known = register.find(key_of(item.paper) for item in candidates if item.is_numbered)
        return [_recalled(item, known.get(key_of(item.paper)), register) for item in candidates]


def _recalled(candidate: Candidate, record: Record | None, register: Register) -> Candidate:
    if record is None or not candidate.is_numbered:
        return candidate
    if record.status is Status.VOID:
        return candidate.with_findings([_told("CG408", candidate, serial=record.serial, why=record.why)])
    if _is_of_replaced(candidate, record, register):
        replaced = {"serial": record.replaces, "successor": record.serial}
        candidate = candidate.with_findings([_told("CG409", candidate, **replaced)])
    issue = replace(
        candidate.paper.issue, issue_date=record.issue_date, first_issue_date=record.first_issue_date
    )
    return replace(candidate, paper=replace(candidate.paper, issue=issue))


def _is_of_replaced(candidate: Candidate, record: Record, register: Register) -> bool:
    """Whether the workbook still says what the certificate said that this one replaced."""
    if not record.replaces:
        return False
    now = field_hashes(candidate.paper.form, candidate.paper.consignment)
    return now != record.fields and now == register.show(record.replaces).fields


def _told(code: str, candidate: Candidate, **words: str) -> Finding:
    """A finding at the cell that says which consignment it is."""
    paper = candidate.paper
    return make_finding_at(paper.consignment, "reference", code, form=paper.form.id, **words)
