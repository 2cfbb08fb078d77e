"""The last look before a certificate leaves the house: what its bytes say is held against what was asked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from certgen.errors import PageError
from certgen.forms.model import Frame
from certgen.page.document import Asked, Document, DocumentPage
from certgen.page.reading_back.in_order import CAPITAL_HEIGHT, DESCENT, TOLERANCE_MM, hold_in_order, is_same
from certgen.page.reading_back.printed import PrintedPage, PrintedRun, read_pages


def read_back(pdf: bytes, document: Document) -> None:
    """Hold finished bytes against their document.

    Every value asked for must stand inside its frames, letter for letter; nothing else may be printed than
    what was laid out; every tick must be in its square. Raises PageError naming box and text.
    """
    pages = read_pages(pdf)
    if len(pages) != len(document.pages):
        raise PageError(f"{len(pages)} pages were printed where {len(document.pages)} were laid out.")
    lookups = [_Lookup(page.runs) for page in pages]
    for number, (printed, page) in enumerate(zip(pages, document.pages, strict=True), 1):
        for cell in _compare_texts(number, page, lookups[number - 1]):
            _find_value(cell, lookups)
        _compare_ticks(printed, page)
    for asked in document.asked:
        _find_value(asked, lookups)


def _find_value(asked: Asked, lookups: Sequence[_Lookup]) -> None:
    found = []
    for page_number, frame in asked.places:
        found += lookups[page_number - 1].find_inside(frame)
    if found != asked.text.split("\n"):
        _compare_lines(asked, found)


def _compare_texts(number: int, page: DocumentPage, lookup: _Lookup) -> Iterator[Asked]:
    """The same lines at the same places and as wide as they were measured, no more and no fewer.

    Gives the values in tables that are still to be found.
    """
    rows = hold_in_order(lookup.runs, page, lookup.count_between)
    if rows is None:
        _search_lines(number, page, lookup.runs)
        rows = [(table, row) for table in page.tables for row in range(len(table.rows))]
    for table, row in rows:
        yield from table.ask(row, number)


def _search_lines(number: int, page: DocumentPage, lines: Sequence[PrintedRun]) -> None:
    """The same in whatever order; raises PageError for the first line that is missing or too many."""
    found = list(lines)
    for run in page.runs:
        wanted = (run.text, run.y_mm, run.x_mm, run.x_mm + run.width_mm)
        match = next((line for line in found if is_same(line, wanted)), None)
        if match is None:
            raise PageError(f"Box {run.box}: {run.text!r} was not printed as laid out on page {number}.")
        found.remove(match)
    if found:
        raise PageError(f"{found[0][0]!r} was printed on page {number}, though nothing asked for it.")


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
        self.runs = runs
        baselines = [run[1] for run in runs]
        self._numbers = sorted(range(len(runs)), key=baselines.__getitem__)
        self._heights = sorted(baselines)

    def count_between(self, top_mm: float, bottom_mm: float) -> int:
        """How many lines have their baseline between two heights."""
        return bisect_right(self._heights, bottom_mm) - bisect_left(self._heights, top_mm)

    def find_inside(self, frame: Frame) -> list[str]:
        """The lines that stand wholly inside a frame, in the order in which they were printed."""
        top, bottom = frame.y_mm - TOLERANCE_MM, frame.y_mm + frame.height_mm + TOLERANCE_MM
        left, right = frame.x_mm - TOLERANCE_MM, frame.x_mm + frame.width_mm + TOLERANCE_MM
        first, end = bisect_left(self._heights, top), bisect_right(self._heights, bottom)
        inside = []
        for number in self._numbers[first:end]:
            text, baseline, start, stop, size = self.runs[number]
            if (
                left <= start
                and stop <= right
                and baseline - CAPITAL_HEIGHT * size >= top
                and baseline + DESCENT * size <= bottom
            ):
                inside.append((number, text))
        return [text for _, text in sorted(inside)]


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
