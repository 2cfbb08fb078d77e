"""How a form's static layer is read: its title, box titles, captions and column titles, in their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from certgen.forms.model import Box, Form, Frame, TablePart
from certgen.page.document import StaticPage, TextRun
from certgen.page.layout.furniture import table_columns, table_header
from certgen.page.printing.drawing import Passage
from certgen.page.printing.paragraphs import group_paragraphs

FORM_TITLE, BOX_TITLE, TEXT, COLUMN_TITLE = "H1", "H2", "P", "TH"


def read_static_page(form: Form, number: int, page: StaticPage) -> list[Passage]:
    """The passages of form page `number` (from 1), marked in the order in which they are drawn."""
    in_tables = _column_titles(form, number, page.runs)
    passages = [
        *_paragraphs(page, number, in_tables),
        *(Passage(box, COLUMN_TITLE, runs) for box, runs in _by_column(in_tables)),
    ]
    return [Passage(passage.box, passage.role, passage.runs, mcid) for mcid, passage in enumerate(passages)]


def find_decorations(passages: Sequence[Passage], page: StaticPage) -> list[int]:
    """The runs that no passage reads: the form's title, repeated on its later pages."""
    read = {index for passage in passages for index in passage.runs}
    return [index for index in range(len(page.runs)) if index not in read]


def _paragraphs(page: StaticPage, number: int, in_tables: Mapping[int, object]) -> Iterator[Passage]:
    titled = set[str]()
    for group in group_paragraphs(page.runs, in_tables):
        box = page.runs[group[0]].box
        if box:
            yield Passage(box, TEXT if box in titled else BOX_TITLE, tuple(group))
        elif number == 1:
            yield Passage(box, TEXT if box in titled else FORM_TITLE, tuple(group))
        titled.add(box)


def _column_titles(form: Form, number: int, runs: Sequence[TextRun]) -> dict[int, tuple[str, int]]:
    """The runs that stand in the header of a table: their box and column."""
    return {
        index: (box.number, column)
        for box in form.boxes
        if box.page == number
        for table in box.parts
        if isinstance(table, TablePart)
        for column, strip in enumerate(_header_cells(box, table))
        for index, run in enumerate(runs)
        if run.box == box.number and _holds(strip, run)
    }


def _header_cells(box: Box, table: TablePart) -> Iterator[Frame]:
    header = table_header(box, table)
    for column in table_columns(box, table):
        yield Frame(column.x_mm, header.y_mm, column.width_mm, header.height_mm)


def _holds(frame: Frame, run: TextRun) -> bool:
    inside = frame.x_mm <= run.x_mm < frame.x_mm + frame.width_mm
    return inside and frame.y_mm <= run.y_mm <= frame.y_mm + frame.height_mm


def _by_column(in_tables: Mapping[int, tuple[str, int]]) -> Iterator[tuple[str, tuple[int, ...]]]:
    columns: dict[tuple[str, int], list[int]] = {}
    for index, column in in_tables.items():
        columns.setdefault(column, []).append(index)
    for (box, _), indexes in columns.items():
        yield box, tuple(indexes)
