"""Comma-separated text: which letters it is written in, what separates its fields, its one sheet of texts."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from certgen.errors import UnreadableInputError
from certgen.workbook.cell_name import MAX_COLUMNS, MAX_ROWS, cell_name
from certgen.workbook.formats.cell_content import text_content
from certgen.workbook.formats.limits import CellBudget
from certgen.workbook.grid import Grid, GridCell

NOT_A_WORKBOOK = "is not a workbook. Give an .xlsx, .xlsm, .ods, .xls or .csv file."
HOLDS_NUL = (
    "holds a NUL character in line {line}, which no table of text has. Open it in the spreadsheet program, "
    "see whether line {line} is whole, and save it as .xlsx or as CSV UTF-8."
)
WINDOWS_1252 = "cp1252"
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = ",;\t|"
_SAMPLE_RECORDS = 100
_ORDINARY_CONTROLS = "\t\r\n\f\v"


def decode_text(data: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    Raises UnreadableInputError for bytes that are no text, or text in none of UTF-8, UTF-16, Windows-1252.
    """
    encoding = _guess_encoding(data)
    if b"\0" in data and not encoding.startswith("utf-16"):
        raise UnreadableInputError(_why_nul(data, encoding))
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableInputError(
            "is in an unknown encoding. Save it from the spreadsheet program as CSV UTF-8, or as .xlsx."
        ) from error
    if _is_binary(text, encoding):
        raise UnreadableInputError(NOT_A_WORKBOOK)
    return text, encoding


def read_csv(text: str, name: str) -> Grid:
    """The one sheet of a text file; raises UnreadableInputError naming the line where its quotes go wrong."""
    text, separator = _find_separator(text)
    budget = CellBudget()
    cells: dict[tuple[int, int], GridCell] = {}
    for row, record in enumerate(_records(text, separator), start=1):
        _check_size(row, record)
        for column, field in enumerate(record, start=1):
            content = text_content(field.replace("\r\n", "\n").replace("\r", "\n"))
            if content is not None:
                budget.take(len(field))
                cells[row, column] = GridCell(cell_name(row, column), row, column, *content)
    return Grid(name=name, cells=cells, is_typed=False)


def _guess_encoding(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    sample = data[:4096]
    pairs = max(1, len(sample) // 2)
    if sample[1::2].count(0) > pairs * 0.4:
        return "utf-16-le"
    if sample[::2].count(0) > pairs * 0.4:
        return "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return WINDOWS_1252
    return "utf-8"


def _why_nul(data: bytes, encoding: str) -> str:
    """What to say of a NUL: of a text that is otherwise one, its line; else the file is no workbook."""
    rest = data.replace(b"\0", b"").decode(encoding, errors="replace")
    if _is_binary(rest, WINDOWS_1252):
        return NOT_A_WORKBOOK
    return HOLDS_NUL.format(line=data.count(b"\n", 0, data.index(b"\0")) + 1)


def _is_binary(text: str, encoding: str) -> bool:
    """Whether there are too many control characters for a text; any bytes at all decode as Windows-1252."""
    share = 0.05 if encoding == WINDOWS_1252 else 0.25
    sample = text[:65_536]
    controls = sum(letter < " " and letter not in _ORDINARY_CONTROLS for letter in sample)
    return "\0" in text or controls > share * len(sample)


def _find_separator(text: str) -> tuple[str, str]:
    """The text and its separator: as a `sep=;` line says, else the one of the most regular columns."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return "\n" + rest, first.strip()[4]
    return text, max(_SEPARATORS, key=lambda separator: _regularity(text, separator))


def _regularity(text: str, separator: str) -> int:
    try:
        widths = Counter(len(record) for record in islice(_records(text, separator), _SAMPLE_RECORDS))
    except UnreadableInputError:
        return 0
    return max((count * (width - 1) for width, count in widths.items()), default=0)


def _records(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        if "larger than field limit" in str(error):
            raise UnreadableInputError(
                f"has more than {csv.field_size_limit():,} characters in one field,"
                f" near line {reader.line_num}. See whether a quotation mark before it is never closed,"
                " and keep what belongs on the certificate."
            ) from error
        raise UnreadableInputError(
            f"has a quotation mark out of place, near line {reader.line_num}."
            ' Write "" for a mark inside a quoted field, or save it from the spreadsheet program again.'
        ) from error


def _check_size(row: int, record: list[str]) -> None:
    if row > MAX_ROWS or len(record) > MAX_COLUMNS:
        raise UnreadableInputError(
            "has more rows or columns than a sheet holds. Split it into several files."
        )
