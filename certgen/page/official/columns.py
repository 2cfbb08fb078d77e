"""Fields below each other that make the column of a table: their title stands above the first of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from certgen.page.official.fields import BUTTONS, BlankField

_FARTHEST = 2.2
"""How far the tops of two rows may lie apart, in heights of their fields."""


@dataclass(frozen=True, slots=True)
class Row:
    """Which row of a column a field is, from 1, and the field at the top of it."""

    top: BlankField
    number: int


def find_rows(fields: Iterable[BlankField]) -> dict[str, Row]:
    """The rows of all columns of two fields or more, by the names of the fields."""
    stacks: dict[tuple[float, ...], list[BlankField]] = {}
    for field in fields:
        if len(field.widgets) == 1 and field.kind not in BUTTONS:
            page, frame = field.widgets[0].page, field.widgets[0].frame
            shape = (page, *(round(side) for side in (frame.x_mm, frame.width_mm, frame.height_mm)))
            stacks.setdefault(shape, []).append(field)
    return {name: row for stack in stacks.values() for name, row in _rows_of(stack).items()}


def _rows_of(stack: Sequence[BlankField]) -> Mapping[str, Row]:
    ordered = sorted(stack, key=lambda field: field.widgets[0].frame.y_mm)
    columns = [[ordered[0]]]
    for above, below in pairwise(ordered):
        if _follows(above, below):
            columns[-1].append(below)
        else:
            columns.append([below])
    return {
        field.name: Row(column[0], number)
        for column in columns
        if len(column) > 1
        for number, field in enumerate(column, 1)
    }


def _follows(above: BlankField, below: BlankField) -> bool:
    one, other = above.widgets[0].frame, below.widgets[0].frame
    return 0.8 * one.height_mm <= other.y_mm - one.y_mm <= _FARTHEST * one.height_mm
