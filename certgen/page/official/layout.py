"""A consignment laid out on a blank: measured against each field, told where it does not fit, never cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from certgen.forms.model import Frame, LegalStatus, Overflow, Room
from certgen.forms.paper import Paper
from certgen.page.document import Asked, Face, Ink
from certgen.page.fonts.faces import MM_PER_PT, load_face
from certgen.page.layout.certificate import Layout, finish, place_band
from certgen.page.layout.continuation import LongTable, continue_table, continue_text, place_further
from certgen.page.layout.draft import Draft, PageDraft
from certgen.page.layout.furniture import FOOTER_SIZE_PT
from certgen.page.layout.measure import SMALLEST_PT, fit_text, set_text
from certgen.page.layout.placing import place_lines
from certgen.page.layout.plan import TableSlot, TextSlot, TickSlot
from certgen.page.layout.sheets import Sheets
from certgen.page.layout.table import place_table, refuse_long_table, set_rows
from certgen.page.layout.text import LongText, place_text
from certgen.page.official.compile import CompiledBlank
from certgen.page.official.filling import place_field
from certgen.page.official.further import follow, reads_by_place, with_items
from certgen.page.official.shown import source_of
from certgen.page.official.slots import FieldSlot, LabelSlot, OpenSlot, Slot

NOTE_PT = 9.0
_FOOT_MM = 8.0


def lay_out_blank(compiled: CompiledBlank, paper: Paper) -> Layout:
    """What goes where on the blank; with an error among its findings the document must not be printed."""
    names = paper.names()
    draft = _begin(compiled, paper)
    long = _fill(compiled, draft, dict.fromkeys(range(len(compiled.slots)), names))
    _tell_missing_lines(compiled, draft, names)
    if compiled.overflow is Room.REPEAT:
        _repeat(compiled, draft, names)
    else:
        _continue(compiled, draft, names, long)
    for page in draft.pages:
        middle_mm = compiled.page_size(page.form_page)[0] * MM_PER_PT / 2
        page.texts += place_band(_band(compiled, paper), middle_mm)
    return finish(compiled.form, compiled.edition, compiled.captions, draft)


def _begin(compiled: CompiledBlank, paper: Paper) -> Draft:
    """The pages of one blank; the number, or else the reference, ties its sheets to it."""
    draft = Draft(paper, [PageDraft(number) for number in range(1, len(compiled.contents) + 1)])
    serial = draft.gate(paper.issue.serial or paper.consignment.name, "", ())
    draft.serial = "" if serial.refused else serial.text
    return draft


def _fill(
    compiled: CompiledBlank, draft: Draft, names: Mapping[int, Mapping[str, Any]]
) -> list[LongText | LongTable]:
    """Fill a blank, each of its slots with its names; what must go to a sheet is given back."""
    chosen: dict[str, list[str]] = {}
    placed = (
        _place(compiled, draft, slot, names[number], chosen) for number, slot in enumerate(compiled.slots)
    )
    return [long for long in placed if long is not None]


def _place(
    compiled: CompiledBlank,
    draft: Draft,
    slot: Slot,
    names: Mapping[str, Any],
    chosen: dict[str, list[str]],
) -> LongText | LongTable | None:
    match slot:
        case FieldSlot():
            return place_field(draft, slot, names, chosen)
        case TextSlot():
            return place_text(draft, slot, slot.template.render(names))
        case TableSlot():
            return _place_table(compiled, draft, slot, names)
        case TickSlot():
            if slot.when.evaluate(names):
                draft.pages[slot.page - 1].ticks.append(slot.mark)
        case LabelSlot():
            _place_label(draft, slot)
        case OpenSlot():
            pass
    return None


def _place_table(
    compiled: CompiledBlank, draft: Draft, slot: TableSlot, names: Mapping[str, Any]
) -> LongTable | None:
    items, rows, fits = place_table(draft, slot, names, compiled.captions["total"])
    if fits:
        return None
    if slot.fit.overflow is Overflow.CONTINUE:
        return LongTable(draft, slot, items, rows, names)
    refuse_long_table(draft, slot, rows)
    return None


def _continue(
    compiled: CompiledBlank,
    draft: Draft,
    names: Mapping[str, Any],
    long: list[LongText | LongTable],
) -> None:
    """Put on sheets what the blank has no room for, and say on the blank on which."""
    sheets, notes = Sheets(compiled.sheet_plan, draft), list[str]()
    for spilled in long:
        if isinstance(spilled, LongText):
            continue_text(sheets, spilled)
        else:
            continue_table(sheets, spilled)
    for further in compiled.further:
        items, rows = set_rows(draft, further.table, names)
        page = place_further(sheets, LongTable(draft, further.table, items, rows, names)) if rows else 0
        if page:
            words = compiled.captions["further_lines"]
            notes.append(words.format(line=further.room + 1, sheet=_sheet(compiled, page), page=page))
    _place_note(compiled, draft.pages, draft, "; ".join(notes))
    _number_sheets(compiled, draft)


def _sheet(compiled: CompiledBlank, page: int) -> int:
    return page - len(compiled.contents) + 1


def _place_note(compiled: CompiledBlank, pages: Sequence[PageDraft], draft: Draft, words: str) -> None:
    """Say on a blank where the rest stands."""
    if not words or compiled.note is None:
        return
    page, frame = compiled.note
    face = load_face(Face.BOLD)
    setting = fit_text(words, face, (NOTE_PT, SMALLEST_PT), frame.width_mm, frame.height_mm)
    if setting is None:
        draft.refuse("CG646", "", "", label=words)
        return
    pages[page - 1].texts.extend(place_lines(setting, frame, "", Face.BOLD, Ink.NOTICE))


def _number_sheets(compiled: CompiledBlank, draft: Draft) -> None:
    """The page number at the foot of each sheet; the blank has its own."""
    plan = compiled.sheet_plan
    foot = Frame(plan.left_mm, plan.height_mm - _FOOT_MM, plan.right_mm - plan.left_mm, _FOOT_MM)
    for number, page in enumerate(draft.pages, 1):
        if not page.form_page:
            words = compiled.captions["page"].format(page=number, pages=len(draft.pages))
            setting = set_text(words, load_face(Face.REGULAR), FOOTER_SIZE_PT, foot.width_mm)
            page.texts += place_lines(setting, foot, "", Face.REGULAR, Ink.CAPTION, "right")


def _repeat(compiled: CompiledBlank, draft: Draft, names: Mapping[str, Any]) -> None:
    """Fill as many further blanks as the lists take, each with the next lines in the same places."""
    count = max((ceil(len(follow(path, names) or ()) / room) for path, room in _lists(compiled)), default=1)
    for number in range(1, count):
        copy = _begin(compiled, draft.paper)
        _fill(compiled, copy, _names_of_copy(compiled, names, number))
        draft.asked += [_moved(asked, len(draft.pages)) for asked in copy.asked]
        draft.findings += copy.findings
        draft.pages += copy.pages
    pages = len(compiled.contents)
    for number in range(count if count > 1 else 0):
        words = compiled.captions["repeated"].format(sheet=number + 1, sheets=count)
        _place_note(compiled, draft.pages[number * pages :], draft, words)


def _names_of_copy(
    compiled: CompiledBlank, names: Mapping[str, Any], number: int
) -> dict[int, Mapping[str, Any]]:
    """For each slot its names: those that show a list place by place see its next items."""
    seen: dict[int, Mapping[str, Any]] = dict.fromkeys(range(len(compiled.slots)), names)
    for path, room in _lists(compiled):
        rest = tuple(follow(path, names) or ())[number * room :]
        for index, slot in enumerate(compiled.slots):
            if reads_by_place(source_of(slot), path):
                seen[index] = with_items(path, seen[index], rest)
    return seen


def _lists(compiled: CompiledBlank) -> list[tuple[str, int]]:
    """The lists of the consignment that the blank shows place by place."""
    return [(path, room) for path, room in compiled.line_room.items() if "[" not in path]


def _moved(asked: Asked, pages: int) -> Asked:
    return asked._replace(places=tuple((page + pages, frame) for page, frame in asked.places))


def _place_label(draft: Draft, slot: LabelSlot) -> None:
    frame = slot.frame
    setting = fit_text(
        slot.text, load_face(slot.face), (slot.size_pt, slot.size_pt), frame.width_mm, frame.height_mm
    )
    if setting is None:
        draft.refuse("CG646", slot.box, "", label=slot.text[:60])
        return
    runs = place_lines(setting, frame, slot.box, slot.face, Ink.CAPTION)
    draft.pages[slot.page - 1].texts.extend(runs)


def _tell_missing_lines(compiled: CompiledBlank, draft: Draft, names: Mapping[str, Any]) -> None:
    """A blank with five lines for goods must not pass for whole with the sixth left out."""
    for path, room in compiled.line_room.items():
        if compiled.overflow is not Room.REFUSE and "[" not in path:
            continue
        items = follow(path, names)
        if isinstance(items, tuple | list) and len(items) > room:
            plain = path.replace("[", ".").replace("]", "")
            box = next((box.number for box in compiled.form.boxes_showing(plain)), "")
            draft.refuse("CG644", box, f"{plain}.{room}", room=room, count=len(items), what=path)


def _band(compiled: CompiledBlank, paper: Paper) -> str:
    """The words at the head of a paper that is no certificate, or that a variant adds."""
    if paper.variant is not None:
        return paper.variant.band
    if paper.legal_status is LegalStatus.DOCUMENT:
        return compiled.captions.get("band", "")
    return compiled.captions.get("band", compiled.captions[f"band_{paper.legal_status}"])
