"""Forms of several shipments on a sheet that were not divided: told, so that none takes another's lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from certgen.consignment import Cell
from certgen.workbook.cell_name import parse_cell_name
from certgen.workbook.entries import Entry
from certgen.workbook.folding import squeeze
from certgen.workbook.grid import GridCell
from certgen.workbook.sheets.shapes import Sheet
from certgen.workbook.sheets.table_rows import TableRow
from certgen.workbook.sheets.tables import KEYS


def find_second_form(sheet: Sheet, entries: Sequence[Entry], lines: Sequence[TableRow]) -> Cell | None:
    """Where the label of a shipment's number comes again: with another number, or with none above values.

    A blank form beneath a filled one is no shipment.
    """
    numbers = [entry for entry in entries if entry.path in KEYS]
    first: dict[str, str] = {}
    for entry in numbers:
        words, number = squeeze(entry.place.header), entry.text.strip()
        if entry.is_filled and first.setdefault(words, number) != number:
            return entry.as_cell()
    open_ones = [
        entry.as_cell() for entry in numbers if not entry.is_filled and squeeze(entry.place.header) in first
    ]
    open_ones += [sheet.cell(cell, cell.text.strip()) for cell in _labels_in_table(sheet, first)]
    return next((cell for cell in open_ones if _is_filled_below(cell, entries, lines)), None)


def _labels_in_table(sheet: Sheet, numbers: dict[str, str]) -> Iterator[GridCell]:
    """Labels of a number in the rows under the table, where nothing stands beside them."""
    for cells in sheet.rows.values():
        yield from (cell for cell in cells[:1] if len(cells) == 1 and squeeze(cell.text) in numbers)


def _is_filled_below(cell: Cell, entries: Sequence[Entry], lines: Sequence[TableRow]) -> bool:
    row, _ = parse_cell_name(cell.cell)
    filled = any(entry.is_filled and parse_cell_name(entry.name)[0] > row for entry in entries)
    return filled or any(line.is_line and line.number > row for line in lines)
