"""The words printed on a blank, and which of them stand beside a field and say what it is."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from certgen.forms.model import Frame
from certgen.page.fonts.faces import MM_PER_PT
from certgen.page.official.blank import Blank
from certgen.page.official.field_tree import find_child
from certgen.page.official.geometry import PageView, apply

log = logging.getLogger(__name__)
_MEAN_LETTER_EM = 0.5
_LINE_MM, _ABOVE_MM, _LEFT_MM = 2.0, 7.0, 90.0
_MOST_WORDS, _MOST_NEAR = 5000, 20
_MOST_OPERATIONS, _MOST_BYTES = 200_000, 4_000_000
_NUMBER = re.compile(r"^\W*(?:(?:box|field|no|case|feld)\b\.?\s*)?\(?\d{1,2}[a-z]?\s*[.):]\s*", re.IGNORECASE)
_END = re.compile(r"[\s._:…*-]+$")


@dataclass(frozen=True, slots=True)
class PrintedWords:
    """Words on a page as it is seen: where they begin and their baseline in mm, their size in mm."""

    page: int
    text: str
    x_mm: float
    y_mm: float
    size_mm: float

    @property
    def end_mm(self) -> float:
        """About where they end: the width of letters is estimated."""
        return self.x_mm + len(self.text) * self.size_mm * _MEAN_LETTER_EM


def read_words(blank: Blank) -> tuple[PrintedWords, ...]:
    """All words of a blank, piece by piece as the PDF sets them; a page that cannot be read has none."""
    found: list[PrintedWords] = []
    for number, (page, view) in enumerate(zip(blank.pages, blank.views, strict=True), 1):
        pieces: list[PrintedWords] = []
        try:
            if _count_drawn_bytes(page) <= _MOST_BYTES:
                visitor = _Visitor(number, view, pieces)
                page.extract_text(visitor_text=visitor, visitor_operand_before=visitor.count_operation)
        except Exception as error:  # noqa: BLE001  (words only help to propose; fields do without)
            log.info("page %d of the blank: its words cannot be read (%s)", number, error)
        found += pieces[:_MOST_WORDS]
    return tuple(found)


def _count_drawn_bytes(page: Any) -> int:
    """How much a page draws, what it draws again and again counted once; reading stops above the most."""
    contents = page.get_contents()
    count = len(contents.get_data()) if contents is not None else 0
    pending, seen = [page], set[int]()
    while pending and count <= _MOST_BYTES:
        drawings = find_child(find_child(pending.pop(), "/Resources"), "/XObject") or {}
        for drawing in (drawings[name] for name in drawings):
            if id(drawing) not in seen and drawing.get("/Subtype") == "/Form" and count <= _MOST_BYTES:
                seen.add(id(drawing))
                count += len(drawing.get_data())
                pending.append(drawing)
    return count


class _Visitor:
    """What pypdf calls for each piece of text."""

    def __init__(self, page: int, view: PageView, pieces: list[PrintedWords]) -> None:
        self._page, self._view, self._pieces = page, view, pieces
        self._operations = 0

    def count_operation(self, *_operation: Any) -> None:
        """Stop where drawings are drawn within drawings without end."""
        self._operations += 1
        if self._operations > _MOST_OPERATIONS:
            raise ValueError("too many operations")

    def __call__(self, text: str, cm: Sequence[float], tm: Sequence[float], _font: Any, size: float) -> None:
        words = " ".join(text.split())
        if not words:
            return
        a, b, c, d, e, f = (float(number) for number in cm)
        x, y = apply((a, b, c, d, e, f), float(tm[4]), float(tm[5]))
        scale = (float(tm[2]) ** 2 + float(tm[3]) ** 2) ** 0.5 * (c**2 + d**2) ** 0.5
        across, down = self._view.see(x, y)
        height = abs(size) * scale * self._view.unit * MM_PER_PT
        self._pieces.append(PrintedWords(self._page, words, across, down, height or 3.0))


def find_labels(
    words: Sequence[PrintedWords], page: int, frame: Frame, others: Sequence[Frame] = (), *, is_button: bool
) -> list[str]:
    """What stands beside a place, the likeliest first: left of it, above it; right of a button first.

    Words beyond one of the `others` on the page belong to that.
    """
    near = [piece for piece in words if piece.page == page]
    left = _left_of(near, frame, others)
    return [*_right_of(near, frame), *left] if is_button else [*left, *_above(near, frame, others)]


def find_title(
    words: Sequence[PrintedWords], page: int, frame: Frame, others: Sequence[Frame] = ()
) -> list[str]:
    """What stands above a place."""
    return _above([piece for piece in words if piece.page == page], frame, others)


def _on_this_side(
    pieces: Sequence[PrintedWords], frame: Frame, others: Sequence[Frame]
) -> list[PrintedWords]:
    """The nearest of these words that no other place parts from this one."""
    nearest = pieces[:_MOST_NEAR]
    return [piece for piece in nearest if not any(_is_between(other, piece, frame) for other in others)]


def _is_between(other: Frame, piece: PrintedWords, frame: Frame) -> bool:
    """Whether another place lies between words and a place that is right of them or below them."""
    middle = other.y_mm + other.height_mm / 2
    is_on_line = frame.y_mm <= middle <= frame.y_mm + frame.height_mm
    if is_on_line and piece.x_mm < other.x_mm < frame.x_mm and abs(piece.y_mm - middle) < other.height_mm:
        return True
    is_in_column = other.x_mm < frame.x_mm + frame.width_mm and frame.x_mm < other.x_mm + other.width_mm
    return is_in_column and piece.y_mm < middle < frame.y_mm


def _left_of(words: Sequence[PrintedWords], frame: Frame, others: Sequence[Frame]) -> list[str]:
    bottom = frame.y_mm + frame.height_mm
    beside = [
        piece
        for piece in words
        if frame.y_mm - _LINE_MM / 2 <= piece.y_mm <= bottom + _LINE_MM / 2
        and frame.x_mm - _LEFT_MM <= piece.x_mm < frame.x_mm - 1
        and piece.end_mm <= frame.x_mm + _LINE_MM * 3
    ]
    beside.sort(key=lambda piece: -piece.x_mm)
    beside = _on_this_side(beside, frame, others)
    return _with_joined(beside[:1], [piece for piece in beside if beside and _on_line(piece, beside[0])])


def _right_of(words: Sequence[PrintedWords], frame: Frame) -> list[str]:
    right, middle = frame.x_mm + frame.width_mm, frame.y_mm + frame.height_mm / 2
    beside = [
        piece
        for piece in words
        if -_LINE_MM <= piece.y_mm - middle <= _LINE_MM * 1.5 and 0 <= piece.x_mm - right + 0.5 <= _LEFT_MM
    ]
    return [piece.text for piece in sorted(beside, key=lambda piece: piece.x_mm)[:1]]


def _above(words: Sequence[PrintedWords], frame: Frame, others: Sequence[Frame]) -> list[str]:
    over = [
        piece
        for piece in words
        if -_ABOVE_MM <= piece.y_mm - frame.y_mm <= 1.5
        and frame.x_mm - 4 <= piece.x_mm <= frame.x_mm + frame.width_mm
    ]
    over.sort(key=lambda piece: (-piece.y_mm, piece.x_mm))
    over = _on_this_side(over, frame, others)
    return _with_joined(over[:1], [piece for piece in over if over and _on_line(piece, over[0])])


def _on_line(one: PrintedWords, other: PrintedWords) -> bool:
    return abs(one.y_mm - other.y_mm) < 0.5


def _with_joined(nearest: Sequence[PrintedWords], line: Sequence[PrintedWords]) -> list[str]:
    """The nearest piece, and the whole line of pieces as one: makers cut words as they like."""
    if not nearest:
        return []
    joined = "".join(piece.text for piece in sorted(line, key=lambda piece: piece.x_mm))
    spaced = " ".join(piece.text for piece in sorted(line, key=lambda piece: piece.x_mm))
    return list(dict.fromkeys([nearest[0].text, spaced, joined]))


def tidy(label: str) -> str:
    """A label without its number, its colon and the dots of its line: `4. Exporter: ......` is `Exporter`."""
    return _END.sub("", _NUMBER.sub("", label)).strip()
