"""What a form is: boxes in millimetres, rules, wording and editions; plain frozen data.

`forms.load` builds these from a folder of TOML files (format in `docs/forms-reference.md`); `page` lays them
out and `rules` applies them. All frames are in millimetres from the top left corner of the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from certgen.consignment import without_positions
from certgen.findings import Severity
from certgen.forms.asks import Earlier, ExtraField, FurtherTable, Gathering, own_types
from certgen.forms.parts import (
    Column,
    Expression,
    FillPart,
    Fit,
    Frame,
    LabelPart,
    OfficialPart,
    Overflow,
    Part,
    SpacePart,
    TablePart,
    Template,
    TextPart,
    TickPart,
    paths_of,
)

__all__ = [
    "Box",
    "CodeList",
    "Column",
    "Earlier",
    "Edition",
    "Expression",
    "ExtraField",
    "FillPart",
    "Fit",
    "Form",
    "Frame",
    "FurtherTable",
    "Gathering",
    "LabelPart",
    "LegalStatus",
    "OfficialBlank",
    "OfficialPart",
    "Overflow",
    "Part",
    "Room",
    "Rule",
    "SpacePart",
    "TablePart",
    "Template",
    "TextPart",
    "TickPart",
    "Variant",
    "own_types",
]


class LegalStatus(StrEnum):
    """What the paper is in law: the paper itself, a request to the certifier, or a sheet to be entered."""

    DOCUMENT = "document"
    REQUEST = "request"
    WORKSHEET = "worksheet"


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the form: its number and title as printed, its place, who completes it, what stands in it.

    `paths` are the consignment fields it shows. What it says of documents stands in the list of what is sent
    too, when it is `in_enclosures`.
    """

    number: str
    title: str
    page: int
    frame: Frame
    completed_by: str
    parts: tuple[Part, ...]
    in_enclosures: bool = False

    @property
    def paths(self) -> frozenset[str]:
        return frozenset().union(*(paths_of(part) for part in self.parts))


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
    """Another standing of the same form (a contingency paper, say).

    Empty patterns are those of the form; `needs_reason` says that whoever makes one must say why.
    """

    name: str
    legal_status: LegalStatus
    band: str
    serial_pattern: str = ""
    serial_prefix: str = ""
    output_name: str = ""
    needs_reason: bool = False


@dataclass(frozen=True, slots=True)
class Replacement:
    """What may differ between a certificate and the one that replaces it.

    Fields in `fixed` stay as they were. A change of those in `confirm`, and a rise of the amounts in
    `confirm_if_more`, needs a word of whoever answers for it. All others may change.
    """

    fixed: tuple[str, ...]
    confirm: tuple[str, ...]
    confirm_if_more: tuple[str, ...]
    cites: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """Where an extract form says what is split: the fields with the original's number, line and amount."""

    original: str
    line: str
    amount: str


@dataclass(frozen=True, slots=True)
class CodeList:
    """A code list: rows by code, with its source; `rows[code]` maps column titles to values."""

    name: str
    source: str
    rows: Mapping[str, Mapping[str, str]]


class Room(StrEnum):
    """What happens to more than a blank has room for: refused, on sheets of certgen's, on a further blank."""

    REFUSE = "refuse"
    CONTINUE = "continue"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class OfficialBlank:
    """The blank PDF that a form fills, found to be the one its folder names; page sizes are as they are seen.

    `note` is the page and place where it names the sheet of further lines, None to find one.
    """

    path: Path
    sha256: str
    page_sizes_mm: tuple[tuple[float, float], ...]
    overflow: Room = Room.REFUSE
    note: tuple[int, Frame] | None = None
    keeps_fields: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A certificate form, loaded and found right.

    `one_per` are the fields that a consignment is divided by, none when it makes one paper. `fields` are the
    consignment fields it uses, `required` those it cannot do without, `late` those that
    may be filled once after issue. `issuer_fields` are those that only the issuer can supply, so that a
    draft may lack them. `serial_pattern` is empty for a paper that takes no number; `serial_prefix` is what
    a house's own pattern must keep. `replacement` is None where nothing may be replaced, and `extract_form`
    empty where nothing may be split. `settings` are what a house may settle otherwise in its profile.
    `examples` are what the example row of a blank workbook says of fields, by path. `folder_hash` is the
    SHA-256 of the folder's files.
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
    one_per: tuple[str, ...]
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
    history: tuple[Earlier, ...]
    boxes: tuple[Box, ...]
    rules: tuple[Rule, ...]
    codes: Mapping[str, CodeList]
    folder: Path
    folder_hash: str
    captions: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    examples: Mapping[str, str] = field(default_factory=dict)
    tables: tuple[FurtherTable, ...] = ()
    gathering: Gathering | None = None
    official: OfficialBlank | None = None
    replacement: Replacement | None = None
    extract_form: str = ""
    extraction: Extraction | None = None

    @property
    def own_fields(self) -> tuple[ExtraField, ...]:
        """The fields that only this form knows, those of its tables among them."""
        return (*self.extra_fields, *(column for table in self.tables for column in table.columns))

    @property
    def own_types(self) -> dict[str, str]:
        """The type of each field that only this form knows, by path."""
        return own_types(self.extra_fields, self.tables, gathers=self.gathering is not None)

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

    def as_variant(self, variant: Variant) -> Form:
        """The form in another standing, with what the variant has of its own."""
        is_document = variant.legal_status is LegalStatus.DOCUMENT
        return replace(
            self,
            legal_status=variant.legal_status,
            serial_pattern=(variant.serial_pattern or self.serial_pattern) if is_document else "",
            serial_prefix=(variant.serial_prefix or self.serial_prefix) if is_document else "",
            output_name=variant.output_name or self.output_name,
        )

    def in_edition(self, edition: Edition) -> Form:
        """The form with its boxes worded as in this edition."""
        return replace(self, boxes=edition.boxes or self.boxes)

    def boxes_showing(self, path: str) -> tuple[Box, ...]:
        """The boxes that a field feeds; `path` with or without positions."""
        plain = without_positions(path)
        return tuple(
            box
            for box in self.boxes
            if any(
                plain == shown or plain.startswith(shown + ".") or shown.startswith(plain + ".")
                for shown in box.paths
            )
        )
