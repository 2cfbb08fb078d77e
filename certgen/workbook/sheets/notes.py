"""What is told of a sheet as a whole: hidden parts, headers nearly known, values beside values."""

from __future__ import annotations

from certgen.consignment import Cell
from certgen.workbook.cell_name import cell_name, column_letters
from certgen.workbook.entries import Notebook, Place
from certgen.workbook.grid import CellKind, GridCell
from certgen.workbook.sheets.headers import HeaderIndex
from certgen.workbook.sheets.sense import Placed
from certgen.workbook.sheets.shapes import Sheet
from certgen.workbook.sheets.tables import GOODS, KEYS, match_of

_FEWEST_OF_A_SHIPMENT = 3


def tell_sheet(sheet: Sheet, index: HeaderIndex, notes: Notebook) -> None:
    """What is to be told of a sheet as a whole: hidden rows, headers nearly known, mapped or doubled."""
    _tell_hidden_rows(sheet, notes)
    _tell_columns(sheet, notes)
    table = sheet.table
    for cell in sheet.unknown:
        if two := index.find_two(cell.text):
            header, one, other = cell.text.strip(), two[0].label(), two[1].label()
            notes.tell_of("CG184", sheet.cell(cell, header), header=header, one=one, other=other)
        elif near := index.propose(cell.text):
            header = cell.text.strip()
            notes.tell_of("CG159", sheet.cell(cell, header), header=header, meaning=near.label())
    for cell, place in table.doubled if table else ():
        notes.tell_of(
            "CG161", sheet.cell(cell, place.header), header=place.header, meaning=place.field.label()
        )
    for cell, code in table.set_aside if table else ():
        header = cell.text.strip()
        notes.tell_of(code, sheet.cell(cell, header), header=header)
    _tell_columns_of_lines(sheet, notes)
    _tell_labels(sheet, notes)
    for cell in sheet.headers:
        match = match_of(cell, index)
        if match and match.is_mapped:
            header = cell.text.strip()
            notes.tell_of("CG160", sheet.cell(cell, header), header=header, meaning=match.fields[0].label())


def _tell_labels(sheet: Sheet, notes: Notebook) -> None:
    """Values beside a label that were read or left over, and labels that nothing on the sheet needs."""
    labels = sheet.labels
    if labels is None:
        return
    second = _second_columns(sheet)
    unread = [item for item in labels.unread if item[1].column not in second]
    told = [("CG174", labels.listed), ("CG173", unread)]
    if sheet.shape in ("products", "table") and sheet.table:
        told = [("CG175", labels.placed)]
    for code, found in told:
        for place, cell in found:
            notes.tell_of(code, sheet.cell(cell, place.header), header=place.header)
    for column, cell in second.items():
        notes.tell_of("CG176", sheet.cell(cell), column=column_letters(column))


def _second_columns(sheet: Sheet) -> dict[int, GridCell]:
    """Further columns of values, not of remarks, each with its first cell: shipments that would go unread."""
    if sheet.labels is None or sheet.shape != "form":
        return {}
    columns: dict[int, list[Placed]] = {}
    for place, cell in (*sheet.labels.listed, *sheet.labels.unread):
        columns.setdefault(cell.column, []).append((place, cell))
    return {
        column: found[0][1]
        for column, found in columns.items()
        if len(found) >= _FEWEST_OF_A_SHIPMENT and any(_is_second_value(*item) for item in found)
    }


def _is_second_value(place: Place, cell: GridCell) -> bool:
    is_key = place.field.path in KEYS and any(map(str.isdigit, cell.text))
    return is_key or cell.kind in (CellKind.NUMBER, CellKind.DATE)


def _tell_columns_of_lines(sheet: Sheet, notes: Notebook) -> None:
    """In a sheet of shipments a column of the product lines goes unread; goods named there are a summary."""
    if sheet.table is None or sheet.shape != "shipments":
        return
    filled = {cell.column for cells in sheet.rows.values() for cell in cells}
    for column, place in sheet.table.columns.items():
        if place.field.on == "product" and place.field.path not in GOODS and column in filled:
            name = cell_name(sheet.table.bottom, column)
            cell = Cell(sheet.sense.workbook, sheet.grid.name, name, place.header)
            notes.tell_of("CG172", cell, header=place.header)


def _tell_hidden_rows(sheet: Sheet, notes: Notebook) -> None:
    hidden = sorted(row for row in sheet.grid.hidden_rows if row in sheet.rows)
    if not hidden:
        return
    first = sheet.rows[hidden[0]][0]
    rows = ", ".join(str(row) for row in hidden[:5]) + (
        f" and {len(hidden) - 5} more" if len(hidden) > 5 else ""
    )
    notes.tell_of("CG157", sheet.cell(first), sheet=sheet.grid.name, rows=rows)


def _tell_columns(sheet: Sheet, notes: Notebook) -> None:
    """Columns that are read though nobody sees them, or though their header is struck out."""
    _tell_hidden_columns(sheet, notes)
    for column, place in sheet.table.columns.items() if sheet.table else ():
        cell = sheet.grid.cells.get((sheet.table.bottom, column)) if sheet.table else None
        if cell and cell.struck:
            notes.tell_of("CG178", sheet.cell(cell, place.header), header=place.header)


def _tell_hidden_columns(sheet: Sheet, notes: Notebook) -> None:
    columns = sheet.table.columns if sheet.table else {}
    placed = sheet.labels.placed if sheet.labels and sheet.shape != "unused" else ()
    read = {column: place.header for column, place in columns.items()}
    read |= {cell.column: place.header for place, cell in placed}
    hidden = sorted(sheet.grid.hidden_columns & read.keys())
    if hidden:
        named = ", ".join(f"{column_letters(column)} ({read[column]})" for column in hidden)
        row = sheet.table.bottom if sheet.table else 1
        place = Cell(sheet.sense.workbook, sheet.grid.name, cell_name(row, hidden[0]))
        notes.tell_of("CG177", place, sheet=sheet.grid.name, columns=named)
