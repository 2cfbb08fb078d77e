"""A line of goods whose list is longer than a sheet (hundreds of lots) goes on in further rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from certgen.page.document import ROW_PADDING_MM, TableRow
from certgen.page.layout.cells import make_row, set_cell
from certgen.page.layout.plan import TableSlot

_SEPARATORS = ("; ", ", ")


def divide_row(slot: TableSlot, row: TableRow, room_mm: float, continued: str) -> list[TableRow]:
    """The row in as many as it takes for none to be taller than the room, in mm.

    Only lists are divided, between two of their values. The widest column names the goods, whole in the first
    row and as what is continued in the others. A row without a long list stays as it is.
    """
    widest = max(range(len(slot.columns)), key=lambda number: slot.columns[number].frame.width_mm)
    divided = {
        number: list(_divide_list(slot, number, text, room_mm - 2 * ROW_PADDING_MM))
        for number, text in enumerate(row.texts)
        if number != widest
    }
    lists = {number: pieces for number, pieces in divided.items() if len(pieces) > 1}
    count = max(map(len, lists.values()), default=1)
    whole = {number: [text] for number, text in enumerate(row.texts)}
    whole[widest] += [continued.format(title=row.texts[widest])] * (count - 1)
    return [
        make_row(
            [set_cell(slot, number, _at(pieces, place)) for number, pieces in {**whole, **lists}.items()]
        )
        for place in range(count)
    ]


def _at(pieces: Sequence[str], place: int) -> str:
    return pieces[place] if place < len(pieces) else ""


def _divide_list(slot: TableSlot, number: int, text: str, room_mm: float) -> Iterator[str]:
    """The values of a list in texts that fit the room, all but the last with the mark that more follow."""
    separator = next((mark for mark in _SEPARATORS if mark in text), _SEPARATORS[0])
    values = text.split(separator)
    while values:
        heights = _Heights(slot, number, values, separator)
        count = max(bisect_right(heights, room_mm), 1)
        yield heights.text(count)
        values = values[count:]


class _Heights:
    """How high the first so many values stand in their column, worked out when asked."""

    def __init__(self, slot: TableSlot, number: int, values: Sequence[str], separator: str) -> None:
        self._slot, self._number, self._values, self._separator = slot, number, values, separator

    def text(self, count: int) -> str:
        """The first so many values as one text."""
        text = self._separator.join(self._values[:count])
        return text if count == len(self._values) else text + self._separator.strip()

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, place: int) -> float:
        return set_cell(self._slot, self._number, self.text(place + 1))[2]
