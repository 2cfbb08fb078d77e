"""What stands in a box: texts, labels, ticks, fields, spaces and tables, with their places in millimetres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol


class Overflow(StrEnum):
    """What happens to a text that does not fit at its smallest size: continued on a sheet, or refused."""

    CONTINUE = "continue"
    REFUSE = "refuse"


class Expression(Protocol):
    """A compiled expression of the form language (see `forms.expressions`)."""

    @property
    def source(self) -> str: ...
    @property
    def paths(self) -> frozenset[str]:
        """The field paths it reads, without positions (`products.lots`)."""

    def evaluate(self, names: Mapping[str, Any]) -> Any:
        """Its value; raises FormError when a name or operation fails."""


class Template(Protocol):
    """A compiled text of the form language."""

    @property
    def source(self) -> str: ...
    @property
    def paths(self) -> frozenset[str]: ...
    def render(self, names: Mapping[str, Any]) -> str:
        """Its text; raises FormError when a name or operation fails."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle; for a box on the page, for a part from the top left of its box."""

    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class Fit:
    """How a text is set: its size, the smallest it may shrink to (never below 6.5), what happens after.

    With `may_run_on` the lines of a paragraph that do not fit are first tried one after the other.
    """

    size_pt: float = 8.5
    min_size_pt: float = 6.5
    overflow: Overflow = Overflow.CONTINUE
    may_run_on: bool = False


@dataclass(frozen=True, slots=True)
class TextPart:
    """A text made from the consignment; `style` is `value`, `strong` or `small`."""

    frame: Frame
    text: Template
    fit: Fit
    style: str = "value"


@dataclass(frozen=True, slots=True)
class LabelPart:
    """A text that the form always prints (a caption, a prescribed declaration), from its wording.

    `text` may read `wording` only, which is settled by the edition.
    """

    frame: Frame
    text: Template
    size_pt: float
    style: str = "label"


@dataclass(frozen=True, slots=True)
class TickPart:
    """A tick box with its label; ticked when the expression is true. `frame` holds square and label.

    A tick without `when` is left to the people who complete the box, as a fillable field named `field`.
    """

    frame: Frame
    label: str
    when: Expression | None
    field: str = ""


@dataclass(frozen=True, slots=True)
class FillPart:
    """A fillable field left for the people who complete the box; `kind` is `text`, `multiline` or `date`."""

    frame: Frame
    name: str
    caption: str
    kind: str


@dataclass(frozen=True, slots=True)
class SpacePart:
    """Room for a hand-made signature or stamp, with a caption."""

    frame: Frame
    caption: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; `text` reads the row by its name; `total` is shown in the last row."""

    title: str
    width_mm: float
    text: Template
    align: str = "left"
    total: Template | None = None


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table with a row for each item of `rows`; `row_name` names the item in its columns' texts."""

    frame: Frame
    rows: Expression
    row_name: str
    columns: tuple[Column, ...]
    fit: Fit


@dataclass(frozen=True, slots=True)
class OfficialPart:
    """A field of the official blank, by its name in the PDF.

    `text` is what a text or choice field is to say, `when` whether a tick or (with `option`) a radio button
    is set; with neither the field is left alone, and stays fillable with `stays_fillable`. Sizes in points;
    None takes the blank's own. `kind`, `choices` and `max_length` are what the import found (empty, or 0:
    not stated) and must be true of the blank.
    """

    frame: Frame
    field: str
    option: str
    text: Template | None
    when: Expression | None
    size_pt: float | None
    min_size_pt: float
    stays_fillable: bool
    kind: str
    choices: tuple[str, ...]
    max_length: int


Part = TextPart | LabelPart | TickPart | FillPart | SpacePart | TablePart | OfficialPart


def paths_of(part: Part) -> frozenset[str]:
    """The consignment fields that a part shows."""
    match part:
        case TextPart():
            return part.text.paths
        case TickPart(when=when) if when is not None:
            return when.paths
        case OfficialPart(text=text) if text is not None:
            return text.paths
        case OfficialPart(when=when) if when is not None:
            return when.paths
        case TablePart():
            shown = frozenset[str]().union(*(column.text.paths for column in part.columns))
            return shown or part.rows.paths
        case _:
            return frozenset()
