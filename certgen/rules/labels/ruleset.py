"""What a label standard is: the labels it binds, the claims it knows, its rules; plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from certgen.findings import Severity
from certgen.forms.parts import Expression, Template


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim for the product as a whole, as the workbook's choice and as people say it.

    `rests_on` are the rules of which one must hold for the claim to be made; without one nothing is known.
    """

    key: str
    title: str
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelRule:
    """One rule of a standard.

    It concerns a label whose claim is among `claims` (any, when there are none) and for which `when` holds;
    with `each`, every row of the recipe for which `when` holds. `check` is what must hold of a duty or a
    prohibition, and what a permission depends on; `uses` whether a label makes use of a permission. Instead
    of a check, `ask` is a question that only a person can answer: yes is right. `needs` are values that must
    be stated before the rule can be judged, `open` what is told while they are not. Where `doubt` holds the
    sources leave it open, and the rule warns with `doubt_message`. `about` tells rules that decide whether a
    claim may be made at all (`claim`) and whether a seal is carried (`seal`) from those on wording,
    appearance and procedure. `says` is the rule in one sentence, `quote` a few words of its source, `field`
    the column a finding points at.
    """

    id: str
    standard: str
    category: str
    modality: str
    severity: Severity
    about: str
    claims: tuple[str, ...]
    basis: str
    seals: tuple[str, ...]
    each: str
    field: str
    when: Expression | None
    needs: tuple[Expression, ...]
    check: Expression | None
    uses: Expression | None
    ask: str
    doubt: Expression | None
    doubt_message: Template
    open: Template
    says: str
    message: Template
    fix: Template
    quote: str
    cites: str
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def counts_agricultural(self) -> bool:
        """Whether the rule depends on what is of agricultural origin and what is not."""
        read = (self.when, self.check, self.doubt, *self.needs)
        return any(word in item.source for item in read if item for word in ("agri", "is_grown"))

    def is_in_force(self, day: date) -> bool:
        """Whether the rule holds on this day; both ends included."""
        return (self.valid_from or date.min) <= day <= (self.valid_until or date.max)


@dataclass(frozen=True, slots=True)
class Standard:
    """The rules that one publisher gives for one standard.

    `schemes` are the standards of the workbook that these rules are the own rules of; `applies` says which
    labels they bind beside those, as a market's rules bind all that is sold there.
    """

    id: str
    title: str
    schemes: tuple[str, ...]
    applies: Expression
    note: str
    claims: tuple[Claim, ...]
    rules: tuple[LabelRule, ...]
