"""Finding certificates: a filtered page of the list, and the serials nearest to a wrong one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from certgen.register.rows import Row, storable

if TYPE_CHECKING:
    from certgen.register.stores import Store

_WORDS = "serial || '\n' || reference || '\n' || exporter || '\n' || output_name"


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
            (
                f"{_WORDS} LIKE ? ESCAPE '!'",
                self.text and _anywhere(self.text),
            ),
        )
        return [(condition, storable(value)) for condition, value in given if value]


def list_rows(store: Store, search: Search, limit: int, before_entry: int | None) -> list[Row]:
    """The newest records first, with their papers; `before_entry` is where the page before ended."""
    conditions = search.conditions()
    if before_entry is not None:
        conditions.append(("entry < ?", before_entry))
    where = " AND ".join(condition for condition, _ in conditions) or "TRUE"
    page = f"SELECT * FROM records WHERE {where} ORDER BY entry DESC LIMIT ?"  # noqa: S608 - our own words
    sql = f"SELECT * FROM ({page}) AS page JOIN papers USING (serial) ORDER BY entry DESC"  # noqa: S608 - same
    return store.rows(sql, *(value for _, value in conditions), limit)


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
