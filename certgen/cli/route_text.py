"""How the answers of `route` are told in plain text, in the order in which export staff need them."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator

import click

from certgen.cli.route_missing import gather_missing
from certgen.cli.route_words import (
    VERDICTS,
    answer_in_one,
    basis,
    lane,
    mark,
    not_known,
    place,
    sources,
)
from certgen.forms.language.functions import date as in_words
from certgen.pipeline import Route, Routes
from certgen.rules.arrangements import Judgement, Owed, Told, Verdict
from certgen.rules.arrangements.model import Sourced

WIDTH = 118
MISSING_SHOWN = 12
LINES_SHOWN = 10
COLUMN = 11
SHORT = 3
MARGIN = "    "
COLOURS = {
    Verdict.WITHIN: "green",
    Verdict.NOTHING_OWED: "green",
    Verdict.OPEN: "yellow",
    Verdict.NOT_KNOWN: "yellow",
    Verdict.PARTLY: "red",
    Verdict.OUT: "red",
}
Row = tuple[str, str]
"""A label for the column, and the text beside it."""


def tell_routes(routes: Routes) -> None:
    """An overview of several consignments, then every one on stdout, two blank lines between."""
    if not routes.routes:
        click.echo("no consignment to answer for")
    if len(routes.routes) > 1:
        _tell_overview(routes.routes)
    for number, route in enumerate(routes.routes):
        if number or len(routes.routes) > 1:
            click.echo("\n")
        _tell(route)


def _tell_overview(routes: tuple[Route, ...]) -> None:
    """One line each: how it stands, its name, its lane."""
    names = [_name(route) for route in routes]
    width = max(map(len, names))
    for route, name in zip(routes, names, strict=True):
        verdict = route.judgement.verdict
        word = click.style(f"{VERDICTS[verdict]:<12}", fg=COLOURS[verdict])
        click.echo(f"{word}  {name:<{width}}  {lane(route.judgement)}")


def _name(route: Route) -> str:
    return route.consignment.name or "(no reference)"


def _tell(route: Route) -> None:
    judgement = route.judgement
    words = (_name(route), route.consignment.exporter.name)
    click.echo(click.style("  ".join(word for word in words if word), bold=True))
    _wrap(lane(judgement), "  ")
    _wrap(answer_in_one(route), "  ", COLOURS[judgement.verdict])
    for heading, rows in _sections(route):
        told = [*rows]
        if told:
            click.echo("\n  " + click.style(heading, bold=True))
        column = max([COLUMN, *(len(label) + 2 for label, _ in told)])
        for label, text in told:
            _row(label, text, column)


def _sections(route: Route) -> Iterator[tuple[str, Iterable[Row]]]:
    """What must be settled, the papers, what the workbook lacks, what it all rests on."""
    judgement = route.judgement
    yield "to be settled", _unsettled(route)
    yield "papers owed", _papers(judgement.owed)
    yield "papers if wanted", _papers(judgement.voluntary)
    yield "missing in the workbook", _missing(route)
    yield "keep in mind", _minds(judgement)
    yield "rests on", (("-", basis(entry)) for entry in judgement.applied)
    yield "sources", sources(_parts(judgement)).items()


def _unsettled(route: Route) -> Iterator[Row]:
    for text in not_known(route):
        yield "not known", text
    for told in _by_rule(route.judgement.told):
        yield ("OUT" if told[0].rule.outcome == "out" else "ask"), _told(told)


def _by_rule(told: Iterable[Told]) -> list[list[Told]]:
    groups: dict[str, list[Told]] = {}
    for item in told:
        groups.setdefault(item.rule.id, []).append(item)
    return [*groups.values()]


def _told(told: list[Told]) -> str:
    """The first line a rule speaks of in full, the others by their numbers."""
    first, *others = told
    numbers = [str(item.line + 1) for item in others if item.line is not None]
    more = f" and {len(numbers) - LINES_SHOWN} more" if len(numbers) > LINES_SHOWN else ""
    also = f" Likewise line {', '.join(numbers[:LINES_SHOWN])}{more}." if numbers else ""
    finding = first.finding
    return f"{place(finding)}{finding.message} {finding.fix}{also} {mark(first.rule)}"


def _papers(papers: Iterable[Owed]) -> Iterator[Row]:
    for number, owed in enumerate(papers, start=1):
        paper = owed.paper
        made = f"certgen makes it, form {paper.form}" if paper.form else f"made elsewhere: {paper.where}"
        yield f"{number}.", f"{paper.name} ({made})"
        due = f" (departure: {in_words(owed.due)})" if owed.due else ""
        yield "  from", paper.issued_by
        yield "  by", f"{paper.by}{due}"
        ways = ["travels with the goods" if paper.with_goods else "need not travel with the goods"]
        yield "  goes", "; ".join([*ways, *(f"to {place}" for place in paper.goes_to)])
        if paper.enclosed:
            yield "  with it", ", ".join(paper.enclosed)
        if paper.statement:
            yield "  must say", paper.statement
        yield "  why", f"{owed.why} {mark(paper)}"


def _missing(route: Route) -> Iterator[Row]:
    groups = gather_missing(route.missing, is_several=len(route.judgement.forms) > 1)
    for where, labels in groups[:MISSING_SHOWN]:
        yield "-", f"{where}{', '.join(labels)}"
    if (rest := len(groups) - MISSING_SHOWN) > 0:
        yield "-", f"and in {rest} more place{'s' if rest > 1 else ''}; certgen check names each"
    if route.judgement.forms and not route.missing:
        yield "-", f"no field that {', '.join(route.judgement.forms)} cannot do without"
    if count := route.further_errors:
        errors = "one other error" if count == 1 else f"{count} other errors"
        yield "-", f"certgen check tells of {errors} on what is owed"


def _minds(judgement: Judgement) -> Iterator[Row]:
    for entry in judgement.ending:
        if entry.period.until:
            last = in_words(entry.period.until)
            yield "ENDS SOON", f"{entry.title} is known to end on {last}. {mark(entry)}"
    for answer in (*judgement.nothing_owed, *judgement.minds):
        yield "-", f"{answer.says} {mark(answer)}"


def _parts(judgement: Judgement) -> Iterator[Sourced]:
    """Everything that was told and stands on a source, in the order in which it was told."""
    yield from (told.rule for told in judgement.told)
    yield from (owed.paper for owed in (*judgement.owed, *judgement.voluntary))
    yield from (*judgement.nothing_owed, *judgement.minds, *judgement.applied)


def _row(label: str, text: str, column: int) -> None:
    """A label in its column and the text beside it, wrapped under itself; a short mark takes no column."""
    first = f"{MARGIN}{label:<{SHORT if len(label) < SHORT else column}}"
    lines = textwrap.wrap(text, _width(), initial_indent=first, subsequent_indent=" " * len(first))
    click.echo("\n".join(lines or [first.rstrip()]))


def _wrap(text: str, indent: str, colour: str = "") -> None:
    for line in textwrap.wrap(text, _width(), initial_indent=indent, subsequent_indent=indent):
        click.echo(click.style(line, fg=colour) if colour else line)


def _width() -> int:
    """That of the terminal where there is one, and never wider than is good to read."""
    return min(WIDTH, shutil.get_terminal_size().columns) if sys.stdout.isatty() else WIDTH
