"""The answers of `route` in single sentences: the lane, the goods, what is not known, where a rule stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from certgen.findings import Finding
from certgen.forms.language.functions import date as in_words
from certgen.pipeline import Route
from certgen.rules.arrangements import Arrangement, Judgement, Standing, Verdict
from certgen.rules.arrangements.model import Period, Sourced

NOT_SURE = {
    "undated": "the source has no date or may be behind",
    "disputed": "sources disagree",
    "unverified": "seen in no source",
}
VERDICTS = {
    Verdict.WITHIN: "within",
    Verdict.PARTLY: "PARTLY OUT",
    Verdict.OUT: "OUT",
    Verdict.OPEN: "TO BE ASKED",
    Verdict.NOTHING_OWED: "nothing owed",
    Verdict.NOT_KNOWN: "NOT KNOWN",
}


def lane(judgement: Judgement) -> str:
    """From where to where, and when."""
    origin = judgement.origin.name if judgement.origin else "(country of export not known)"
    to = judgement.to.name if judgement.to else "(country of destination not known)"
    day = in_words(judgement.day)
    leaving = f"leaving {day}" if judgement.is_day_known else f"departure not known, judged as of {day}"
    return f"{origin} to {to}, {leaving}"


def answer_in_one(route: Route) -> str:
    """What the goods are, and the names of the papers: all that a reader in a hurry needs."""
    judgement = route.judgement
    papers = list(dict.fromkeys(owed.paper.name for owed in judgement.owed))
    if papers:
        owed = f"Owed: {'; '.join(papers)}"
    elif judgement.nothing_owed:
        owed = "No paper is owed"
    elif judgement.verdict is Verdict.NOT_KNOWN:
        owed = "What is owed is not known here"
    else:
        owed = "No paper of this arrangement, since all goods are out of it"
    return f"{VERDICTS[judgement.verdict]}{_counted(route)}. {owed}."


def _counted(route: Route) -> str:
    """How many lines stand where; what is not known is not counted."""
    lines = len(route.consignment.products)
    counts = {standing: route.judgement.lines.count(standing) for standing in Standing}
    whole = f"{lines} line{'s' if lines != 1 else ''}"
    if route.judgement.verdict is Verdict.NOT_KNOWN:
        return f" ({whole})"
    parts = [(Standing.WITHIN, "within"), (Standing.OUT, "out"), (Standing.ASK, "to be asked about")]
    told = [f"{counts[standing]} {words}" for standing, words in parts if counts[standing]]
    return f" ({whole}: {', '.join(told)})" if told else f" ({whole})"


def not_known(route: Route) -> Iterator[str]:
    """Whom to ask where nothing is known, or what the workbook must say first."""
    judgement = route.judgement
    refused = {finding.field for finding in route.unread}
    for finding in route.unread:
        yield f"{place(finding)}{finding.message} {finding.fix}"
    if not route.consignment.products:
        yield (
            "No goods are read for this shipment: a product line has its reference, "
            "and a lot, packages, weight or CN code."
        )
    if judgement.verdict is not Verdict.NOT_KNOWN:
        return
    yield from (entry.ask for entry in judgement.applied if entry.ask)
    for label, country in (("export", judgement.origin), ("destination", judgement.to)):
        if (country is None or not country.code) and f"country_of_{label}" not in refused:
            yield f"Fill in the country of {label}, by its name or code; everything hangs on it."
    for entry in () if judgement.applied else judgement.ended:
        yield f"On that day it did not hold: {entry.title} ({days(entry.period)})."


def days(period: Period) -> str:
    """Between which days something holds."""
    since, until = period.since, period.until
    words = [f"from {in_words(since)}" if since else "", f"until {in_words(until)}" if until else ""]
    return " ".join(word for word in words if word)


def basis(entry: Arrangement) -> str:
    """An arrangement, what it does, and its end where that is near."""
    own = f", of your house: {entry.house}" if entry.house else ""
    return f"{entry.title} ({entry.standing}{own}): {entry.says} {mark(entry)}"


def place(finding: Finding) -> str:
    """The cell and a colon, where there is one."""
    cell = finding.cell
    return f"{cell.sheet}!{cell.cell}: " if cell and cell.sheet and cell.cell else ""


def mark(part: Sourced) -> str:
    """The id of a rule, by which its source is found below, and why it is not sure."""
    doubt = f"; {NOT_SURE[part.confidence]}" if part.confidence in NOT_SURE else ""
    return f"[{part.id}{doubt}]"


def sources(parts: Iterable[Sourced]) -> dict[str, str]:
    """What each rule stands on, by its id, each once."""
    return {part.id: part.source for part in parts}
