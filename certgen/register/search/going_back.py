"""Where to go on in going back: the newest certificate that can be what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from certgen.register.rows import storable
from certgen.register.search.asked import Search, holding
from certgen.register.search.few import serials_with
from certgen.register.stores.schema import LEAST_LETTERS

if TYPE_CHECKING:
    from certgen.register.stores import Store

# The newest of each day between two: days are few and soon found, the certificates of a year are not.
_LAST_OF_DAYS = """
    WITH RECURSIVE days (day) AS (
        SELECT MAX(issue_date) FROM records WHERE issue_date <= ?
        UNION ALL
        SELECT (SELECT MAX(issue_date) FROM records WHERE issue_date < day) FROM days WHERE day > ?
    )
    SELECT MAX((SELECT MAX(entry) FROM records WHERE issue_date = day AND entry < ?)) AS entry
    FROM days WHERE day >= ?
"""
_LAST_OF_NAMES = """
    SELECT MAX((SELECT MAX(entry) FROM records WHERE exporter = name AND entry < ?)) AS entry FROM exporters
"""
_ENTRY_OF = "SELECT entry FROM records WHERE series = ? AND number <= ? ORDER BY number DESC LIMIT 1"
# Where the series stood then, if it was one of those in use.
_NUMBER_BEFORE = """
    SELECT number FROM (SELECT * FROM records WHERE entry < ? ORDER BY entry DESC LIMIT 200) AS before
    WHERE series = ? ORDER BY number DESC LIMIT 1
"""


def find_end(store: Store, search: Search, end: int, most_names: int = 0) -> int:
    """Right after the newest entry below `end` that can be what was asked; 0 where there is none."""
    for newest in _newest(store, search, end, most_names):
        end = min(end, newest + 1 if newest else 0)
    return end


def _newest(store: Store, search: Search, end: int, most_names: int) -> Iterator[int]:
    """By each thing that is asked for itself."""
    yield _one(store, "SELECT MAX(entry) AS entry FROM records WHERE entry < ?", end)
    for column, value in (("form", search.form), ("status", search.status)):
        if value:
            sql = f"SELECT MAX(entry) AS entry FROM records WHERE {column} = ? AND entry < ?"  # noqa: S608 - our own words
            yield _one(store, sql, storable(value), end)
    if search.until:
        since = search.since.isoformat() if search.since else ""
        yield _one(store, _LAST_OF_DAYS, search.until.isoformat(), since, end, since)
    if search.exporter:
        yield _of_exporters(store, search.exporter, end, most_names)
    if search.text and len(search.text) >= LEAST_LETTERS:
        yield max(_with_text(store, search.text, end, most_names))


def _with_text(store: Store, text: str, end: int, most_names: int) -> Iterator[int]:
    """In the exporter's name, in the serial, or in one of the other words."""
    yield _of_exporters(store, text, end, most_names)
    for series, last, numbers in serials_with(store, text):
        before = next(iter(store.numbers(_NUMBER_BEFORE, end, series)), last)
        highest = max((each.newest(before) for each in numbers), default=-1)
        yield min(next(iter(store.numbers(_ENTRY_OF, series, highest)), 0), end - 1)
    yield store.newest_holding(storable(text), end)


def _of_exporters(store: Store, name: str, end: int, most: int) -> int:
    """Where there are more names than that, one of them was used just then."""
    condition, values = holding("name", name)
    count = _one(store, f"SELECT COUNT(*) AS entry FROM exporters WHERE {condition}", *values)  # noqa: S608 - our own words
    if not count:
        return 0
    if count > most:
        return end - 1
    return _one(store, f"{_LAST_OF_NAMES} WHERE {condition}", end, *values)


def _one(store: Store, sql: str, *values: object) -> int:
    return store.rows(sql, *values)[0]["entry"] or 0
