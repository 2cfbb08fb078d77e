"""How the answers of `route` are told in plain text, in the order in which export staff need them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

import click

from certgen.findings import Finding
from certgen.forms.language.functions import date as in_words
from certgen.pipeline import Route, Routes
from certgen.rules.arrangements import Answer, Arrangement, Judgement, Owed, Standing, Told, Verdict

WIDTH = 118
MISSING_SHOWN = 3
COLUMN = 14
COLOURS = {
    Verdict.WITHIN: "green",
    Verdict.NOTHING_OWED: "green",
    Verdict.OPEN: "yellow",
    Verdict.NOT_KNOWN: "yellow",
    Verdict.PARTLY: "red",
    Verdict.OUT: "red",
}
NOT_SURE = {
    "undated": "the source has no date or may be behind",
    "disputed": "sources disagree",
    "unverified": "seen in no source",
}


def tell_routes(routes: Routes) -> None:
    """Every consignment on stdout, a blank line between two."""
    for number, route in enumerate(routes.routes):
        if number:
            click.echo()
        _tell(route)
    if not routes.routes:
        click.echo("no consignment to answer for")


def _tell(route: Route) -> None:
    judgement = route.judgement
    exporter = route.consignment.exporter.name
    name = route.consignment.name or "(no reference)"
    click.echo(click.style("  ".join(word for word in (name, exporter) if word), bold=True))
    for label, text in _rows(route, judgement):
        _row(label, text, COLOURS[judgement.verdict] if label == "answer" else "")


def _rows(route: Route, judgement: Judgement) -> Iterator[tuple[str, str]]:
    """Label and text: the lane, what applies, the goods, the papers, what is missing, what to mind."""
    yield "lane", _lane(judgement)
    yield "answer", _answer_in_one(judgement)
    for entry in judgement.applied:
        yield _arrangement(entry)
    yield from _unknown(judgement)
    for entry in judgement.ending:
        yield "ends soon", _ending(entry)
    for told in _once(judgement.told):
        yield ("out" if told.rule.outcome == "out" else "ask"), _told(told)
    for answer in judgement.nothing_owed:
        yield "nothing owed", _answer(answer)
    for owed in judgement.owed:
        yield from _owed("owed", owed)
    for owed in judgement.voluntary:
        yield from _owed("if wanted", owed)
    yield from _missing(route)
    for answer in judgement.minds:
        yield "mind", _answer(answer)


def _lane(judgement: Judgement) -> str:
    origin = judgement.origin.name if judgement.origin else "(country of export not said)"
    to = judgement.to.name if judgement.to else "(country of destination not said)"
    day = in_words(judgement.day)
    leaving = f"leaving {day}" if judgement.is_day_known else f"departure not said, judged as of {day}"
    return f"{origin} to {to}, {leaving}"


def _arrangement(entry: Arrangement) -> tuple[str, str]:
    label = "arrangement" if entry.standing == "arrangement" else "rule"
    return label, f"{entry.title}: {entry.says} [{entry.id}; {_source(entry.cites, entry.confidence)}]"


def _unknown(judgement: Judgement) -> Iterator[tuple[str, str]]:
    """Whom to ask where nothing is known, or what the workbook must say first."""
    if judgement.verdict is not Verdict.NOT_KNOWN:
        return
    for entry in judgement.applied:
        if entry.ask:
            yield "not known", entry.ask
    for label, country in (("export", judgement.origin), ("destination", judgement.to)):
        if country is None or not country.code:
            yield "not known", f"Fill in the country of {label}, by its name or code; everything hangs on it."
    for entry in () if judgement.applied else judgement.ended:
        yield "not known", f"On that day it did not hold: {entry.title} ({_days(entry)})."


def _days(entry: Arrangement) -> str:
    since, until = entry.period.since, entry.period.until
    words = [f"from {in_words(since)}" if since else "", f"until {in_words(until)}" if until else ""]
    return " ".join(word for word in words if word)


def _ending(entry: Arrangement) -> str:
    until = entry.period.until
    return f"{entry.title} is known to end on {in_words(until)}." if until else ""


def _answer_in_one(judgement: Judgement) -> str:
    """What the goods are, and the names of the papers: all that a reader in a hurry needs."""
    papers = list(dict.fromkeys(owed.paper.name for owed in judgement.owed))
    if papers:
        owed = f"owed: {'; '.join(papers)}"
    elif judgement.nothing_owed:
        owed = "no paper is owed"
    elif judgement.verdict is Verdict.NOT_KNOWN:
        owed = "what is owed is not known here"
    else:
        owed = "no paper of this arrangement, since all goods are out of it"
    return f"{_goods(judgement)}. {owed[0].upper()}{owed[1:]}."


def _goods(judgement: Judgement) -> str:
    counts = {standing: judgement.lines.count(standing) for standing in Standing}
    lines = f"{len(judgement.lines)} line{'s' if len(judgement.lines) != 1 else ''}"
    if judgement.verdict is Verdict.NOT_KNOWN:
        return f"{lines}: not known"
    parts = [
        f"{counts[Standing.WITHIN]} within",
        f"{counts[Standing.OUT]} out",
        f"{counts[Standing.ASK]} to be asked about",
    ]
    kept = [part for part in parts if not part.startswith("0 ")]
    return f"{lines}: {', '.join(kept)}" if kept else f"{lines}: {judgement.verdict}"


def _told(told: Told) -> str:
    finding, rule = told.finding, told.rule
    source = _source(rule.cites, rule.confidence)
    return f"{_place(finding)}{finding.message} {finding.fix} [{rule.id}; {source}]"


def _owed(label: str, owed: Owed) -> Iterator[tuple[str, str]]:
    paper = owed.paper
    made = f"certgen makes it: {paper.form}" if paper.form else f"elsewhere: {paper.where}"
    yield label, f"{paper.name} ({made})"
    due = f" (departure: {in_words(owed.due)})" if owed.due else ""
    yield "", f"from {paper.issued_by}; {paper.by}{due}"
    ways = ["travels with the goods"] if paper.with_goods else []
    ways += [f"goes to {place}" for place in paper.goes_to]
    if paper.enclosed:
        ways.append(f"with it: {', '.join(paper.enclosed)}")
    if ways:
        yield "", "; ".join(ways)
    if paper.statement:
        yield "", f"must say: {paper.statement}"
    yield "", f"why: {owed.why} [{paper.id}; {_source(paper.cites, paper.confidence)}]"


def _missing(route: Route) -> Iterator[tuple[str, str]]:
    for finding in route.missing[:MISSING_SHOWN]:
        yield "missing", f"{_place(finding)}{finding.message} {finding.fix}"
    if len(route.missing) > MISSING_SHOWN:
        yield "", f"and {len(route.missing) - MISSING_SHOWN} more fields; certgen check names each"
    if route.judgement.forms and not route.missing:
        yield "missing", f"no field that {', '.join(route.judgement.forms)} cannot do without"
    if route.further_errors:
        count = route.further_errors
        errors = "one other error" if count == 1 else f"{count} other errors"
        yield "", f"certgen check tells of {errors} on what is owed"


def _answer(answer: Answer) -> str:
    return f"{answer.says} [{answer.id}; {_source(answer.cites, answer.confidence)}]"


def _source(cites: Iterable[str], confidence: str) -> str:
    between = ", against " if confidence == "disputed" else "; "
    doubt = f" ({NOT_SURE[confidence]})" if confidence in NOT_SURE else ""
    return between.join(cites) + doubt


def _place(finding: Finding) -> str:
    cell = finding.cell
    return f"{cell.sheet}!{cell.cell}: " if cell and cell.sheet and cell.cell else ""


def _once(told: Iterable[Told]) -> list[Told]:
    return list({(item.rule.id, item.line): item for item in told}.values())


def _row(label: str, text: str, colour: str) -> None:
    """A label in its column and the text beside it, wrapped under itself."""
    lines = textwrap.wrap(text, WIDTH - COLUMN - 2) or [""]
    for number, line in enumerate(lines):
        head = f"  {label if not number else '':<{COLUMN}}"
        click.echo(head + (click.style(line, fg=colour) if colour else line))
