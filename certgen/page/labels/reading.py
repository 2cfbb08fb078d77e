"""Finished labels read again from their bytes: every line where it was placed, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from certgen.errors import PageError
from certgen.page.fonts.faces import MM_PER_PT
from certgen.page.labels.faces import runs_of
from certgen.page.labels.label import LaidLabel
from certgen.page.labels.stock import LabelStock

_TOLERANCE_MM = 0.1


class _Spot(NamedTuple):
    """A line of text and the start of its baseline from the upper left corner of the page, in mm."""

    text: str
    x_mm: float
    y_mm: float

    def is_at(self, other: _Spot) -> bool:
        return (
            self.text == other.text
            and abs(self.x_mm - other.x_mm) < _TOLERANCE_MM
            and abs(self.y_mm - other.y_mm) < _TOLERANCE_MM
        )


def read_labels_back(pdf: bytes, labels: Sequence[LaidLabel], stock: LabelStock) -> None:
    """Raises PageError when a line of a label is missing or elsewhere, or something else stands there."""
    from pypdf import PdfReader  # noqa: PLC0415  (only this command needs it)

    pages = PdfReader(BytesIO(pdf)).pages
    if len(pages) != -(-len(labels) // stock.on_a_page):
        raise PageError(f"The labels came out on {len(pages)} pages. Nothing was written.")
    for number, page in enumerate(pages):
        on_page = labels[number * stock.on_a_page : (number + 1) * stock.on_a_page]
        _compare(list(_asked(on_page, stock)), list(_found(page)))


def _compare(asked: Sequence[_Spot], found: list[_Spot]) -> None:
    for spot in asked:
        place = next((place for place, other in enumerate(found) if spot.is_at(other)), None)
        if place is None:
            raise PageError(f"A label does not say what was asked: {spot.text!r}. Nothing was written.")
        del found[place]
    if found:
        raise PageError(f"A label says what was not asked: {found[0].text!r}. Nothing was written.")


def _asked(labels: Sequence[LaidLabel], stock: LabelStock) -> Iterator[_Spot]:
    for number, label in enumerate(labels):
        left, top = stock.corner(number)
        for line in label.lines:
            for run in runs_of(line):
                if run.text.strip():
                    yield _Spot(run.text, left + run.x_mm, top + run.y_mm)


def _found(page: Any) -> Iterator[_Spot]:
    height_pt = float(page.mediabox.height)
    spots: list[_Spot] = []

    def keep(text: str, matrix: Any, text_matrix: Any, *_: Any) -> None:
        if text.strip():
            x_pt, y_pt = matrix[4] + text_matrix[4], matrix[5] + text_matrix[5]
            spots.append(_Spot(text.strip("\n"), x_pt * MM_PER_PT, (height_pt - y_pt) * MM_PER_PT))

    page.extract_text(visitor_text=keep)
    yield from spots
