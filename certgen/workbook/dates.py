"""Days as people write them; an order of day and month that nothing settles is asked about."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from certgen.forms.vocabulary import Words
from certgen.workbook.entries import Entry, Notebook
from certgen.workbook.folding import fold
from certgen.workbook.grid import CellKind
from certgen.workbook.texts import read_text

_THREE_NUMBERS = re.compile(r"(\d{1,4})\s*[./\-年]\s*(\d{1,2})\s*[./\-月]\s*(\d{1,4})\s*日?(?:[T ]+[\d:.]+)?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|er|e|o)?")
_SMALL = frozenset({"de", "del", "of", "le", "el", "the", "den"})


class Months:
    """Names of months in every language of the vocabulary; made once for a workbook."""

    def __init__(self, words: Words) -> None:
        self._months = {
            "".join(fold(name)): number
            for names in words.months.values()
            for number, name in enumerate(names, start=1)
        }

    def read_date(self, entry: Entry, notes: Notebook) -> date | None:
        """The day in a cell; a finding where it is none or could be two."""
        cell = entry.cell
        if cell and cell.kind is CellKind.DATE:
            return _day_of(entry, notes)
        if cell and cell.kind is CellKind.NUMBER:
            return _numbered(entry, notes)
        return self._written(read_text(entry, notes), entry, notes)

    def _written(self, text: str, entry: Entry, notes: Notebook) -> date | None:
        if found := _COMPACT.fullmatch(text):
            return _make(int(found[1]), int(found[2]), int(found[3]), entry, notes)
        if found := _THREE_NUMBERS.fullmatch(text):
            return _ordered(found[1], found[2], found[3], entry, notes)
        if named := self._named(text):
            return _make(*named, entry, notes)
        notes.tell("CG210", entry)
        return None

    def _named(self, text: str) -> tuple[int, int, int] | None:
        """Year, month and day of `8 December 2026`, `Dec 8, 2026`, `08-déc-26`."""
        tokens = [token for token in fold(text) if token not in _SMALL]
        months = [self._months[token] for token in tokens if token in self._months]
        numbers = [found[1] for token in tokens if (found := _ORDINAL.fullmatch(token))]
        if len(months) != 1 or len(numbers) != 2 or len(tokens) != 3:
            return None
        day, year = numbers if len(numbers[0]) <= 2 else reversed(numbers)
        if len(day) > 2 or len(year) not in (2, 4):
            return None
        return (int(year) if len(year) == 4 else 2000 + int(year)), months[0], int(day)


def find_order(text: str) -> str:
    """What a date tells of the order of its column: `day` or `month` first, empty where it tells nothing."""
    found = _THREE_NUMBERS.fullmatch(text.strip())
    if found is None or len(found[1]) > 2 or len(found[3]) not in (2, 4):
        return ""
    first, second = int(found[1]), int(found[2])
    if first > 12 >= second:
        return "day"
    return "month" if second > 12 >= first else ""


def _day_of(entry: Entry, notes: Notebook) -> date | None:
    value = entry.cell.value if entry.cell else None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    notes.tell("CG210", entry)
    return None


def _numbered(entry: Entry, notes: Notebook) -> date | None:
    """A number in a date column: `20261208` is a day, a bare day count of Excel is asked about."""
    value = entry.cell.value if entry.cell else None
    found = _COMPACT.fullmatch(str(value)) if isinstance(value, Decimal) else None
    if found:
        return _make(int(found[1]), int(found[2]), int(found[3]), entry, notes)
    notes.tell("CG212", entry)
    return None


def _ordered(first: str, second: str, third: str, entry: Entry, notes: Notebook) -> date | None:
    if len(first) == 4 and len(third) <= 2:
        return _make(int(first), int(second), int(third), entry, notes)
    if len(third) != 4 or len(first) > 2:
        notes.tell("CG213" if len(third) == 2 else "CG210", entry)
        return None
    order = find_order(f"{first}/{second}/{third}") or ("day" if first == second else _order_of(entry))
    if order not in ("day", "month"):
        notes.tell(
            "CG211", entry, one=f"{third}-{second:0>2}-{first:0>2}", other=f"{third}-{first:0>2}-{second:0>2}"
        )
        return None
    day, month = (first, second) if order == "day" else (second, first)
    return _make(int(third), int(month), int(day), entry, notes)


def _order_of(entry: Entry) -> str:
    """Day or month first: by the header, then the column's other cells, then the sheet's language."""
    column = entry.cell.column if entry.cell else 0
    settled = entry.place.date_order or entry.sheet.date_orders.get(column, "") or entry.sheet.date_order
    return "day" if settled == "year" and "." in entry.text else settled


def _make(year: int, month: int, day: int, entry: Entry, notes: Notebook) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        notes.tell("CG210", entry)
        return None
