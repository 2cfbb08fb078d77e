"""What the arrangements say of one consignment: whether its goods are within, what is owed, whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from certgen.consignment import Consignment, Country
from certgen.findings import Finding
from certgen.forms.declared import with_types
from certgen.rules.arrangements.model import Answer, Arrangement, Arrangements, OwedPaper, ScopeRule
from certgen.rules.judge import is_broken, items_of, tell

LINES = "products"
_SETTLING = frozenset({"arrangement", "none"})


class Standing(StrEnum):
    """Where goods stand with an arrangement, from the best to the worst."""

    WITHIN = "within"
    ASK = "ask"
    OUT = "out"


class Verdict(StrEnum):
    """What is said of the consignment as a whole."""

    WITHIN = "within"
    PARTLY = "partly out"
    OUT = "out"
    OPEN = "open"
    NOTHING_OWED = "nothing owed"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Told:
    """A scope rule that is broken, and the place of the line (None for the whole consignment)."""

    rule: ScopeRule
    line: int | None
    finding: Finding


@dataclass(frozen=True, slots=True)
class Owed:
    """A paper that is owed, why, and until which day, where the consignment tells it."""

    paper: OwedPaper
    why: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything that the arrangements say of one consignment.

    `day` is the one that was judged by: that of departure, else today. `applied` are the entries that hold
    between the two countries on that day, `ended` those that held earlier or will hold only later.
    """

    origin: Country | None
    to: Country | None
    day: date
    is_day_known: bool
    applied: tuple[Arrangement, ...] = ()
    ended: tuple[Arrangement, ...] = ()
    told: tuple[Told, ...] = ()
    owed: tuple[Owed, ...] = ()
    voluntary: tuple[Owed, ...] = ()
    minds: tuple[Answer, ...] = ()
    lines: tuple[Standing, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """In one word; nothing is within without goods, or where what applies settles nothing."""
        standings = {entry.standing for entry in self.applied}
        if "open" in standings or not standings & _SETTLING:
            return Verdict.NOT_KNOWN
        if self._is_out:
            return Verdict.OUT
        if Standing.OUT in self.lines:
            return Verdict.PARTLY
        if self.told or not self.lines:
            return Verdict.OPEN
        return Verdict.NOTHING_OWED if self.nothing_owed else Verdict.WITHIN

    @property
    def ending(self) -> tuple[Arrangement, ...]:
        """What holds on that day and is known to end soon after it."""
        return tuple(entry for entry in self.applied if entry.ends_soon_after(self.day))

    @property
    def nothing_owed(self) -> tuple[Answer, ...]:
        """Where a source says that nothing is owed: of the goods within, or of goods that are all out."""
        if not self.lines or (not self._is_out and self.told):
            return ()
        if not self._is_out:
            return tuple(entry.nothing_owed for entry in self.applied if entry.nothing_owed)
        free = [item for item in self.told if item.rule.nothing_owed]
        lines = {item.line for item in free}
        is_all = None in lines or len(lines) == len(self.lines)
        return tuple({item.rule.id: _as_answer(item) for item in free}.values()) if is_all else ()

    @property
    def _is_out(self) -> bool:
        return bool(self.lines) and all(line is Standing.OUT for line in self.lines)

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms of the papers that are owed, each once."""
        return tuple(dict.fromkeys(owed.paper.form for owed in self.owed if owed.paper.form))


def judge_trade(consignment: Consignment, arrangements: Arrangements, today: date) -> Judgement:
    """What is owed for this consignment, and why; without both countries nothing is known."""
    origin, to = leaves_from(consignment), consignment.country_of_destination
    day = consignment.departure_date or today
    is_day_known = consignment.departure_date is not None
    if origin is None or to is None or not (origin.code and to.code):
        return Judgement(origin, to, day, is_day_known)
    return _Judging(consignment, arrangements, day).judge(origin, to, is_day_known=is_day_known)


def leaves_from(consignment: Consignment) -> Country | None:
    """The country whose goods they are in trade: that of export, else of origin, else of the exporter."""
    origins = consignment.countries_of_origin
    only = origins[0] if len(origins) == 1 else None
    return consignment.country_of_export or only or consignment.exporter.country


def forms_on_lane(consignment: Consignment, arrangements: Arrangements) -> tuple[str, ...]:
    """Every form that can be owed between these two countries, whatever the day and the goods."""
    origin, to = leaves_from(consignment), consignment.country_of_destination
    if origin is None or to is None:
        return ()
    between = arrangements.between(origin.code, to.code)
    return tuple(dict.fromkeys(form for entry in between for form in entry.forms))


class _Line(dict[str, Any]):
    """The names of a product line; a fact about it is worked out when a rule first asks for it."""

    def __init__(self, names: Mapping[str, Any], arrangements: Arrangements) -> None:
        super().__init__(names)
        self._facts = arrangements.facts

    def __missing__(self, name: str) -> Any:
        value = self[name] = self._facts[name].evaluate(self)
        return value


class _Judging:
    """One consignment on its way to a judgement."""

    def __init__(self, consignment: Consignment, arrangements: Arrangements, day: date) -> None:
        self.consignment, self.arrangements, self.day = consignment, arrangements, day
        typed = with_types(consignment, arrangements.types)
        self.names: dict[str, Any] = {item.name: getattr(typed, item.name) for item in fields(typed)}
        self.names |= {"codes": arrangements.codes, "day": day}
        self.names.pop("cells")
        self.lines = [(path, _Line(names, arrangements)) for path, names in items_of(LINES, self.names)]

    def judge(self, origin: Country, to: Country, *, is_day_known: bool) -> Judgement:
        between = self.arrangements.between(origin.code, to.code)
        applied = self._speaking([entry for entry in between if self._holds(entry)])
        said = [(entry, [*self._tell(entry.scope)]) for entry in applied]
        applied = [entry for entry, broken in said if broken or entry.standing != "doubt"]
        told = [item for _, broken in said for item in broken]
        lines = tuple(_standing(told, place) for place in range(len(self.consignment.products)))
        owed = [] if lines and set(lines) == {Standing.OUT} else [*self._owed(applied)]
        return Judgement(
            origin=origin,
            to=to,
            day=self.day,
            is_day_known=is_day_known,
            applied=tuple(applied),
            ended=tuple(entry for entry in between if not entry.period.holds_on(self.day)),
            told=tuple(told),
            owed=tuple(item for item in owed if not item.paper.voluntary),
            voluntary=tuple(item for item in owed if item.paper.voluntary),
            minds=tuple(mind for entry in applied for mind in entry.minds if self._is_asked(mind)),
            lines=lines,
        )

    def _holds(self, entry: Arrangement) -> bool:
        return entry.period.holds_on(self.day) and (entry.when is None or entry.when.evaluate(self.names))

    def _speaking(self, entries: list[Arrangement]) -> list[Arrangement]:
        """Without the fallbacks, where anything but a note or a doubt speaks."""
        first = [entry for entry in entries if entry.standing != "fallback"]
        return first if any(entry.standing not in ("note", "doubt") for entry in first) else entries

    def _tell(self, scope: Iterable[ScopeRule]) -> Iterator[Told]:
        for rule in scope:
            if rule.period.holds_on(self.day):
                for place, (path, names) in enumerate(self._items(rule.rule.each)):
                    if is_broken(rule.rule, names):
                        line = place if rule.rule.each == LINES else None
                        yield Told(
                            rule,
                            line,
                            self._at_its_line(path, tell(rule.rule, self.consignment, names, path)),
                        )

    def _at_its_line(self, path: str, finding: Finding) -> Finding:
        """A finding on a field that the sheet has no cell for points to the goods, by their name."""
        cells = self.consignment.cells
        named = cells.get(f"{path}.trade_name") or cells.get(f"{path}.cn_code")
        return replace(finding, cell=named) if named and finding.field not in cells else finding

    def _items(self, each: str) -> Sequence[tuple[str, Mapping[str, Any]]]:
        return self.lines if each == LINES else [("", self.names)]

    def _owed(self, entries: Iterable[Arrangement]) -> Iterator[Owed]:
        for paper in (paper for entry in entries for paper in entry.papers):
            if paper.period.holds_on(self.day) and (paper.when is None or paper.when.evaluate(self.names)):
                due = self.consignment.departure_date if paper.due == "departure" else None
                yield Owed(paper, paper.why.render(self.names), due)

    def _is_asked(self, mind: Answer) -> bool:
        return mind.period.holds_on(self.day) and (mind.when is None or mind.when.evaluate(self.names))


def _standing(told: Iterable[Told], line: int) -> Standing:
    """The worst that is told of a line; what is told of the consignment is told of each."""
    outcomes = {item.rule.outcome for item in told if item.line in (None, line)}
    return Standing.OUT if "out" in outcomes else Standing.ASK if "ask" in outcomes else Standing.WITHIN


def _as_answer(told: Told) -> Answer:
    """Why goods that are out need no paper."""
    rule = told.rule
    return Answer(rule.id, rule.cites, rule.confidence, rule.period, told.finding.fix)
