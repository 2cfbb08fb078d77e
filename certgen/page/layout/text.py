"""Texts in the boxes of the form page, and what becomes of those that do not fit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from certgen.forms.model import Overflow
from certgen.page.document import Ink, TextRun
from certgen.page.fonts.faces import load_face
from certgen.page.layout.draft import Draft
from certgen.page.layout.measure import SMALLEST_PT, fit_text, set_text
from certgen.page.layout.placing import place_lines
from certgen.page.layout.plan import TextSlot
from certgen.page.layout.sources import find_longest

_REMEMBERED = 1000
_LINE_END = re.compile(r"([^\n])\n(?=[^\n])")


@dataclass(frozen=True, slots=True)
class LongText:
    """A text that goes to a continuation sheet as a whole."""

    slot: TextSlot
    text: str


def place_text(draft: Draft, slot: TextSlot, text: str) -> LongText | None:
    """Put a text into its box; gives it back when it must go to a continuation sheet."""
    if text not in slot.placed:
        printable = draft.gate(text, slot.box, slot.paths)
        text = printable.text
        if printable.refused:
            draft.ask(slot.box, text, ((slot.page, slot.frame),))
            return None
    if not text:
        return None
    said, runs = text, _place(slot, text)
    if runs is None and slot.fit.may_run_on:
        said = run_on(text)
        runs = _place(slot, said)
    if runs is not None:
        draft.pages[slot.page - 1].texts.extend(runs)
        draft.ask(slot.box, said, ((slot.page, slot.frame),))
        return None
    if slot.fit.overflow is Overflow.CONTINUE:
        return LongText(slot, text)
    _refuse_too_long(draft, slot, text)
    return None


def run_on(text: str) -> str:
    """The lines of each paragraph one after the other, with commas between."""
    return _LINE_END.sub(lambda end: f"{end[1]} " if end[1] == "," else f"{end[1]}, ", text)


def place_reference(draft: Draft, slot: TextSlot, captions: tuple[str, ...]) -> None:
    """Say in a box on which sheet its text stands; `captions` from the fullest to the shortest."""
    face = load_face(slot.face)
    for caption in captions:
        setting = fit_text(
            caption, face, (slot.fit.size_pt, SMALLEST_PT), slot.frame.width_mm, slot.frame.height_mm
        )
        if setting is not None and not setting.breaks_words:
            runs = place_lines(setting, slot.frame, slot.box, slot.face, Ink.VALUE)
            draft.pages[slot.page - 1].texts.extend(runs)
            draft.ask(slot.box, caption, ((slot.page, slot.frame),))
            return
    _refuse_too_long(draft, slot, captions[-1])


def _place(slot: TextSlot, text: str) -> tuple[TextRun, ...] | None:
    """The runs of a text in its box, remembered: exporters, bodies and ports come again and again."""
    if text in slot.placed:
        return slot.placed[text]
    sizes = (slot.fit.size_pt, slot.fit.min_size_pt)
    setting = fit_text(text, load_face(slot.face), sizes, slot.frame.width_mm, slot.frame.height_mm)
    runs = None
    if setting is not None:
        runs = tuple(place_lines(setting, slot.frame, slot.box, slot.face, Ink.VALUE))
    if len(slot.placed) >= _REMEMBERED:
        slot.placed.clear()
    slot.placed[text] = runs
    return runs


def _refuse_too_long(draft: Draft, slot: TextSlot, text: str) -> None:
    room = _count_room(slot, text)
    path = find_longest(draft.paper.consignment, slot.paths)
    draft.ask(slot.box, text, ((slot.page, slot.frame),))
    draft.refuse("CG611", slot.box, path, excess=max(len(text) - room, 1), room=room)


def _count_room(slot: TextSlot, text: str) -> int:
    """About how many characters of this text its box holds at the smallest size."""
    size = max(slot.fit.min_size_pt, SMALLEST_PT)
    setting = set_text(text, load_face(slot.face), size, slot.frame.width_mm)
    share = min(slot.frame.height_mm / setting.height_mm, 1.0)
    return int(sum(len(line.text) for line in setting.lines) * share)
