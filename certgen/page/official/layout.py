"""A consignment laid out on a blank: measured against each field, told where it does not fit, never cut."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from certgen.forms.model import LegalStatus
from certgen.forms.paper import Paper
from certgen.page.document import Document, Face, Ink, TextRun
from certgen.page.fonts.faces import MM_PER_PT, load_face
from certgen.page.layout.certificate import BAND_BASELINE_MM, BAND_PT, Layout
from certgen.page.layout.draft import Draft, PageDraft
from certgen.page.layout.measure import fit_text
from certgen.page.layout.placing import place_lines
from certgen.page.layout.plan import TableSlot, TextSlot, TickSlot
from certgen.page.layout.table import place_table, refuse_long_table
from certgen.page.layout.text import place_text
from certgen.page.official.compile import CompiledBlank
from certgen.page.official.filling import place_field
from certgen.page.official.slots import FieldSlot, LabelSlot, OpenSlot, Slot


def lay_out_blank(compiled: CompiledBlank, paper: Paper) -> Layout:
    """What goes where on the blank; with an error among its findings the document must not be printed."""
    names = paper.names()
    draft = Draft(paper, [PageDraft(number) for number in range(1, len(compiled.contents) + 1)])
    chosen: dict[str, list[str]] = {}
    for slot in compiled.slots:
        _place(compiled, draft, slot, names, chosen)
    _tell_missing_lines(compiled, draft, names)
    for page, (width_pt, _) in zip(draft.pages, compiled.page_sizes_pt, strict=True):
        page.texts += _band_runs(compiled, paper, width_pt * MM_PER_PT)
    return Layout(_finish(compiled, draft, paper), tuple(dict.fromkeys(draft.findings)))


def _place(
    compiled: CompiledBlank,
    draft: Draft,
    slot: Slot,
    names: Mapping[str, Any],
    chosen: dict[str, list[str]],
) -> None:
    match slot:
        case FieldSlot():
            place_field(draft, slot, names, chosen)
        case TextSlot():
            place_text(draft, slot, slot.template.render(names))
        case TableSlot():
            _, rows, fits = place_table(draft, slot, names, compiled.captions["total"])
            if not fits:
                refuse_long_table(draft, slot, rows)
        case TickSlot():
            if slot.when.evaluate(names):
                draft.pages[slot.page - 1].ticks.append(slot.mark)
        case LabelSlot():
            _place_label(draft, slot)
        case OpenSlot():
            pass


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
        items = _follow(path, names)
        if isinstance(items, tuple | list) and len(items) > room:
            plain = path.replace("[", ".").replace("]", "")
            box = next((box.number for box in compiled.form.boxes_showing(plain)), "")
            draft.refuse("CG644", box, f"{plain}.{room}", room=room, count=len(items), what=path)


def _follow(path: str, names: Mapping[str, Any]) -> Any:
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


def _band_runs(compiled: CompiledBlank, paper: Paper, width_mm: float) -> list[TextRun]:
    """The words at the head of a paper that is no certificate, or that a variant adds."""
    if paper.variant is not None:
        band = paper.variant.band
    elif paper.legal_status is LegalStatus.DOCUMENT:
        band = compiled.captions.get("band", "")
    else:
        band = compiled.captions.get("band", compiled.captions[f"band_{paper.legal_status}"])
    if not band:
        return []
    width = load_face(Face.BOLD).advance(band, BAND_PT)
    left = (width_mm - width) / 2
    face, ink = Face.BOLD, Ink.NOTICE
    return [TextRun("", band, round(left, 3), BAND_BASELINE_MM, round(width, 3), BAND_PT, face, ink)]


def _finish(compiled: CompiledBlank, draft: Draft, paper: Paper) -> Document:
    issue, captions = paper.issue, compiled.captions
    notice = captions["draft"] if issue.is_draft else captions["copy"] if issue.is_copy else ""
    return Document(
        form=compiled.form.id,
        edition=compiled.edition.id,
        title=compiled.form.title,
        language=compiled.form.language,
        serial=issue.serial,
        notice=notice,
        pages=tuple(page.finish() for page in draft.pages),
        asked=tuple(draft.asked),
    )
