"""The TOML files of `templates/_common/arrangements/` as records: which keys there are, what may stand there.

What the keys mean is told in `docs/arrangement-authors.md`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from certgen.forms.folder.records import Key, RuleId, Slug
from certgen.toml_file import Field, Record, Words

Several = Annotated[tuple[Words, ...], Field(strict=False)]
Some = Annotated[tuple[Words, ...], Field(strict=False, min_length=1)]
Confidence = Literal["confirmed", "undated", "disputed", "unverified"]
"""How sure a fact is: seen in a source; in one undated or likely behind; told in two ways; not seen."""


class FactRecord(Record):
    """`[[fact]]`: a name for what is known of a product line, so that rules read as sentences."""

    name: Key
    value: Words = Field(alias="is")


class FactsFile(Record):
    """`facts.toml`."""

    format: Literal[1]
    fact: Annotated[tuple[FactRecord, ...], Field(strict=False)]


class SettingRecord(Record):
    """A day that a form keeps among its settings, where a profile may replace it."""

    form: Words
    setting: Key


class SourcedRecord(Record):
    """What stands on a source, and between which days; a rule without days has those of its arrangement."""

    id: RuleId
    cites: Some
    confidence: Confidence = "confirmed"
    valid_from: date | None = None
    valid_until: date | None = None


class ScopeRecord(SourcedRecord):
    """`[[scope]]`: which goods are within; broken, the goods are out, or somebody has to be asked.

    `nothing_owed` marks goods that are out and, as the source says, need no paper.
    """

    slug: Slug
    outcome: Literal["out", "ask"]
    nothing_owed: bool = False
    each: Literal["products", ""] = "products"
    field: str
    when: Words | None = None
    must: Words
    message: Words
    fix: Words


class PaperRecord(SourcedRecord):
    """`[[paper]]`: a paper that is owed, from whom, by when, and where it goes."""

    name: Words
    form: str = ""
    where: str = ""
    issued_by: Words
    by: Words
    due: Literal["departure", ""] = ""
    with_goods: bool
    goes_to: Several = ()
    enclosed: Several = ()
    statement: str = ""
    voluntary: bool = False
    when: Words | None = None
    why: Words


class AnswerRecord(SourcedRecord):
    """`[nothing_owed]`: what holds instead of papers."""

    says: Words


class MindRecord(SourcedRecord):
    """`[[mind]]`: what is to be kept in mind, and no rule can settle."""

    when: Words | None = None
    says: Words


class ArrangementFile(SourcedRecord):
    """One arrangement between countries, or what one country asks of all."""

    format: Literal[1]
    standing: Literal["arrangement", "requirement", "none", "open", "note", "doubt", "fallback"]
    title: Words
    origin: Some = Field(alias="from")
    to: Some
    not_from: Several = ()
    replaces: Several = ()
    when: Words | None = None
    says: Words
    ask: str = ""
    starts_after: SettingRecord | None = None
    ends_with: SettingRecord | None = None
    warn_days: Annotated[int, Field(ge=0)] = 0
    scope: Annotated[tuple[ScopeRecord, ...], Field(strict=False)] = ()
    paper: Annotated[tuple[PaperRecord, ...], Field(strict=False)] = ()
    mind: Annotated[tuple[MindRecord, ...], Field(strict=False)] = ()
    nothing_owed: AnswerRecord | None = None
