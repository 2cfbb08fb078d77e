"""A page of the list: the newest certificates that are what was asked, found without looking at all of them.

What people ask for is mostly among the newest. Older ones are found by what few have of all that is asked;
what many have is met in going back, past those that cannot have it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgen.register.rows import Row
from certgen.register.search.asked import Condition, Search
from certgen.register.search.few import find_few
from certgen.register.search.going_back import find_end

if TYPE_CHECKING:
    from certgen.register.stores import Store

_NEWEST = 10_000
"""So many are looked through one by one before anything else."""
_FEW, _MANY, _A_GOOD_WAY = 10_000, 50_000, 20_000
_AT_ONCE = 1_000
_ALL_NAMES, _SOME_NAMES = 100_000, 1_000
_LAST, _MOST_MARKS = 2**62, 10_000


def list_rows(store: Store, search: Search, limit: int, before_entry: int | None) -> list[Row]:
    """The newest records first, with their papers; `before_entry` is where the page before ended."""
    end = find_end(store, Search(since=search.since, until=search.until), before_entry or _LAST)
    entries = _between(store, search, end - _NEWEST, end, limit)
    if len(entries) < limit and end > _NEWEST:
        entries += _older(store, search, end - _NEWEST, limit - len(entries))
    return _whole(store, entries)


def _older(store: Store, search: Search, end: int, limit: int) -> list[int]:
    """By what few have; else a good way back, and where two things are asked, by what not too many have."""
    few = find_few(store, search, end, _FEW)
    if few is not None:
        return _among(store, search, few, limit)
    found, end = _going_back(store, search, end, limit, _A_GOOD_WAY)
    if len(found) < limit and search.is_manifold:
        few = find_few(store, search, end, _MANY)
        if few is not None:
            return found + _among(store, search, few, limit - len(found))
    return found + _going_back(store, search, end, limit - len(found), _LAST)[0]


def _among(store: Store, search: Search, entries: set[int], limit: int) -> list[int]:
    """Those of these entries that are what was asked."""
    found: list[int] = []
    newest_first = sorted(entries, reverse=True)
    for start in range(0, len(newest_first), _AT_ONCE):
        page = newest_first[start : start + _AT_ONCE]
        among = (f"entry IN ({', '.join('?' * len(page))})", tuple(page))
        found += _entries(store, [among, *search.conditions], limit - len(found))
        if len(found) >= limit:
            break
    return found


def _going_back(store: Store, search: Search, end: int, limit: int, way: int) -> tuple[list[int], int]:
    """Stretch by stretch, each longer than the one before, and where it ended."""
    found: list[int] = []
    length, most_names = _AT_ONCE, _ALL_NAMES
    while length < way and end > 1 and len(found) < limit:
        end, most_names = find_end(store, search, end, most_names), _SOME_NAMES
        found += _between(store, search, end - length, end, limit - len(found))
        end, length = end - length, length * 2
    return found, end


def _between(store: Store, search: Search, start: int, end: int, limit: int) -> list[int]:
    stretch: list[Condition] = [("entry < ?", (end,)), ("entry >= ?", (start,))]
    return _entries(store, [*stretch, *search.conditions], limit)


def _entries(store: Store, conditions: list[Condition], limit: int) -> list[int]:
    where = " AND ".join(condition for condition, _ in conditions)
    sql = f"SELECT entry FROM records WHERE {where} ORDER BY entry DESC LIMIT ?"  # noqa: S608 - our own words
    return store.numbers(sql, *(value for _, given in conditions for value in given), limit)


def _whole(store: Store, entries: list[int]) -> list[Row]:
    """The records with their papers, in this order."""
    rows = []
    for start in range(0, len(entries), _MOST_MARKS):
        page = entries[start : start + _MOST_MARKS]
        marks = ", ".join("?" * len(page))
        sql = f"SELECT * FROM records JOIN papers USING (serial) WHERE entry IN ({marks}) ORDER BY entry DESC"  # noqa: S608 - marks only
        rows += store.rows(sql, *page)
    return rows
