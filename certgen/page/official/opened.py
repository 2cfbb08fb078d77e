"""Fields that are left to others: they stay fillable, in certgen's own font, and act on nothing."""

from __future__ import annotations

from collections.abc import Sequence

from certgen.page.document import FieldPlace, Square, StaticPage
from certgen.page.fonts.faces import MM_PER_PT
from certgen.page.official.fields import FieldKind, Widget
from certgen.page.official.geometry import PageView
from certgen.page.official.slots import OpenSlot, Slot, make_tick


def place_open_fields(slots: Sequence[Slot], views: Sequence[PageView]) -> tuple[StaticPage, ...]:
    """A page for each of the blank's with the fields left to others; none when there is no such field."""
    opened = [slot for slot in slots if isinstance(slot, OpenSlot)]
    if not opened:
        return ()
    return tuple(_place_page(opened, number, view) for number, view in enumerate(views, 1))


def _place_page(slots: Sequence[OpenSlot], number: int, view: PageView) -> StaticPage:
    fields, squares = list[FieldPlace](), list[Square]()
    for slot in slots:
        for place, widget in enumerate(slot.field.widgets):
            if widget.page != number:
                continue
            if slot.field.kind is FieldKind.TICK:
                squares.append(_square(slot, place, widget))
            else:
                name = _name(slot, place)
                kind = str(slot.field.kind)
                fields.append(FieldPlace(slot.box, name, slot.title, kind, widget.frame))
    return StaticPage(
        width_mm=view.width_pt * MM_PER_PT,
        height_mm=view.height_pt * MM_PER_PT,
        runs=(),
        outlines=(),
        strokes=(),
        squares=tuple(squares),
        fields=tuple(fields),
    )


def _square(slot: OpenSlot, place: int, widget: Widget) -> Square:
    mark = make_tick(slot.box, slot.title, widget.frame)
    return Square(slot.box, slot.title, mark.x_mm, mark.y_mm, mark.size_mm, _name(slot, place))


def _name(slot: OpenSlot, place: int) -> str:
    """The blank's name, in one piece (a point divides names); a second place is a field of its own."""
    name = slot.field.name.replace(".", "_")
    return f"{name}_{place + 1}" if place else name
