"""Finding certificates: a filtered page of the list, and the serials nearest to a wrong one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from certgen.register.records import Status
from certgen.register.rows import Row, storable
from certgen.register.stores.schema import WORDS

if TYPE_CHECKING:
    from certgen.register.stores import Store

_LAST, _MOST_MARKS = 2**62, 10_000
_NEWEST = 10_000
"""So many are looked through one by one: what most people ask for is among them."""
# The newest of each day between two: days are few and soon found, the certificates of a year are not.
_LAST_OF_DAYS = """
    WITH RECURSIVE days (day) AS (
        SELECT MAX(issue_date) FROM records WHERE issue_date <= ?
        UNION ALL
        SELECT (SELECT MAX(issue_date) FROM records WHERE issue_date < day) FROM days WHERE day > ?
    )
    SELECT MAX((SELECT MAX(entry) FROM records WHERE issue_date = day)) AS entry FROM days WHERE day >= ?
"""
_HOLDS = "LIKE ? ESCAPE '!'"
# By a sum: else all would be walked through in their order.
_UNORDERED = "records.entry + 0"

Condition = tuple[str, tuple[object, ...]]


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
    def conditions(self) -> list[Condition]:
        """Of one certificate: all that is asked of it."""
        return [*self.exact_conditions, *_holding("exporter", self.exporter), *self.text_conditions]

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
    def text_conditions(self) -> list[Condition]:
        """Exporters are kept in small letters, as `fold` makes them."""
        if not self.text:
            return []
        either = f"(exporter {_HOLDS} OR ({WORDS}) {_HOLDS})"
        return [(either, (_anywhere(self.text.casefold()), _anywhere(self.text)))]

    @property
    def is_of_rare_standing(self) -> bool:
        """Whether its index of standings finds them soonest."""
        return bool(self.status) and self.status != Status.ISSUED


def list_rows(store: Store, search: Search, limit: int, before_entry: int | None) -> list[Row]:
    """The newest records first, with their papers; `before_entry` is where the page before ended."""
    end = min(_end(store, search), before_entry or _LAST)
    newest = [("entry < ?", (end,)), ("entry >= ?", (end - _NEWEST,)), *search.conditions]
    entries = _entries(store, "records", newest, "entry", limit)
    if len(entries) < limit and end > _NEWEST:
        entries += _older(store, search, end - _NEWEST, limit - len(entries))
    return _whole(store, entries)


def _end(store: Store, search: Search) -> int:
    """The entry right after the newest that there can be."""
    since = search.since.isoformat() if search.since else ""
    if search.until:
        rows = store.rows(_LAST_OF_DAYS, search.until.isoformat(), since, since)
    else:
        rows = store.rows("SELECT MAX(entry) AS entry FROM records")
    return (rows[0]["entry"] or 0) + 1


def _older(store: Store, search: Search, end: int, limit: int) -> list[int]:
    """By what narrows them most: a rare standing, the exporter's name, the letters of a text, the days."""
    before: Condition = ("entry < ?", (end,))
    if search.is_of_rare_standing or not (search.exporter or search.text):
        is_ordered = not (search.since or search.until or search.exporter or search.text)
        order = "entry" if is_ordered else _UNORDERED
        return _entries(store, "records", [before, *search.conditions], order, limit)
    exact = [before, *search.exact_conditions]
    if search.exporter:
        return _of_exporters(store, search.exporter, [*exact, *search.text_conditions], limit)
    text = search.text or ""
    found = {*_of_exporters(store, text, exact, limit), *_with_text(store, text, exact, limit)}
    return sorted(found, reverse=True)[:limit]


def _of_exporters(store: Store, name: str, exact: list[Condition], limit: int) -> list[int]:
    """The names that hold this, and then what each of them has; not the other way round (CROSS JOIN)."""
    named = [("records.exporter = exporters.name", ()), *_holding("name", name), *exact]
    return _entries(store, "exporters CROSS JOIN records", named, _UNORDERED, limit)


def _with_text(store: Store, text: str, exact: list[Condition], limit: int) -> list[int]:
    """By the index of words where there is one for such a text."""
    wanted = [*exact, (f"({WORDS}) {_HOLDS}", (_anywhere(text),))]
    holding = store.words_holding(storable(text))
    if not holding:
        return _entries(store, "records", wanted, _UNORDERED, limit)
    source = "words CROSS JOIN records ON records.entry = words.rowid"
    return _entries(store, source, [("words MATCH ?", (holding,)), *wanted], "words.rowid", limit)


def _entries(store: Store, source: str, conditions: list[Condition], order: str, limit: int) -> list[int]:
    where = " AND ".join(condition for condition, _ in conditions)
    sql = f"SELECT records.entry AS entry FROM {source} WHERE {where} ORDER BY {order} DESC LIMIT ?"  # noqa: S608 - our own words
    values = (value for _, given in conditions for value in given)
    return [row["entry"] for row in store.rows(sql, *values, limit)]


def _whole(store: Store, entries: list[int]) -> list[Row]:
    """The records with their papers, in this order."""
    rows = []
    for start in range(0, len(entries), _MOST_MARKS):
        page = entries[start : start + _MOST_MARKS]
        marks = ", ".join("?" * len(page))
        sql = f"SELECT * FROM records JOIN papers USING (serial) WHERE entry IN ({marks}) ORDER BY entry DESC"  # noqa: S608 - marks only
        rows += store.rows(sql, *page)
    return rows


def nearest_serials(store: Store, serial: str, limit: int = 3) -> list[str]:
    """Serials like this one: among those of the same number, its neighbours in the alphabet, the newest."""
    import difflib  # noqa: PLC0415 - only for a serial that is not there

    wanted = storable(serial.strip().upper())
    number = re.search(r"\d{0,18}$", wanted)
    questions = (
        ("SELECT serial FROM records WHERE number = ? LIMIT 20", int((number and number[0]) or 0)),
        ("SELECT serial FROM records WHERE serial >= ? ORDER BY serial LIMIT 20", wanted),
        ("SELECT serial FROM records WHERE serial < ? ORDER BY serial DESC LIMIT 20", wanted),
    )
    rows = [row for question, value in questions for row in store.rows(question, value)]
    candidates = {_without_zeros(row["serial"]): row["serial"] for row in rows}
    near = difflib.get_close_matches(_without_zeros(wanted), candidates, n=limit, cutoff=0.0)
    return [candidates[each] for each in near]


def _without_zeros(serial: str) -> str:
    """Zeros before a number are what people leave out."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", serial)


def _holding(column: str, text: str | None) -> list[Condition]:
    return [(f"{column} {_HOLDS}", (_anywhere(text.casefold()),))] if text else []


def _anywhere(text: str) -> str:
    text = str(storable(text))
    for special in "!%_":
        text = text.replace(special, "!" + special)
    return f"%{text}%"
