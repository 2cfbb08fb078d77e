"""`form.toml` and `rules.toml` as records: which keys there are, and what may stand in them.

What the keys mean is told in `docs/forms-reference.md`; `load` builds the form from these records and from
those of `box_records`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from certgen.forms.model import LegalStatus, Room
from certgen.toml_file import ConfigDict, Field, Record, StringConstraints, Words

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
FormId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
RuleId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Side = Annotated[float, Field(gt=0, le=5080)]
PageSize = Annotated[tuple[Side, Side], Field(strict=False)]
Paths = Annotated[tuple[Words, ...], Field(strict=False)]
Status = Annotated[LegalStatus, Field(strict=False)]


class FormatRecord(Record):
    """Only the format number, read first: a newer form is refused before its keys are judged."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)
    format: int = 1


class FieldsRecord(Record):
    """Which consignment fields the form uses, needs, has from the issuer, and takes late."""

    used: Paths
    required: Paths = ()
    issuer: Paths = ()
    late: Paths = ()


class EditionRecord(Record):
    """One edition; its wording stands before the form's own."""

    id: Words
    valid_from: date | None = None
    valid_until: date | None = None
    wording: dict[Key, str] = Field(default_factory=dict)


class VariantRecord(Record):
    """`[[variant]]`: another standing of the same form."""

    name: Slug
    legal_status: Status
    band: Words
    serial: str = ""
    serial_prefix: str = ""
    output: str = ""
    needs_reason: bool = False


class GatherRecord(Record):
    """`[gather]`: one paper for several consignments."""

    by: Annotated[tuple[Words, ...], Field(strict=False, min_length=1)]
    same: Paths = ()
    most: Annotated[int | None, Field(ge=2)] = None


class HistoryRecord(Record):
    """`[[history]]`: earlier certificates that the rules need."""

    name: Key
    same: str = ""
    year_begins: Annotated[str, StringConstraints(pattern=r"^([01][0-9]-[0-3][0-9])?$")] = ""
    by: str = ""


class ReplacementRecord(Record):
    """`[replacement]`: what may differ between a certificate and the one that replaces it."""

    fixed: Paths
    confirm: Paths = ()
    confirm_if_more: Paths = ()
    cites: Words


class ExtractRecord(Record):
    """`[extract]`: where an extract form says what is split."""

    original: Words
    line: Words
    amount: Words


class OwnFieldRecord(Record):
    """What a field that only this form knows is called, holds, and may hold."""

    type: Literal["text", "list", "number", "percent", "date", "mass", "country", "choice", "yes-no"] = "text"
    labels: dict[Key, Words]
    synonyms: Paths = ()
    choices: dict[Slug, Paths] = Field(default_factory=dict)
    help: str = ""
    example: str = ""


class ExtraRecord(OwnFieldRecord):
    """`[[extra]]`."""

    path: Annotated[str, StringConstraints(pattern=r"^(products\.)?extra\.[a-z][a-z0-9_]*$")]


class FurtherColumnRecord(OwnFieldRecord):
    """`[[table.column]]`."""

    name: Key


class FurtherTableRecord(Record):
    """`[[table]]`: a further sheet that the form asks for."""

    name: Key
    sheets: dict[Key, Words]
    synonyms: Paths = ()
    tied_by: Words | None = None
    help: str = ""
    column: Annotated[tuple[FurtherColumnRecord, ...], Field(strict=False, min_length=1)]


class NoteRecord(Record):
    """`[official]` `note`: where the blank says on which sheet its further lines stand, in mm."""

    page: Annotated[int, Field(ge=1, le=20)] = 1
    at: Annotated[tuple[Side, Side, Side, Side], Field(strict=False)]


class BlankRecord(Record):
    """`[official]`: the blank `official.pdf`, pinned by its hash, and its pages as they are seen, in mm."""

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    pages_mm: Annotated[tuple[PageSize, ...], Field(strict=False, min_length=1)]
    overflow: Annotated[Room, Field(strict=False)] = Room.REFUSE
    note: NoteRecord | None = None
    keep_fields: bool = False


class FormFile(Record):
    """`form.toml`."""

    format: Literal[1]
    id: FormId
    title: Words
    language: Key = "en"
    legal_status: Status
    issued_by: Literal["control-body", "exporter", "importer"]
    official_layout: bool = False
    page: Literal["A4"] = "A4"
    serial: str = ""
    serial_prefix: str = ""
    output: Words
    one_per: Words | Paths = "consignment"
    gather: GatherRecord | None = None
    band: str = ""
    category_scheme: str = ""
    fields: FieldsRecord
    defaults: dict[str, Any] = Field(default_factory=dict)
    examples: dict[str, str] = Field(default_factory=dict)
    settings: dict[Key, date | bool | int | str] = Field(default_factory=dict)
    edition: Annotated[tuple[EditionRecord, ...], Field(strict=False, min_length=1)]
    wording: dict[Key, str] = Field(default_factory=dict)
    captions: dict[Key, Words] = Field(default_factory=dict)
    variant: Annotated[tuple[VariantRecord, ...], Field(strict=False)] = ()
    extra: Annotated[tuple[ExtraRecord, ...], Field(strict=False)] = ()
    table: Annotated[tuple[FurtherTableRecord, ...], Field(strict=False)] = ()
    history: Annotated[tuple[HistoryRecord, ...], Field(strict=False)] = ()
    official: BlankRecord | None = None
    replacement: ReplacementRecord | None = None
    extract_form: FormId | None = None
    extract: ExtractRecord | None = None


class RuleRecord(Record):
    """`[[rule]]`."""

    id: RuleId
    slug: Slug
    box: str = ""
    severity: Literal["error", "warning", "note"]
    each: str = ""
    field: str = ""
    when: Words | None = None
    must: Words
    message: Words
    fix: Words
    cites: Words


class RulesFile(Record):
    """`rules.toml`."""

    rule: Annotated[tuple[RuleRecord, ...], Field(strict=False)] = ()
