"""One worksheet of Excel as a stream of cells, read once and without keeping the empty ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from certgen.errors import UnreadableInputError
from certgen.workbook.cell_name import MAX_ROWS, cell_name, column_letters, column_number, parse_range
from certgen.workbook.formats.cell_content import (
    Content,
    boolean_content,
    cover_merges,
    iso_content,
    number_content,
    text_content,
)
from certgen.workbook.formats.limits import MAX_CELL_CHARACTERS, CellBudget
from certgen.workbook.formats.number_format import NumberFormat
from certgen.workbook.formats.package import DAMAGED
from certgen.workbook.formats.struck import Run, struck_out
from certgen.workbook.formats.xlsx_styles import CellStyles
from certgen.workbook.formats.xlsx_texts import RichText, SharedTexts
from certgen.workbook.formats.xml_stream import CellText, decode_escapes, stream_xml
from certgen.workbook.grid import CellKind, Grid, GridCell

_QUOTED = re.compile(r'"[^"]*"')
_OTHER_WORKBOOK = re.compile(r"(?<![\w\]])\[[^\[\]]+\][^\[\](),;+*/&<>=^]*!")
_PLAIN = NumberFormat("")


@dataclass(frozen=True, slots=True)
class SheetContext:
    """What the sheets of one workbook share."""

    shared: SharedTexts
    styles: CellStyles
    from_1904: bool
    must_recalculate: bool
    budget: CellBudget


def read_sheet(
    pieces: Iterable[bytes], name: str, context: SheetContext, language: str, *, is_visible: bool
) -> Grid:
    """Read one worksheet; raises UnreadableInputError naming the sheet and cell that cannot be."""
    reader = _SheetReader(name, context)
    stream_xml(pieces, reader)
    return Grid(
        name=name,
        cells=reader.cells,
        merged=cover_merges(reader.merges, reader.cells),
        hidden_rows=frozenset(reader.hidden_rows),
        hidden_columns=reader.hidden_columns(),
        language=language,
        is_visible=is_visible,
    )


def refers_elsewhere(formula: str) -> bool:
    """Whether a formula takes its value from another workbook: `[1]Sheet1!A1`, `'[2]Prices 2026'!B2`."""
    return "[" in formula and bool(_OTHER_WORKBOOK.search(_QUOTED.sub("", formula)))


class _SheetReader:
    """Hears the elements of a worksheet; the prefix of its root decides what its elements are called."""

    def __init__(self, name: str, context: SheetContext) -> None:
        self.name = name
        self.context = context
        self.cells: dict[tuple[int, int], GridCell] = {}
        self.hidden_rows: list[int] = []
        self.merges: list[tuple[int, int, int, int]] = []
        self.text = CellText()
        self.characters = self.text.add
        self.prefix: str | None = None
        self.row = 0
        self.column = 0
        self.is_row_hidden = False
        self.attributes: dict[str, str] = {}
        self.value: str | None = None
        self.formula: str | None = None
        self.formula_key = ""
        self.shared_formulas: dict[str, str] = {}
        self.inline = RichText(self.text)
        self.inline_text: tuple[str, Sequence[Run]] = ("", ())
        self.is_inline = False
        self.hidden_spans: list[tuple[int, int]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.prefix is None:
            self.prefix = name[: name.rfind(":") + 1]
        plain = name[len(self.prefix) :] if self.prefix else name
        if self.is_inline:
            self.inline.start(plain, attributes)
        elif plain == "c":
            self._start_cell(attributes)
        elif plain == "v":
            self.text.clear()
        elif plain == "is":
            self.is_inline = True
        elif plain == "f":
            self.text.clear()
            self.formula_key = attributes.get("si", "")
        elif plain == "row":
            self._start_row(attributes)
        elif plain == "mergeCell":
            self.merges.append(parse_range(attributes.get("ref", "")))
        elif plain == "col":
            self._hear_columns(attributes)

    def end(self, name: str) -> None:
        plain = name[len(self.prefix) :] if self.prefix else name
        if plain == "v":
            self.value = self.text.take()
        elif plain == "c":
            self._end_cell()
        elif plain == "is":
            self.is_inline = False
            self.inline_text = self.inline.take()
        elif self.is_inline:
            self.inline.end(plain)
        elif plain == "f":
            self._end_formula()

    def _hear_columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in {"1", "true"} or attributes.get("width") == "0":
            self.hidden_spans.append((int(attributes.get("min", "1")), int(attributes.get("max", "1"))))

    def hidden_columns(self) -> frozenset[int]:
        """The hidden columns that hold something."""
        filled = {column for _, column in self.cells}
        return frozenset(
            column for column in filled if any(low <= column <= high for low, high in self.hidden_spans)
        )

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.row = int(attributes["r"]) if "r" in attributes else self.row + 1
        if not 1 <= self.row <= MAX_ROWS:
            raise UnreadableInputError(DAMAGED)
        self.column = 0
        self.is_row_hidden = attributes.get("hidden") in {"1", "true"} or attributes.get("ht") == "0"
        self.text.clear()

    def _start_cell(self, attributes: dict[str, str]) -> None:
        name = attributes.get("r")
        self.column = column_number(name.rstrip("0123456789")) if name else self.column + 1
        self.attributes = attributes
        self.context.budget.see()
        self.value = None
        self.formula = None
        self.inline_text = ("", ())

    def _end_formula(self) -> None:
        self.formula = self.text.take()
        if self.formula_key:
            self.formula = self.formula or self.shared_formulas.get(self.formula_key, "")
            self.shared_formulas[self.formula_key] = self.formula

    def _end_cell(self) -> None:
        if self.value is None and self.formula is None and not self.inline_text[0]:
            return
        shown = self._format()
        content = self._formula_content() or self._content(shown)
        if content is None:
            return
        kind, value, text = content
        self.context.budget.take(len(text))
        place = (self.row, self.column)
        name = f"{column_letters(self.column)}{self.row}"
        struck = self._struck_out(text)
        self.cells[place] = GridCell(name, self.row, self.column, kind, value, text, shown.code, struck)
        if self.is_row_hidden and (not self.hidden_rows or self.hidden_rows[-1] != self.row):
            self.hidden_rows.append(self.row)

    def _format(self) -> NumberFormat:
        style = int(self.attributes.get("s", "0"))
        formats = self.context.styles.formats
        return formats[style] if 0 <= style < len(formats) else _PLAIN

    def _struck_out(self, text: str) -> str:
        """What of the cell is struck out, as a whole or in the runs of its text."""
        styles, runs = self.context.styles, self.inline_text[1]
        if self.attributes.get("t") == "s" and self.context.shared.runs:
            runs = self.context.shared.runs.get(int(self.value or "0"), ())
        is_struck = bool(styles.struck) and int(self.attributes.get("s", "0")) in styles.struck
        return struck_out(text, runs, is_cell_struck=is_struck) if runs or is_struck else ""

    def _formula_content(self) -> Content | None:
        """A formula whose value cannot be had, told as itself; None for one that stored its value."""
        if self.formula is None:
            return None
        formula = f"={decode_escapes(self.formula)}"[:MAX_CELL_CHARACTERS]
        if refers_elsewhere(formula):
            return CellKind.EXTERNAL_LINK, formula, formula
        is_text = self.attributes.get("t") == "str"
        is_never_calculated = self.value == "0" and self.context.must_recalculate
        if self.value is None or (not self.value and not is_text) or is_never_calculated:
            return CellKind.FORMULA_WITHOUT_VALUE, formula, formula
        return None

    def _content(self, shown: NumberFormat) -> Content | None:
        kind = self.attributes.get("t", "n")
        if kind == "inlineStr":
            return text_content(self.inline_text[0])
        if not self.value:
            return None
        if kind == "s":
            return text_content(self._shared_text(self.value))
        if kind == "str":
            return text_content(decode_escapes(self.value))
        return self._plain_content(kind, self.value.strip(), shown)

    def _plain_content(self, kind: str, written: str, shown: NumberFormat) -> Content:
        if kind == "b":
            return boolean_content(is_true=written in {"1", "true"})
        if kind == "d":
            return iso_content(written)
        if kind == "n":
            return number_content(written, shown, from_1904=self.context.from_1904)
        return CellKind.ERROR, written, written

    def _shared_text(self, index: str) -> str:
        place = int(index)
        texts = self.context.shared.texts
        if not 0 <= place < len(texts):
            raise UnreadableInputError(
                f"is damaged: {self.name}!{cell_name(self.row, self.column)} points at a text that the file"
                " does not hold. Open it in Excel or LibreOffice and save it again, or ask for it again."
            )
        return texts[place]
