"""One certificate to be made: a form, a consignment, and what the issuer adds to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from certgen.consignment import Consignment, ControlBody, consignment_from_plain
from certgen.forms.declared import with_own_fields
from certgen.forms.model import Edition, Form, LegalStatus, Variant
from certgen.profile import Operator


@dataclass(frozen=True, slots=True)
class Issue:
    """What the issuer adds: who issues and signs, when, under which number.

    A draft has no serial and may lack issuer and signatory. `first_issue_date` differs from `issue_date`
    only for a successor, whose lateness is measured by the first certificate. `reason` is why it was made
    in the variant that it is.
    """

    issuer: ControlBody = ControlBody()
    signatory: str = ""
    issue_date: date | None = None
    first_issue_date: date | None = None
    serial: str = ""
    is_draft: bool = False
    is_copy: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything a page or a rule may read of one certificate, by the names of the form language.

    `part` is what tells it from the other papers of its consignment, "" when there is but one. `history` are
    earlier consignments by the names that the form declared, as typed or as plain data. `settings` are those
    that the house settled otherwise than the form. `undivided` is the consignment before the form divided it
    into papers, None when it did not.
    """

    form: Form
    edition: Edition
    consignment: Consignment
    issue: Issue
    variant: Variant | None = None
    operators: tuple[Operator, ...] = ()
    history: Mapping[str, Sequence[Consignment | Mapping[str, Any]]] = field(default_factory=dict)
    part: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    undivided: Consignment | None = None

    def __post_init__(self) -> None:
        """The form in the standing of its variant, and what it declared for itself with its types."""
        form = self.form.as_variant(self.variant) if self.variant else self.form
        earlier = {item.name: self._earlier(self.history.get(item.name, ()), form) for item in form.history}
        object.__setattr__(self, "form", form)
        object.__setattr__(self, "consignment", with_own_fields(self.consignment, form))
        object.__setattr__(self, "history", earlier)

    @staticmethod
    def _earlier(kept: Sequence[Consignment | Mapping[str, Any]], form: Form) -> tuple[Consignment, ...]:
        typed = (item if isinstance(item, Consignment) else consignment_from_plain(item) for item in kept)
        return tuple(with_own_fields(item, form) for item in typed)

    @property
    def whole(self) -> Consignment:
        """The consignment with the goods of all its papers; rules read it, pages do not."""
        return with_own_fields(self.undivided, self.form) if self.undivided else self.consignment

    @property
    def legal_status(self) -> LegalStatus:
        return self.form.legal_status

    def names(self) -> dict[str, Any]:
        """The names of the form language.

        Every consignment field by its own name; `issue`, `issuer`, `wording`, `codes`, `operators`,
        `history`, `part` and `settings` beside them.
        """
        names = {item.name: getattr(self.consignment, item.name) for item in fields(self.consignment)}
        names.pop("cells")
        names |= {
            "issue": self.issue,
            "issuer": self.issue.issuer,
            "wording": self.edition.wording,
            "codes": {name: codes.rows for name, codes in self.form.codes.items()},
            "operators": self.operators,
            "history": self.history,
            "part": self.part,
            "settings": {**self.form.settings, **self.settings},
        }
        return names
