"""One form, its base consignment as plain data, and a way to judge a changed copy of it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from certgen.consignment import Cell, consignment_from_plain
from certgen.findings import Finding
from certgen.forms import load_form
from certgen.forms.model import Form
from certgen.forms.paper import Issue, Paper
from certgen.rules import judge
from certgen.rules.cases import load_base

FOLDER = Path(__file__).parents[2] / "templates" / "gb-coi"

Judge = Callable[..., tuple[Finding, ...]]


@pytest.fixture(scope="session")
def form() -> Form:
    return load_form(FOLDER)


@pytest.fixture
def base() -> dict[str, Any]:
    return copy.deepcopy(load_base(FOLDER / "cases" / "base.toml"))


@pytest.fixture
def make_paper(form: Form) -> Callable[..., Paper]:
    def make(data: dict[str, Any], *, cells: dict[str, Cell] | None = None, is_draft: bool = False) -> Paper:
        consignment = replace(consignment_from_plain(data), cells=cells or {})
        issue = Issue(issuer=consignment.issuing_body, issue_date=date(2026, 12, 1), is_draft=is_draft)
        return Paper(form, form.edition_for(consignment.departure_date), consignment, issue)

    return make


@pytest.fixture
def told(make_paper: Callable[..., Paper]) -> Judge:
    """The findings about a changed base consignment."""

    def tell(data: dict[str, Any], **circumstances: Any) -> tuple[Finding, ...]:
        return judge(make_paper(data, **circumstances))

    return tell
