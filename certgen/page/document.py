"""What goes where on paper: plain data in millimetres from the top left, nothing drawn.

Layout makes a `Document`, the emitter prints it, read-back holds the printed bytes against it, and golden
files keep it reviewable. What the form prints on every certificate alike (rules, titles, captions,
declarations) is no part of a document: it is a `StaticPage` for each page of the form, placed once.

Nothing here is ever changed once made. What is made by the hundred for each certificate is a named tuple,
which costs a quarter of a frozen data class.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


class TableRow(NamedTuple):
    """The runs of one table row, cell by cell (indexes into the page's runs), for tagging as a table."""

    cells: tuple[tuple[int, ...], ...]
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table or its continuation on one page."""

    box: str
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One sheet; `form_page` is the form page it is printed on (from 1), 0 for a continuation sheet."""

    form_page: int
    runs: tuple[TextRun, ...]
    ticks: tuple[Tick, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    tables: tuple[PlacedTable, ...] = ()


class Asked(NamedTuple):
    """A value that must be found again: its text as asked and where it may stand.

    Each place is (page from 1, frame on that page). White space between words may fall on line ends; every
    other character must be there, once and in order, when the runs of the places are read one after another.
    """

    box: str
    text: str
    places: tuple[tuple[int, Frame], ...]


class AskedRow(NamedTuple):
    """The values of a table row that must be found again, cell by cell, each in its own column.

    `columns` are the left ends and widths that the cells may fill, `top_mm` and `height_mm` their heights;
    an empty text asks for nothing.
    """

    box: str
    page: int
    texts: tuple[str, ...]
    top_mm: float
    height_mm: float
    columns: tuple[tuple[float, float], ...]

    def cells(self) -> Iterator[Asked]:
        """The same, value by value."""
        for text, (left, width) in zip(self.texts, self.columns, strict=True):
            if text:
                frame = Frame(left, self.top_mm, width, self.height_mm)
                yield Asked(self.box, text, ((self.page, frame),))


def each_asked(asked: Iterable[Asked | AskedRow]) -> Iterator[Asked]:
    """Every value that must be found again, those of table rows too."""
    for item in asked:
        if isinstance(item, AskedRow):
            yield from item.cells()
        else:
            yield item


@dataclass(frozen=True, slots=True)
class Document:
    """A certificate laid out.

    `serial` and `issue_date` are printed as they stand here; `notice` is the word drawn as shapes across
    each page (`DRAFT`, `COPY` or nothing).
    """

    form: str
    edition: str
    title: str
    language: str
    serial: str
    notice: str
    pages: tuple[DocumentPage, ...]
    asked: tuple[Asked | AskedRow, ...]


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
