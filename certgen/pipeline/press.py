"""The press: forms compiled once, papers proofed and printed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from certgen.consignment import ControlBody, as_plain, consignment_from_plain
from certgen.errors import PageError, RegisterError
from certgen.forms.model import Form
from certgen.forms.paper import Issue, Paper
from certgen.page import CompiledForm, Layout, compile_form, lay_out, print_document


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished certificate: its bytes, their SHA-256 and the number of sheets."""

    pdf: bytes
    sha256: str
    pages: int


class Printer(Protocol):
    """Whoever makes the pages: one press, or many of them in processes of their own."""

    def proof(self, paper: Paper) -> Layout:
        """The paper laid out, with whatever does not fit or cannot be printed."""

    def print_all(self, papers: Sequence[Paper]) -> Sequence[Printed | PageError]:
        """Each paper printed, or why its pages must not leave the house; in the order given."""


@dataclass(slots=True)
class Press:
    """Keeps each compiled form for as long as a run lasts."""

    compiled: dict[tuple[str, str, str], CompiledForm] = field(default_factory=dict)

    def proof(self, paper: Paper) -> Layout:
        """The paper laid out, with whatever does not fit or cannot be printed."""
        return lay_out(self._compiled_form(paper), paper)

    def print(self, paper: Paper) -> Printed:
        """The finished bytes, read back; raises PageError when they do not say what was asked."""
        compiled = self._compiled_form(paper)
        layout = lay_out(compiled, paper)
        refused = [finding.message for finding in layout.findings if finding.is_error]
        if refused:
            raise PageError(" ".join(refused))
        document = layout.document
        pdf = print_document(compiled, document, paper)
        return Printed(pdf, hashlib.sha256(pdf).hexdigest(), len(document.pages))

    def print_all(self, papers: Sequence[Paper]) -> list[Printed | PageError]:
        """Each paper printed, or why its pages must not leave the house."""
        return [self._print_or_tell(paper) for paper in papers]

    def _print_or_tell(self, paper: Paper) -> Printed | PageError:
        try:
            return self.print(paper)
        except PageError as error:
            return error

    def _compiled_form(self, paper: Paper) -> CompiledForm:
        variant = paper.variant.name if paper.variant else ""
        key = (paper.form.folder_hash, paper.edition.id, variant)
        if key not in self.compiled:
            self.compiled[key] = compile_form(paper.form, paper.edition, paper.variant)
        return self.compiled[key]


def paper_as_json(paper: Paper) -> str:
    """Everything needed to print the paper again without the workbook, save its serial.

    Fields of a form's own keep their order: it is that of the data embedded in the PDF, to the last byte.
    """
    part = {"part": paper.part} if paper.part else {}
    settings = {"settings": as_plain(paper.settings)} if paper.settings else {}
    return json.dumps(
        {
            "consignment": as_plain(paper.consignment),
            "issue": as_plain(replace(paper.issue, serial="")),
            **part,
            **settings,
        },
        ensure_ascii=False,
    )


def paper_from_json(
    text: str, forms: Mapping[str, Form], form_id: str, edition_id: str, variant: str, serial: str
) -> Paper:
    """The paper that a register row keeps; raises RegisterError when its form is no longer installed."""
    if form_id not in forms:
        raise RegisterError(
            f"{serial}: its form {form_id!r} is not installed. "
            "Install it again or name its folder with --templates."
        )
    form, data = forms[form_id], json.loads(text)
    return Paper(
        form=form,
        edition=_named(form.editions, "id", edition_id, form.editions[-1]),
        consignment=consignment_from_plain(data["consignment"]),
        issue=replace(_issue_from_plain(data["issue"]), serial=serial),
        variant=_named(form.variants, "name", variant, None),
        part=data.get("part", ""),
        settings=data.get("settings", {}),
    )


def _named(items: tuple[Any, ...], attribute: str, name: str, otherwise: Any) -> Any:
    return next((item for item in items if getattr(item, attribute) == name), otherwise)


def _issue_from_plain(data: Mapping[str, Any]) -> Issue:
    days = {key: date.fromisoformat(data[key]) for key in ("issue_date", "first_issue_date") if data[key]}
    return Issue(**{**data, **days, "issuer": ControlBody(**data["issuer"])})
