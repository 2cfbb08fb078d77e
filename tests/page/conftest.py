"""Papers of the certificate for Great Britain: a consignment that breaks no rule, and changes to it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from certgen.consignment import Cell, ControlBody, consignment_from_plain
from certgen.forms.folder.load import load_form
from certgen.forms.model import Form
from certgen.forms.paper import Issue, Paper
from certgen.forms.roots import find_forms_root
from certgen.page.layout.plan import FormPlan, plan_form

ISSUER = ControlBody(
    "Pro-Cert Organic Systems Ltd",
    "2311 Eighth Street East\nSaskatoon, Saskatchewan S7H 0T1, Canada",
    "CA-ORG-016",
)
SERIAL = "COI.CA-ORG-016.2026.0000147"


@pytest.fixture(scope="session")
def form() -> Form:
    return load_form(find_forms_root() / "gb-coi")


@pytest.fixture(scope="session")
def plan(form: Form) -> FormPlan:
    return plan_form(form, form.editions[-1])


@pytest.fixture(scope="session")
def shipment(form: Form) -> dict[str, Any]:
    """The consignment of the form's own cases, as plain data."""
    data: dict[str, Any] = tomllib.loads((form.folder / "cases" / "base.toml").read_text(encoding="utf-8"))
    return data


@pytest.fixture(scope="session")
def make_paper(form: Form, shipment: dict[str, Any]) -> Callable[..., Paper]:
    """A paper from changes to the shipment; `cells` are where it came from, the rest changes the issue."""

    def make(
        changes: dict[str, Any] | None = None, cells: dict[str, str] | None = None, **issue: Any
    ) -> Paper:
        data = shipment | (changes or {})
        known = {path: Cell("shipment.xlsx", "Products", name) for path, name in (cells or {}).items()}
        consignment = replace(consignment_from_plain(data), cells=known)
        settings: dict[str, Any] = {
            "issuer": ISSUER,
            "signatory": "Marie-Ève Tremblay",
            "issue_date": date(2026, 12, 1),
            "serial": SERIAL,
        }
        return Paper(form, form.editions[-1], consignment, Issue(**settings | issue))

    return make


@pytest.fixture(scope="session")
def many_lines(shipment: dict[str, Any]) -> Callable[[int], dict[str, Any]]:
    """So many product lines, each with a lot of its own."""

    def make(count: int) -> dict[str, Any]:
        lines = shipment["products"]
        return {
            "products": [
                lines[number % len(lines)] | {"lots": [f"LOT-{number:04d}"]} for number in range(count)
            ]
        }

    return make
