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

_NEWEST = 10_000
"""So many are looked through one by one: what most people ask for is among them."""


@dataclass(frozen=True, slots=True)
class Search:
    """What a list is narrowed to; None for no matter."""

    form: str | None = None
    status: str | None = None
    since: date | None = None
    until: date | None = None
    exporter: str | None = None
    text: str | None = None

    def conditions(self) -> list[tuple[str, object]]:
        given = (
            ("form = ?", self.form),
            ("status = ?", self.status),
            ("issue_date >= ?", self.since and self.since.isoformat()),
            ("issue_date <= ?", self.until and self.until.isoformat()),
            ("exporter LIKE ? ESCAPE '!'", self.exporter and _anywhere(self.exporter.casefold())),
            (f"({WORDS}) LIKE ? ESCAPE '!'", self.exporter and _anywhere(self.exporter.casefold())),
            (f"({WORDS}) LIKE ? ESCAPE '!'", self.text and _anywhere(self.text)),
        )
        return [(condition, storable(value)) for condition, value in given if value]

    @property
    def words(self) -> str:
        """What is looked for anywhere; rare standings are found sooner by themselves."""
        texts = (storable(self.text or ""), storable((self.exporter or "").casefold()))
        return "" if self.status and self.status != Status.ISSUED else max(texts, key=len)


def list_rows(store: Store, search: Search, limit: int, before_entry: int | None) -> list[Row]:
    """The newest records first, with their papers; `before_entry` is where the page before ended."""
    [newest] = store.rows("SELECT COALESCE(MAX(entry), 0) + 1 AS entry FROM records")
    end = newest["entry"] if before_entry is None else before_entry
    rows = _rows(
        store, search, "records", "entry", [("entry < ?", end), ("entry >= ?", end - _NEWEST)], limit
    )
    if len(rows) < limit and end > _NEWEST:
        rows += _older(store, search, end - _NEWEST, limit - len(rows))
    return rows


def _older(store: Store, search: Search, end: int, limit: int) -> list[Row]:
    """By whatever index narrows them most; ordered by a sum, since else all are walked through in order."""
    holding = store.words_holding(search.words)
    before = ("entry < ?", end)
    if holding:
        source = "words CROSS JOIN records ON records.entry = words.rowid"
        return _rows(store, search, source, "words.rowid", [("words MATCH ?", holding), before], limit)
    is_narrowed = bool(search.since or search.until or search.words)
    return _rows(store, search, "records", "entry + 0" if is_narrowed else "entry", [before], limit)


def _rows(
    store: Store, search: Search, source: str, order: str, first: list[tuple[str, object]], limit: int
) -> list[Row]:
    conditions = [*first, *search.conditions()]
    where = " AND ".join(condition for condition, _ in conditions)
    page = f"SELECT entry FROM {source} WHERE {where} ORDER BY {order} DESC LIMIT ?"  # noqa: S608 - our own words
    whole = f"SELECT * FROM ({page}) AS page JOIN records USING (entry) JOIN papers USING (serial)"  # noqa: S608 - same
    return store.rows(f"{whole} ORDER BY entry DESC", *(value for _, value in conditions), limit)


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


def _anywhere(text: str) -> str:
    for special in "!%_":
        text = text.replace(special, "!" + special)
    return f"%{text}%"
