"""How each sheet was read, told to the user: its shape, its header row, what was understood and what not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from certgen.workbook.cell_name import cell_name
from certgen.workbook.grid import GridCell
from certgen.workbook.sheets.headers import HeaderIndex
from certgen.workbook.sheets.shapes import Sheet
from certgen.workbook.sheets.tables import Table


@dataclass(frozen=True)
class KnownColumn:
    """A header that was understood: as written, its field, its cell."""

    header: str
    field: str
    cell: str


@dataclass(frozen=True)
class UnknownColumn:
    """A header that was not understood, with the field it may have meant."""

    header: str
    cell: str
    proposal: str = ""


@dataclass(frozen=True)
class SheetReading:
    """How one sheet was read.

    `shape` is `shipments`, `products`, `flat`, `form`, `table` (a further sheet that adds to shipments) or
    `unused`; `header_row` is 0 where there is none; `reason` says why it was taken so; `headers` are all its
    headers and labels, of which some may have been left over.
    """

    name: str
    shape: str
    header_row: int = 0
    known: tuple[KnownColumn, ...] = ()
    unknown: tuple[UnknownColumn, ...] = ()
    rows_read: int = 0
    reason: str = ""
    headers: tuple[str, ...] = ()

    def as_record(self) -> dict[str, Any]:
        """The reading as `--json` prints it."""
        return {
            "name": self.name,
            "shape": self.shape,
            "header_row": self.header_row,
            "columns": [vars(column) for column in self.known],
            "unknown": [vars(column) for column in self.unknown],
            "rows_read": self.rows_read,
            "reason": self.reason,
        }


def describe(sheet: Sheet, index: HeaderIndex) -> SheetReading:
    """How a sheet was read, for the user."""
    table, labels = sheet.table, sheet.labels
    known = [
        KnownColumn(place.header, place.field.path, _cell_above(table, column))
        for column, place in (table.columns.items() if table else ())
    ]
    known += [
        KnownColumn(place.header, place.field.path, cell.name)
        for place, cell in (labels.placed if labels else ())
    ]
    unknown = [_unknown(cell, index) for cell in sheet.unknown]
    return SheetReading(
        name=sheet.grid.name,
        shape=sheet.shape,
        header_row=table.bottom if table else 0,
        known=tuple(known),
        unknown=tuple(unknown),
        rows_read=sheet.rows_read,
        reason=sheet.reason,
        headers=tuple(cell.text.strip() for cell in sheet.headers),
    )


def _cell_above(table: Table | None, column: int) -> str:
    return cell_name(table.bottom, column) if table else ""


def _unknown(cell: GridCell, index: HeaderIndex) -> UnknownColumn:
    near = index.propose(cell.text)
    return UnknownColumn(cell.text.strip(), cell.name, near.label() if near else "")
