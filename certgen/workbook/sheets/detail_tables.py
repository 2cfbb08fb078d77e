"""Small tables of containers, seals and the like in a form: every cell beneath their headers is a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from certgen.forms.value_words import Words
from certgen.workbook.entries import Place
from certgen.workbook.grid import GridCell
from certgen.workbook.sheets.headers import HeaderIndex
from certgen.workbook.sheets.sense import Placed
from certgen.workbook.sheets.tables import Rows, match_of, place_of
from certgen.workbook.sheets.totals import Totals

_LISTED = frozenset({"list", "codes"})
_AMOUNTS = frozenset({"mass", "unit", "packages", "package-count"})
_FEWEST_LISTS = 2


@dataclass
class Details:
    """The values of such tables, and the amounts of single containers, which are those of no paper."""

    placed: list[Placed] = field(default_factory=list)
    unread: list[Placed] = field(default_factory=list)


def take_details(rows: Rows, index: HeaderIndex, words: Words) -> tuple[Details, Rows]:
    """What the small tables of a sheet say, and its rows without them; totals under them are left out."""
    totals, details, left = Totals(words), Details(), dict(rows)
    for row in rows:
        headers = _headers_in(left.get(row, ()), index)
        if not headers or not any(cell.column in headers for cell in left.get(row + 1, ())):
            continue
        del left[row]
        lines = []
        for below, cells in _rows_beneath(row, left, headers, index):
            if not totals.is_headed_total(cells[0].text):
                lines.append([(headers[cell.column], cell) for cell in cells if cell.column in headers])
            left[below] = [cell for cell in cells if cell.column not in headers]
        _take(lines, details)
    return details, {row: cells for row, cells in left.items() if cells}


def _take(lines: Sequence[Sequence[Placed]], details: Details) -> None:
    """Every value of a list; a weight only where there is one container, of which it is the whole."""
    for place, cell in (item for line in lines for item in line):
        is_whole = len(lines) == 1 and place.field.on == "shipment"
        is_taken = place.field.type in _LISTED or is_whole
        (details.placed if is_taken else details.unread).append((place, cell))


def _headers_in(cells: Sequence[GridCell], index: HeaderIndex) -> Mapping[int, Place]:
    """The places of a row that is nothing but headers: two lists of the shipment at least, else amounts."""
    places: dict[int, Place] = {}
    for cell in cells:
        match = match_of(cell, index)
        item = match.field_on("shipment") if match else None
        is_list = item is not None and item.type in _LISTED and item.on == "shipment"
        if match is None or item is None or not (is_list or item.type in _AMOUNTS):
            return {}
        places[cell.column] = place_of(match, cell.text, "shipment")
    lists = {place.field.path for place in places.values() if place.field.type in _LISTED}
    return places if len(lists) >= _FEWEST_LISTS else {}


def _rows_beneath(
    row: int, rows: Rows, headers: Mapping[int, Place], index: HeaderIndex
) -> Iterator[tuple[int, Sequence[GridCell]]]:
    """The rows under a header without a gap, up to one that says nothing under it or holds a label."""
    below = row + 1
    while cells := rows.get(below):
        known = [cell for cell in cells if cell.column in headers]
        if not known or any(match_of(cell, index) for cell in known):
            return
        yield below, cells
        below += 1
