"""The last look before a certificate leaves the house: what its bytes say is held against what was asked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter

from certgen.errors import PageError
from certgen.forms.model import Frame
from certgen.page.document import Asked, AskedRow, Document, DocumentPage, TextRun
from certgen.page.printed import PrintedPage, PrintedRun, read_pages

TOLERANCE_MM = 0.05
_CAPITAL_HEIGHT = 0.714
_DESCENT = 0.24

Line = tuple[str, float, float, float]
"""A line of text, its baseline, its left and its right end."""


def read_back(pdf: bytes, document: Document) -> None:
    """Hold finished bytes against their document.

    Every value asked for must stand inside its frames, letter for letter; nothing else may be printed than
    what was laid out; every tick must be in its square. Raises PageError naming box and text.
    """
    pages = read_pages(pdf)
    if len(pages) != len(document.pages):
        raise PageError(f"{len(pages)} pages were printed where {len(document.pages)} were laid out.")
    for number, (printed, page) in enumerate(zip(pages, document.pages, strict=True), 1):
        _compare_texts(number, printed, page)
        _compare_ticks(printed, page)
    lookups = [_Lookup(page.runs) for page in pages]
    for asked in document.asked:
        if not isinstance(asked, AskedRow):
            _find_value(asked, lookups)
        elif not lookups[asked.page - 1].has_row(asked):
            for cell in asked.cells():
                _find_value(cell, lookups)


def _find_value(asked: Asked, lookups: Sequence[_Lookup]) -> None:
    found = []
    for page_number, frame in asked.places:
        found += lookups[page_number - 1].find_inside(frame)
    if found != asked.text.split("\n"):
        _compare_lines(asked, found)


def _compare_texts(number: int, printed: PrintedPage, page: DocumentPage) -> None:
    """The same lines at the same places and as wide as they were measured, no more and no fewer.

    Mostly they come in the order in which they were laid out.
    """
    found = printed.runs
    if len(found) == len(page.runs) and _are_same(found, page.runs):
        return
    found = found.copy()
    for run in page.runs:
        line = (run.text, run.y_mm, run.x_mm, run.x_mm + run.width_mm)
        match = next((printed_run for printed_run in found if _is_same(printed_run, line)), None)
        if match is None:
            raise PageError(f"Box {run.box}: {run.text!r} was not printed as laid out on page {number}.")
        found.remove(match)
    if found:
        raise PageError(f"{found[0][0]!r} was printed on page {number}, though nothing asked for it.")


def _are_same(found: Sequence[PrintedRun], wanted: Sequence[TextRun]) -> bool:
    """`_is_same` for each pair; written out, because it is asked for every line of every certificate."""
    least, most = -TOLERANCE_MM, TOLERANCE_MM
    for (text, baseline, left, right, _), (_, other, x, y, width, *_) in zip(found, wanted, strict=True):
        if (
            text != other
            or not least < baseline - y < most
            or not least < left - x < most
            or not least < right - x - width < most
        ):
            return False
    return True


def _is_same(one: PrintedRun, other: Line) -> bool:
    return (
        one[0] == other[0]
        and -TOLERANCE_MM < one[1] - other[1] < TOLERANCE_MM
        and -TOLERANCE_MM < one[2] - other[2] < TOLERANCE_MM
        and -TOLERANCE_MM < one[3] - other[3] < TOLERANCE_MM
    )


def _compare_ticks(printed: PrintedPage, page: DocumentPage) -> None:
    for tick in page.ticks:
        marks = [
            mark
            for mark in printed.marks
            if tick.x_mm <= mark.left_mm
            and mark.right_mm <= tick.x_mm + tick.size_mm
            and tick.y_mm <= mark.top_mm
            and mark.bottom_mm <= tick.y_mm + tick.size_mm
        ]
        if len(marks) != 1:
            raise PageError(f"Box {tick.box}: {tick.label!r} was to be ticked and is not.")
    if len(printed.marks) != len(page.ticks):
        raise PageError("A tick was printed that nothing asked for.")


class _Lookup:
    """The runs of a page by height, to find those inside a frame."""

    def __init__(self, runs: Sequence[PrintedRun]) -> None:
        self._runs = runs
        self._orders: dict[int, int] = {}
        self._sorted = sorted(runs, key=itemgetter(1))
        self._heights = [run[1] for run in self._sorted]

    def has_row(self, asked: AskedRow) -> bool:
        """Whether at the height of a row there is just one line for each of its texts, inside its column.

        Most rows are found so; of others each cell is looked at by itself.
        """
        _, _, texts, top, height, columns = asked
        top, bottom = top - TOLERANCE_MM, top + height + TOLERANCE_MM
        heights = self._heights
        lines = self._sorted[bisect_left(heights, top) : bisect_right(heights, bottom)]
        wanted = [cell for cell in zip(texts, columns, strict=True) if cell[0]]
        if len(lines) != len(wanted):
            return False
        for (text, baseline, left, right, size), (asked_text, (x, width)) in zip(lines, wanted, strict=True):
            if (
                text != asked_text
                or left < x - TOLERANCE_MM
                or right > x + width + TOLERANCE_MM
                or baseline - _CAPITAL_HEIGHT * size < top
                or baseline + _DESCENT * size > bottom
            ):
                return False
        return True

    def find_inside(self, frame: Frame) -> list[str]:
        """The lines that stand wholly inside a frame, in the order in which they were printed."""
        top, bottom = frame.y_mm - TOLERANCE_MM, frame.y_mm + frame.height_mm + TOLERANCE_MM
        left, right = frame.x_mm - TOLERANCE_MM, frame.x_mm + frame.width_mm + TOLERANCE_MM
        heights = self._heights
        inside = [
            run
            for run in self._sorted[bisect_left(heights, top) : bisect_right(heights, bottom)]
            if left <= run[2]
            and run[3] <= right
            and run[1] - _CAPITAL_HEIGHT * run[4] >= top
            and run[1] + _DESCENT * run[4] <= bottom
        ]
        if len(inside) > 1:
            inside.sort(key=self._order)
        return [run[0] for run in inside]

    def _order(self, run: PrintedRun) -> int:
        """When a line was printed."""
        if not self._orders:
            self._orders = {id(printed): order for order, printed in enumerate(self._runs)}
        return self._orders[id(run)]


def _compare_lines(asked: Asked, found: Sequence[str]) -> None:
    """Line after line against the text as asked; white space counts except where a line ends."""
    rest = " ".join(asked.text.split())
    for text in found:
        line = " ".join(text.split())
        rest = rest.removeprefix(" ")
        if not rest.startswith(line):
            raise _wrong(asked, found)
        rest = rest[len(line) :]
    if rest:
        raise _wrong(asked, found)


def _wrong(asked: Asked, found: Sequence[str]) -> PageError:
    return PageError(f"Box {asked.box}: asked for {asked.text!r}, but its place says {' '.join(found)!r}.")
