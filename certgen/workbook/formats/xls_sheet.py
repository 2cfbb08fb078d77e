"""One worksheet of an old Excel file as a stream of cells ([MS-XLS], section 2.4)."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from certgen.errors import UnreadableInputError
from certgen.workbook.cell_name import cell_name
from certgen.workbook.formats.biff import RecordStream, TextReader
from certgen.workbook.formats.cell_content import (
    Content,
    boolean_content,
    cover_merges,
    number_content,
    text_content,
)
from certgen.workbook.formats.limits import CellBudget
from certgen.workbook.formats.number_format import NumberFormat
from certgen.workbook.formats.package import DAMAGED
from certgen.workbook.formats.struck import Run, struck_out
from certgen.workbook.grid import CellKind, Grid, GridCell

ERROR_TEXTS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
UNKNOWN_FORMULA = "=…"
BOF, EOF = 0x809, 0x0A
_NUMBER, _RK, _MULRK, _BOOLERR, _FORMULA, _STRING = 0x203, 0x27E, 0xBD, 0x205, 0x06, 0x207
_LABELS = {0x204, 0xD6}
_LABELSST, _ROW, _MERGES, _COLUMNS = 0xFD, 0x208, 0xE5, 0x7D
_BETWEEN_FORMULA_AND_STRING = {0x4BC, 0x221, 0x236}
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x1
_PLAIN = NumberFormat("")
_WITHOUT_VALUE = (CellKind.FORMULA_WITHOUT_VALUE, UNKNOWN_FORMULA, UNKNOWN_FORMULA)


@dataclass(slots=True)
class XlsContext:
    """What the sheets of one old workbook share; `is_calculated` is false where no program ever did."""

    texts: list[str] = field(default_factory=list)
    runs: Mapping[int, Sequence[Run]] = field(default_factory=dict)
    formats: list[NumberFormat] = field(default_factory=list)
    struck: frozenset[int] = frozenset()
    from_1904: bool = False
    is_calculated: bool = False
    language: str = ""
    budget: CellBudget = field(default_factory=CellBudget)


def read_xls_sheet(
    stream: RecordStream, place: int, name: str, context: XlsContext, *, is_visible: bool
) -> Grid:
    """Read the sheet that begins here; charts inside it are parts of their own and passed over."""
    reader = _SheetReader(context)
    depth = 0
    for kind, pieces in stream.records(place):
        depth += (kind == BOF) - (kind == EOF)
        if depth <= 0:
            break
        if depth == 1:
            reader.hear(kind, pieces)
    return Grid(
        name=name,
        cells=reader.cells,
        merged=cover_merges(reader.merges, reader.cells),
        hidden_rows=frozenset(reader.hidden_rows & {row for row, _ in reader.cells}),
        hidden_columns=frozenset(reader.hidden_columns & {column for _, column in reader.cells}),
        language=context.language,
        is_visible=is_visible,
    )


class _SheetReader:
    def __init__(self, context: XlsContext) -> None:
        self.context = context
        self.cells: dict[tuple[int, int], GridCell] = {}
        self.merges: list[tuple[int, int, int, int]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.awaiting: tuple[int, int, int] | None = None

    def hear(self, kind: int, pieces: list[bytes]) -> None:
        """Take in one record."""
        record = pieces[0]
        if self.awaiting and kind not in _BETWEEN_FORMULA_AND_STRING:
            self._end_awaiting(kind, pieces)
        if kind == _MULRK:
            self._hear_numbers(record)
        elif kind == _MERGES:
            self._hear_merges(record)
        elif kind == _COLUMNS:
            self._hear_columns(record)
        elif kind == _ROW:
            if struct.unpack_from("<H", record, 12)[0] & _HIDDEN_ROW:
                self.hidden_rows.add(struct.unpack_from("<H", record)[0] + 1)
        elif kind in _LABELS or kind in {_NUMBER, _RK, _BOOLERR, _FORMULA, _LABELSST}:
            row, column, style = struct.unpack_from("<HHH", record)
            runs = self._runs(record) if kind == _LABELSST else ()
            self._keep(row, column, style, self._content(kind, pieces, (row, column, style)), runs)

    def _hear_columns(self, record: bytes) -> None:
        first, last, width, _, flags = struct.unpack_from("<5H", record)
        if flags & _HIDDEN_COLUMN or not width:
            self.hidden_columns.update(range(first + 1, last + 2))

    def _runs(self, record: bytes) -> Sequence[Run]:
        """The pieces of a shared text that is formatted in pieces."""
        return self.context.runs.get(struct.unpack_from("<I", record, 6)[0], ())

    def _content(self, kind: int, pieces: list[bytes], cell: tuple[int, int, int]) -> Content | None:
        record = pieces[0]
        if kind == _NUMBER:
            return self._number(struct.unpack_from("<d", record, 6)[0], cell[2])
        if kind == _RK:
            return self._number(_rk_number(struct.unpack_from("<I", record, 6)[0]), cell[2])
        if kind == _BOOLERR:
            return _boolean_or_error(record[6], is_error=record[7] == 1)
        if kind == _LABELSST:
            return text_content(self._shared_text(struct.unpack_from("<I", record, 6)[0]))
        if kind in _LABELS:
            return text_content(plain_lines(TextReader(pieces, start=6).text()))
        return self._formula(record, cell)

    def _formula(self, record: bytes, cell: tuple[int, int, int]) -> Content | None:
        """A stored result: a number, or 0 a text that follows, 1 a boolean, 2 an error, 3 an empty text."""
        if record[12:14] != b"\xff\xff":
            return self._number(struct.unpack_from("<d", record, 6)[0], cell[2])
        if record[6] == 0:
            self.awaiting = cell
            return None
        if record[6] == 3:
            return None if self.context.is_calculated else _WITHOUT_VALUE
        return _boolean_or_error(record[8], is_error=record[6] == 2)

    def _end_awaiting(self, kind: int, pieces: list[bytes]) -> None:
        """The text result of the formula before, or the finding that there is none."""
        if self.awaiting:
            text = TextReader(pieces).text() if kind == _STRING else None
            self._keep(*self.awaiting, _WITHOUT_VALUE if text is None else text_content(plain_lines(text)))
        self.awaiting = None

    def _hear_numbers(self, record: bytes) -> None:
        row, first = struct.unpack_from("<HH", record)
        for index in range((len(record) - 6) // 6):
            style, packed = struct.unpack_from("<HI", record, 4 + index * 6)
            self._keep(row, first + index, style, self._number(_rk_number(packed), style))

    def _hear_merges(self, record: bytes) -> None:
        for index in range(struct.unpack_from("<H", record)[0]):
            top, bottom, left, right = struct.unpack_from("<4H", record, 2 + index * 8)
            self.merges.append((top + 1, left + 1, bottom + 1, right + 1))

    def _number(self, number: float, style: int) -> Content:
        written = repr(number).removesuffix(".0")
        return number_content(written, self._format(style), from_1904=self.context.from_1904)

    def _shared_text(self, index: int) -> str:
        if index >= len(self.context.texts):
            raise UnreadableInputError(DAMAGED)
        return self.context.texts[index]

    def _format(self, style: int) -> NumberFormat:
        return self.context.formats[style] if style < len(self.context.formats) else _PLAIN

    def _keep(
        self, row: int, column: int, style: int, content: Content | None, runs: Sequence[Run] = ()
    ) -> None:
        if content is None:
            return
        self.context.budget.take(len(content[2]))
        row, column = row + 1, column + 1
        code = self._format(style).code
        struck = struck_out(content[2], runs, is_cell_struck=style in self.context.struck)
        self.cells[row, column] = GridCell(cell_name(row, column), row, column, *content, code, struck)


def _rk_number(packed: int) -> float:
    """A number packed into four bytes: bit 0 says hundredths, bit 1 a whole number."""
    if packed & 2:
        number = float(struct.unpack("<i", struct.pack("<I", packed))[0] >> 2)
    else:
        (number,) = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))
    return number / 100 if packed & 1 else number


def _boolean_or_error(code: int, *, is_error: bool) -> Content:
    if is_error:
        text = ERROR_TEXTS.get(code, "#N/A")
        return CellKind.ERROR, text, text
    return boolean_content(is_true=bool(code))


def plain_lines(text: str) -> str:
    """A text whose every line end is a plain newline."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
