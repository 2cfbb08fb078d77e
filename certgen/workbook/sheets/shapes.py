"""What a sheet is: shipments, products, both at once, one shipment as a form, or something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from certgen.consignment import Cell
from certgen.forms.value_words import Words
from certgen.workbook.entries import SheetSense, shown
from certgen.workbook.folding import squeeze
from certgen.workbook.grid import CellKind, Grid, GridCell
from certgen.workbook.sheets.detail_tables import take_details
from certgen.workbook.sheets.headers import HeaderIndex
from certgen.workbook.sheets.labels import Labels, read_labels
from certgen.workbook.sheets.sense import Placed, make_sense
from certgen.workbook.sheets.tables import GOODS, KEYS, Rows, Table, find_table, match_of, rows_below, rows_of
from certgen.workbook.sheets.units_row import take_units_row

_FEWEST_LABELS = 2
_ROWS_ABOVE_A_HEADER = 10
_FEWEST_GOODS = 2
_FEWEST_COLUMNS = 3
_LONGEST_LABEL_ROW = 4
_FEWEST_SHIPMENT_COLUMNS = 4
_DETAILS = frozenset({"list", "mass", "unit"})
_LISTED = frozenset({"list", "codes", "countries", "parties", "control-bodies", "choices"})


@dataclass
class Sheet:
    """A sheet understood: its table, the rows under it, its labels, and how its values are written.

    `hidden_as` is the shape that a hidden sheet, which is not read, would have.
    """

    grid: Grid
    shape: str
    reason: str
    sense: SheetSense
    table: Table | None = None
    rows: Rows = field(default_factory=dict)
    labels: Labels | None = None
    second_header: GridCell | None = None
    rows_read: int = 0
    hidden_as: str = ""

    @property
    def unknown(self) -> Sequence[GridCell]:
        """Headers and labels without a meaning."""
        labels = self.labels.unknown if self.labels and self.shape == "form" else ()
        return [*(self.table.unknown if self.table else ()), *labels]

    @property
    def headers(self) -> Sequence[GridCell]:
        """The headers of its table and its labels, with a meaning or without."""
        rows = range(self.table.top, self.table.bottom + 1) if self.table else ()
        heading = [cell for (row, _), cell in self.grid.cells.items() if row in rows]
        return [*heading, *((*self.labels.cells, *self.labels.unknown) if self.labels else ())]

    def cell(self, cell: GridCell, header: str = "") -> Cell:
        """A cell of this sheet as findings name it."""
        return Cell(self.sense.workbook, self.grid.name, cell.name, header, shown(cell.text))


def understand(
    workbook: str, grid: Grid, position: int, index: HeaderIndex, words: Words, *, is_further: bool = False
) -> Sheet:
    """What one sheet is, judged by itself; sheets that belong together are settled by `settle_together`.

    One that bears the name of a further table is that, whatever else it looks like.
    """
    sense = SheetSense(workbook, grid.name, position)
    if not grid.is_visible:
        shown = replace(grid, is_visible=True)
        seen = understand(workbook, shown, position, index, words, is_further=is_further)
        return Sheet(grid, "unused", "it is hidden", sense, hidden_as=seen.shape)
    if _is_aside(grid, words):
        return Sheet(grid, "unused", "it belongs to another kind of workbook", sense)
    details, rows = take_details(rows_of(grid), index, words)
    table = find_table(grid, rows, index)
    body, rest = _divide_rows(rows, table, index)
    if table:
        table, body = take_units_row(table, body, index)
    labels = read_labels(grid, rest, index).with_values(details.placed, details.unread)
    shape, reason = _shape_of(table, labels)
    if is_further and table:
        shape, reason = "table", "a further table that a form asks for"
    if shape == "form" and table and not table.has_goods:
        table, body, labels = (
            None,
            {},
            read_labels(grid, rows, index).with_values(details.placed, details.unread),
        )
    if shape == "unused":
        return Sheet(grid, shape, reason if rows else "it is empty", sense)
    matches = [*(table.matches if table else ()), *labels.matches]
    sense = make_sense(workbook, grid, position, matches, [*_placed(table, body), *labels.placed], words)
    second = _find_second_header(body, table, index) if table else None
    if second:
        body = {row: cells for row, cells in body.items() if row < second.row}
    return Sheet(grid, shape, reason, sense, table, body, labels, second)


def _is_aside(grid: Grid, words: Words) -> bool:
    """Whether a sheet has a header of one that belongs to another kind of workbook, and such a name."""
    names = {squeeze(name) for name in words.aside.sheets}
    if names and squeeze(grid.name) not in names:
        return False
    headers = {squeeze(header) for header in words.aside.headers}
    first = (cell for (row, _), cell in grid.cells.items() if row <= _ROWS_ABOVE_A_HEADER)
    return any(squeeze(cell.text) in headers for cell in first)


def settle_together(sheets: Sequence[Sheet]) -> None:
    """A table of goods belongs to the shipments of another sheet where there are any; lists add to them."""
    _part_summaries(sheets)
    _part_details(sheets)
    shipments = [sheet for sheet in sheets if sheet.shape == "shipments"]
    main = [sheet for sheet in shipments if not _adds_only(sheet)]
    for sheet in shipments:
        if main and sheet not in main:
            sheet.shape, sheet.reason = "table", "it adds to the shipments of another sheet"
    owners = main or shipments or [sheet for sheet in sheets if sheet.shape == "form"]
    for sheet in sheets:
        if (
            sheet.shape == "flat"
            and sheet.table
            and owners
            and (main or shipments or not sheet.table.has_key)
        ):
            sheet.shape, sheet.reason = "products", "its lines belong to the shipments of another sheet"


def _part_details(sheets: Sequence[Sheet]) -> None:
    """Containers and seals on a sheet of their own are no shipment where another sheet has one."""
    made = [sheet for sheet in sheets if sheet.shape in ("shipments", "flat", "form")]
    details = [sheet for sheet in made if _says_details_only(sheet)]
    for sheet in details if len(details) < len(made) else ():
        sheet.shape, sheet.reason = "table", "it adds to the shipment of another sheet"


def _says_details_only(sheet: Sheet) -> bool:
    labels = sheet.labels.placed if sheet.labels else ()
    places = [*(sheet.table.columns.values() if sheet.table else ()), *(place for place, _ in labels)]
    return all(place.field.type in _DETAILS and place.field.on == "shipment" for place in places)


def _part_summaries(sheets: Sequence[Sheet]) -> None:
    """A sheet of shipments may name their goods as well, whose lines stand in a sheet with little else.

    Without such a sheet its own rows are the lines.
    """
    flat = [sheet for sheet in sheets if sheet.shape == "flat"]
    lines = [sheet for sheet in flat if says_little_of_shipments(sheet)]
    for sheet in sheets:
        if sheet.shape == "flat" and sheet not in lines and any(other.table for other in lines):
            sheet.shape, sheet.reason = "shipments", "the lines of its shipments stand in another sheet"
        elif sheet.shape == "shipments" and not flat and _goods_columns(sheet):
            sheet.shape, sheet.reason = "flat", "a row for each product line"


def says_little_of_shipments(sheet: Sheet) -> bool:
    """Whether few columns say something of the shipment beside its key and its exporter."""
    places = sheet.table.columns.values() if sheet.table else ()
    telling = [
        place
        for place in places
        if place.field.on == "shipment"
        and place.field.path not in KEYS
        and "exporter" not in place.field.path
    ]
    return len(telling) < _FEWEST_SHIPMENT_COLUMNS


def _goods_columns(sheet: Sheet) -> int:
    return len(sheet.table.paths & GOODS) if sheet.table else 0


def _adds_only(sheet: Sheet) -> bool:
    """A sheet with a key and lists only (`Seals`), which cannot be a shipment by itself."""
    places = sheet.table.columns.values() if sheet.table else ()
    return all(
        place.field.path in KEYS or place.field.type in _LISTED or place.field.path.startswith("tables.")
        for place in places
    )


def _shape_of(table: Table | None, labels: Labels) -> tuple[str, str]:
    paths = {place.field.path for place, _ in labels.placed}
    if table and table.has_goods:
        if table.has_key or len(paths) < _FEWEST_LABELS:
            return "flat", "a row for each product line"
        return "form", "labels with their values, and a table of products"
    if table and (table.has_key or len(paths) < _FEWEST_LABELS) and not paths & KEYS:
        return "shipments", "a row for each shipment"
    if len(paths) >= _FEWEST_LABELS:
        return "form", "labels with their values"
    return "unused", "no header or label in it is known"


def _divide_rows(rows: Rows, table: Table | None, index: HeaderIndex) -> tuple[Rows, Rows]:
    """The rows of the table, and those above it and after its end; no line of it is left outside."""
    if table is None:
        return {}, rows
    rest = {row: cells for row, cells in rows.items() if row < table.top}
    body: dict[int, Sequence[GridCell]] = {}
    below = list(rows_below(rows, table))
    labels = {row for row, cells in below if _is_label_row(cells, table, index)}
    last_line = max((row for row, cells in below if row not in labels and _is_line(cells, table)), default=0)
    for row, cells in below:
        has_ended = row > last_line and any(other > last_line for other in rest)
        target = rest if has_ended or row in labels else body
        target[row] = cells
    return body, rest


def _is_line(cells: Sequence[GridCell], table: Table) -> bool:
    """Whether a row fills enough columns to be one of the table's own."""
    paths = {_path_at(table, cell.column) for cell in cells} - {""}
    return len(paths & GOODS) >= _FEWEST_GOODS if table.has_goods else len(paths) >= _FEWEST_COLUMNS


def _is_label_row(cells: Sequence[GridCell], table: Table, index: HeaderIndex) -> bool:
    """A label with its value under the table, in a row that is no line of it."""
    goods = {_path_at(table, cell.column) for cell in cells} & GOODS
    if not 2 <= len(cells) <= _LONGEST_LABEL_ROW or len(goods) > _FEWEST_GOODS:
        return False
    first = match_of(cells[0], index)
    if first is None or cells[0].text.strip() == _header_at(table, cells[0].column):
        return False
    return any(item.on == "shipment" for item in first.fields) and match_of(cells[1], index) is None


def _find_second_header(rows: Rows, table: Table, index: HeaderIndex) -> GridCell | None:
    """A header under the table that is not its own repeated: what stands beneath would be read wrongly."""
    for _, cells in rows_below(rows, table):
        is_known = all(match_of(cell, index) for cell in cells[1:3]) and match_of(cells[0], index)
        if len(cells) < _FEWEST_COLUMNS or not is_known:
            continue
        if any(cell.text.strip() != _header_at(table, cell.column) for cell in cells):
            return cells[0]
    return None


def _path_at(table: Table, column: int) -> str:
    return table.columns[column].field.path if column in table.columns else ""


def _header_at(table: Table, column: int) -> str:
    return table.columns[column].header if column in table.columns else ""


def _placed(table: Table | None, rows: Rows) -> list[Placed]:
    """The cells of a table that tell how numbers and dates are written."""
    if table is None:
        return []
    telling = {
        column: place
        for column, place in table.columns.items()
        if place.field.type in ("mass", "number", "percent", "date")
    }
    return [
        (telling[cell.column], cell)
        for cells in rows.values()
        for cell in cells
        if cell.column in telling and (cell.kind is CellKind.TEXT or cell.number_format)
    ]
