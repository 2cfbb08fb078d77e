"""What a sheet tells of how its numbers and dates are written: its other cells first, then its language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from certgen.forms.vocabulary import Words
from certgen.workbook.dates import find_order
from certgen.workbook.entries import Place, SheetSense
from certgen.workbook.grid import CellKind, Grid, GridCell
from certgen.workbook.headers import HeaderMatch, language_of
from certgen.workbook.numbers import find_mark

Placed = tuple[Place, GridCell]

_MEASURED = frozenset({"mass", "percent"})
_DAY_FORMAT = re.compile(r"d{1,2}[/.\-\\ ]+m", re.IGNORECASE)
_MONTH_FORMAT = re.compile(r"m{1,2}[/.\-\\ ]+d", re.IGNORECASE)
_BUILT_IN_DATE = "mm-dd-yy"


def make_sense(
    workbook: str,
    grid: Grid,
    position: int,
    matches: Sequence[HeaderMatch],
    placed: Iterable[Placed],
    words: Words,
) -> SheetSense:
    """How the values of a sheet are to be understood; `placed` are its cells with what their headers say."""
    languages = [tag for tag in (grid.language, language_of(matches)) if tag]
    marks: set[str] = set()
    orders: dict[int, set[str]] = {}
    for place, cell in placed:
        if place.field.type in _MEASURED and cell.kind is CellKind.TEXT:
            marks.add(find_mark(cell.text))
        elif place.field.type == "date":
            orders.setdefault(cell.column, set()).add(_order_of(cell))
    return SheetSense(
        workbook=workbook,
        name=grid.name,
        position=position,
        decimal_mark=_settled(marks) if marks - {""} else _by_language(words.decimal_mark, languages),
        date_order=_by_language(words.day_order, languages),
        date_orders={column: _settled(found) for column, found in orders.items()},
        is_typed=grid.is_typed,
    )


def _order_of(cell: GridCell) -> str:
    """What a date cell tells of its column: its own numbers, or the format of a real date beside it."""
    if cell.kind is CellKind.TEXT and (order := find_order(cell.text)):
        return order
    code = cell.number_format
    if code == _BUILT_IN_DATE:
        return ""
    if _DAY_FORMAT.search(code):
        return "day"
    return "month" if _MONTH_FORMAT.search(code) else ""


def _settled(found: set[str]) -> str:
    """The one thing that all cells say; empty where they are silent or disagree."""
    told = found - {""}
    return told.pop() if len(told) == 1 else ""


def _by_language(known: Mapping[str, str], languages: list[str]) -> str:
    """What the languages say; empty where they disagree."""
    told = {known.get(tag) or known.get(tag.partition("-")[0], "") for tag in languages}
    return _settled(told)
