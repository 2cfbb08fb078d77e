"""Certificates read by somebody else's program: the words of each page with their places."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
from defusedxml.ElementTree import fromstring
from expected import expected_values

from certgen.consignment import Consignment
from certgen.forms.model import Box, Form

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


def text_inside(words: list[Word], box: Box) -> str:
    """Everything printed inside the box, in reading order, without white space."""
    frame = box.frame
    left, top = frame.x_mm * POINTS_IN_MM - TOLERANCE_PT, frame.y_mm * POINTS_IN_MM - TOLERANCE_PT
    right = (frame.x_mm + frame.width_mm) * POINTS_IN_MM + TOLERANCE_PT
    bottom = (frame.y_mm + frame.height_mm) * POINTS_IN_MM + TOLERANCE_PT
    inside = (
        word
        for word in words
        if word.page == box.page
        and left <= word.left
        and word.right <= right
        and top <= word.top
        and word.bottom <= bottom
    )
    return squeezed(" ".join(word.text for word in inside))


def text_on_sheets(words: list[Word], form: Form) -> str:
    """Everything printed on continuation sheets."""
    pages = max(box.page for box in form.boxes)
    return squeezed(" ".join(word.text for word in words if word.page > pages))


def squeezed(text: str) -> str:
    return "".join(text.split())


def missing_values(words: list[Word], form: Form, consignment: Consignment) -> list[str]:
    """Values that are not where they belong: in their box, or on a sheet that their box points to."""
    boxes = {box.number: box for box in form.boxes}
    sheets = text_on_sheets(words, form)
    missing = []
    for number, value in expected_values(consignment):
        inside = text_inside(words, boxes[number])
        continued = "sheet" in inside and squeezed(value) in sheets
        if squeezed(value) not in inside and not continued:
            missing.append(f"box {number}: {value!r} in {inside!r}")
    return missing
