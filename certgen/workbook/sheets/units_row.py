"""The row of units that people put under a header: what it says belongs to the columns, and it is no line."""

from __future__ import annotations

from dataclasses import replace

from certgen.workbook.entries import Place
from certgen.workbook.grid import CellKind
from certgen.workbook.sheets.headers import HeaderIndex, HeaderMatch
from certgen.workbook.sheets.tables import Rows, Table

_COUNTED = frozenset({"packages", "package-count"})


def take_units_row(table: Table, body: Rows, index: HeaderIndex) -> tuple[Table, Rows]:
    """The table with the units of the row under its header, and the rows without it; as they were if none."""
    number = table.bottom + 1
    hints: dict[int, HeaderMatch] = {}
    for cell in body.get(number, ()):
        hint = index.read_hint(cell.text) if cell.kind is CellKind.TEXT else None
        if hint is None:
            return table, body
        hints[cell.column] = hint
    if not any(hint.unit and column in table.columns for column, hint in hints.items()):
        return table, body
    columns = {
        column: _with_hint(place, hints[column]) if column in hints else place
        for column, place in table.columns.items()
    }
    return replace(table, columns=columns), {row: cells for row, cells in body.items() if row != number}


def _with_hint(place: Place, hint: HeaderMatch) -> Place:
    """A header with what stands under it; what it says itself stays."""
    kind = hint.kind if place.field.type in _COUNTED else ""
    return replace(
        place,
        unit=place.unit or hint.unit,
        kind=place.kind or kind,
        date_order=place.date_order or hint.date_order,
    )
