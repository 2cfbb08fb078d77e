"""Boxes that would write over each other: the same field twice, or two fields in one place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from certgen.forms.model import Frame
from certgen.page.official.slots import FieldSlot, OpenSlot, Slot

MOST_SHARED = 0.5


def find_doubles(slots: Sequence[Slot]) -> Iterator[str]:
    """A sentence for each field that two boxes fill, and for each two fields that lie upon each other."""
    known: dict[tuple[str, str], str] = {}
    for slot in slots:
        if isinstance(slot, FieldSlot | OpenSlot):
            option = slot.part.option if isinstance(slot, FieldSlot) else ""
            key = (slot.field.name, option)
            if key in known:
                yield f"box {slot.box}: the field {slot.field.name!r} is filled by box {known[key]} already."
            known.setdefault(key, slot.box)
    written = [slot for slot in slots if isinstance(slot, FieldSlot) and slot.part.text is not None]
    for one, other in combinations(written, 2):
        if one.field.name != other.field.name and _lie_upon_each_other(one, other):
            yield (
                f"box {other.box}: the field {other.field.name!r} lies upon {one.field.name!r} in the blank; "
                "fill only one of them."
            )


def _lie_upon_each_other(one: FieldSlot, other: FieldSlot) -> bool:
    return any(
        mine.page == theirs.page and shared_part(mine.frame, theirs.frame) > MOST_SHARED
        for mine in one.widgets
        for theirs in other.widgets
    )


def shared_part(one: Frame, other: Frame) -> float:
    """Which part of the smaller frame lies in the other."""
    across = min(one.x_mm + one.width_mm, other.x_mm + other.width_mm) - max(one.x_mm, other.x_mm)
    down = min(one.y_mm + one.height_mm, other.y_mm + other.height_mm) - max(one.y_mm, other.y_mm)
    smaller = min(one.width_mm * one.height_mm, other.width_mm * other.height_mm)
    return max(across, 0.0) * max(down, 0.0) / smaller
