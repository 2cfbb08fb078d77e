"""What an arrangement is once it was loaded and found right: plain data and compiled conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from certgen.forms.language.expressions import CompiledExpression, CompiledTemplate
from certgen.forms.model import Rule

ANY = "any"
_ORDER = ("arrangement", "none", "open", "requirement", "note", "doubt", "fallback")


@dataclass(frozen=True, slots=True)
class Period:
    """Between which days something holds, both included; None for open."""

    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Sourced:
    """An id, where it stands, how sure it is, and when it holds."""

    id: str
    cites: tuple[str, ...]
    confidence: str
    period: Period

    @property
    def source(self) -> str:
        """The sources in one line; of two that disagree both."""
        between = ", against " if self.confidence == "disputed" else "; "
        return between.join(self.cites)


@dataclass(frozen=True, slots=True)
class ScopeRule(Sourced):
    """Which goods are within; where it is broken they are `out`, or somebody has to be asked (`ask`).

    `nothing_owed` says that goods which break it need no paper.
    """

    outcome: Literal["out", "ask"]
    nothing_owed: bool
    rule: Rule


@dataclass(frozen=True, slots=True)
class OwedPaper(Sourced):
    """A paper that is owed.

    `form` is the form certgen makes it with ("" if none), `where` who or what makes it otherwise. `by` says
    in words when it must be there, `due` by which day of the consignment, if any. `enclosed` goes along with
    it, `statement` is the sentence it must bear. One that is `voluntary` is never made unasked.
    """

    name: str
    form: str
    where: str
    issued_by: str
    by: str
    due: str
    with_goods: bool
    goes_to: tuple[str, ...]
    enclosed: tuple[str, ...]
    statement: str
    voluntary: bool
    when: CompiledExpression | None
    why: CompiledTemplate


@dataclass(frozen=True, slots=True)
class Answer(Sourced):
    """What holds instead of papers, or is to be kept in mind."""

    says: str
    when: CompiledExpression | None = None


@dataclass(frozen=True, slots=True)
class Arrangement(Sourced):
    """One arrangement, or what a country asks of all.

    `origin` and `to` name countries or zones; `not_from` are those it leaves to others. Its `standing` is
    `arrangement`, `requirement` (of one country), `none` (there is no arrangement), `open` (not known),
    `note` (settles nothing), `doubt` (speaks only where one of its rules is broken) or `fallback` (answers
    only where nothing else does). `house` is the file of a house that added it ("" for a shipped one).
    """

    standing: str
    title: str
    origin: tuple[str, ...]
    to: tuple[str, ...]
    not_from: tuple[str, ...]
    when: CompiledExpression | None
    says: str
    ask: str
    warn_days: int
    scope: tuple[ScopeRule, ...]
    papers: tuple[OwedPaper, ...]
    minds: tuple[Answer, ...]
    nothing_owed: Answer | None
    house: str = ""

    def ends_soon_after(self, day: date) -> bool:
        """Whether its known end comes within the days before which it is to be told."""
        until = self.period.until
        return until is not None and 0 <= (until - day).days < self.warn_days

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms its papers are made with, each once."""
        return tuple(dict.fromkeys(paper.form for paper in self.papers if paper.form))


@dataclass(frozen=True, slots=True)
class Arrangements:
    """Everything that was loaded, and what is needed to judge by it.

    `zones` gives a country's code its zone, `facts` the names of what is known of a product line, `types`
    the types of fields beside the consignment's own, `codes` the code lists.
    """

    entries: tuple[Arrangement, ...]
    facts: Mapping[str, CompiledExpression]
    zones: Mapping[str, str]
    types: Mapping[str, str]
    codes: Mapping[str, Mapping[str, Mapping[str, str]]]

    def between(self, origin: str, to: str) -> tuple[Arrangement, ...]:
        """The entries for goods that go from one country to another, whatever the day; arrangements first."""
        found = [entry for entry in self.entries if self._is_between(entry, origin, to)]
        return tuple(sorted(found, key=lambda entry: _ORDER.index(entry.standing)))

    def _is_between(self, entry: Arrangement, origin: str, to: str) -> bool:
        return (
            self._is_of(origin, entry.origin)
            and self._is_of(to, entry.to)
            and not self._is_of(origin, entry.not_from)
        )

    def _is_of(self, code: str, names: tuple[str, ...]) -> bool:
        return any(name in (ANY, code, self.zones.get(code)) for name in names)
