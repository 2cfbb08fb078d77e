"""The foot of a table: fields that show what the lines above come to, and are no line of goods themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from certgen.page.official.columns import Row
from certgen.page.official.fields import BlankField
from certgen.page.official.labels import PrintedWords

_TOTAL = re.compile(
    r"\b(?:sub|grand)?[- ]?(?:totals?|totaux|totales|sums?|somme|suma|summe|gesamt\w*)\b|合計|总计|總計|합계",
    re.IGNORECASE,
)


def find_feet(
    fields: Iterable[BlankField], rows: Mapping[str, Row], words: Sequence[PrintedWords]
) -> frozenset[str]:
    """The names of fields in rows of columns whose line is told to be a total, by a name or words on it.

    A column that is called a total from its top on has lines like any other.
    """
    stacked = [field for field in fields if field.name in rows]
    feet = {
        _line(field)
        for field in stacked
        if rows[field.name].number > 1
        and (_is_named_total(field, rows[field.name].top) or _is_beside_total(field, words))
    }
    return frozenset(field.name for field in stacked if _line(field) in feet)


def _line(field: BlankField) -> tuple[int, int]:
    widget = field.widgets[0]
    return widget.page, round(widget.frame.y_mm)


def _is_named_total(field: BlankField, top: BlankField) -> bool:
    return _says_total(field) and not _says_total(top)


def _says_total(field: BlankField) -> bool:
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])|[\W_\d]+", " ", f"{field.name} {field.tooltip}")
    return _TOTAL.search(parted) is not None


def _is_beside_total(field: BlankField, words: Sequence[PrintedWords]) -> bool:
    """Whether words left of the field, between its top and its bottom, speak of a total."""
    widget = field.widgets[0]
    frame = widget.frame
    return any(
        piece.page == widget.page
        and piece.x_mm < frame.x_mm
        and frame.y_mm <= piece.y_mm <= frame.y_mm + frame.height_mm
        and _TOTAL.search(piece.text) is not None
        for piece in words
    )
