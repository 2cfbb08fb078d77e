"""Which printed lines belong together: paragraphs, told by box and by distance, for the tags of a page."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from certgen.page.document import TextRun

_SAME_LINE_MM = 0.1
_WORD_GAP_MM = 3.0
_LINE_STEP_MM_PER_PT = 0.6


def group_paragraphs(runs: Sequence[TextRun], elsewhere: Container[int] = ()) -> Iterator[list[int]]:
    """The runs as paragraphs, by index; those that `elsewhere` holds (cells of tables) are left out."""
    group: list[int] = []
    last = None
    for index, run in enumerate(runs):
        if index in elsewhere:
            continue
        if last is None or not _follows(last, run):
            if group:
                yield group
            group = []
        group.append(index)
        last = run
    if group:
        yield group


def _follows(last: TextRun, run: TextRun) -> bool:
    """Whether a run goes on where the last one ended: on its line, or at the start of the next."""
    if run.box != last.box or run.ink is not last.ink:
        return False
    step = run.y_mm - last.y_mm
    if abs(step) < _SAME_LINE_MM:
        return 0 <= run.x_mm - last.x_mm - last.width_mm < _WORD_GAP_MM
    return (
        0 < step < _LINE_STEP_MM_PER_PT * last.size_pt
        and run.size_pt == last.size_pt
        and run.x_mm <= last.x_mm + last.width_mm
    )
