"""What goes where on paper: plain data in millimetres from the top left, nothing drawn.

Layout makes a `Document`, the emitter prints it, read-back holds the printed bytes against it, and golden
files keep it reviewable. What the form prints on every certificate alike (rules, titles, captions,
declarations) is no part of a document: it is a `StaticPage` for each page of the form, placed once.

Nothing here is ever changed once made. What is made by the hundred for each certificate is a named tuple,
which costs a quarter of a frozen data class.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from certgen.forms.model import Frame


class Face(StrEnum):
    """The two faces that values and captions are set in."""

    REGULAR = "regular"
    BOLD = "bold"


class Ink(StrEnum):
    """What a text is, which settles its colour: a value, a caption on a continuation sheet, a notice."""

    VALUE = "value"
    CAPTION = "caption"
    NOTICE = "notice"


class TextRun(NamedTuple):
    """One line of text: `x_mm` its left end, `y_mm` its baseline, `width_mm` its advance as measured."""

    box: str
    text: str
    x_mm: float
    y_mm: float
    width_mm: float
    size_pt: float
    face: Face = Face.REGULAR
    ink: Ink = Ink.VALUE


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark drawn inside a tick square of the form (its empty square is on the static layer)."""

    box: str
    label: str
    x_mm: float
    y_mm: float
    size_mm: float


class Stroke(NamedTuple):
    """A straight rule, drawn on continuation sheets and between table rows."""

    x1_mm: float
    y1_mm: float
    x2_mm: float
    y2_mm: float
    width_pt: float = 0.5


CellLine = tuple[str, float, float, float, float]
"""One line of text in a table cell: its text, its left end, its baseline below the top of its row and its
advance in mm, its size in points. A bare tuple, because a table has hundreds of them."""

ROW_PADDING_MM = 0.6
"""Between the rules of a table and what stands in its rows."""


class TableRow(NamedTuple):
    """A row of a table as one: what its cells were asked to say, and how that is set.

    `lines` are the lines of all its cells one after the other, `shape` tells how many each cell has;
    `height_mm` is from rule to rule. A row of column titles asks for nothing.
    """

    texts: tuple[str, ...]
    lines: tuple[CellLine, ...]
    shape: tuple[int, ...]
    height_mm: float
    face: Face = Face.REGULAR
    ink: Ink = Ink.VALUE
    is_header: bool = False


class PlacedTable(NamedTuple):
    """A table or its continuation on one page, read after so many of the page's texts.

    `columns` are the left ends and widths that the cells may fill, `tops_mm` the upper ends of the rows.
    """

    box: str
    columns: tuple[tuple[float, float], ...]
    rows: tuple[TableRow, ...]
    tops_mm: tuple[float, ...]
    after: int

    def runs(self) -> Iterator[TextRun]:
        """Every line of its cells at its place on the page."""
        for row, top_mm in zip(self.rows, self.tops_mm, strict=True):
            for text, x_mm, drop_mm, width_mm, size_pt in row.lines:
                y_mm = round(top_mm + drop_mm, 3)
                yield TextRun(self.box, text, x_mm, y_mm, width_mm, size_pt, row.face, row.ink)

    def ask(self, number: int, page: int) -> Iterator[Asked]:
        """The values of a row (from 0) on a page (from 1), each to be found in its own column."""
        row, top_mm = self.rows[number], self.tops_mm[number] + ROW_PADDING_MM
        height_mm = row.height_mm - 2 * ROW_PADDING_MM
        for text, (left_mm, width_mm) in zip(row.texts, self.columns, strict=False):
            if text:
                yield Asked(self.box, text, ((page, Frame(left_mm, top_mm, width_mm, height_mm)),))


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One sheet; `form_page` is the form page it is printed on (from 1), 0 for a continuation sheet.

    `texts` are the lines that stand in no table.
    """

    form_page: int
    texts: tuple[TextRun, ...]
    ticks: tuple[Tick, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    tables: tuple[PlacedTable, ...] = ()

    @property
    def runs(self) -> tuple[TextRun, ...]:
        """Every line of text on the page in the order of reading, those of tables too."""
        runs: list[TextRun] = []
        for texts, table in self.stretches():
            runs += texts
            if table is not None:
                runs += table.runs()
        return tuple(runs)

    def stretches(self) -> Iterator[tuple[tuple[TextRun, ...], PlacedTable | None]]:
        """The page in the order of reading: texts and the table after them; the last texts with none."""
        start = 0
        for table in self.tables:
            yield self.texts[start : table.after], table
            start = table.after
        yield self.texts[start:], None


class Asked(NamedTuple):
    """A value that must be found again: its text as asked and where it may stand.

    Each place is (page from 1, frame on that page). White space between words may fall on line ends; every
    other character must be there, once and in order, when the runs of the places are read one after another.
    """

    box: str
    text: str
    places: tuple[tuple[int, Frame], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A certificate laid out.

    `serial` and `issue_date` are printed as they stand here; `notice` is the word drawn as shapes across
    each page (`DRAFT`, `COPY` or nothing). `asked` are the values that stand in no table.
    """

    form: str
    edition: str
    title: str
    language: str
    serial: str
    notice: str
    pages: tuple[DocumentPage, ...]
    asked: tuple[Asked, ...]

    def each_asked(self) -> Iterator[Asked]:
        """Every value that must be found again, those in the rows of tables too."""
        yield from self.asked
        for number, page in enumerate(self.pages, 1):
            for table in page.tables:
                for row in range(len(table.rows)):
                    yield from table.ask(row, number)


@dataclass(frozen=True, slots=True)
class Square:
    """The empty square of a tick, on the static layer; a tick with a `field` name is a fillable one."""

    box: str
    label: str
    x_mm: float
    y_mm: float
    size_mm: float
    field: str = ""


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """Where a fillable field stands; `kind` is `text`, `multiline` or `date`."""

    box: str
    name: str
    caption: str
    kind: str
    frame: Frame


@dataclass(frozen=True, slots=True)
class StaticPage:
    """What the form prints on every certificate alike, on one of its pages.

    `outlines` are rectangles to be ruled (the boxes, by number); `strokes` the finer rules inside them.
    """

    width_mm: float
    height_mm: float
    runs: tuple[TextRun, ...]
    outlines: tuple[tuple[str, Frame], ...]
    strokes: tuple[Stroke, ...]
    squares: tuple[Square, ...]
    fields: tuple[FieldPlace, ...]
