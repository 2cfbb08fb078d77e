"""Which columns of a form hold labels and which hold their values, told by the labels that are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set

from certgen.workbook.grid import CellKind, GridCell
from certgen.workbook.sheets.headers import HeaderIndex
from certgen.workbook.sheets.tables import Rows, match_of

_FEWEST_VALUES = 4


class LabelColumns:
    """How many of the texts in each column are labels."""

    def __init__(self, rows: Rows, index: HeaderIndex) -> None:
        cells = [cell for row in rows.values() for cell in row]
        self._filled = Counter(cell.column for cell in cells)
        self._labels = Counter(cell.column for cell in cells if match_of(cell, index))

    def is_answer(self, row: Sequence[GridCell], place: int, *, is_asked: bool) -> bool:
        """Whether a text that could be a label is the value of the one before it, known or not.

        Beside a text that is no known label only the last value of a row, or of a pair, is sure to be one.
        """
        if not place or not self._are_labels_and_values(row[place - 1].column, row[place].column):
            return False
        return is_asked or place + 1 == len(row) or self._are_labels(row[place + 1].column)

    def has_values_beside(self, column: int) -> bool:
        """Whether this column holds labels whose values stand to their right."""
        beside = min((other for other in self._filled if other > column), default=0)
        return bool(beside) and self._are_labels_and_values(column, beside)

    def strange_labels(self, rows: Rows) -> Set[tuple[int, int]]:
        """Where a text stands as labels do, in their column with a value beside it.

        Whether it is a label that is known is not asked: nothing of another label's value lies there.
        """
        return {
            (cell.row, cell.column)
            for row in rows.values()
            for place, cell in enumerate(row)
            if cell.kind is CellKind.TEXT and self._has_value(row, place)
        }

    def _has_value(self, row: Sequence[GridCell], place: int) -> bool:
        follows = row[place + 1 : place + 2]
        return bool(follows) and self._are_labels_and_values(row[place].column, follows[0].column)

    def _are_labels_and_values(self, left: int, right: int) -> bool:
        """Whether labels stand on the left and their values on the right, though one looks like a label."""
        is_value = self._filled[right] >= _FEWEST_VALUES and self._labels[right] * 4 <= self._filled[right]
        return is_value and self._are_labels(left)

    def _are_labels(self, column: int) -> bool:
        return self._labels[column] * 2 >= self._filled[column]


def has_colon(cell: GridCell) -> bool:
    """Whether a text ends as labels do."""
    return cell.text.rstrip().endswith((":", "："))
