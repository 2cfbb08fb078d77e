"""Lines beyond those that a blank has: as a table on a sheet of certgen's, or on a further blank."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass, replace
from typing import Any

from certgen.errors import FormError
from certgen.forms.folder.boxes import ROW_NUMBER
from certgen.forms.language.expressions import CompiledTemplate
from certgen.forms.model import Fit, Form, Frame
from certgen.page.document import Face
from certgen.page.fonts.faces import load_face
from certgen.page.layout.furniture import CELL_PADDING_MM, TITLE_PT
from certgen.page.layout.plan import ColumnSlot, TableSlot, TextSlot, TickSlot
from certgen.page.layout.sheets import SheetPlan
from certgen.page.official.shown import source_of
from certgen.page.official.slots import FieldSlot, Slot, titles_height

ROW = "line"
_NUMBER_MM, _NARROWEST_MM = 9.0, 16.0
_FIRST = re.compile(r"[\s_#.(-]+(?:line|row|item|ligne|zeile)?[\s_#.-]*[01]\)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FurtherLines:
    """A list that the blank shows place by place: how many places there are, and the table of the others."""

    path: str
    room: int
    table: TableSlot


@dataclass(frozen=True, slots=True)
class _Rest:
    """The items of a list for which a blank has no place, as an expression."""

    source: str
    room: int

    @property
    def paths(self) -> frozenset[str]:
        return frozenset({self.source})

    def evaluate(self, names: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(follow(self.source, names) or ())[self.room :]


@dataclass(frozen=True, slots=True)
class _Place:
    """The place of a row in the whole list, counted from 1."""

    room: int
    source: str = ROW_NUMBER
    paths: frozenset[str] = frozenset()

    def render(self, names: Mapping[str, Any]) -> str:
        return str(names[ROW_NUMBER] + self.room)


@dataclass(frozen=True, slots=True)
class _AsFirst:
    """What a box says of the first item of a list, said of the item of a row."""

    says: Any
    path: str

    @property
    def source(self) -> str:
        return str(self.says.source)

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(self.says.paths)

    def render(self, names: Mapping[str, Any]) -> str:
        alone = with_items(self.path, names, (names[ROW],))
        if isinstance(self.says, CompiledTemplate):
            return self.says.render(alone)
        return "x" if self.says.evaluate(alone) else ""


def find_further(
    form: Form, slots: Sequence[Slot], room: Mapping[str, int], plan: SheetPlan
) -> tuple[FurtherLines, ...]:
    """A table for each list that boxes show by place.

    Raises FormError for a box that shows several lines, or all of them as well.
    """
    return tuple(
        FurtherLines(path, count, _make_table(form, path, count, slots, plan))
        for path, count in room.items()
        if "[" not in path
    )


def reads_by_place(source: str, path: str) -> bool:
    """Whether a text names items of a list by their place."""
    return re.search(rf"(?<![\w.]){re.escape(path)}\[\d", source) is not None


def check_readers(form: Form, slots: Iterable[Slot], path: str) -> None:
    """Refuse a box that names several places of a list, or the whole of it too: it has no line of its own."""
    for slot in slots:
        source = source_of(slot)
        places = set(re.findall(rf"(?<![\w.]){re.escape(path)}(?:\[(\d+)\])?(?!\w)", source))
        if len(places) > 1 and reads_by_place(source, path):
            raise FormError(
                f"{form.folder / 'boxes.toml'}: box {_box_of(slot)} shows more than one line of {path}; give "
                'each line a box of its own, or say overflow = "refuse" under [official] in form.toml.'
            )


def _make_table(form: Form, path: str, room: int, slots: Sequence[Slot], plan: SheetPlan) -> TableSlot:
    check_readers(form, slots, path)
    firsts = [slot for slot in slots if _is_first(slot, path)]
    if not firsts:
        raise FormError(
            f"{form.folder / 'boxes.toml'}: no box shows {path}[0], so what further lines show is not known; "
            'say overflow = "refuse" under [official] in form.toml.'
        )
    columns = tuple(_columns(path, room, firsts, plan))
    return TableSlot(
        box=_box_of(firsts[0]),
        heading=plan.captions["further"],
        page=0,
        header=Frame(plan.left_mm, 0.0, plan.right_mm - plan.left_mm, 0.0),
        bottom_mm=0.0,
        rows=_Rest(path, room),
        row_name=ROW,
        columns=columns,
        label_column=1,
        fit=Fit(),
        paths=(path,),
        titles_mm=titles_height(columns),
    )


def _columns(path: str, room: int, firsts: Sequence[Slot], plan: SheetPlan) -> Iterator[ColumnSlot]:
    """The place of each line, then what the blank's first line shows, its fields' widths in proportion."""
    whole = plan.right_mm - plan.left_mm - _NUMBER_MM
    titles = [_title_of(slot) for slot in firsts]
    if sum(map(_least_width, titles)) > whole:
        titles = [_box_of(slot) for slot in firsts]
    widths = _share([_width_of(slot) for slot in firsts], [_least_width(title) for title in titles], whole)
    left = plan.left_mm + _NUMBER_MM
    yield ColumnSlot("", Frame(plan.left_mm, 0.0, _NUMBER_MM, 0.0), _Place(room), "right", None)
    for slot, title, width in zip(firsts, titles, widths, strict=True):
        yield ColumnSlot(title, Frame(left, 0.0, width, 0.0), _AsFirst(_says(slot), path), "left", None)
        left += width


def _share(wanted: Sequence[float], least: Sequence[float], whole_mm: float) -> list[float]:
    """Widths in proportion, none too narrow for the words of its title."""
    spare = (whole_mm - sum(least)) / sum(wanted)
    return [round(narrow + spare * width, 3) for width, narrow in zip(wanted, least, strict=True)]


def _least_width(title: str) -> float:
    """Room for the longest word of a column's title."""
    face = load_face(Face.BOLD)
    longest = max((face.advance(word, TITLE_PT) for word in title.split()), default=0.0)
    return max(_NARROWEST_MM, longest + 2 * CELL_PADDING_MM + 0.2)


def _is_first(slot: Slot, path: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(path)}\[0\]", source_of(slot)) is not None


def _says(slot: Slot) -> Any:
    match slot:
        case FieldSlot():
            return slot.part.text or slot.part.when
        case TextSlot():
            return slot.template
        case TickSlot():
            return slot.when
        case _:
            raise TypeError(slot)


def _box_of(slot: Slot) -> str:
    return slot.mark.box if isinstance(slot, TickSlot) else slot.box


def _title_of(slot: Slot) -> str:
    """What the box is called, without the number of its line."""
    title = slot.mark.label if isinstance(slot, TickSlot) else getattr(slot, "heading", "")
    return _FIRST.sub("", title).replace("_", " ").strip() or title


def _width_of(slot: Slot) -> float:
    match slot:
        case FieldSlot():
            return slot.widgets[0].frame.width_mm
        case TextSlot():
            return slot.frame.width_mm
        case _:
            return _NARROWEST_MM


def follow(path: str, names: Mapping[str, Any]) -> Any:
    """The value at `products[3].lots`; None where it leads to nothing."""
    value: Any = names
    for step in path.replace("[", ".").replace("]", "").split("."):
        if step.isdigit():
            value = value[int(step)] if isinstance(value, tuple | list) and int(step) < len(value) else None
        elif isinstance(value, Mapping):
            value = value.get(step)
        else:
            value = getattr(value, step, None)
    return value


def with_items(path: str, names: Mapping[str, Any], items: tuple[Any, ...]) -> dict[str, Any]:
    """The names with other items in one of their lists."""
    first, _, rest = path.partition(".")
    return {**names, first: _changed(names.get(first), rest, items)}


def _changed(value: Any, path: str, items: tuple[Any, ...]) -> Any:
    if not path:
        return items
    step, _, rest = path.partition(".")
    if isinstance(value, Mapping):
        return {**value, step: _changed(value.get(step), rest, items)}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{step: _changed(getattr(value, step), rest, items)})
    return value
