"""What a form is: boxes in millimetres, rules, wording and editions; plain frozen data.

`forms.load` builds these from a folder of TOML files (format in `docs/form-authors.md`); `page` lays them
out and `rules` applies them. All frames are in millimetres from the top left corner of the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from certgen.findings import Severity


class LegalStatus(StrEnum):
    """What the paper is in law: the paper itself, a request to the certifier, or a sheet to be entered."""

    DOCUMENT = "document"
    REQUEST = "request"
    WORKSHEET = "worksheet"


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
    """How a text is set: its size, the smallest it may shrink to (never below 6.5), what happens after."""

    size_pt: float = 8.5
    min_size_pt: float = 6.5
    overflow: Overflow = Overflow.CONTINUE


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


Part = TextPart | LabelPart | TickPart | FillPart | SpacePart | TablePart


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the form: its number and title as printed, its place, who completes it, what stands in it.

    `late` boxes may be completed once after issue. `paths` are the consignment fields it shows.
    """

    number: str
    title: str
    page: int
    frame: Frame
    completed_by: str
    parts: tuple[Part, ...]

    @property
    def paths(self) -> frozenset[str]:
        return frozenset().union(*(_paths_of(part) for part in self.parts))


def _paths_of(part: Part) -> frozenset[str]:
    match part:
        case TextPart():
            return part.text.paths
        case TickPart(when=when) if when is not None:
            return when.paths
        case TablePart():
            shown = frozenset[str]().union(*(column.text.paths for column in part.columns))
            return shown or part.rows.paths
        case _:
            return frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """What makes a consignment wrong for this form.

    The finding is made when `when` holds (always, if None) and `must` does not. With `each` (`products`,
    `producers`, …) it is judged once for each item, named `item`, with its position as `number` from 1.
    `field` is the path the finding points to, relative to the item when there is one.
    """

    id: str
    slug: str
    box: str
    severity: Severity
    each: str
    field: str
    when: Expression | None
    must: Expression
    message: Template
    fix: Template
    cites: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One state of the form; chosen by departure date, both ends included, None for open.

    `boxes` are the form's boxes with the titles and tick labels as this edition words them.
    """

    id: str
    valid_from: date | None
    valid_until: date | None
    wording: Mapping[str, str]
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """Another standing of the same form (a contingency paper, say)."""

    name: str
    legal_status: LegalStatus
    band: str


@dataclass(frozen=True, slots=True)
class CodeList:
    """A code list: rows by code, with its source; `rows[code]` maps column titles to values."""

    name: str
    source: str
    rows: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class ExtraField:
    """A field that only this form knows: path below `extra` or `products.extra`, type, labels by language."""

    path: str
    type: str
    labels: Mapping[str, str]
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A certificate form, loaded and found right.

    `fields` are the consignment fields it uses, `required` those it cannot do without, `late` those that
    may be filled once after issue. `issuer_fields` are those that only the issuer can supply, so that a
    draft may lack them. `serial_pattern` is empty for a paper that takes no number; `serial_prefix` is what
    a house's own pattern must keep. `folder_hash` is the SHA-256 of the folder's files.
    """

    id: str
    title: str
    language: str
    legal_status: LegalStatus
    issued_by: str
    is_official_layout: bool
    serial_pattern: str
    serial_prefix: str
    output_name: str
    one_per: str
    page_size: str
    category_scheme: str
    fields: tuple[str, ...]
    required: tuple[str, ...]
    issuer_fields: tuple[str, ...]
    late: tuple[str, ...]
    defaults: Mapping[str, Any]
    editions: tuple[Edition, ...]
    variants: tuple[Variant, ...]
    extra_fields: tuple[ExtraField, ...]
    history: tuple[str, ...]
    boxes: tuple[Box, ...]
    rules: tuple[Rule, ...]
    codes: Mapping[str, CodeList]
    folder: Path
    folder_hash: str
    captions: Mapping[str, str] = field(default_factory=dict)

    def edition_for(self, departure: date | None) -> Edition:
        """The edition in force on the day of departure; the latest when the day is not known."""
        if departure is None:
            return self.editions[-1]
        for edition in reversed(self.editions):
            starts = edition.valid_from or date.min
            ends = edition.valid_until or date.max
            if starts <= departure <= ends:
                return edition
        return self.editions[-1]

    def in_edition(self, edition: Edition) -> Form:
        """The form with its boxes worded as in this edition."""
        return replace(self, boxes=edition.boxes or self.boxes)

    def boxes_showing(self, path: str) -> tuple[Box, ...]:
        """The boxes that a field feeds; `path` with or without positions."""
        plain = ".".join(part for part in path.split(".") if not part.isdigit())
        return tuple(
            box
            for box in self.boxes
            if any(
                plain == shown or plain.startswith(shown + ".") or shown.startswith(plain + ".")
                for shown in box.paths
            )
        )
