"""Whether the date of issue is one that can be meant, told where it was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from certgen.findings import Finding, make_finding, make_finding_at
from certgen.forms.paper import Paper
from certgen.pipeline.order import Order
from certgen.pipeline.papers.making import Candidate, last_departure

_ELSEWHERE_IN_THE_WORLD = timedelta(days=1)
_YEAR = timedelta(days=366)


def judge_issue_dates(candidates: Iterable[Candidate], order: Order, today: date) -> list[Candidate]:
    """The candidates; those that the register keeps are told of a date ahead, or long before the goods leave.

    `today` is the true day. A certificate that exists already is left alone: its date is what it is.
    """
    return [candidate.with_findings(_judge(candidate, order, today)) for candidate in candidates]


def find_at_issue_date(paper: Paper, order: Order, code: str, **words: str) -> Finding:
    """A finding about the date of issue, at the option or the cell that gave it, else at the consignment.

    Its sentence takes `issue_date`, which says of an option and of today that the date is theirs.
    """
    consignment, form, asked = paper.consignment, paper.form.id, paper.issue.issue_date
    day = asked.isoformat() if asked else ""
    if order.issue_date:
        name, told = consignment.name, f"{day} (--issue-date)"
        return make_finding(
            code, cell=None, field="issue_date", form=form, box="", consignment=name, issue_date=told, **words
        )
    is_of_cell = asked == consignment.issue_date
    place, told = ("issue_date", day) if is_of_cell else ("reference", f"{day} (today)")
    return make_finding_at(consignment, place, code, form=form, box="", issue_date=told, **words)


def _judge(candidate: Candidate, order: Order, today: date) -> list[Finding]:
    paper, issue_date = candidate.paper, candidate.paper.issue.issue_date
    asked = order.issue_date or paper.consignment.issue_date or today
    if issue_date != asked or not (candidate.is_numbered or paper.form.extraction):
        return []
    findings = []
    if issue_date > today + _ELSEWHERE_IN_THE_WORLD:
        findings.append(find_at_issue_date(paper, order, "CG418", today=today.isoformat()))
    departure = last_departure(paper.consignment)
    if departure and issue_date < departure - _YEAR:
        findings.append(find_at_issue_date(paper, order, "CG419", departure=departure.isoformat()))
    return findings
