"""How text breaks into lines and at which size it fits: widths in mm, sizes in points, nothing placed yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from certgen.page.fonts.faces import MM_PER_PT, FontFace
from certgen.page.layout.line_breaks import split_pieces

LEADING = 1.2
"""Line distance in ems."""
BASELINE = 0.93
"""From the top of a line to its baseline in ems; what is left below holds the descenders."""
BLANK_LINE = 0.5
"""A blank line, as a share of a full one: it parts two parties, it says nothing."""
SMALLEST_PT = 6.5
STEP_PT = 0.5
_BREAKS_AFTER = "-/–—._,;:+&"


class Line(NamedTuple):
    """One line of text and its advance."""

    text: str
    width_mm: float


class Setting(NamedTuple):
    """Lines at one size; `breaks_words` when a word had to be parted inside."""

    lines: tuple[Line, ...]
    size_pt: float
    breaks_words: bool = False

    @property
    def height_mm(self) -> float:
        return height_of(self.lines, self.size_pt)


def line_height(size_pt: float) -> float:
    """The distance of two baselines in mm."""
    return size_pt * LEADING * MM_PER_PT


def height_of(lines: tuple[Line, ...], size_pt: float) -> float:
    """The room that lines take, from the top of the first to the bottom of the last, in mm."""
    full = sum(1 if line.text else BLANK_LINE for line in lines)
    return full * line_height(size_pt)


def sizes_between(size_pt: float, smallest_pt: float) -> Iterator[float]:
    """The sizes to try, from the wanted one down; never below 6.5 pt."""
    smallest = max(smallest_pt, SMALLEST_PT)
    while size_pt > smallest:
        yield size_pt
        size_pt = max(size_pt - STEP_PT, smallest)
    yield smallest


def set_text(text: str, face: FontFace, size_pt: float, width_mm: float) -> Setting:
    """Break a text at its line ends, at spaces, between Chinese and Japanese letters, and inside a word only
    where it is wider than the line.
    """
    lines: list[Line] = []
    breaks_words = False
    for paragraph in text.split("\n"):
        width = face.advance(paragraph, size_pt)
        if width <= width_mm:
            lines.append(Line(paragraph, width))
            continue
        for line, is_part in _broken(paragraph, face, size_pt, width_mm):
            breaks_words = breaks_words or is_part
            lines.append(Line(line, face.advance(line, size_pt)))
    return Setting(tuple(lines), size_pt, breaks_words)


def fit_text(
    text: str, face: FontFace, sizes_pt: tuple[float, float], width_mm: float, height_mm: float
) -> Setting | None:
    """The text at the largest of the sizes (wanted, smallest) that fits, or None when none does.

    A word is parted only at the smallest size: a CN code or a lot number in two halves reads as two.
    """
    setting = None
    for size in sizes_between(*sizes_pt):
        setting = set_text(text, face, size, width_mm)
        if not setting.breaks_words and setting.height_mm <= height_mm:
            return setting
    return setting if setting and setting.height_mm <= height_mm else None


def narrow_text(text: str, face: FontFace, sizes_pt: tuple[float, float], width_mm: float) -> Setting:
    """The text at the largest size at which no word is parted, whatever its height."""
    setting = set_text(text, face, sizes_pt[0], width_mm)
    if not setting.breaks_words:
        return setting
    for size in sizes_between(*sizes_pt):
        setting = set_text(text, face, size, width_mm)
        if not setting.breaks_words:
            break
    return setting


def _broken(paragraph: str, face: FontFace, size_pt: float, width_mm: float) -> Iterator[tuple[str, bool]]:
    """The lines of one paragraph, each with whether it ends inside a word."""
    room = width_mm / (size_pt * MM_PER_PT) * face.units_per_em
    advances = face.advances
    space = advances[" "]
    line, used = "", 0.0
    for word, is_parted in split_pieces(paragraph):
        width = sum(map(advances.__getitem__, word))
        gap = space if is_parted else 0
        if line and used + gap + width <= room:
            line, used = f"{line} {word}" if is_parted else line + word, used + gap + width
            continue
        if line:
            yield line, False
        *heads, line = _parts_of(word, face, room) if width > room else (word,)
        yield from ((head, True) for head in heads)
        used = sum(map(advances.__getitem__, line))
    yield line, False


def _parts_of(word: str, face: FontFace, room: float) -> Iterator[str]:
    """A word too wide for a line in pieces that fit; after a hyphen or stroke where one is near the end."""
    while word:
        end = _count_fitting(word, face, room)
        if end < len(word):
            after = max(word.rfind(sign, end // 2, end) for sign in _BREAKS_AFTER) + 1
            end = after or end
        yield word[:end]
        word = word[end:]


def _count_fitting(word: str, face: FontFace, room: float) -> int:
    used = 0
    for count, letter in enumerate(word):
        used += face.advances[letter]
        if used > room:
            return max(count, 1)
    return len(word)
