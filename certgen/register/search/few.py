"""Certificates found by one thing that is asked of them, where few have it, and read from an index alone.

Whoever has more than `most` is not named here at all: what many have is soon met by looking at one after the
other. What is found is to be looked at again; none is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from certgen.register.rows import storable
from certgen.register.search.asked import Condition, Search, holding, words_condition
from certgen.register.search.serial_parts import Numbers, numbers_with
from certgen.register.stores.schema import LEAST_LETTERS

if TYPE_CHECKING:
    from certgen.register.stores import Store

_MOST_NAMES = 2_000
_LAST_LETTER = "\U0010ffff"
_AT_ONCE = 1_000


def find_few(store: Store, search: Search, end: int, most: int) -> set[int] | None:
    """The entries below `end` that can meet the search, by what few have of it; None when many have each."""
    found: set[int] | None = None
    for each in _ways(store, search, end, most):
        if each is not None:
            found = each if found is None else found & each
        if found is not None and len(found) <= most // 20:
            break
    return found


def _ways(store: Store, search: Search, end: int, most: int) -> Iterator[set[int] | None]:
    if search.exact_conditions:
        yield _of_conditions(store, search.exact_conditions, end, most)
    if search.exporter:
        yield _of_exporters(store, search.exporter, end, most)
    if search.text:
        yield _with_text(store, search.text, end, most)


def _with_text(store: Store, text: str, end: int, most: int) -> set[int] | None:
    """In the exporter's name, in the serial, or in one of the other words."""
    found: set[int] = set()
    for find in (_with_serial, _of_exporters, _with_words):
        each = find(store, text, end, most)
        if each is None or len(found | each) > most:
            return None
        found |= each
    return found


def _of_conditions(store: Store, conditions: list[Condition], end: int, most: int) -> set[int] | None:
    where = " AND ".join(condition for condition, _ in conditions)
    values = [value for _, given in conditions for value in given]
    # By a sum: else all below `end` would be walked through in their order.
    return _entries(store, f"{where} AND entry + 0 < ?", [*values, end], most)


def _of_exporters(store: Store, name: str, end: int, most: int) -> set[int] | None:
    """The names that hold this, and then what each of them has."""
    condition, values = holding("name", name)
    named = f"SELECT name FROM exporters WHERE {condition} LIMIT ?"  # noqa: S608 - our own words
    names = [row["name"] for row in store.rows(named, *values, _MOST_NAMES + 1)]
    if len(names) > _MOST_NAMES:
        return None
    found: set[int] = set()
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        own = f"exporter IN ({', '.join('?' * len(some))}) AND entry + 0 < ?"
        each = _entries(store, own, [*some, end], most)
        if each is None or len(found | each) > most:
            return None
        found |= each
    return found


def _with_serial(store: Store, text: str, end: int, most: int) -> set[int] | None:
    """By the numbers that make such serials."""
    found: set[int] = set()
    for series, last, numbers in serials_with(store, text):
        if sum(each.count(last) for each in numbers) > most:
            return None
        wanted = sorted({number for each in numbers for number in each.up_to(last)})
        for start in range(0, len(wanted), _AT_ONCE):
            listed = ", ".join(map(str, wanted[start : start + _AT_ONCE]))
            own = f"series = ? AND number IN ({listed}) AND entry + 0 < ?"
            found.update(_entries(store, own, [series, end], most) or ())
    return found if len(found) <= most else None


def serials_with(store: Store, text: str) -> Iterator[tuple[str, int, set[Numbers]]]:
    """Each series with its last number, and which of its numbers may hold the text."""
    patterns = store.rows("SELECT pattern, series FROM patterns")
    for series in dict.fromkeys(row["series"] for row in patterns):
        [row] = store.rows("SELECT MAX(number) AS last FROM records WHERE series = ?", series)
        last = row["last"] or 0
        own = (row["pattern"] for row in patterns if row["series"] == series)
        yield series, last, {each for pattern in own for each in numbers_with(pattern, text, last)}


def _with_words(store: Store, text: str, end: int, most: int) -> set[int] | None:
    """By the index of words, where there is one; a short text by the beginning of the reference."""
    if len(text) < LEAST_LETTERS:
        return _beginning(store, text, end, most)
    if holding_words := store.words_holding(storable(text)):
        sql = "SELECT rowid FROM words WHERE words MATCH ? AND rowid < ? LIMIT ?"
        return _few(store.numbers(sql, holding_words, end, most + 1), most)
    condition, values = words_condition(text)
    return _entries(store, f"{condition} AND entry + 0 < ?", [*values, end], most)


def _beginning(store: Store, text: str, end: int, most: int) -> set[int] | None:
    """Whether in capital letters or in small ones."""
    beginnings = {"".join(letters) for letters in product(*({each.lower(), each.upper()} for each in text))}
    ranges = " OR ".join(["(reference >= ? AND reference < ?)"] * len(beginnings))
    values = [value for each in beginnings for value in (storable(each), storable(each) + _LAST_LETTER)]
    return _of_conditions(store, [(f"({ranges})", tuple(values))], end, most)


def _entries(store: Store, where: str, values: list[object], most: int) -> set[int] | None:
    sql = f"SELECT entry FROM records WHERE {where} LIMIT ?"  # noqa: S608 - our own words
    return _few(store.numbers(sql, *values, most + 1), most)


def _few(entries: list[int], most: int) -> set[int] | None:
    return set(entries) if len(entries) <= most else None
