"""The fields of a blank: their names, kinds, choices and lengths, and every place where each is seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from certgen.forms.model import Frame
from certgen.page.fonts.faces import MM_PER_PT
from certgen.page.official.blank import Blank
from certgen.page.official.field_tree import (
    find_child,
    find_inherited,
    kids_of,
    object_key,
    places_on_pages,
    read_number,
    read_text,
    terminal_nodes,
)
from certgen.page.official.geometry import PageView, read_box

_MULTILINE, _PASSWORD, _FILE, _COMB = 1 << 12, 1 << 13, 1 << 20, 1 << 24
_RADIO, _PUSH = 1 << 15, 1 << 16
_EDITABLE, _MULTIPLE = 1 << 18, 1 << 21
READ_ONLY, _IN_UNISON = 1 << 0, 1 << 25
HIDDEN, PRINTED, NO_VIEW = 1 << 1, 1 << 2, 1 << 5
_SMALLEST_SEEN_MM = 0.5
_ALIGNMENTS = ("left", "center", "right")
_FONT_SIZE = re.compile(r"(\d*\.?\d+)\s+Tf")


class FieldKind(StrEnum):
    """What a field takes; `none` are those that no consignment can fill (buttons, signatures, passwords)."""

    TEXT = "text"
    MULTILINE = "multiline"
    COMB = "comb"
    TICK = "tick"
    RADIO = "radio"
    CHOICE = "choice"
    NONE = "none"


BUTTONS = frozenset({FieldKind.TICK, FieldKind.RADIO})


@dataclass(frozen=True, slots=True)
class Widget:
    """One place of a field as it is seen; `option` is what a tick or radio button stands for.

    `state` is the name of its look when it is set. `size_pt` is the blank's own size of letters, 0 for
    "automatic"; `key` is its object in the blank.
    """

    page: int
    frame: Frame
    key: int
    option: str = ""
    size_pt: float = 0.0
    align: str = "left"
    state: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the choices of a choice field: its value in data, and the words that are shown."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class BlankField:
    """A field by its full name; `max_length` 0 when it has none.

    `is_open` takes words beside its choices. `value` is what the blank says in it, of a button the state that
    is set; `is_drawn` when the blank has a look for each of its places. `flags` are the blank's own, and
    `state_words` what it calls the states of a button.
    """

    name: str
    kind: FieldKind
    widgets: tuple[Widget, ...]
    tooltip: str = ""
    choices: tuple[Choice, ...] = ()
    max_length: int = 0
    is_open: bool = False
    is_multiple: bool = False
    value: str = ""
    is_drawn: bool = False
    flags: int = 0
    state_words: tuple[str, ...] = ()

    def is_one_state(self, one: str, other: str) -> bool:
        """Whether two options are set by the same state of the field."""
        states = [{widget.state for widget in self.widgets if widget.option == said} for said in (one, other)]
        return one == other or bool(states[0] & states[1])

    @property
    def is_settled(self) -> bool:
        """Whether the blank itself says what stands here, and lets nobody change it."""
        return bool(self.flags & READ_ONLY) and bool(self.value) and self.kind not in BUTTONS

    @property
    def options(self) -> tuple[str, ...]:
        """What its ticks or radio buttons stand for, each once."""
        return tuple(dict.fromkeys(widget.option for widget in self.widgets))


def read_fields(blank: Blank) -> tuple[BlankField, ...]:
    """Every field that is seen somewhere, as one reads: by page, from the top, from the left.

    Fields of the same full name are one field. Raises FormError for a blank with thousands of fields.
    """
    places = places_on_pages(blank)
    found: dict[str, BlankField] = {}
    for node, name in terminal_nodes(blank):
        field = _read_field(blank, node, name, places)
        if field.widgets and field.kind is not FieldKind.NONE and name:
            known = found.get(name)
            found[name] = field if known is None else _joined(known, field)
    return tuple(sorted(found.values(), key=_reading_order))


def _joined(known: BlankField, other: BlankField) -> BlankField:
    widgets = tuple(dict.fromkeys((*known.widgets, *other.widgets)))
    return replace(known, widgets=widgets, is_drawn=known.is_drawn and other.is_drawn)


def _reading_order(field: BlankField) -> tuple[int, int, float]:
    first = field.widgets[0]
    return first.page, round((first.frame.y_mm + first.frame.height_mm / 2) / 4), first.frame.x_mm


def _read_field(blank: Blank, node: Any, name: str, places: dict[int, int]) -> BlankField:
    kind = _kind(node)
    choices = tuple(_choices(node)) if kind is FieldKind.CHOICE else ()
    flags = read_number(find_inherited(node, "/Ff"))
    widgets = tuple(_widgets(blank, node, kind, places))
    if kind is FieldKind.RADIO and not flags & _IN_UNISON:
        widgets = tuple(_told_apart(widgets))
    return BlankField(
        name=name,
        kind=kind,
        widgets=widgets,
        tooltip=read_text(node.get("/TU")),
        choices=choices,
        max_length=_max_length(node),
        is_open=kind is FieldKind.CHOICE and (bool(flags & _EDITABLE) or not choices),
        is_multiple=kind is FieldKind.CHOICE and bool(flags & _MULTIPLE),
        value=_value(node),
        is_drawn=_is_drawn(node),
        flags=flags,
        state_words=_state_words(node) if kind in BUTTONS else (),
    )


def _told_apart(widgets: Iterable[Widget]) -> Iterator[Widget]:
    """Radio buttons that the blank calls alike though each is set alone: `Yes`, `Yes (2)`."""
    seen: dict[str, int] = {}
    for widget in widgets:
        seen[widget.option] = count = seen.get(widget.option, 0) + 1
        yield widget if count == 1 else replace(widget, option=f"{widget.option} ({count})")


def _value(node: Any) -> str:
    """A text, the texts of several choices in lines, or the name of a state."""
    value = find_inherited(node, "/V")
    if isinstance(value, list):
        return "\n".join(map(read_text, value))
    return (
        read_text(value).removeprefix("/") if str(find_inherited(node, "/FT")) == "/Btn" else read_text(value)
    )


def _state_words(node: Any) -> tuple[str, ...]:
    words = find_inherited(node, "/Opt")
    return tuple(map(read_text, words)) if isinstance(words, list) else ()


def _max_length(node: Any) -> int:
    return max(read_number(find_inherited(node, "/MaxLen")), 0)


def _is_drawn(node: Any) -> bool:
    """Whether each place of a field has a look of its own."""
    return all(
        find_child(find_child(widget.get_object(), "/AP"), "/N") is not None
        for widget in kids_of(node) or [node]
    )


def _kind(node: Any) -> FieldKind:
    flags = read_number(find_inherited(node, "/Ff"))
    match str(find_inherited(node, "/FT")):
        case "/Tx" if flags & (_PASSWORD | _FILE):
            return FieldKind.NONE
        case "/Tx" if (
            flags & _COMB and not flags & _MULTILINE and read_number(find_inherited(node, "/MaxLen")) > 0
        ):
            return FieldKind.COMB
        case "/Tx":
            return FieldKind.MULTILINE if flags & _MULTILINE else FieldKind.TEXT
        case "/Ch":
            return FieldKind.CHOICE
        case "/Btn" if not flags & _PUSH:
            return FieldKind.RADIO if flags & _RADIO else FieldKind.TICK
        case _:
            return FieldKind.NONE


def _widgets(blank: Blank, node: Any, kind: FieldKind, places: dict[int, int]) -> Iterator[Widget]:
    kids = kids_of(node)
    for position, reference in enumerate(kids or [node]):
        key, widget = object_key(reference), reference.get_object()
        if key not in places or "/Rect" not in widget or read_number(widget.get("/F")) & (HIDDEN | NO_VIEW):
            continue
        view = blank.views[places[key] - 1]
        frame = _on_page(view.frame(read_box(widget["/Rect"])), view)
        if min(frame.width_mm, frame.height_mm) < _SMALLEST_SEEN_MM:
            continue
        is_button = kind in BUTTONS
        yield Widget(
            page=places[key],
            frame=_rounded(frame),
            key=key,
            option=_option(widget, node, position) if is_button else "",
            state=_state(widget) if is_button else "",
            size_pt=_font_size(blank, widget),
            align=_ALIGNMENTS[read_number(find_inherited(widget, "/Q")) % 3],
        )


def _on_page(frame: Frame, view: PageView) -> Frame:
    """The part of a place that the page shows: what is written beyond its edge nobody sees."""
    left, top = max(frame.x_mm, 0.0), max(frame.y_mm, 0.0)
    right = min(frame.x_mm + frame.width_mm, view.width_pt * MM_PER_PT)
    bottom = min(frame.y_mm + frame.height_mm, view.height_pt * MM_PER_PT)
    return Frame(left, top, max(right - left, 0.0), max(bottom - top, 0.0))


def _rounded(frame: Frame) -> Frame:
    return Frame(*(round(side, 3) for side in (frame.x_mm, frame.y_mm, frame.width_mm, frame.height_mm)))


def _option(widget: Any, node: Any, position: int) -> str:
    """What a button stands for: its state, or the words that `/Opt` gives for it."""
    state, words = _state(widget), _state_words(node)
    place = int(state) if state.isdigit() else position
    return words[place] if place < len(words) else state


def _state(widget: Any) -> str:
    """The name of a button's look when it is set."""
    looks = find_child(find_child(widget, "/AP"), "/N")
    states = [str(state)[1:] for state in looks if str(state) != "/Off"] if isinstance(looks, dict) else []
    return states[0] if states else "Yes"


def _choices(node: Any) -> Iterator[Choice]:
    options = find_inherited(node, "/Opt")
    for option in options if isinstance(options, list) else []:
        pair = option.get_object()
        if isinstance(pair, list) and len(pair) == 2:
            yield Choice(read_text(pair[0]), read_text(pair[1]))
        else:
            yield Choice(read_text(pair), read_text(pair))


def _font_size(blank: Blank, widget: Any) -> float:
    appearance = find_inherited(widget, "/DA") or blank.acro_form.get("/DA")
    found = _FONT_SIZE.findall(read_text(appearance))
    size = float(found[-1]) if found else 0.0
    return size if 0 < size <= 72 else 0.0
