"""Continuation sheets: opened one after another, each with the title of the form and its own number.

The form itself is sheet 1, printed on both sides; the first continuation is sheet 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from certgen.forms.model import Frame
from certgen.page.document import Face, Ink, TextRun
from certgen.page.fonts.faces import load_face
from certgen.page.layout.draft import Draft, PageDraft
from certgen.page.layout.measure import fit_text, line_height, set_text
from certgen.page.layout.placing import outline_strokes, place_lines

SHEET_TITLE_PT = 9.0
SHEET_TITLE_SMALLEST_PT = 7.0
SHEET_NUMBER_PT = 8.5
HEADING_PT = 8.0
TOP_MM = 10.0
FOOT_MM = 14.0
BLOCK_GAP_MM = 3.0
INSET_MM = 2.0
HEADING_TOP_MM = 0.9
HEADING_GAP_MM = 2.4


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What the sheets of a form share: its title, the words on them, their room, how many pages go before."""

    title: str
    captions: Mapping[str, str]
    left_mm: float
    right_mm: float
    height_mm: float
    form_pages: int


class Sheets:
    """The continuation sheets of one document; `y_mm` is where the next thing goes on the last of them."""

    def __init__(self, plan: SheetPlan, draft: Draft) -> None:
        self.plan = plan
        self.draft = draft
        self.y_mm = float("inf")
        self._block_top_mm = 0.0

    @property
    def page(self) -> int:
        """The page number of the last sheet."""
        return len(self.draft.pages)

    @property
    def top_mm(self) -> float:
        """Where the first block of a sheet begins."""
        return self._head_line_top + line_height(SHEET_NUMBER_PT) + 1.5

    @property
    def bottom_mm(self) -> float:
        return self.plan.height_mm - FOOT_MM

    @property
    def width_mm(self) -> float:
        return self.plan.right_mm - self.plan.left_mm

    @property
    def room_mm(self) -> float:
        """What is left on this sheet."""
        return self.bottom_mm - self.y_mm

    def make_room(self, height_mm: float) -> None:
        """Open a new sheet unless this one has the room."""
        if self.room_mm < height_mm:
            self.open()

    def open(self) -> None:
        """Begin a new sheet with its head."""
        self.draft.pages.append(PageDraft(0))
        head = [*self._title(), *self._sheet_number()]
        self.draft.pages[-1].texts += head
        self.y_mm = self.top_mm

    def words_for(self, caption: str, page: int) -> str:
        """A caption that names a sheet by its number and page."""
        sheet = page - self.plan.form_pages + 1
        return self.plan.captions[caption].format(sheet=sheet, page=page)

    def open_block(self, box: str, heading: str, *, is_continued: bool) -> None:
        """Begin a block with the number and title of its box."""
        self._block_top_mm = self.y_mm
        if is_continued:
            heading = self.plan.captions["continued"].format(title=heading)
        frame = Frame(
            self.plan.left_mm + INSET_MM, self.y_mm + HEADING_TOP_MM, self.width_mm - 2 * INSET_MM, 0
        )
        setting = set_text(heading, load_face(Face.BOLD), HEADING_PT, frame.width_mm)
        self.draft.pages[-1].texts += place_lines(setting, frame, box, Face.BOLD, Ink.CAPTION)
        self.y_mm = round(self.y_mm + heading_height(heading, self.width_mm), 3)

    def close_block(self) -> None:
        """End a block with a rule around it."""
        top, left = self._block_top_mm, self.plan.left_mm
        frame = Frame(left, top, self.width_mm, round(self.y_mm - top, 3))
        self.draft.pages[-1].strokes += outline_strokes(frame, 0.5)
        self.y_mm = round(self.y_mm + BLOCK_GAP_MM, 3)

    def _title(self) -> tuple[TextRun, ...]:
        return _place_title(self.plan.title, self.plan.left_mm, self.width_mm)

    def _sheet_number(self) -> tuple[TextRun, ...]:
        """The number of the sheet at the left, the serial it belongs to at the right."""
        words = self.words_for("sheet", self.page)
        number = self._head_line(words, Ink.CAPTION, "left")
        serial = self.draft.serial
        if not serial:
            return number
        placed = self._head_line(serial, Ink.VALUE, "right")
        run = placed[0]
        frame = Frame(run.x_mm - 0.5, self._head_line_top, run.width_mm + 1.0, line_height(SHEET_NUMBER_PT))
        self.draft.ask("", serial, ((self.page, frame),))
        return number + placed

    @property
    def _head_line_top(self) -> float:
        return TOP_MM + 2 * line_height(SHEET_TITLE_PT) - 1.0

    def _head_line(self, words: str, ink: Ink, align: str) -> tuple[TextRun, ...]:
        size = self.width_mm, line_height(SHEET_NUMBER_PT)
        return _place_head_line(words, Frame(self.plan.left_mm, self._head_line_top, *size), ink, align)


@lru_cache(maxsize=1000)
def _place_head_line(words: str, frame: Frame, ink: Ink, align: str) -> tuple[TextRun, ...]:
    """A line below the title of a sheet; remembered, because each sheet of a paper has its serial."""
    setting = set_text(words, load_face(Face.BOLD), SHEET_NUMBER_PT, frame.width_mm)
    return tuple(place_lines(setting, frame, "", Face.BOLD, ink, align))


@lru_cache(maxsize=100)
def _place_title(title: str, left_mm: float, width_mm: float) -> tuple[TextRun, ...]:
    """The title of a form at the head of its sheets, in two lines at the most if it can be."""
    face, sizes = load_face(Face.BOLD), (SHEET_TITLE_PT, SHEET_TITLE_SMALLEST_PT)
    height = 2 * line_height(SHEET_TITLE_PT)
    setting = fit_text(title, face, sizes, width_mm, height) or set_text(title, face, sizes[1], width_mm)
    frame = Frame(left_mm, TOP_MM, width_mm, height)
    return tuple(place_lines(setting, frame, "", Face.BOLD, Ink.CAPTION, "center"))


@lru_cache(maxsize=1000)
def heading_height(heading: str, width_mm: float) -> float:
    """The room that a block's heading takes, with the space around it."""
    setting = set_text(heading, load_face(Face.BOLD), HEADING_PT, width_mm - 2 * INSET_MM)
    return setting.height_mm + HEADING_GAP_MM
