"""`boxes.toml` as records: which keys there are, and what may stand in them.

What the keys mean is told in `docs/forms-reference.md`; `boxes` builds the boxes from these records.
"""

from __future__ import annotations

from typing import Annotated, Literal

from certgen.forms.folder.records import Key
from certgen.forms.model import Overflow
from certgen.toml_file import Field, Record, Words

SMALLEST_PT = 6.5
"""No letter on paper is smaller than this (points)."""

Size = Annotated[float, Field(ge=SMALLEST_PT, le=72)]
Measure = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Place = Annotated[tuple[Measure, Measure, Measure, Measure], Field(strict=False)]


class FitRecord(Record):
    """How a text or table is set."""

    size_pt: Size = 8.5
    min_size_pt: Size = SMALLEST_PT
    overflow: Annotated[Overflow, Field(strict=False)] = Overflow.CONTINUE


class TextRecord(FitRecord):
    """`[[box.text]]`."""

    at: Place
    text: str
    style: Literal["value", "strong", "small"] = "value"
    may_run_on: bool = False


class LabelRecord(Record):
    """`[[box.label]]`."""

    at: Place
    text: str
    size_pt: Size = 7
    style: Literal["label", "strong", "small"] = "label"


class TickRecord(Record):
    """`[[box.tick]]`: `when` for what certgen ticks, `field` for what is left to others."""

    at: Place
    label: Words
    when: Words | None = None
    field: Key | None = None


class FillRecord(Record):
    """`[[box.fill]]`."""

    at: Place
    name: Key
    caption: str = ""
    kind: Literal["text", "multiline", "date"] = "text"


class SpaceRecord(Record):
    """`[[box.space]]`."""

    at: Place
    caption: Words


class ColumnRecord(Record):
    """`[[box.table.column]]`."""

    title: Words
    width_mm: Annotated[float, Field(gt=0, le=400)]
    text: str
    align: Literal["left", "right", "center"] = "left"
    total: str | None = None


class TableRecord(FitRecord):
    """`[box.table]`."""

    at: Place
    rows: Words
    row: Key
    column: Annotated[tuple[ColumnRecord, ...], Field(strict=False, min_length=1)]


class OfficialRecord(Record):
    """`[[box.official]]`: a field of the official blank; `kind`, `choices`, `max_length` as it has them."""

    field: Words
    option: str = ""
    text: str | None = None
    when: Words | None = None
    size_pt: Size | None = None
    min_size_pt: Size = SMALLEST_PT
    stays_fillable: bool = False
    kind: Literal["", "text", "multiline", "comb", "tick", "radio", "choice"] = ""
    choices: Annotated[tuple[str, ...], Field(strict=False)] = ()
    max_length: Annotated[int, Field(ge=0)] = 0


class BoxRecord(Record):
    """`[[box]]`."""

    number: Words
    title: str
    page: Annotated[int, Field(ge=1, le=20)]
    at: Place
    completed_by: Words = "issuer"
    in_enclosures: bool = False
    text: Annotated[tuple[TextRecord, ...], Field(strict=False)] = ()
    label: Annotated[tuple[LabelRecord, ...], Field(strict=False)] = ()
    tick: Annotated[tuple[TickRecord, ...], Field(strict=False)] = ()
    fill: Annotated[tuple[FillRecord, ...], Field(strict=False)] = ()
    space: Annotated[tuple[SpaceRecord, ...], Field(strict=False)] = ()
    table: TableRecord | None = None
    official: Annotated[tuple[OfficialRecord, ...], Field(strict=False)] = ()


class BoxesFile(Record):
    """`boxes.toml`."""

    box: Annotated[tuple[BoxRecord, ...], Field(strict=False, min_length=1)]
