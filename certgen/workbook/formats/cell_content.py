"""What a cell holds, once a format has said how it was written: kind, value and text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal

from certgen.errors import UnreadableInputError
from certgen.workbook.formats.limits import MAX_CELL_CHARACTERS, MAX_COVERED_CELLS
from certgen.workbook.formats.number_format import (
    NumberFormat,
    as_day_or_time,
    describe_moment,
    describe_number,
    parse_number,
)
from certgen.workbook.grid import CellKind, GridCell

Content = tuple[CellKind, str | Decimal | date | time | bool, str]


def text_content(text: str) -> Content | None:
    """A cell of text; None when nothing is in it."""
    if len(text) > MAX_CELL_CHARACTERS:
        cut = text[:MAX_CELL_CHARACTERS]
        return CellKind.TOO_LONG, cut, cut
    return (CellKind.TEXT, text, text) if text else None


def boolean_content(*, is_true: bool) -> Content:
    """A cell that is ticked true or false."""
    return CellKind.BOOLEAN, is_true, "TRUE" if is_true else "FALSE"


def number_content(written: str, shown: NumberFormat, *, from_1904: bool) -> Content:
    """A number, or the date or time that its format makes of it; an error when it is no number."""
    number = parse_number(written)
    if number is None:
        return CellKind.ERROR, written[:MAX_CELL_CHARACTERS], written[:MAX_CELL_CHARACTERS]
    if shown.has_day or shown.has_clock:
        moment = as_day_or_time(number, shown, from_1904=from_1904)
        if moment is not None:
            return CellKind.DATE, *moment
    return CellKind.NUMBER, number, describe_number(number, shown)


def iso_content(written: str) -> Content:
    """A date as ISO 8601 writes it; an error when it is none."""
    try:
        day, text = describe_moment(datetime.fromisoformat(written))
    except ValueError:
        return CellKind.ERROR, written, written
    return CellKind.DATE, day, text


def cover_merges(
    ranges: Iterable[tuple[int, int, int, int]], cells: dict[tuple[int, int], GridCell]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Each covered cell with the top left cell of its range, as far as the sheet is filled."""
    last_row = max((row for row, _ in cells), default=0)
    last_column = max((column for _, column in cells), default=0)
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    for top, left, bottom, right in ranges:
        rows, columns = range(top, min(bottom, last_row) + 1), range(left, min(right, last_column) + 1)
        if len(covered) + len(rows) * len(columns) > MAX_COVERED_CELLS:
            raise UnreadableInputError("merges whole regions of cells. Unmerge them and save it again.")
        covered.update({(row, column): (top, left) for row in rows for column in columns})
        covered.pop((top, left), None)
    return covered


def clock_content(hours: int, minutes: int, seconds: int) -> Content:
    """A time of day; a span of a day or more stays a text."""
    text = f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
    if hours > 23 or minutes > 59 or seconds > 59:
        return CellKind.TEXT, text, text
    return CellKind.DATE, time(hours, minutes, seconds), text
