"""Small tables of containers, seals and the like in a form: every cell beneath their headers is a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from certgen.forms.value_words import Words
from certgen.workbook.entries import Place
from certgen.workbook.grid import GridCell
from certgen.workbook.sheets.headers import HeaderIndex, HeaderMatch
from certgen.workbook.sheets.sense import Placed
from certgen.workbook.sheets.tables import Rows, match_of, place_of
from certgen.workbook.sheets.totals import Totals

_LISTED = frozenset({"list", "codes"})
_BESIDE_LISTS = _LISTED | {"mass", "unit"}
_FEWEST_LISTS = 2


def take_details(rows: Rows, index: HeaderIndex, words: Words) -> tuple[list[Placed], Rows]:
    """The values of such tables, and the rows without them; totals under them are left out."""
    totals, placed, left = Totals(words), list[Placed](), dict(rows)
    for row in rows:
        headers = _headers_in(left.get(row, ()), index)
        if not headers or not any(cell.column in headers for cell in left.get(row + 1, ())):
            continue
        del left[row]
        for below, cells in _rows_beneath(row, left, headers, index):
            if not totals.is_headed_total(cells[0].text):
                placed += [(headers[cell.column], cell) for cell in cells if cell.column in headers]
            left[below] = [cell for cell in cells if cell.column not in headers]
    return placed, {row: cells for row, cells in left.items() if cells}


def _headers_in(cells: Sequence[GridCell], index: HeaderIndex) -> Mapping[int, Place]:
    """The places of a row that is nothing but headers of lists, two at least, and of their weights."""
    matches: list[HeaderMatch] = []
    for cell in cells:
        match = match_of(cell, index)
        if match is None or match.field_on("shipment").type not in _BESIDE_LISTS:
            return {}
        matches.append(match)
    fields = [match.field_on("shipment") for match in matches]
    lists = {field.path for field in fields if field.type in _LISTED and field.on == "shipment"}
    if len(lists) < _FEWEST_LISTS or any(field.on != "shipment" for field in fields):
        return {}
    return {
        cell.column: place_of(match, cell.text, "shipment")
        for cell, match in zip(cells, matches, strict=True)
    }


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
