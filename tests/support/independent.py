"""Certificates read by somebody else's program: the words of each page with their places."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
from defusedxml.ElementTree import fromstring
from expected import expected_values

from certgen.consignment import Consignment
from certgen.forms.model import Box, Form, TablePart

Expected = Callable[[Consignment], Iterable[tuple[str, str]]]
"""Box number and value of everything that a form must show of a consignment."""
POINTS_IN_MM = 72 / 25.4
TOLERANCE_PT = 0.8


@dataclass(frozen=True)
class Word:
    """A word on a page (from 1), its corners in points from the top left."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


def words_by_pdfplumber(path: Path) -> list[Word]:
    with pdfplumber.open(path) as pdf:
        return [
            Word(number, word["text"], word["x0"], word["top"], word["x1"], word["bottom"])
            for number, page in enumerate(pdf.pages, start=1)
            for word in page.extract_words(use_text_flow=True, keep_blank_chars=False)
        ]


def words_by_pdftotext(path: Path) -> list[Word]:
    printed = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, check=True).stdout
    tree = fromstring(printed)
    space = "{http://www.w3.org/1999/xhtml}"
    return [
        Word(
            number,
            word.text or "",
            *(float(word.get(side, "0")) for side in ("xMin", "yMin", "xMax", "yMax")),
        )
        for number, page in enumerate(tree.iter(f"{space}page"), start=1)
        for word in page.iter(f"{space}word")
    ]


def words_inside(words: list[Word], box: Box) -> list[Word]:
    """Everything printed inside the box, in the order of reading."""
    frame = box.frame
    left, top = frame.x_mm * POINTS_IN_MM - TOLERANCE_PT, frame.y_mm * POINTS_IN_MM - TOLERANCE_PT
    right = (frame.x_mm + frame.width_mm) * POINTS_IN_MM + TOLERANCE_PT
    bottom = (frame.y_mm + frame.height_mm) * POINTS_IN_MM + TOLERANCE_PT

    def is_inside(word: Word) -> bool:
        on_page = word.page == box.page and left <= word.left and word.right <= right
        return on_page and top <= word.top and word.bottom <= bottom

    return [word for word in words if is_inside(word)]


def texts_of(words: list[Word], box: Box) -> list[str]:
    """What can be read in the box: the whole of it, and each column of its table from top to bottom."""
    inside = words_inside(words, box)
    return [squeezed(" ".join(word.text for word in group)) for group in (inside, *columns(inside, box))]


def columns(inside: list[Word], box: Box) -> list[list[Word]]:
    tables = [part for part in box.parts if isinstance(part, TablePart)]
    found = []
    for table in tables:
        left = box.frame.x_mm + table.frame.x_mm
        for column in table.columns:
            ends = left * POINTS_IN_MM, (left + column.width_mm) * POINTS_IN_MM
            words = [word for word in inside if ends[0] <= (word.left + word.right) / 2 <= ends[1]]
            found.append(sorted(words, key=lambda word: (round(word.top), word.left)))
            left += column.width_mm
    return found


def text_on_sheets(words: list[Word], form: Form) -> str:
    """Everything printed on continuation sheets."""
    pages = max(box.page for box in form.boxes)
    return squeezed(" ".join(word.text for word in words if word.page > pages))


def squeezed(text: str) -> str:
    return "".join(text.split())


def missing_values(
    words: list[Word], form: Form, consignment: Consignment, expected: Expected = expected_values
) -> list[str]:
    """Values that are not where they belong: in their box, or on a sheet that their box points to."""
    boxes = {box.number: box for box in form.boxes}
    sheets = text_on_sheets(words, form)
    missing = []
    for number, value in expected(consignment):
        texts = texts_of(words, boxes[number])
        continued = "sheet" in texts[0] and squeezed(value) in sheets
        if not continued and not any(squeezed(value) in text for text in texts):
            missing.append(f"box {number}: {value!r} in {texts[0]!r}")
    return missing
