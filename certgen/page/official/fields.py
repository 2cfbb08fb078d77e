"""The fields of a blank: their names, kinds, choices and lengths, and every place where each is seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from certgen.errors import FormError
from certgen.forms.model import Frame
from certgen.page.fonts import MM_PER_PT
from certgen.page.official.blank import Blank
from certgen.page.official.geometry import PageView, read_box

MOST_FIELDS = 4000
_DEEPEST = 32
_MULTILINE, _PASSWORD, _FILE, _COMB = 1 << 12, 1 << 13, 1 << 20, 1 << 24
_RADIO, _PUSH = 1 << 15, 1 << 16
_EDITABLE, _MULTIPLE = 1 << 18, 1 << 21
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


@dataclass(frozen=True, slots=True)
class Widget:
    """One place of a field as it is seen; `option` is what a tick or radio button stands for.

    `size_pt` is the blank's own size of letters, 0 for "automatic"; `key` is its object in the blank.
    """

    page: int
    frame: Frame
    key: int
    option: str = ""
    size_pt: float = 0.0
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the choices of a choice field: its value in data, and the words that are shown."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class BlankField:
    """A field by its full name; `max_length` 0 when it has none. `is_open` takes words beside its choices."""

    name: str
    kind: FieldKind
    widgets: tuple[Widget, ...]
    tooltip: str = ""
    choices: tuple[Choice, ...] = ()
    max_length: int = 0
    is_open: bool = False
    is_multiple: bool = False

    @property
    def options(self) -> tuple[str, ...]:
        """What its ticks or radio buttons stand for, each once."""
        return tuple(dict.fromkeys(widget.option for widget in self.widgets))


def read_fields(blank: Blank) -> tuple[BlankField, ...]:
    """Every field that is seen somewhere, as one reads: by page, from the top, from the left.

    Fields of the same full name are one field. Raises FormError for a blank with thousands of fields.
    """
    places = _places_on_pages(blank)
    found: dict[str, BlankField] = {}
    for node, name in _terminal_nodes(blank, places):
        field = _read_field(blank, node, name, places)
        if field.widgets and field.kind is not FieldKind.NONE and name:
            known = found.get(name)
            found[name] = field if known is None else _joined(known, field)
    return tuple(sorted(found.values(), key=_reading_order))


def _joined(known: BlankField, other: BlankField) -> BlankField:
    widgets = tuple(dict.fromkeys((*known.widgets, *other.widgets)))
    return BlankField(
        known.name, known.kind, widgets, known.tooltip, known.choices, known.max_length, known.is_open,
        known.is_multiple,
    )  # fmt: skip


def _reading_order(field: BlankField) -> tuple[int, int, float]:
    first = field.widgets[0]
    return first.page, round((first.frame.y_mm + first.frame.height_mm / 2) / 4), first.frame.x_mm


def object_key(value: Any) -> int:
    """The number of the object that a reference leads to; 0 for what stands directly."""
    number: int = getattr(value, "idnum", 0) or getattr(
        getattr(value, "indirect_reference", None), "idnum", 0
    )
    return number


def page_annotations(page: Any) -> list[Any]:
    """References to the annotations of a page."""
    annotations = page.get("/Annots")
    annotations = annotations.get_object() if annotations is not None else None
    return list(annotations) if isinstance(annotations, list) else []


def _places_on_pages(blank: Blank) -> dict[int, int]:
    """On which page each annotation stands, by its object."""
    places: dict[int, int] = {}
    for number, page in enumerate(blank.pages, 1):
        for annotation in page_annotations(page):
            places.setdefault(object_key(annotation), number)
    places.pop(0, None)
    return places


def _terminal_nodes(blank: Blank, places: dict[int, int]) -> Iterator[tuple[Any, str]]:
    """The fields at the ends of the tree with their full names, and widgets that the tree forgot."""
    seen: set[int] = set()
    fields = blank.acro_form.get("/Fields")
    fields = fields.get_object() if fields is not None else []
    pending = [(reference, "", 0) for reference in reversed(fields if isinstance(fields, list) else [])]
    forgotten = [(_topmost(blank.reader.get_object(key)), "", 0) for key in sorted(places, reverse=True)]
    pending = forgotten + pending
    while pending:
        reference, above, depth = pending.pop()
        key = object_key(reference)
        node = reference.get_object()
        if not isinstance(node, dict) or (key and key in seen) or depth > _DEEPEST:
            continue
        seen.add(key)
        if len(seen) > MOST_FIELDS:
            raise FormError(f"has more than {MOST_FIELDS} fields.")
        name = ".".join(part for part in (above, _text(node.get("/T"))) if part)
        inside = [kid for kid in _kids(node) if "/T" in kid.get_object()]
        if inside:
            seen.update(object_key(kid) for kid in _kids(node))
            seen.difference_update(object_key(kid) for kid in inside)
            pending += [(kid, name, depth + 1) for kid in reversed(inside)]
        elif _inherited(node, "/FT") is not None:
            seen.update(object_key(kid) for kid in _kids(node))
            yield node, name


def _topmost(node: Any) -> Any:
    """The field that a widget belongs to in the end; a widget of the tree leads to one already seen."""
    for _ in range(_DEEPEST):
        parent = _child(node, "/Parent")
        if not isinstance(parent, dict):
            break
        node = parent
    return node


def _kids(node: Any) -> list[Any]:
    kids = node.get("/Kids")
    kids = kids.get_object() if kids is not None else []
    return [kid for kid in kids if isinstance(kid.get_object(), dict)] if isinstance(kids, list) else []


def _read_field(blank: Blank, node: Any, name: str, places: dict[int, int]) -> BlankField:
    kind = _kind(node)
    choices = tuple(_choices(node)) if kind is FieldKind.CHOICE else ()
    flags = _number(_inherited(node, "/Ff"))
    widgets = tuple(_widgets(blank, node, kind, places))
    return BlankField(
        name=name,
        kind=kind,
        widgets=widgets,
        tooltip=_text(node.get("/TU")),
        choices=choices,
        max_length=max(_number(_inherited(node, "/MaxLen")), 0),
        is_open=kind is FieldKind.CHOICE and (bool(flags & _EDITABLE) or not choices),
        is_multiple=kind is FieldKind.CHOICE and bool(flags & _MULTIPLE),
    )


def _kind(node: Any) -> FieldKind:
    flags = _number(_inherited(node, "/Ff"))
    match str(_inherited(node, "/FT")):
        case "/Tx" if flags & (_PASSWORD | _FILE):
            return FieldKind.NONE
        case "/Tx" if flags & _COMB and not flags & _MULTILINE and _number(_inherited(node, "/MaxLen")) > 0:
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
    kids = _kids(node)
    for position, reference in enumerate(kids or [node]):
        key, widget = object_key(reference), reference.get_object()
        if key not in places or "/Rect" not in widget or _number(widget.get("/F")) & (HIDDEN | NO_VIEW):
            continue
        view = blank.views[places[key] - 1]
        frame = _on_page(view.frame(read_box(widget["/Rect"])), view)
        if min(frame.width_mm, frame.height_mm) < _SMALLEST_SEEN_MM:
            continue
        is_button = kind in {FieldKind.TICK, FieldKind.RADIO}
        yield Widget(
            page=places[key],
            frame=_rounded(frame),
            key=key,
            option=_option(widget, node, position) if is_button else "",
            size_pt=_font_size(blank, widget),
            align=_ALIGNMENTS[_number(_inherited(widget, "/Q")) % 3],
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
    looks = _child(_child(widget, "/AP"), "/N")
    states = [str(state)[1:] for state in looks if str(state) != "/Off"] if isinstance(looks, dict) else []
    state = states[0] if states else "Yes"
    words = _inherited(node, "/Opt")
    if isinstance(words, list):
        place = int(state) if state.isdigit() else position
        if place < len(words):
            return _text(words[place])
    return state


def _child(node: Any, key: str) -> Any:
    value = node.get(key) if isinstance(node, dict) else None
    return value.get_object() if value is not None else None


def _choices(node: Any) -> Iterator[Choice]:
    options = _inherited(node, "/Opt")
    for option in options if isinstance(options, list) else []:
        pair = option.get_object()
        if isinstance(pair, list) and len(pair) == 2:
            yield Choice(_text(pair[0]), _text(pair[1]))
        else:
            yield Choice(_text(pair), _text(pair))


def _font_size(blank: Blank, widget: Any) -> float:
    appearance = _inherited(widget, "/DA") or blank.acro_form.get("/DA")
    found = _FONT_SIZE.findall(_text(appearance))
    size = float(found[-1]) if found else 0.0
    return size if 0 < size <= 72 else 0.0


def _inherited(node: Any, key: str) -> Any:
    """An entry of a field or of what it belongs to."""
    for _ in range(_DEEPEST):
        if key in node:
            return node[key].get_object()
        parent = node.get("/Parent")
        node = parent.get_object() if parent is not None else None
        if not isinstance(node, dict):
            break
    return None


def _number(value: Any) -> int:
    value = value.get_object() if value is not None else 0
    return int(value) if isinstance(value, int | float) else 0


def _text(value: Any) -> str:
    value = value.get_object() if value is not None else ""
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return str(value) if isinstance(value, str) else ""
