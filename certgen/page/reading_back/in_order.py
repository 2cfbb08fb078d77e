"""A printed page held against its layout line by line, as long as the lines come in the order of the layout.

Nearly every page is settled so. It is asked of every line of every certificate and therefore written out;
whatever is not settled here, `read_back` searches for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import compress

from certgen.page.document import ROW_PADDING_MM, DocumentPage, PlacedTable, TableRow, TextRun
from certgen.page.reading_back.printed import PrintedRun

TOLERANCE_MM = 0.05
CAPITAL_HEIGHT = 0.714
DESCENT = 0.24
"""How far letters reach above and below their baseline, in ems."""

Columns = Sequence[tuple[float, float]]


def hold_in_order(
    lines: Sequence[PrintedRun], page: DocumentPage, count_between: Callable[[float, float], int]
) -> list[tuple[PlacedTable, int]] | None:
    """The same lines at the same places and as wide as they were measured; None when one is not.

    Gives the rows (by table and number) whose values are still to be found: the others are one line in each
    column, with nothing else beside them. `count_between` tells how many lines of the page have their
    baseline between two heights.
    """
    unsettled: list[tuple[PlacedTable, int]] = []
    end = 0
    for texts, table in page.stretches():
        start, end = end, end + len(texts)
        if not _are_texts(lines[start:end], texts):
            return None
        if table is not None:
            start, end = end, end + sum([len(row.lines) for row in table.rows])
            rows = _hold_rows(lines[start:end], table)
            if rows is None:
                return None
            top, bottom = table.tops_mm[0], table.tops_mm[-1] + table.rows[-1].height_mm
            is_alone = count_between(top, bottom) == end - start
            unsettled += [(table, row) for row in (rows if is_alone else range(len(table.rows)))]
    return unsettled if end == len(lines) else None


def _hold_rows(lines: Sequence[PrintedRun], table: PlacedTable) -> list[int] | None:
    """The rows of a table that are not one line in each column; None when a line is not in its place."""
    unsettled = []
    end = 0
    for number, (row, top_mm) in enumerate(zip(table.rows, table.tops_mm, strict=True)):
        start, end = end, end + len(row.lines)
        if not _is_row(lines[start:end], row, top_mm, table.columns):
            if not _are_lines(lines[start:end], row, top_mm):
                return None
            unsettled.append(number)
    return unsettled


def _is_row(lines: Sequence[PrintedRun], row: TableRow, top_mm: float, columns: Columns) -> bool:
    """Whether each text of a row is one line, as asked, where it was laid out and inside its column."""
    texts, wanted, shape, height_mm, *_ = row
    if len(lines) != len(wanted) or len(texts) != len(shape) or max(shape) > 1:
        return False
    if texts.count("") != shape.count(0):
        return False
    least, most = -TOLERANCE_MM, TOLERANCE_MM
    top, bottom = top_mm + ROW_PADDING_MM + least, top_mm + height_mm - ROW_PADDING_MM + most
    held = zip(lines, wanted, filter(None, texts), compress(columns, shape), strict=True)
    for (text, baseline, left, right, size), (_, x, drop, width, _), asked, (column, room) in held:
        if (
            text != asked
            or not least < left - x < most
            or not least < right - x - width < most
            or not least < baseline - top_mm - drop < most
            or left - column < least
            or right - column - room > most
            or baseline - CAPITAL_HEIGHT * size < top
            or baseline + DESCENT * size > bottom
        ):
            return False
    return True


def _are_lines(lines: Sequence[PrintedRun], row: TableRow, top_mm: float) -> bool:
    """Whether the lines of a row stand where they were laid out."""
    return len(lines) == len(row.lines) and all(
        is_same(line, (text, top_mm + drop, x, x + width))
        for line, (text, x, drop, width, _) in zip(lines, row.lines, strict=True)
    )


def _are_texts(lines: Sequence[PrintedRun], texts: Sequence[TextRun]) -> bool:
    """Whether the texts beside tables stand where they were laid out."""
    if len(lines) != len(texts):
        return False
    least, most = -TOLERANCE_MM, TOLERANCE_MM
    for (text, baseline, left, right, _), (_, other, x, y, width, *_) in zip(lines, texts, strict=True):
        if (
            text != other
            or not least < baseline - y < most
            or not least < left - x < most
            or not least < right - x - width < most
        ):
            return False
    return True


def is_same(line: PrintedRun, wanted: tuple[str, float, float, float]) -> bool:
    """Whether a line says what was wanted at its baseline, between its left and its right end."""
    ends = zip(line[1:4], wanted[1:], strict=True)
    return line[0] == wanted[0] and all(abs(one - other) < TOLERANCE_MM for one, other in ends)
