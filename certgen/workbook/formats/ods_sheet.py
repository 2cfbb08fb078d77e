"""The sheets of an OpenDocument workbook as a stream of cells; repeated empty rows are never written out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from certgen.errors import UnreadableInputError
from certgen.workbook.cell_name import MAX_COLUMNS, MAX_ROWS, cell_name
from certgen.workbook.formats.cell_content import (
    Content,
    boolean_content,
    clock_content,
    cover_merges,
    iso_content,
    number_content,
    text_content,
)
from certgen.workbook.formats.limits import MAX_CELL_CHARACTERS, CellBudget
from certgen.workbook.formats.number_format import NumberFormat
from certgen.workbook.formats.ods_text import OdsText, count_of
from certgen.workbook.formats.struck import struck_out
from certgen.workbook.grid import CellKind, Grid, GridCell

_CELLS = {"table:table-cell", "table:covered-table-cell"}
_NOT_OF_THE_CELL = {
    "office:annotation",
    "text:ruby-text",
    "text:note",
    "table:tracked-changes",
    "table:dde-links",
}
_QUOTED = re.compile(r'"[^"]*"')
_EXTERNAL = re.compile(r"'#|\bDDE\(", re.IGNORECASE)
_ERROR_TEXT = re.compile(r"#(REF|N/A|VALUE|DIV/0|NAME|NUM|NULL)[!?]?|Err:\d+")
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_PLAIN = NumberFormat("")


@dataclass(frozen=True, slots=True)
class OdsStyles:
    """What the styles say of cells and tables."""

    formats: dict[str, NumberFormat]
    struck: dict[str, bool]
    hidden_tables: frozenset[str]
    language: str


@dataclass(frozen=True, slots=True)
class _RowCell:
    """A filled cell of the row being read, with how many columns it repeats over."""

    column: int
    repeat: int
    content: Content
    code: str
    struck: str


class OdsSheets:
    """Hears `content.xml` and keeps one grid for each table."""

    def __init__(self, styles: OdsStyles) -> None:
        self.styles = styles
        self.grids: list[Grid] = []
        self.budget = CellBudget()
        self.depth = 0
        self.table_depth = 0
        self.ignored_depth = 0
        self.cell_depth = 0
        self.text = OdsText(styles.struck)
        self._clear_table("", is_visible=True)

    def _clear_table(self, name: str, *, is_visible: bool) -> None:
        self.name = name
        self.is_visible = is_visible
        self.is_cache = False
        self.cells: dict[tuple[int, int], GridCell] = {}
        self.merges: list[tuple[int, int, int, int]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.row = 1
        self.row_repeat = 1
        self.is_row_hidden = False
        self.row_cells: list[_RowCell] = []
        self.column = 1
        self.attributes: dict[str, str] = {}
        self.column_styles: list[tuple[int, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.ignored_depth:
            return
        if name in _NOT_OF_THE_CELL:
            self.ignored_depth = self.depth
        elif self.cell_depth:
            self.text.start(name, attributes)
        elif name == "table:table":
            self._start_table(attributes)
        elif name in _CELLS and self.table_depth:
            self._start_cell(attributes)
        elif name == "table:table-row":
            self._start_row(attributes)
        elif name == "table:table-column":
            self._start_column(attributes)
        elif name == "table:table-source":
            self.is_cache = True

    def end(self, name: str) -> None:
        if self.ignored_depth:
            self.ignored_depth = 0 if self.ignored_depth == self.depth else self.ignored_depth
        elif self.depth == self.cell_depth:
            self.cell_depth = 0
            self._end_cell()
        elif self.cell_depth:
            self.text.end()
        elif name == "table:table-row":
            self._end_row()
        elif name == "table:table" and self.table_depth == self.depth:
            self._end_table()
        self.depth -= 1

    def characters(self, text: str) -> None:
        if self.cell_depth and not self.ignored_depth:
            self.text.add(text)

    def _start_table(self, attributes: dict[str, str]) -> None:
        if self.table_depth:
            return
        self.table_depth = self.depth
        is_visible = attributes.get("table:style-name", "") not in self.styles.hidden_tables
        self._clear_table(attributes.get("table:name", ""), is_visible=is_visible)

    def _start_column(self, attributes: dict[str, str]) -> None:
        last = self.column_styles[-1][0] if self.column_styles else 0
        repeat = count_of(attributes, "table:number-columns-repeated")
        self.column_styles.append((last + repeat, attributes.get("table:default-cell-style-name", "")))
        if attributes.get("table:visibility", "visible") != "visible":
            self.hidden_columns.append((last + 1, last + repeat))

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.row_repeat = count_of(attributes, "table:number-rows-repeated")
        self.is_row_hidden = attributes.get("table:visibility", "visible") != "visible"
        self.row_cells = []
        self.column = 1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.cell_depth = self.depth
        self.attributes = attributes
        self.budget.see()
        self.text.clear()

    def _end_cell(self) -> None:
        repeat = count_of(self.attributes, "table:number-columns-repeated")
        content = self._content()
        if content is not None:
            style = self._style()
            is_struck = self.styles.struck.get(style, False)
            struck = struck_out(content[2], self.text.runs, is_cell_struck=is_struck)
            self.row_cells.append(_RowCell(self.column, repeat, content, self._format(style).code, struck))
        rows = count_of(self.attributes, "table:number-rows-spanned")
        columns = count_of(self.attributes, "table:number-columns-spanned")
        if rows > 1 or columns > 1:
            self.merges.append((self.row, self.column, self.row + rows - 1, self.column + columns - 1))
        self.column += repeat

    def _end_row(self) -> None:
        if self.row_cells:
            for row in range(self.row, self.row + self.row_repeat):
                self._keep_row(row)
        self.row += self.row_repeat

    def _keep_row(self, row: int) -> None:
        if self.is_row_hidden:
            self.hidden_rows.add(row)
        for cell in self.row_cells:
            for column in range(cell.column, cell.column + cell.repeat):
                self.budget.take(len(cell.content[2]))
                if row > MAX_ROWS or column > MAX_COLUMNS:
                    raise UnreadableInputError(
                        f"has cells beyond the last cell of Excel on sheet {self.name!r}. Delete them."
                    )
                name = cell_name(row, column)
                self.cells[row, column] = GridCell(name, row, column, *cell.content, cell.code, cell.struck)

    def _end_table(self) -> None:
        self.table_depth = 0
        if self.is_cache:
            return
        self.grids.append(
            Grid(
                name=self.name,
                cells=self.cells,
                merged=cover_merges(self.merges, self.cells),
                hidden_rows=frozenset(self.hidden_rows),
                hidden_columns=self._hidden_columns(),
                language=self.styles.language,
                is_visible=self.is_visible,
            )
        )

    def _hidden_columns(self) -> frozenset[int]:
        """The hidden columns that hold something."""
        filled = {column for _, column in self.cells}
        return frozenset(
            column for column in filled if any(low <= column <= high for low, high in self.hidden_columns)
        )

    def _style(self) -> str:
        """The style of the cell, else that of its column."""
        return self.attributes.get("table:style-name") or next(
            (style for last, style in self.column_styles if self.column <= last), ""
        )

    def _format(self, style: str) -> NumberFormat:
        return self.styles.formats.get(style, _PLAIN)

    def _content(self) -> Content | None:
        text = self.text.take()
        formula = self.attributes.get("table:formula")
        if formula is None:
            return self._stored_content(text)
        told = f"={formula.partition('=')[2]}"[:MAX_CELL_CHARACTERS]
        if _EXTERNAL.search(_QUOTED.sub("", formula)):
            return CellKind.EXTERNAL_LINK, told, told
        is_error = self.attributes.get("calcext:value-type") == "error" or _ERROR_TEXT.fullmatch(text)
        if is_error:
            return CellKind.ERROR, text or "#VALUE!", text or "#VALUE!"
        if "office:value-type" not in self.attributes:
            return CellKind.FORMULA_WITHOUT_VALUE, told, told
        return self._stored_content(text)

    def _stored_content(self, text: str) -> Content | None:
        kind = self.attributes.get("office:value-type", "string")
        if kind == "boolean":
            return boolean_content(is_true=self.attributes.get("office:boolean-value") == "true")
        if kind == "date":
            return iso_content(self.attributes.get("office:date-value", text))
        if kind == "time":
            found = _DURATION.fullmatch(self.attributes.get("office:time-value", ""))
            return clock_content(*map(int, found.groups())) if found else (CellKind.ERROR, text, text)
        if kind in {"float", "percentage", "currency"}:
            shown = self._format(self._style())
            shown = _PLAIN if shown.has_day or shown.has_clock else shown
            return number_content(self.attributes.get("office:value", ""), shown, from_1904=False)
        return text_content(self.attributes.get("office:string-value") or text)
