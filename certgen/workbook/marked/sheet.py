"""One worksheet with its marked cells restyled in place; cells and rows that were not there are put in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from certgen.findings import Severity
from certgen.workbook.cell_name import cell_name, column_number
from certgen.workbook.marked.xml_edit import (
    Element,
    Splice,
    apply_splices,
    insert_last,
    scan,
    tag_end,
    with_attribute,
)

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONSHIPS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
# what may follow legacyDrawing in a worksheet: ECMA-376 part 1, section 18.3.1.99
_AFTER_LEGACY_DRAWING = {
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "mc:AlternateContent",
}

StyleOf = Callable[[int, Severity], int]


@dataclass(frozen=True, slots=True)
class MarkedSheet:
    """The new bytes of a worksheet, and the relationship its old notes were drawn by ("" for none)."""

    data: bytes
    drawing_key: str


def mark_sheet(
    data: bytes, marks: Mapping[tuple[int, int], Severity], style_of: StyleOf, drawing_key: str
) -> MarkedSheet:
    """Restyle the cells of `marks` (row and column) and tie the sheet to the drawing of its notes.

    `drawing_key` is the relationship to add for the notes' drawing where the sheet has none yet.
    """
    editor = _SheetEditor(data, marks, style_of)
    scan(data, editor.opened, editor.closed)
    splices = editor.splices
    if not editor.drawing_key:
        tag = f'<{editor.prefix}legacyDrawing xmlns:r="{editor.relationships}" r:id="{drawing_key}"/>'
        splices.append(Splice(editor.drawing_place, editor.drawing_place, tag.encode()))
    return MarkedSheet(apply_splices(data, splices), editor.drawing_key)


class _SheetEditor:
    """Walks a worksheet and notes what to change where; rows without marks are passed over."""

    def __init__(self, data: bytes, marks: Mapping[tuple[int, int], Severity], style_of: StyleOf) -> None:
        self.data = data
        self.marks = marks
        self.style_of = style_of
        self.waiting: dict[int, list[int]] = {}
        for row, column in sorted(marks):
            self.waiting.setdefault(row, []).append(column)
        self.splices: list[Splice] = []
        self.prefix = ""
        self.relationships = RELATIONSHIPS
        self.drawing_key = ""
        self.drawing_place = 0
        self.depth = 0
        self.row = 0
        self.column = 0
        self.columns: list[int] | None = None
        self.row_element: Element | None = None
        self.sheet_data: Element | None = None
        self.column_styles: list[tuple[int, int, int]] = []

    def opened(self, name: str, attributes: dict[str, str], place: int) -> None:
        self.depth += 1
        if self.depth == 1:
            self._start_sheet(name, attributes)
        plain = name[len(self.prefix) :]
        if plain == "c":
            if self.columns is not None:
                self._pass_cell(attributes, place)
        elif plain == "row":
            self._start_row(attributes, place)
        elif self.depth <= 3:
            self._pass_other(plain, attributes, place)

    def closed(self, name: str, place: int) -> None:
        plain = name[len(self.prefix) :]
        if plain == "row":
            self._end_row(place)
        elif plain == "sheetData":
            self._end_sheet_data(place)
        elif self.depth == 1 and not self.drawing_place:
            self.drawing_place = place
        self.depth -= 1

    def _start_sheet(self, name: str, attributes: dict[str, str]) -> None:
        self.prefix = name[: name.rfind(":") + 1]
        if any("purl.oclc.org" in value for value in attributes.values()):
            self.relationships = STRICT_RELATIONSHIPS

    def _pass_other(self, plain: str, attributes: dict[str, str], place: int) -> None:
        if plain == "sheetData":
            self.sheet_data = Element(plain, attributes, self.depth, place, tag_end(self.data, place))
        elif plain == "col" and "style" in attributes:
            first, last = int(attributes.get("min", "0")), int(attributes.get("max", "0"))
            self.column_styles.append((first, last, int(attributes["style"])))
        elif plain == "legacyDrawing":
            self.drawing_key = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        elif plain in _AFTER_LEGACY_DRAWING and self.depth == 2 and not self.drawing_place:
            self.drawing_place = place

    def _start_row(self, attributes: dict[str, str], place: int) -> None:
        self.row = int(attributes["r"]) if "r" in attributes else self.row + 1
        self.column = 0
        for row in [row for row in self.waiting if row < self.row]:
            self.splices.append(Splice(place, place, self._new_row(row)))
        self.columns = self.waiting.pop(self.row, None)
        if self.columns is not None:
            end = tag_end(self.data, place)
            self.row_element = Element("row", attributes, self.depth, place, end)

    def _pass_cell(self, attributes: dict[str, str], place: int) -> None:
        reference = attributes.get("r")
        self.column = column_number(reference.rstrip("0123456789")) if reference else self.column + 1
        columns = self.columns or []
        while columns and columns[0] < self.column:
            self.splices.append(Splice(place, place, self._new_cell(self.row, columns.pop(0))))
        if columns and columns[0] == self.column:
            columns.pop(0)
            end = tag_end(self.data, place)
            style = self.style_of(int(attributes.get("s", "0")), self.marks[self.row, self.column])
            self.splices.append(Splice(place, end, with_attribute(self.data[place:end], "s", style)))

    def _end_row(self, place: int) -> None:
        if self.columns and self.row_element is not None:
            self.row_element.close_at(self.data, place)
            cells = b"".join(self._new_cell(self.row, column) for column in self.columns)
            self.splices += insert_last(self.data, self.row_element, cells)
        self.columns = None
        self.row_element = None

    def _end_sheet_data(self, place: int) -> None:
        if self.waiting and self.sheet_data is not None:
            self.sheet_data.close_at(self.data, place)
            rows = b"".join(self._new_row(row) for row in list(self.waiting))
            self.splices += insert_last(self.data, self.sheet_data, rows)

    def _new_row(self, row: int) -> bytes:
        cells = b"".join(self._new_cell(row, column) for column in self.waiting.pop(row))
        return f'<{self.prefix}row r="{row}">'.encode() + cells + f"</{self.prefix}row>".encode()

    def _new_cell(self, row: int, column: int) -> bytes:
        style = self.style_of(self._style_of_empty(column), self.marks[row, column])
        return f'<{self.prefix}c r="{cell_name(row, column)}" s="{style}"/>'.encode()

    def _style_of_empty(self, column: int) -> int:
        """What an empty cell looks like: its row's style, else its column's."""
        row = self.row_element
        if row is not None and row.attributes.get("customFormat") in {"1", "true"}:
            return int(row.attributes.get("s", "0"))
        return next((style for first, last, style in self.column_styles if first <= column <= last), 0)
