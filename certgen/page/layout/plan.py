"""A form made ready for layout: every part at its place on its page, once per form and edition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from certgen.forms.model import (
    Box,
    Edition,
    Expression,
    Fit,
    Form,
    Frame,
    LabelPart,
    LegalStatus,
    TablePart,
    Template,
    TextPart,
    TickPart,
    Variant,
)
from certgen.page.document import ROW_PADDING_MM, CellLine, Face, StaticPage, TableRow, TextRun, Tick
from certgen.page.fonts.faces import MM_PER_PT
from certgen.page.layout.furniture import (
    CELL_PADDING_MM,
    PAGE_SIZES_MM,
    place_on_page,
    table_columns,
    table_header,
    tick_square,
)
from certgen.page.layout.measure import BASELINE, line_height
from certgen.page.layout.placing import SHARES, check_letters, place_head
from certgen.page.layout.static import box_heading, count_form_pages, place_static

LABEL_COLUMN_MM = 22.0

CAPTIONS = {
    "see_sheet": "see sheet {sheet} (page {page})",
    "see_sheet_short": "sheet {sheet}",
    "sheet": "Sheet {sheet}: continuation",
    "continued": "{title} (continued)",
    "total": "Total",
    "carried_forward": "Carried forward to sheet {sheet} (page {page})",
    "brought_forward": "Brought forward",
    "continued_on": "continued on sheet {sheet} (page {page})",
    "further": "Further lines",
    "further_lines": "From line {line} on: see sheet {sheet} (page {page})",
    "repeated": "Sheet {sheet} of {sheets}",
    "serial": "Serial number",
    "no_serial": "Draft without a serial number",
    "page": "Page {page} of {pages}",
    "draft": "DRAFT",
    "copy": "COPY",
    "band_request": "Request to the certifier: this paper is not a certificate",
    "band_worksheet": "Worksheet to be entered elsewhere: this paper is not a certificate",
}
"""What certgen itself prints, in English; a form in another language brings its own `captions`."""


@dataclass(frozen=True, slots=True)
class TextSlot:
    """A text part at its place; `placed` remembers where texts went, because most come again."""

    box: str
    heading: str
    page: int
    frame: Frame
    template: Template
    fit: Fit
    face: Face
    paths: tuple[str, ...]
    placed: dict[str, tuple[TextRun, ...] | None] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class TickSlot:
    """A tick part: the mark it puts when its expression is true."""

    page: int
    when: Expression
    mark: Tick


Cell = tuple[str, tuple[CellLine, ...], float]
"""A text set in a column: its lines, none where there is nothing to print, and the room they take in mm."""


@dataclass(frozen=True, slots=True)
class ColumnSlot:
    """One column of a table: its room at the table's full height, what stands in it.

    `known` remembers how texts were set, because most come again; `known_bold` those of totals.
    """

    title: str
    frame: Frame
    template: Template
    align: str
    total: Template | None
    known: dict[str, Cell] = field(default_factory=dict, compare=False, repr=False)
    known_bold: dict[str, Cell] = field(default_factory=dict, compare=False, repr=False)

    @property
    def room_mm(self) -> float:
        """How wide a text may be."""
        return self.frame.width_mm - 2 * CELL_PADDING_MM


@dataclass(frozen=True, slots=True)
class TableSlot:
    """A table part at its place; `label_column` holds the words beside the totals.

    `rooms` are the left ends and widths of its cells, `shares` how much of their free room is left of a text,
    `label_shares` the same in rows of totals; a single line is `line_mm` high and stands `drop_mm` below the
    rule over its row. `titles_mm` is how high the column titles are on a sheet, where the form page has none;
    `head` are the rows that a sheet begins with.
    """

    box: str
    heading: str
    page: int
    header: Frame
    bottom_mm: float
    rows: Expression
    row_name: str
    columns: tuple[ColumnSlot, ...]
    label_column: int
    fit: Fit
    paths: tuple[str, ...]
    titles_mm: float = 0.0
    has_totals: bool = field(init=False)
    head: tuple[TableRow, ...] = field(init=False)
    rooms: tuple[tuple[float, float], ...] = field(init=False)
    shares: tuple[float, ...] = field(init=False)
    label_shares: tuple[float, ...] = field(init=False)
    line_mm: float = field(init=False)
    drop_mm: float = field(init=False)

    def __post_init__(self) -> None:
        """What every row needs of the columns; the words beside a total stand close to it."""
        rooms = ((round(column.frame.x_mm + CELL_PADDING_MM, 3), column.room_mm) for column in self.columns)
        object.__setattr__(self, "rooms", tuple(rooms))
        shares = tuple(SHARES[column.align] for column in self.columns)
        object.__setattr__(self, "shares", shares)
        label = self.label_column
        object.__setattr__(self, "label_shares", (*shares[:label], 1.0, *shares[label + 1 :]))
        object.__setattr__(self, "line_mm", line_height(self.fit.size_pt))
        object.__setattr__(self, "drop_mm", ROW_PADDING_MM + BASELINE * self.fit.size_pt * MM_PER_PT)
        object.__setattr__(self, "has_totals", any(column.total for column in self.columns))
        strip = Frame(self.header.x_mm, 0.0, self.header.width_mm, self.head_mm)
        titles = [(column.title, column.align, column.frame) for column in self.columns]
        object.__setattr__(self, "head", (place_head(titles, strip, self.box),) if self.head_mm else ())

    @property
    def head_mm(self) -> float:
        """The height of the strip with the column titles at the top of a sheet."""
        return self.titles_mm or self.header.height_mm


@dataclass(frozen=True, slots=True)
class FormPlan:
    """A form and edition ready for layout; `left_mm` and `right_mm` bound what is printed."""

    form: Form
    edition: Edition
    static: tuple[StaticPage, ...]
    slots: tuple[TextSlot | TableSlot, ...]
    ticks: tuple[TickSlot, ...]
    captions: dict[str, str]
    band: str
    left_mm: float
    right_mm: float
    height_mm: float


def plan_form(form: Form, edition: Edition, variant: Variant | None = None) -> FormPlan:
    """Make a form ready for layout; raises FormError when what it always prints does not fit."""
    form = form.in_edition(edition)
    captions = CAPTIONS | dict(form.captions)
    band = _band(form, variant, captions)
    for words in (*captions.values(), band):
        check_letters(words, form.id)
    return FormPlan(
        form=form,
        edition=edition,
        static=place_static(form, edition),
        slots=tuple(_slots(form, edition)),
        ticks=tuple(_tick_slots(form)),
        captions=captions,
        band=band,
        left_mm=min(box.frame.x_mm for box in form.boxes),
        right_mm=max(box.frame.x_mm + box.frame.width_mm for box in form.boxes),
        height_mm=PAGE_SIZES_MM[form.page_size][1],
    )


def form_page_count(plan: FormPlan) -> int:
    """How many pages the form has before any continuation sheet."""
    return count_form_pages(plan.form)


def _band(form: Form, variant: Variant | None, captions: dict[str, str]) -> str:
    """The words at the head of every page of a paper that is no certificate, or that a variant adds."""
    if variant is not None:
        return variant.band
    if form.legal_status is LegalStatus.DOCUMENT:
        return captions.get("band", "")
    return captions.get("band", captions[f"band_{form.legal_status}"])


def _slots(form: Form, edition: Edition) -> Iterator[TextSlot | TableSlot]:
    for box in form.boxes:
        for part in box.parts:
            if isinstance(part, TextPart):
                yield _text_slot(box, part, edition)
            elif isinstance(part, TablePart):
                yield _table_slot(box, part)


def _text_slot(box: Box, part: TextPart, edition: Edition) -> TextSlot:
    return TextSlot(
        box=box.number,
        heading=_heading(box, part, edition),
        page=box.page,
        frame=place_on_page(box, part.frame),
        template=part.text,
        fit=part.fit,
        face=Face.BOLD if part.style == "strong" else Face.REGULAR,
        paths=tuple(sorted(part.text.paths)),
    )


def _heading(box: Box, part: TextPart, edition: Edition) -> str:
    """What stands over a text on a sheet: the box, and in a box of several texts the label beside it."""
    texts = [other for other in box.parts if isinstance(other, TextPart)]
    labels = [
        other for other in box.parts if isinstance(other, LabelPart) and _is_beside(other.frame, part.frame)
    ]
    if len(texts) == 1 or not labels:
        return box_heading(box)
    return f"{box_heading(box)}: {labels[-1].text.render({'wording': edition.wording}).strip()}"


def _is_beside(label: Frame, text: Frame) -> bool:
    """Whether a label stands left of a text on its line, or right above it."""
    below, left = text.y_mm - label.y_mm, text.x_mm - label.x_mm
    is_left = abs(below) < label.height_mm and left > 0
    return is_left or (abs(left) < 1 and 0 < below < 2 * label.height_mm)


def _table_slot(box: Box, part: TablePart) -> TableSlot:
    header = table_header(box, part)
    places = table_columns(box, part)
    columns = tuple(
        ColumnSlot(column.title, place, column.text, column.align, column.total)
        for column, place in zip(part.columns, places, strict=True)
    )
    return TableSlot(
        box=box.number,
        heading=box_heading(box),
        page=box.page,
        header=header,
        bottom_mm=header.y_mm + part.frame.height_mm,
        rows=part.rows,
        row_name=part.row_name,
        columns=columns,
        label_column=_label_column(columns),
        fit=part.fit,
        paths=tuple(sorted(part.rows.paths)),
    )


def _label_column(columns: tuple[ColumnSlot, ...]) -> int:
    """The column for the words beside the totals: just left of the first total, if it is wide enough."""
    free = [number for number, column in enumerate(columns) if column.total is None]
    totals = [number for number, column in enumerate(columns) if column.total is not None]
    left = [number for number in free if not totals or number < totals[0]]
    if totals and left and columns[left[-1]].frame.width_mm >= LABEL_COLUMN_MM:
        return left[-1]
    return max(free or range(len(columns)), key=lambda number: columns[number].frame.width_mm)


def _tick_slots(form: Form) -> Iterator[TickSlot]:
    for box in form.boxes:
        for part in box.parts:
            if isinstance(part, TickPart) and part.when is not None:
                square = tick_square(box, part)
                mark = Tick(
                    box.number,
                    part.label,
                    square.x_mm,
                    round(square.y_mm, 3),
                    square.width_mm,
                )
                yield TickSlot(box.page, part.when, mark)
