"""The rows under a header as entries; totals, repeated headers and remarks are left out with a note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from certgen.findings import Finding
from certgen.forms.value_words import Words
from certgen.forms.vocabulary import Field
from certgen.workbook.cell_name import cell_name
from certgen.workbook.entries import Entry, Notebook, Place, Row
from certgen.workbook.folding import squeeze
from certgen.workbook.grid import CellKind, GridCell
from certgen.workbook.sheets.shapes import Sheet
from certgen.workbook.sheets.tables import KEYS
from certgen.workbook.sheets.totals import Totals
from certgen.workbook.values.ditto import Dittos

_NEVER_MERGED = frozenset({"tariff-code", "mass", "packages", "package-count"})
_LINE = frozenset(
    {
        "products.cn_code",
        "products.trade_name",
        "products.lots",
        "products.net_mass",
        "products.gross_mass",
        "products.packages",
        "products.packages.count",
    }
)
_NAMED = frozenset({"products.cn_code", "products.lots"})
_WITH_LINES = frozenset({"flat", "products", "form"})
_FOOTNOTE_MARKS = frozenset("*†‡§¹²³※•")
_FEWEST_WORDS = 3
_AMOUNTS = frozenset({"mass", "packages", "package-count"})


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table: what holds for its shipment and what for its product line.

    `reference`, `invoice_number` and `exporter` are compared without case; empty where the row has none.
    `findings` are what is wrong with the row as a whole.
    """

    number: int
    shipment: Row
    product: Row
    reference: str
    invoice_number: str
    exporter: str
    is_line: bool
    findings: Sequence[Finding] = ()

    @classmethod
    def of(cls, number: int, shipment: Row, product: Row, findings: Sequence[Finding] = ()) -> TableRow:
        return cls(
            findings=findings,
            number=number,
            shipment=shipment,
            product=product,
            reference=text_at(shipment, "reference"),
            invoice_number=text_at(shipment, "invoice_number"),
            exporter=exporter_in(shipment),
            is_line=any(entry.path in _LINE and entry.is_filled for entry in product),
        )

    @property
    def has_key(self) -> bool:
        return bool(self.reference or self.invoice_number)


class TableReader:
    """The rows of a sheet's table as entries."""

    def __init__(self, sheet: Sheet, words: Words, notes: Notebook) -> None:
        self._sheet = sheet
        self._totals, self._dittos = Totals(words), Dittos(words)
        self._remarks = frozenset(squeeze(word) for word in words.remarks)
        self._notes = notes
        self._sums: dict[int, Decimal] = {}
        self._last_line = 0
        self._last_key: tuple[str, ...] | None = None

    def read(self) -> Iterator[TableRow]:
        """Each row that says something; totals, repeated headers and remarks are left out with a note."""
        table = self._sheet.table
        if table is None:
            return
        for number, cells in self._sheet.rows.items():
            if not any(cell.column in table.columns for cell in cells) or self._is_title(number, cells):
                self._tell("CG158", cells[0])
            elif self._is_header_again(cells):
                continue
            elif self._is_total(cells) or self._is_bare_sum(cells):
                self._tell("CG163", cells[0])
            elif self._is_footnote(cells):
                self._tell("CG170", cells[0])
            elif self._is_aside(cells):
                self._tell("CG182", cells[0])
            else:
                self._sheet.rows_read += 1
                self._last_line = number
                row = self._row(number, cells)
                self._tell_goodless(row)
                yield row

    def _row(self, number: int, cells: Sequence[GridCell]) -> TableRow:
        by_column = self._without_dittos(cells)
        shipment: list[Entry] = []
        product: list[Entry] = []
        doubts = Notebook()
        is_first = self._begins_shipment(by_column)
        for column, place in self._sheet.table.columns.items() if self._sheet.table else ():
            cell = by_column.get(column) or self._merged(number, column, place, doubts)
            if place.field.on == "product":
                product.append(self._entry(place, number, column, cell))
            elif cell or is_first:
                shipment.append(self._entry(place, number, column, cell))
        if all(cell.struck == cell.text.strip() for cell in cells):
            doubts.tell_of("CG185", self._sheet.cell(cells[0]), row=number)
            shipment, product = [entry for entry in shipment if entry.path in KEYS], []
        self._add_up(product)
        return TableRow.of(number, shipment, product, doubts.findings)

    def _without_dittos(self, cells: Sequence[GridCell]) -> dict[int, GridCell]:
        """The cells of a row by column; a mark that repeats the shipment above a line is as good as empty."""
        columns = self._sheet.table.columns if self._sheet.table and self._sheet.table.has_goods else {}
        again = [
            cell
            for cell in cells
            if cell.column in columns
            and columns[cell.column].field.on == "shipment"
            and self._dittos.is_ditto(cell.text)
        ]
        if not self._goes_on({cell.column: cell for cell in cells if cell not in again}):
            again = []
        for cell in again:
            self._tell("CG190", cell)
        return {cell.column: cell for cell in cells if cell not in again}

    def _begins_shipment(self, by_column: Mapping[int, GridCell]) -> bool:
        """Whether an empty cell of this row is where its shipment says nothing; lines repeat it in vain."""
        table = self._sheet.table
        if table is None or not table.has_goods:
            return True
        if self._goes_on(by_column):
            return False
        self._last_key = self._key_of(by_column)
        return True

    def _goes_on(self, by_column: Mapping[int, GridCell]) -> bool:
        """Whether a row names the shipment of the row above, or none."""
        key = self._key_of(by_column)
        return self._last_key is not None and (not key or key == self._last_key)

    def _key_of(self, by_column: Mapping[int, GridCell]) -> tuple[str, ...]:
        columns = self._sheet.table.columns if self._sheet.table else {}
        keys = [column for column, place in columns.items() if place.field.path in KEYS]
        return tuple(by_column[column].text for column in keys if column in by_column)

    def _entry(self, place: Place, row: int, column: int, cell: GridCell | None) -> Entry:
        if cell:
            return Entry(place, self._sheet.sense, cell.name, cell)
        shown = self._sheet.grid.merged.get((row, column), (row, column))
        return Entry(place, self._sheet.sense, cell_name(*shown), None)

    def _merged(self, row: int, column: int, place: Place, doubts: Notebook) -> GridCell | None:
        """The cell that a merge spreads over this row; never for what each line needs of its own."""
        origin = self._sheet.grid.merged.get((row, column)) if self._sheet.grid.merged else None
        if (
            origin is None
            or origin[1] != column
            or self._sheet.table is None
            or origin[0] <= self._sheet.table.bottom
        ):
            return None
        cell = self._sheet.grid.cells.get(origin)
        is_own = place.field.type in _NEVER_MERGED or place.field.path == "products.lots"
        if cell is None or place.field.on != "product" or not is_own:
            return cell
        doubts.tell("CG166", Entry(place, self._sheet.sense, cell.name, cell))
        return None

    def _is_header_again(self, cells: Sequence[GridCell]) -> bool:
        """A header repeated at the top of each printed page."""
        columns = self._sheet.table.columns if self._sheet.table else {}
        known = [cell for cell in cells if cell.column in columns]
        return len(known) > 1 and all(cell.text.strip() == columns[cell.column].header for cell in known)

    def _is_title(self, number: int, cells: Sequence[GridCell]) -> bool:
        """A single text right above a repeated header (`Container 2`)."""
        below = self._sheet.rows.get(number + 1)
        is_text = len(cells) == 1 and cells[0].kind is CellKind.TEXT
        return is_text and below is not None and self._is_header_again(below)

    def _is_footnote(self, cells: Sequence[GridCell]) -> bool:
        """A row whose only text begins as footnotes do, or is a sentence where a number of a shipment goes.

        So is a word without a digit where codes stand, when it does not follow a line. A row with a second
        value is never one.
        """
        if len(cells) > 1 or cells[0].kind is not CellKind.TEXT:
            return False
        text = cells[0].text.strip()
        first = squeeze(text.partition(":")[0].partition(".")[0]) if ":" in text or "." in text else ""
        if text[:1] in _FOOTNOTE_MARKS or first in self._remarks:
            return True
        field = self._sheet.table.columns[cells[0].column].field if self._sheet.table else None
        if field and field.type == "tariff-code" and self._last_line < cells[0].row - 1:
            return not any(map(str.isdigit, text))
        return field is not None and field.path in KEYS and len(text.split()) >= _FEWEST_WORDS

    def _is_aside(self, cells: Sequence[GridCell]) -> bool:
        """Words below a gap or a total that name no lot, no packages, no weight and no code of goods.

        A signature, a declaration or a heading, though it stands where the goods are called by their names.
        """
        if self._sheet.shape not in _WITH_LINES or self._last_line >= cells[0].row - 1:
            return False
        columns = self._sheet.table.columns if self._sheet.table else {}
        known = [(columns[cell.column].field, cell) for cell in cells if cell.column in columns]
        return all(_may_be_aside(field, cell) for field, cell in known)

    def _tell_goodless(self, row: TableRow) -> None:
        """What a row says of goods that it does not name would go unread."""
        filled = [entry for entry in row.product if entry.is_filled]
        if filled and not row.is_line and self._sheet.shape in _WITH_LINES:
            cell = filled[0].as_cell()
            self._notes.tell_of("CG171", cell, row=row.number)

    def _is_total(self, cells: Sequence[GridCell]) -> bool:
        """A row that calls itself a total and names no goods."""
        columns = self._sheet.table.columns if self._sheet.table else {}
        for cell in cells:
            is_name = cell.column in columns and columns[cell.column].field.path in _NAMED
            if is_name and not self._calls_itself_total(cell):
                return False
        is_told_apart = any(place.field.path in _NAMED for place in columns.values())
        heads = [cells[0], *(cell for cell in cells if _is_named(columns.get(cell.column)))]
        return any(self._calls_itself_total(cell) for cell in cells) or (
            is_told_apart and any(self._totals.is_headed_total(cell.text) for cell in heads)
        )

    def _calls_itself_total(self, cell: GridCell) -> bool:
        return self._totals.is_total(cell.text)

    def _is_bare_sum(self, cells: Sequence[GridCell]) -> bool:
        """A row of amounts alone, of which the numbers are the sums of the lines above."""
        columns = self._sheet.table.columns if self._sheet.table else {}
        known = [cell for cell in cells if cell.column in columns]
        summed = [cell for cell in known if cell.column in self._sums]
        return (
            bool(summed)
            and all(columns[cell.column].field.type in _AMOUNTS for cell in known)
            and all(cell.kind is CellKind.NUMBER and cell.value == self._sums[cell.column] for cell in summed)
        )

    def _add_up(self, product: Row) -> None:
        for entry in product:
            cell = entry.cell
            if cell and cell.kind is CellKind.NUMBER and entry.place.field.type in _AMOUNTS:
                self._sums[cell.column] = self._sums.get(cell.column, Decimal(0)) + Decimal(str(cell.value))

    def _tell(self, code: str, cell: GridCell) -> None:
        self._notes.tell_of(code, self._sheet.cell(cell), value=cell.text.strip()[:80], row=cell.row)


def _is_named(place: Place | None) -> bool:
    return place is not None and place.field.path == "products.trade_name"


def _may_be_aside(field: Field, cell: GridCell) -> bool:
    """Whether a cell in the column of this field can stand in a row that is no line."""
    if field.path in _LINE - {"products.trade_name", "products.cn_code"} or field.type in _AMOUNTS:
        return False
    if field.type == "tariff-code" and cell.kind is CellKind.DATE:
        return True
    has_digits = any(map(str.isdigit, cell.text))
    return cell.kind is CellKind.TEXT and not (
        has_digits and (field.type == "tariff-code" or field.path in KEYS)
    )


def text_at(row: Row, path: str) -> str:
    """What a row says of a field, compared without case."""
    return next(
        (entry.text.strip().casefold() for entry in row if entry.path == path and entry.is_filled), ""
    )


def exporter_in(row: Row) -> str:
    """The exporter a row names, by the first line of its cell."""
    named = text_at(row, "exporter.name") or text_at(row, "exporter")
    return squeeze(named.partition("\n")[0])
