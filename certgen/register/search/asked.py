"""What a list is narrowed to, and what a certificate must be then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from certgen.register.rows import storable
from certgen.register.stores.schema import LEAST_LETTERS, WORDS

Condition = tuple[str, tuple[object, ...]]

_HOLDS = "LIKE ? ESCAPE '!'"


@dataclass(frozen=True, slots=True)
class Search:
    """What a list is narrowed to; None for no matter."""

    form: str | None = None
    status: str | None = None
    since: date | None = None
    until: date | None = None
    exporter: str | None = None
    text: str | None = None

    @property
    def is_manifold(self) -> bool:
        """Whether more is asked than one index answers."""
        return sum(map(bool, (self.exact_conditions, self.exporter, self.text))) > 1

    @property
    def conditions(self) -> list[Condition]:
        """Of one certificate: all that is asked of it."""
        exporter = [holding("exporter", self.exporter)] if self.exporter else []
        return [*self.exact_conditions, *exporter, *self._text_conditions]

    @property
    def exact_conditions(self) -> list[Condition]:
        given = (
            ("form = ?", self.form),
            ("status = ?", self.status),
            ("issue_date >= ?", self.since and self.since.isoformat()),
            ("issue_date <= ?", self.until and self.until.isoformat()),
        )
        return [(condition, (storable(value),)) for condition, value in given if value]

    @property
    def _text_conditions(self) -> list[Condition]:
        if not self.text:
            return []
        words, wanted = words_condition(self.text)
        exporter, name = holding("exporter", self.text)
        either = f"({exporter} OR serial {_HOLDS} OR {words})"
        return [(either, (*name, anywhere(self.text), *wanted))]


def holding(column: str, name: str) -> Condition:
    """Exporters are kept in small letters, as `fold` makes them."""
    return f"{column} {_HOLDS}", (anywhere(name.casefold()),)


def words_condition(text: str) -> Condition:
    """In reference or file name; a short text only where the reference begins."""
    if len(text) < LEAST_LETTERS:
        return f"reference {_HOLDS}", (_plain(text) + "%",)
    return f"({WORDS}) {_HOLDS}", (anywhere(text),)


def anywhere(text: str) -> str:
    """A pattern for LIKE."""
    return f"%{_plain(text)}%"


def _plain(text: str) -> str:
    text = str(storable(text))
    for special in "!%_":
        text = text.replace(special, "!" + special)
    return text
