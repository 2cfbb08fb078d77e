"""The TOML files of a label standard as records: which keys there are, and what may stand in them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from certgen.forms.folder.records import Key, Paths, RuleId, Slug
from certgen.toml_file import Field, Record, Words


class StandardRecord(Record):
    """`[standard]`: whose rules these are, and which labels they bind."""

    id: Slug
    title: Words
    schemes: Paths = ()
    applies: Words
    note: str = ""


class ClaimRecord(Record):
    """`[[claim]]`: a claim that the standard knows for the product as a whole."""

    key: Words
    title: Words
    rests_on: Paths = ()


class LabelRuleRecord(Record):
    """`[[rule]]`: what the keys mean is told in `ruleset.LabelRule`."""

    id: RuleId
    category: Words
    modality: Literal["must", "may", "must not"]
    severity: Literal["error", "warning", "note"]
    about: Literal["claim", "seal", "wording", "appearance", "procedure"]
    claims: Paths = ()
    basis: str = ""
    seals: Paths = ()
    each: Literal["", "recipe"] = ""
    field: str = ""
    when: Words | None = None
    needs: Paths = ()
    check: Words | None = None
    uses: Words | None = None
    ask: str = ""
    doubt: Words | None = None
    doubt_message: str = ""
    open: str = ""
    says: Words
    message: str = ""
    fix: str = ""
    quote: str = ""
    cites: Words
    valid_from: date | None = None
    valid_until: date | None = None


class StandardFile(Record):
    """`rules/<standard>.toml`."""

    format: Literal[1]
    standard: StandardRecord
    claim: Annotated[tuple[ClaimRecord, ...], Field(strict=False)] = ()
    rule: Annotated[tuple[LabelRuleRecord, ...], Field(strict=False, min_length=1)]


class LabelCaseRecord(Record):
    """`[[case]]`: a trial of a rule; `passes` says whether it holds, or for a permission whether it applies.

    `recipe` are rows as `62 oats: organic raw`; `label` and `answers` change those of the base. Instead
    of passing or failing, a trial may come out in doubt or open (something is not stated), or not concern the
    rule. A permission that a trial makes use of where it does not hold is misused; else it does not apply.
    """

    rule: RuleId
    name: Words
    passes: bool
    base: Key = "base"
    label: dict[str, Any] = Field(default_factory=dict)
    recipe: Annotated[tuple[str, ...], Field(strict=False)] | None = None
    answers: dict[str, bool] = Field(default_factory=dict)
    is_doubt: bool = False
    is_unconcerned: bool = False
    is_open: bool = False
    is_misused: bool = False


class LabelBaseRecord(Record):
    """`[base.<name>]`: a label that the trials change."""

    label: dict[str, Any]
    recipe: Annotated[tuple[str, ...], Field(strict=False)] = ()


class LabelCasesFile(Record):
    """`cases/<standard>.toml`."""

    base: dict[Key, LabelBaseRecord]
    case: Annotated[tuple[LabelCaseRecord, ...], Field(strict=False, min_length=1)]
