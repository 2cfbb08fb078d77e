"""What the register already knows of the consignments of a run, recalled before they are judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from certgen.findings import Finding, make_finding
from certgen.pipeline.identity import key_of
from certgen.pipeline.papers import Candidate
from certgen.register import Record, Status, open_existing


def recall_first_issues(candidates: Sequence[Candidate], url: str) -> list[Candidate]:
    """The candidates with the dates of their certificates, where the register has one in force.

    A certificate that exists is judged by its own date, not by the day on which somebody looks at it again.
    One whose last certificate is void is told of it.
    """
    with open_existing(url) as register:
        if register is None:
            return list(candidates)
        known = register.find(key_of(item.paper) for item in candidates if item.is_numbered)
    return [_recalled(item, known.get(key_of(item.paper))) for item in candidates]


def _recalled(candidate: Candidate, record: Record | None) -> Candidate:
    if record is None or not candidate.is_numbered:
        return candidate
    if record.status is Status.VOID:
        return candidate.with_findings([_void_before(candidate, record)])
    issue = replace(
        candidate.paper.issue, issue_date=record.issue_date, first_issue_date=record.first_issue_date
    )
    return replace(candidate, paper=replace(candidate.paper, issue=issue))


def _void_before(candidate: Candidate, record: Record) -> Finding:
    consignment = candidate.paper.consignment
    return make_finding(
        "CG408",
        cell=consignment.find_cell("reference"),
        field="reference",
        form=candidate.paper.form.id,
        consignment=consignment.name,
        serial=record.serial,
        why=record.why,
    )
