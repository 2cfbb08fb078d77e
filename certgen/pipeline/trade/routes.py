"""What `route` answers for each consignment: plain data, and the record that `--json` prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from certgen.consignment import Consignment, Country
from certgen.findings import Finding
from certgen.rules.arrangements import (
    Answer,
    Arrangement,
    Judgement,
    Owed,
    Standing,
    Told,
    Verdict,
)
from certgen.workbook import SheetReading


@dataclass(frozen=True, slots=True)
class Route:
    """One consignment: what the arrangements say of it, and what the workbook lacks for the papers owed.

    `missing` are the empty cells of fields that the owed forms need, `further_errors` how many other errors
    `check` would tell, `unread` the cells of countries and departure that could not be read.
    """

    consignment: Consignment
    judgement: Judgement
    missing: tuple[Finding, ...] = ()
    further_errors: int = 0
    unread: tuple[Finding, ...] = ()

    def as_record(self) -> dict[str, Any]:
        judgement = self.judgement
        return {
            "consignment": self.consignment.name,
            "exporter": self.consignment.exporter.name,
            "from": _country(judgement.origin),
            "to": _country(judgement.to),
            "day": judgement.day.isoformat(),
            "day_is_departure": judgement.is_day_known,
            "verdict": str(judgement.verdict),
            "arrangements": [_arrangement(entry) for entry in judgement.applied],
            "ending": [entry.id for entry in judgement.ending],
            "lines": self._lines(),
            "papers": [paper_record(owed) for owed in judgement.owed],
            "voluntary": [paper_record(owed) for owed in judgement.voluntary],
            "nothing_owed": [_answer(answer) for answer in judgement.nothing_owed],
            "asks": [told.finding.as_record() | _rule(told) for told in judgement.told],
            "mind": [_answer(answer) for answer in judgement.minds],
            "missing": [finding.as_record() for finding in self.missing],
            "further_errors": self.further_errors,
            "unread": [finding.as_record() for finding in self.unread],
        }

    def _lines(self) -> list[dict[str, Any]]:
        told = self.judgement.told
        return [
            {
                "line": place + 1,
                "trade_name": product.trade_name,
                "standing": self._standing(place),
                "rules": [item.rule.id for item in told if item.line in (None, place)],
            }
            for place, product in enumerate(self.consignment.products)
        ]

    def _standing(self, place: int) -> str:
        """Where a line stands; nothing is within where it is not known what applies."""
        lines = self.judgement.lines
        standing = lines[place] if place < len(lines) else Standing.WITHIN
        is_known = self.judgement.verdict is not Verdict.NOT_KNOWN
        return str(standing) if is_known or standing is not Standing.WITHIN else str(Verdict.NOT_KNOWN)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A paper that a consignment owes and certgen has no form for."""

    consignment: str
    exporter: str
    owed: Owed

    def as_record(self) -> dict[str, Any]:
        return {"consignment": self.consignment, "exporter": self.exporter, **paper_record(self.owed)}


@dataclass(frozen=True, slots=True)
class Routes:
    """Everything `route` has to tell."""

    routes: tuple[Route, ...]
    findings: tuple[Finding, ...]
    sheets: tuple[SheetReading, ...]

    @property
    def exit_code(self) -> int:
        """3 when cells could not be read, on which an answer may hang."""
        return 3 if any(finding.is_error for finding in self.findings) else 0

    def as_record(self) -> dict[str, Any]:
        """The one object that `--json` prints."""
        verdicts = [str(route.judgement.verdict) for route in self.routes]
        return {
            "schema": 1,
            "consignments": [route.as_record() for route in self.routes],
            "findings": [finding.as_record() for finding in self.findings],
            "sheets": [sheet.as_record() for sheet in self.sheets],
            "summary": {
                "consignments": len(self.routes),
                **{verdict: verdicts.count(verdict) for verdict in sorted(set(verdicts))},
                "exit_code": self.exit_code,
            },
        }


def _country(country: Country | None) -> dict[str, str]:
    return {"name": country.name, "code": country.code} if country else {"name": "", "code": ""}


def _arrangement(entry: Arrangement) -> dict[str, Any]:
    since, until = entry.period.since, entry.period.until
    return {
        "id": entry.id,
        "title": entry.title,
        "standing": entry.standing,
        "says": entry.says,
        "ask": entry.ask,
        "valid_from": since.isoformat() if since else "",
        "valid_until": until.isoformat() if until else "",
        "cites": list(entry.cites),
        "confidence": entry.confidence,
        "house": entry.house,
    }


def paper_record(owed: Owed) -> dict[str, Any]:
    """A paper that is owed, as `--json` prints it."""
    paper = owed.paper
    return {
        "id": paper.id,
        "name": paper.name,
        "form": paper.form,
        "where": paper.where,
        "from": paper.issued_by,
        "by": paper.by,
        "due": owed.due.isoformat() if owed.due else "",
        "travels_with_goods": paper.with_goods,
        "goes_to": list(paper.goes_to),
        "enclosed": list(paper.enclosed),
        "statement": paper.statement,
        "why": owed.why,
        "cites": list(paper.cites),
        "confidence": paper.confidence,
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "id": answer.id,
        "says": answer.says,
        "cites": list(answer.cites),
        "confidence": answer.confidence,
    }


def _rule(told: Told) -> dict[str, Any]:
    rule = told.rule
    return {"outcome": rule.outcome, "confidence": rule.confidence, "sources": list(rule.cites)}
