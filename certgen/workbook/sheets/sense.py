"""What a sheet tells of how its numbers and dates are written: its other cells first, then its language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from certgen.forms.value_words import Words
from certgen.workbook.entries import Place, SheetSense
from certgen.workbook.grid import CellKind, Grid, GridCell
from certgen.workbook.sheets.headers import HeaderMatch
from certgen.workbook.values.dates import find_order, find_order_shown
from certgen.workbook.values.numbers import find_mark

Placed = tuple[Place, GridCell]

_MEASURED = frozenset({"mass", "percent"})
_SPOKEN_BY_ALL = "en"
"""The language of headers that people of every country write, so that other cells outweigh it."""

OPEN = "open"
"""The order of a column whose cells show both, so that nothing may be taken."""


def make_sense(
    workbook: str,
    grid: Grid,
    position: int,
    matches: Sequence[HeaderMatch],
    placed: Iterable[Placed],
    words: Words,
) -> SheetSense:
    """How the values of a sheet are to be understood; `placed` are its cells with what their headers say."""
    language = _language_of(matches)
    languages = [tag for tag in (grid.language, language) if tag]
    firm = [tag for tag in languages if tag != _SPOKEN_BY_ALL]
    marks: set[str] = set()
    written: dict[int, set[str]] = {}
    shown: dict[int, set[str]] = {}
    for place, cell in placed:
        if place.field.type in _MEASURED and cell.kind is CellKind.TEXT:
            marks.add(find_mark(cell.text))
        elif place.field.type == "date":
            if cell.kind is CellKind.TEXT:
                written.setdefault(cell.column, set()).add(find_order(cell.text))
            shown.setdefault(cell.column, set()).add(find_order_shown(cell.number_format))
    by_column = {column: written.get(column, set()) | found for column, found in shown.items()}
    return SheetSense(
        workbook=workbook,
        name=grid.name,
        position=position,
        decimal_mark=_settled(marks | {_by_language(words.decimal_mark, firm)})
        if marks - {""}
        else _by_language(words.decimal_mark, languages),
        date_order=_by_language(words.day_order, languages),
        is_mark_shown=bool(marks - {""}),
        date_orders={column: _order_of(found) for column, found in by_column.items()},
        written_orders={column: _order_of(found) for column, found in written.items()},
        is_typed=grid.is_typed,
        language=language,
    )


def _language_of(matches: Iterable[HeaderMatch]) -> str:
    """The language that most headers are written in; "" where two are as likely."""
    votes: Counter[str] = Counter()
    for match in matches:
        votes.update(match.languages - {""})
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return ""
    return ranked[0][0]


def _order_of(found: set[str]) -> str:
    """The order that the cells of a column show; open where they disagree."""
    return OPEN if len(found - {""}) > 1 else _settled(found)


def _settled(found: set[str]) -> str:
    """The one thing that all cells say; empty where they are silent or disagree."""
    told = found - {""}
    return told.pop() if len(told) == 1 else ""


def _by_language(known: Mapping[str, str], languages: list[str]) -> str:
    """What the languages say; empty where they disagree."""
    told = {known.get(tag) or known.get(tag.partition("-")[0], "") for tag in languages}
    return _settled(told)
