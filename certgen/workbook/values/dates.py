"""Days as people write them; an order of day and month that nothing settles is asked about."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from certgen.forms.value_words import Words
from certgen.workbook.entries import Entry, Notebook
from certgen.workbook.folding import fold
from certgen.workbook.formats.number_format import BUILT_IN
from certgen.workbook.grid import CellKind, GridCell
from certgen.workbook.values.texts import read_text

_THREE_NUMBERS = re.compile(r"(\d{1,4})\s*[./\-年]\s*(\d{1,2})\s*[./\-月]\s*(\d{1,4})\s*日?(?:[T ]+[\d:.]+)?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|er|e|o)?")
_QUIET = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|a/?p/?m?|[hs]+:?m+|:m+|:?s+')
_DATE_PARTS = re.compile(r"d+|m+|y+")
_MONTH_ALONE = re.compile(r"[^dg]*m[^dg]*y[^dg]*|[^dg]*y[^dg]*m[^dg]*")
_MONTHS = 12
_LOCAL = frozenset({BUILT_IN[14], BUILT_IN[22]})
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


def find_order_shown(number_format: str) -> str:
    """`day` or `month` where a format shows both as numbers, one before the other and the year last.

    The built-in formats of dates are shown in each country's own order, and tell nothing.
    """
    if number_format in _LOCAL:
        return ""
    letters = _DATE_PARTS.findall(_QUIET.sub("", number_format.partition(";")[0].lower()))
    if any(part.startswith("mmm") for part in letters):
        return ""
    order = "".join(dict.fromkeys(part[0] for part in letters))
    return {"dm": "day", "dmy": "day", "md": "month", "mdy": "month"}.get(order, "")


def _day_of(entry: Entry, notes: Notebook) -> date | None:
    """A real date; one that the spreadsheet may have made of something else is told."""
    cell = entry.cell
    value = cell.value if cell else None
    day = value.date() if isinstance(value, datetime) else value
    if cell is None or not isinstance(day, date):
        notes.tell("CG210", entry)
        return None
    written = entry.sheet.written_orders.get(cell.column, "")
    if day.day <= _MONTHS and day.day != day.month and written and _may_be_swapped(cell, written):
        notes.tell("CG214", entry)
        return None
    if "y" not in cell.number_format.lower() and find_order_shown(cell.number_format):
        notes.tell("CG216", entry)
    if _MONTH_ALONE.fullmatch(_QUIET.sub("", cell.number_format.partition(";")[0].lower())):
        notes.tell("CG217", entry)
        return None
    return day


def _may_be_swapped(cell: GridCell, written: str) -> bool:
    """Beside texts that put day and month the other way, which the spreadsheet could not make dates of."""
    shown = find_order_shown(cell.number_format)
    return cell.number_format in _LOCAL or (bool(shown) and shown != written)


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
    order = find_order(f"{first}/{second}/{third}") or ("day" if int(first) == int(second) else "")
    order = order or _settled_order(entry, notes)
    if not order:
        notes.tell(
            "CG211", entry, one=f"{third}-{second:0>2}-{first:0>2}", other=f"{third}-{first:0>2}-{second:0>2}"
        )
        return None
    day, month = (first, second) if order == "day" else (second, first)
    return _make(int(third), int(month), int(day), entry, notes)


def _settled_order(entry: Entry, notes: Notebook) -> str:
    """`day` or `month` first: by the header, the column's cells or the sheet's language; else empty."""
    column = entry.cell.column if entry.cell else 0
    in_column = entry.sheet.date_orders.get(column, "")
    told = {entry.place.date_order, in_column, "" if entry.place.date_order else entry.sheet.date_order}
    told -= {"", "year"} if len(told) > 1 else {""}
    order = told.pop() if len(told) == 1 else ""
    if "." in entry.text:
        order = {"year": "day", "month": ""}.get(order, order)
    if order not in ("day", "month"):
        return ""
    if not (entry.place.date_order or find_order_shown(entry.cell.number_format if entry.cell else "")):
        source = "other cells of its column" if in_column else "the language of the sheet"
        notes.tell("CG215", entry, order=order, source=source)
    return order


def _make(year: int, month: int, day: int, entry: Entry, notes: Notebook) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        notes.tell("CG210", entry)
        return None
