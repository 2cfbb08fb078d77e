"""A proof of a form on a blank: every box outlined and numbered, sample values in their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from certgen.consignment import Consignment
from certgen.errors import FormError
from certgen.findings import Finding
from certgen.forms.model import Box, Form, Frame, LegalStatus
from certgen.forms.paper import Issue, Paper
from certgen.forms.sample import make_sample
from certgen.forms.vocabulary import Vocabulary
from certgen.page.document import DocumentPage, Face, Ink, Stroke, TextRun
from certgen.page.fonts.faces import load_face
from certgen.page.layout.placing import outline_strokes
from certgen.page.official.bare_fonts import find_bare_fonts
from certgen.page.official.blank import open_blank
from certgen.page.official.compile import CompiledBlank, compile_blank
from certgen.page.official.emit import emit_filled
from certgen.page.official.layout import lay_out_blank
from certgen.page.official.shown import find_scant_lines, shows_serial

NUMBER_PT = 6.5
_GAP_MM = 0.4
_MOST_LINES = 30
_SAMPLE_SERIAL = "SAMPLE-0001"
_SAMPLE_SIGNATORY = "A. Sample"


@dataclass(frozen=True, slots=True)
class Proof:
    """The proof as a PDF, what could not be put in its place, and the boxes that say nothing yet.

    `bare_fonts` are those that the blank uses without bringing them, `scant_lines` the lines of goods that
    show less than the first one does: what they leave out stands nowhere on the paper.
    `lacks_number` tells of a paper with a place for a number, whose form gives it none.
    """

    pdf: bytes
    findings: tuple[Finding, ...]
    empty_boxes: tuple[str, ...]
    bare_fonts: tuple[str, ...]
    scant_lines: tuple[str, ...]
    lacks_number: bool


def draw_proof(form: Form, vocabulary: Vocabulary) -> Proof:
    """The latest edition of a form, filled with the vocabulary's examples.

    Raises FormError for a form that stands on no official blank, and for one that cannot be filled.
    """
    if form.official is None:
        raise FormError(
            f"{form.folder}: stands on no official blank; `certgen fill --draft` shows its pages."
        )
    compiled = compile_blank(form, form.official, form.editions[-1])
    with open_blank(form.official.path) as blank:
        bare_fonts = find_bare_fonts(blank)
    sample = make_sample(vocabulary, _count_lines(compiled))
    paper = _sample_paper(form, sample)
    layout = lay_out_blank(compiled, paper)
    document = layout.document
    pages = tuple(_with_numbers(compiled, page) for page in document.pages)
    return Proof(
        pdf=emit_filled(compiled, replace(document, pages=pages), paper),
        findings=layout.findings,
        empty_boxes=tuple(_empty_boxes(compiled)),
        bare_fonts=bare_fonts,
        scant_lines=tuple(find_scant_lines(form)),
        lacks_number=_lacks_number(form),
    )


def _lacks_number(form: Form) -> bool:
    is_numbered = bool(form.serial_pattern) or any(variant.serial_pattern for variant in form.variants)
    return form.legal_status is LegalStatus.DOCUMENT and shows_serial(form) and not is_numbered


def _count_lines(compiled: CompiledBlank) -> int:
    """As many lines of goods as the blank has, and one more where it says what becomes of that."""
    room = compiled.line_room.get("products", 0)
    return min(room + (compiled.note is not None), _MOST_LINES) if room else 2


def _sample_paper(form: Form, sample: Consignment) -> Paper:
    day = sample.issue_date or date(2026, 1, 1)
    serial = _SAMPLE_SERIAL if form.serial_pattern else ""
    issue = Issue(issuer=sample.issuing_body, signatory=_SAMPLE_SIGNATORY, issue_date=day, serial=serial)
    return Paper(form=form, edition=form.editions[-1], consignment=sample, issue=issue)


def _empty_boxes(compiled: CompiledBlank) -> Iterator[str]:
    filled = {slot.mark.box if hasattr(slot, "mark") else slot.box for slot in compiled.slots}
    yield from (box.number for box in compiled.form.boxes if box.number not in filled)


def _with_numbers(compiled: CompiledBlank, page: DocumentPage) -> DocumentPage:
    strokes, runs = list[Stroke](), list[TextRun]()
    for box in compiled.form.boxes:
        if box.page == page.form_page:
            strokes += outline_strokes(box.frame)
            runs.append(_number_run(box))
    return replace(page, strokes=(*page.strokes, *strokes), texts=(*page.texts, *runs))


def _number_run(box: Box) -> TextRun:
    """The number at the top left corner of its box, outside it where the page allows."""
    width = load_face(Face.BOLD).advance(box.number, NUMBER_PT)
    frame: Frame = box.frame
    x = max(frame.x_mm - width - _GAP_MM, _GAP_MM)
    y = frame.y_mm + 2 * _GAP_MM + 1
    return TextRun(
        box.number, box.number, round(x, 3), round(y, 3), round(width, 3), NUMBER_PT, Face.BOLD, Ink.NOTICE
    )
