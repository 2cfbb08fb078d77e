"""One certificate to be made: a form, a consignment, and what the issuer adds to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from certgen.consignment import Consignment, ControlBody
from certgen.forms.declared import with_own_fields
from certgen.forms.model import Edition, Form, LegalStatus, Variant
from certgen.profile import Operator


@dataclass(frozen=True, slots=True)
class Issue:
    """What the issuer adds: who issues and signs, when, under which number.

    A draft has no serial and may lack issuer and signatory. `first_issue_date` differs from `issue_date`
    only for a successor, whose lateness is measured by the first certificate.
    """

    issuer: ControlBody = ControlBody()
    signatory: str = ""
    issue_date: date | None = None
    first_issue_date: date | None = None
    serial: str = ""
    is_draft: bool = False
    is_copy: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything a page or a rule may read of one certificate, by the names of the form language."""

    form: Form
    edition: Edition
    consignment: Consignment
    issue: Issue
    variant: Variant | None = None
    operators: tuple[Operator, ...] = ()
    history: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """What the form declared for itself may have been plain data; here it gets its types."""
        object.__setattr__(self, "consignment", with_own_fields(self.consignment, self.form))

    @property
    def legal_status(self) -> LegalStatus:
        return self.variant.legal_status if self.variant else self.form.legal_status

    def names(self) -> dict[str, Any]:
        """The names of the form language.

        Every consignment field by its own name; `issue`, `issuer`, `wording`, `codes`, `operators` and
        `history` beside them.
        """
        names = {item.name: getattr(self.consignment, item.name) for item in fields(Consignment)}
        names.pop("cells")
        names |= {
            "issue": self.issue,
            "issuer": self.issue.issuer,
            "wording": self.edition.wording,
            "codes": {name: codes.rows for name, codes in self.form.codes.items()},
            "operators": self.operators,
            "history": self.history,
        }
        return names
