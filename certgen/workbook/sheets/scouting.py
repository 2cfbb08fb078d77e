"""Which forms a workbook names, before the rest of it is read, so that their own sheets are known for such.

A sheet of a form's own (the batches of an extract, say) looks like a sheet of shipments to whoever does not
know the form, and its hundreds of rows like hundreds of shipments with one number.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from certgen.forms.value_words import Words
from certgen.workbook.grid import Grid, GridBook, GridCell
from certgen.workbook.sheets.headers import HeaderIndex
from certgen.workbook.sheets.shapes import Sheet, understand
from certgen.workbook.values.texts import is_list, split_items

_FORMS = "forms"


def find_mentioned(book: GridBook, ids: Set[str]) -> set[str]:
    """Those of the form ids that any cell holds, alone or in a list."""
    texts = {cell.text for grid in book.sheets for cell in grid.cells.values()}
    listed = {item for text in texts if is_list(text) for item in split_items(text)}
    return {form_id for form_id in ids if form_id in texts or form_id in listed}


def find_forms_named(book: GridBook, ids: Set[str], words: Words, index: HeaderIndex) -> set[str]:
    """Those of the form ids that stand in a column, or beside a label, that says which paper is wanted."""
    found: set[str] = set()
    for position, grid in enumerate(book.sheets):
        if _names_any(grid, ids):
            for cell in _cells_for_forms(understand(book.name, grid, position, index, words)):
                found.update(split_items(cell.text))
    return found & ids


def _names_any(grid: Grid, ids: Set[str]) -> bool:
    """A quick look, which spares large workbooks a second reading."""
    texts = (cell.text for cell in grid.cells.values())
    return any(text in ids or (is_list(text) and not ids.isdisjoint(split_items(text))) for text in texts)


def _cells_for_forms(sheet: Sheet) -> Iterator[GridCell]:
    if sheet.table:
        columns = {column for column, place in sheet.table.columns.items() if place.field.path == _FORMS}
        yield from (cell for cells in sheet.rows.values() for cell in cells if cell.column in columns)
    if sheet.labels:
        yield from (cell for place, cell in sheet.labels.placed if place.field.path == _FORMS)
