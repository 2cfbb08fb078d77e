"""Which forms a workbook names or has sheets of, found before the rest is read so that the sheets are known.

A sheet of a form's own (the batches of an extract, say) looks like a sheet of shipments to whoever does not
know the form, and its hundreds of rows like hundreds of shipments with one number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from certgen.forms import load_vocabulary
from certgen.forms.asks import FurtherTable
from certgen.forms.model import Form
from certgen.forms.value_words import Words
from certgen.workbook.folding import squeeze
from certgen.workbook.grid import Grid, GridBook, GridCell
from certgen.workbook.sheets.headers import HeaderIndex
from certgen.workbook.sheets.shapes import Sheet, understand
from certgen.workbook.sheets.tables import find_table, rows_of
from certgen.workbook.values.texts import is_list, split_items

_FORMS = "forms"
_NAMES_OF_GOODS = frozenset({"products.cn_code", "products.trade_name"})


def bears_name(grid: Grid, table: FurtherTable) -> bool:
    """Whether a sheet is called what a further table of a form is called, in any of its languages."""
    return squeeze(grid.name) in {squeeze(name) for name in (*table.sheets.values(), *table.synonyms)}


def is_sheet_of(grid: Grid, table: FurtherTable, index: HeaderIndex) -> bool:
    """Whether a sheet has the headers of a further table: more than half of its columns, and no goods.

    `index` knows the headers of every sheet. The name alone is too little: goods may be listed as Batches.
    """
    rows = rows_of(grid)
    own = find_table(grid, rows, index.for_table(table.name))
    plain = find_table(grid, rows, index)
    if own is None or (plain is not None and plain.paths & _NAMES_OF_GOODS):
        return False
    return 2 * len(own.paths & {column.path for column in table.columns}) > len(table.columns)


def find_forms_with_sheets(book: GridBook, forms: Iterable[Form], maps: Mapping[str, str]) -> set[str]:
    """Those of the forms that have a sheet of their own in the workbook, whether it asks for them or not."""
    return {
        form.id
        for form in forms
        for table in form.tables
        for grid in book.sheets
        if bears_name(grid, table) and is_sheet_of(grid, table, _index_of(form, maps))
    }


def _index_of(form: Form, maps: Mapping[str, str]) -> HeaderIndex:
    return HeaderIndex(load_vocabulary([form]), maps)


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
