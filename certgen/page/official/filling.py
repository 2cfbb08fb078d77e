"""One field of a blank filled: its words set within its place, letter by letter in a comb, or its mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from certgen.forms.model import Fit, Frame, Template
from certgen.page.document import Face, Ink, TextRun
from certgen.page.fonts.faces import MM_PER_PT, load_face
from certgen.page.layout.draft import Draft
from certgen.page.layout.measure import SMALLEST_PT, Line, Setting, fit_text, set_text, sizes_between
from certgen.page.layout.placing import place_lines
from certgen.page.layout.plan import TextSlot
from certgen.page.layout.sources import find_longest
from certgen.page.layout.text import LongText
from certgen.page.official.fields import BlankField, FieldKind, Widget
from certgen.page.official.slots import FieldSlot, make_tick

PADDING_MM = 0.7
_REFERENCE = "sheet 99"
AUTOMATIC_PT = 12.0
AUTOMATIC_MULTILINE_PT = 10.0
_ASCENT, _DESCENT = 0.75, 0.25
"""The room above and below the baseline of a line that stands alone, in ems."""


def place_field(
    draft: Draft, slot: FieldSlot, names: Mapping[str, Any], chosen: dict[str, list[str]]
) -> LongText | None:
    """Fill a field in all its places; `chosen` remembers which options of each field were ticked.

    Gives back a text that must go to a sheet.
    """
    part = slot.part
    if part.when is not None:
        if part.when.evaluate(names):
            _tick(draft, slot, chosen)
        return None
    text = part.text.render(names) if part.text is not None else ""
    printable = draft.gate(text, slot.box, slot.paths)
    if printable.refused:
        _ask(draft, slot, printable.text)
        return None
    text = _settle(draft, slot, printable.text)
    return _write(draft, slot, text) if text else None


def _tick(draft: Draft, slot: FieldSlot, chosen: dict[str, list[str]]) -> None:
    """Mark every place of the option; two options of one field contradict each other, unless they are one
    state of it.
    """
    name, option = slot.field.name, slot.part.option
    others = [other for other in chosen.setdefault(name, []) if not slot.field.is_one_state(other, option)]
    chosen[name].append(option)
    if others:
        path = slot.paths[0] if slot.paths else ""
        draft.refuse("CG643", slot.box, path, name=name, one=others[0], other=option)
    for widget in slot.widgets:
        label = f"{name} {option}".strip()
        draft.pages[widget.page - 1].ticks.append(make_tick(slot.box, label, widget.frame))


def _settle(draft: Draft, slot: FieldSlot, text: str) -> str:
    """The words as the field takes them: one of its choices, one line, within its greatest length."""
    field = slot.field
    if not text:
        return ""
    path = find_longest(draft.paper.consignment, slot.paths)
    if field.kind is FieldKind.CHOICE:
        return _choose(draft, slot, text, path)
    if field.kind is not FieldKind.MULTILINE:
        text = ", ".join(line.strip().rstrip(",") for line in text.split("\n") if line.strip())
    if _is_too_many(field, text) and not slot.continues:
        draft.refuse(
            "CG641", slot.box, path, name=field.name, room=field.max_length, length=len(text), text=text
        )
        _ask(draft, slot, text)
        return ""
    return text


def _is_too_many(field: BlankField, text: str) -> bool:
    """Whether a text has more letters than its field takes."""
    return 0 < field.max_length < len(text)


def _choose(draft: Draft, slot: FieldSlot, text: str, path: str) -> str:
    """The words of the choices; each line is one in a field that takes several."""
    field = slot.field
    wanted = text.split("\n") if field.is_multiple else [" ".join(text.split("\n"))]
    found = [_find_choice(field, words) for words in wanted]
    for words, choice in zip(wanted, found, strict=True):
        if choice is None:
            listed = ", ".join(repr(choice.words) for choice in field.choices[:12])
            draft.refuse("CG642", slot.box, path, name=field.name, text=words, choices=listed)
            _ask(draft, slot, text)
            return ""
    return "\n".join(words for words in found if words is not None)


def _find_choice(field: BlankField, words: str) -> str | None:
    folded = " ".join(words.casefold().split())
    for choice in field.choices:
        if words in {choice.words, choice.value}:
            return choice.words
    for choice in field.choices:
        if folded in {" ".join(said.casefold().split()) for said in (choice.words, choice.value)}:
            return choice.words
    return words if field.is_open else None


def _write(draft: Draft, slot: FieldSlot, text: str) -> LongText | None:
    for widget in slot.widgets:
        runs = [] if _is_too_many(slot.field, text) else list(_set(slot, widget, text))
        if slot.continues and not runs and slot.part.text is not None and _can_refer(slot, widget):
            return LongText(_as_text_slot(slot, widget, slot.part.text), text)
        draft.ask(slot.box, text, ((widget.page, widget.frame),))
        if runs:
            draft.pages[widget.page - 1].texts.extend(runs)
        else:
            _refuse_too_long(draft, slot, widget, text)
    return None


def _can_refer(slot: FieldSlot, widget: Widget) -> bool:
    """Whether a place has the room to name a sheet."""
    return any(True for _ in _set(slot, widget, _REFERENCE))


def _as_text_slot(slot: FieldSlot, widget: Widget, says: Template) -> TextSlot:
    """A field as a place where the sheet of its text is named."""
    sizes = _sizes(slot, widget)
    heading = f"{slot.box}  {slot.heading}".strip()
    return TextSlot(
        box=slot.box,
        heading=heading,
        page=widget.page,
        frame=inset(widget.frame),
        template=says,
        fit=Fit(min(sizes[0], AUTOMATIC_MULTILINE_PT), sizes[1]),
        face=Face.REGULAR,
        paths=slot.paths,
    )


def _ask(draft: Draft, slot: FieldSlot, text: str) -> None:
    for widget in slot.widgets:
        draft.ask(slot.box, text, ((widget.page, widget.frame),))


def _set(slot: FieldSlot, widget: Widget, text: str) -> Iterator[TextRun]:
    """The runs of a text in one place of its field; none when it does not fit without parting a word."""
    sizes = _sizes(slot, widget)
    if slot.field.kind is FieldKind.COMB:
        yield from _set_comb(slot, widget, text, sizes)
        return
    if "\n" not in text and slot.field.kind is not FieldKind.MULTILINE:
        size = _find_line_size(text, widget.frame, sizes)
        if size:
            yield _line_run(slot.box, text, inset(widget.frame), size, widget.align)
            return
    frame = inset(widget.frame, PADDING_MM / 2)
    setting = fit_text(text, load_face(Face.REGULAR), sizes, frame.width_mm, frame.height_mm)
    if setting is not None and not setting.breaks_words:
        yield from place_lines(setting, frame, slot.box, Face.REGULAR, Ink.VALUE, widget.align)


def _sizes(slot: FieldSlot, widget: Widget) -> tuple[float, float]:
    automatic = AUTOMATIC_MULTILINE_PT if slot.field.kind is FieldKind.MULTILINE else AUTOMATIC_PT
    smallest = max(slot.part.min_size_pt, SMALLEST_PT)
    return max(slot.part.size_pt or widget.size_pt or automatic, smallest), smallest


def inset(frame: Frame, above_mm: float = 0.0) -> Frame:
    """The room for letters, a little away from the rules around it."""
    aside, above = min(PADDING_MM, frame.width_mm / 8), min(above_mm, frame.height_mm / 8)
    return Frame(
        frame.x_mm + aside, frame.y_mm + above, frame.width_mm - 2 * aside, frame.height_mm - 2 * above
    )


def _find_line_size(text: str, frame: Frame, sizes: tuple[float, float]) -> float:
    """The largest size at which a text is one line of this field, 0 when none is."""
    face, width = load_face(Face.REGULAR), inset(frame).width_mm
    for size in sizes_between(*sizes):
        height = (_ASCENT + _DESCENT) * size * MM_PER_PT
        if height <= frame.height_mm and face.advance(text, size) <= width:
            return size
    return 0.0


def _line_run(box: str, text: str, frame: Frame, size: float, align: str) -> TextRun:
    """A single line in the middle of the height of its frame."""
    width = load_face(Face.REGULAR).advance(text, size)
    share = {"left": 0.0, "center": 0.5, "right": 1.0}[align]
    x = frame.x_mm + share * (frame.width_mm - width)
    y = frame.y_mm + frame.height_mm / 2 + (_ASCENT - _DESCENT) / 2 * size * MM_PER_PT
    return TextRun(box, text, round(x, 3), round(y, 3), round(width, 3), size)


def _set_comb(slot: FieldSlot, widget: Widget, text: str, sizes: tuple[float, float]) -> Iterator[TextRun]:
    """A letter in the middle of each cell."""
    frame, face = widget.frame, load_face(Face.REGULAR)
    cell = frame.width_mm / slot.field.max_length
    widest = max(text, key=lambda letter: face.advances[letter])
    size = next(
        (
            size
            for size in sizes_between(*sizes)
            if face.advance(widest, size) <= cell and size * MM_PER_PT <= frame.height_mm
        ),
        0.0,
    )
    empty = slot.field.max_length - len(text)
    first = {"left": 0, "center": empty // 2, "right": empty}[widget.align]
    if not size:
        return
    for place, letter in enumerate(text, first):
        if letter != " ":
            room = Frame(frame.x_mm + place * cell, frame.y_mm, cell, frame.height_mm)
            yield _line_run(slot.box, letter, room, size, "center")


def _refuse_too_long(draft: Draft, slot: FieldSlot, widget: Widget, text: str) -> None:
    """Tell about how many characters there is room for, measured with this very text."""
    size = _sizes(slot, widget)[1]
    frame = inset(widget.frame)
    setting = set_text(text, load_face(Face.REGULAR), size, frame.width_mm)
    room = _count_room(setting, frame)
    path = find_longest(draft.paper.consignment, slot.paths)
    words = {"name": slot.field.name, "excess": max(len(text) - room, 1), "room": room}
    draft.refuse("CG640", slot.box, path, **words, size=f"{size:g}")


def _count_room(setting: Setting, frame: Frame) -> int:
    lines: tuple[Line, ...] = setting.lines
    share = min(frame.height_mm / setting.height_mm, 1.0)
    if len(lines) == 1:
        share = min(share, frame.width_mm / max(lines[0].width_mm, 0.1))
    return int(sum(len(line.text) for line in lines) * share)
