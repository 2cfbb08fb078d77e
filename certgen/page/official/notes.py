"""The sheets that go with a blank: as large as its paper, and the place where the blank names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from certgen.errors import FormError
from certgen.forms.model import Frame, OfficialBlank
from certgen.page.fonts.faces import MM_PER_PT
from certgen.page.layout.furniture import PAGE_SIZES_MM
from certgen.page.layout.sheets import SheetPlan
from certgen.page.official.blank import Blank
from certgen.page.official.doubles import shared_part
from certgen.page.official.fields import BlankField
from certgen.page.official.labels import PrintedWords, read_words

_MARGIN_MM = 12.0
_NARROWEST_MM, _LOWEST_MM = 190.0, 240.0
NOTE_MM = 4.5
_BAND_MM = 9.0
"""The head of a page, where a band may stand."""


def sheet_size(blank_sizes_pt: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The paper of the sheets in points: the blank's own where it is large enough, else A4."""
    width, height = blank_sizes_pt[0]
    if width * MM_PER_PT >= _NARROWEST_MM and height * MM_PER_PT >= _LOWEST_MM:
        return width, height
    across, down = PAGE_SIZES_MM["A4"]
    return across / MM_PER_PT, down / MM_PER_PT


def plan_sheets(
    title: str, captions: Mapping[str, str], blank_sizes_pt: Sequence[tuple[float, float]]
) -> SheetPlan:
    """What the sheets that go with a blank share."""
    width, height = (side * MM_PER_PT for side in sheet_size(blank_sizes_pt))
    return SheetPlan(title, captions, _MARGIN_MM, width - _MARGIN_MM, height, len(blank_sizes_pt))


def find_note_place(blank: Blank, fields: Iterable[BlankField], official: OfficialBlank) -> tuple[int, Frame]:
    """The lowest strip of the first page where the blank has no words and no fields.

    Raises FormError when there is none.
    """
    width, height = official.page_sizes_mm[0]
    taken = [widget.frame for field in fields for widget in field.widgets if widget.page == 1]
    taken += [_frame_of(words) for words in read_words(blank) if words.page == 1]
    top = height - NOTE_MM - 3.0
    while top > _BAND_MM:
        strip = Frame(_MARGIN_MM, top, width - 2 * _MARGIN_MM, NOTE_MM)
        if not any(shared_part(strip, frame) > 0 for frame in taken if frame.width_mm * frame.height_mm > 0):
            return 1, strip
        top -= 1.0
    raise FormError(
        "its first page has no free line that could say on which sheet further lines stand; give it a place: "
        "note = { page = 1, at = [x, y, width, height] } under [official] in form.toml."
    )


def _frame_of(words: PrintedWords) -> Frame:
    """About where words stand, from their tops to below the line."""
    return Frame(words.x_mm, words.y_mm - words.size_mm, words.end_mm - words.x_mm, words.size_mm * 1.3)
