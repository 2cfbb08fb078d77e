"""A certificate laid out: values at their places, what does not fit on sheets of its own, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from certgen.findings import Finding
from certgen.forms.model import Edition, Form, Frame, Overflow
from certgen.forms.paper import Paper
from certgen.page.document import Document, Face, Ink, TextRun
from certgen.page.fonts.faces import MM_PER_PT, load_face
from certgen.page.layout.continuation import LongTable, continue_table, continue_text
from certgen.page.layout.draft import Draft, PageDraft
from certgen.page.layout.furniture import FOOTER_BASELINE_MM, FOOTER_SIZE_PT
from certgen.page.layout.measure import BASELINE, LEADING
from certgen.page.layout.plan import FormPlan, TableSlot, TextSlot, form_page_count
from certgen.page.layout.sheets import SheetPlan, Sheets
from certgen.page.layout.table import place_table, refuse_long_table
from certgen.page.layout.text import LongText, place_text

BAND_BASELINE_MM = 6.8
BAND_PT = 8.0


@dataclass(frozen=True, slots=True)
class Layout:
    """A document and what is wrong with it; with an error among the findings it must not be printed."""

    document: Document
    findings: tuple[Finding, ...]


def lay_out(plan: FormPlan, paper: Paper) -> Layout:
    """Lay one certificate out; raises FormError when an expression of the form fails.

    Digits all have one width, so that a serial of the same length stands in for one not yet given: what fits
    with it fits with every other.
    """
    names = paper.names()
    draft = Draft(paper, [PageDraft(number) for number in range(1, form_page_count(plan) + 1)])
    serial = draft.gate(paper.issue.serial, "", ())
    draft.serial = "" if serial.refused else serial.text
    long = [spilled for slot in plan.slots if (spilled := _place(plan, draft, slot, names)) is not None]
    for slot in plan.ticks:
        if slot.when.evaluate(names):
            draft.pages[slot.page - 1].ticks.append(slot.mark)
    _continue(plan, draft, long)
    _place_furniture(plan, draft, paper.issue.serial)
    return finish(plan.form, plan.edition, plan.captions, draft)


def _place(
    plan: FormPlan, draft: Draft, slot: TextSlot | TableSlot, names: Mapping[str, Any]
) -> LongText | LongTable | None:
    if isinstance(slot, TextSlot):
        return place_text(draft, slot, slot.template.render(names))
    items, rows, fits = place_table(draft, slot, names, plan.captions["total"])
    if fits:
        return None
    if slot.fit.overflow is Overflow.REFUSE:
        refuse_long_table(draft, slot, rows)
        return None
    return LongTable(draft, slot, items, rows, names)


def _continue(plan: FormPlan, draft: Draft, long: list[LongText | LongTable]) -> None:
    pages = form_page_count(plan)
    sheets = Sheets(
        SheetPlan(plan.form.title, plan.captions, plan.left_mm, plan.right_mm, plan.height_mm, pages), draft
    )
    for spilled in long:
        if isinstance(spilled, LongText):
            continue_text(sheets, spilled)
        else:
            continue_table(sheets, spilled)


def _place_furniture(plan: FormPlan, draft: Draft, serial: str) -> None:
    """Serial and page number at the foot of every page, the band at its head."""
    pages = len(draft.pages)
    band = place_band(plan.band, (plan.left_mm + plan.right_mm) / 2)
    serial_runs, serial_frame = _serial_runs(plan, draft.serial)
    for number, page in enumerate(draft.pages, 1):
        page.texts += band
        page.texts += serial_runs
        words = plan.captions["page"].format(page=number, pages=pages)
        page.texts.append(_foot_run(words, plan.right_mm, Face.REGULAR, Ink.CAPTION, align="right"))
    if serial:
        for number in range(1, pages + 1):
            draft.ask("", draft.serial or serial, ((number, serial_frame),))


def _serial_runs(plan: FormPlan, serial: str) -> tuple[list[TextRun], Frame]:
    """The serial with its caption at the left of the foot, and the frame of the serial alone."""
    caption = plan.captions["serial" if serial else "no_serial"]
    runs = [_foot_run(caption, plan.left_mm, Face.REGULAR, Ink.CAPTION)]
    left = plan.left_mm + runs[0].width_mm + 1.5
    if serial:
        runs.append(_foot_run(serial, left, Face.BOLD, Ink.VALUE))
    top = FOOTER_BASELINE_MM - BASELINE * FOOTER_SIZE_PT * MM_PER_PT
    frame = Frame(left - 0.5, top, runs[-1].width_mm + 1.0, FOOTER_SIZE_PT * LEADING * MM_PER_PT)
    return runs if plan.form.serial_pattern else [], frame


@lru_cache(maxsize=1000)
def _foot_run(text: str, x_mm: float, face: Face, ink: Ink, align: str = "left") -> TextRun:
    width = load_face(face).advance(text, FOOTER_SIZE_PT)
    left = x_mm - width if align == "right" else x_mm
    return TextRun("", text, round(left, 3), FOOTER_BASELINE_MM, round(width, 3), FOOTER_SIZE_PT, face, ink)


def place_band(words: str, middle_mm: float) -> list[TextRun]:
    """What a paper is not, at its head, about the middle of its page."""
    if not words:
        return []
    width = load_face(Face.BOLD).advance(words, BAND_PT)
    left, face, ink = round(middle_mm - width / 2, 3), Face.BOLD, Ink.NOTICE
    return [TextRun("", words, left, BAND_BASELINE_MM, round(width, 3), BAND_PT, face, ink)]


def finish(form: Form, edition: Edition, captions: Mapping[str, str], draft: Draft) -> Layout:
    """A draft that is done, as plain data; a word goes across its pages if it is no original."""
    issue = draft.paper.issue
    document = Document(
        form=form.id,
        edition=edition.id,
        title=form.title,
        language=form.language,
        serial=issue.serial,
        notice=captions["draft"] if issue.is_draft else captions["copy"] if issue.is_copy else "",
        pages=tuple(page.finish() for page in draft.pages),
        asked=tuple(draft.asked),
    )
    return Layout(document, tuple(dict.fromkeys(draft.findings)))
