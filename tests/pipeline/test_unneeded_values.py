"""A value that cannot be read refuses the papers that print or judge it, and no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from guide import write_form

from certgen.forms import load_form
from certgen.forms.needs import needs_field

HEADERS = (
    *("Shipment reference", "Exporter name", "Exporter address", "Exporter country", "Departure date"),
    *("Trade name", "Lot number", "Net weight (kg)", "Organic percentage", "Ingredients confirmed"),
)


@pytest.fixture
def shipment(desk: Path, write: Callable[..., Path]) -> Callable[..., Path]:
    """A workbook of one line of spelt, with the cells that the test writes otherwise."""
    write_form(desk, "gr-demo")

    def make(**cells: str) -> Path:
        row = ["PL-1", "Prairie Lark", "Saskatoon", "Canada", "2026-12-08", "Spelt", "SP26-041", "12000"]
        row += [cells.get("percent", "100%"), cells.get("confirmed", "yes")]
        return write({"Goods": [HEADERS, [*row[:4], cells.get("departure", row[4]), *row[5:]]]})

    return make


@pytest.mark.parametrize("cells", [{"percent": "0.95"}, {"confirmed": "perhaps"}, {"percent": "lots"}])
def test_what_the_paper_has_no_use_for_only_warns(certgen, shipment, cells: dict[str, str]) -> None:
    run = certgen("fill", shipment(**cells), "--templates", "my-forms", "--form", "gr-demo", "--json")
    assert run.exit_code == 0
    assert run.record["certificates"][0]["status"] == "draft"
    (told,) = [item for item in run.record["findings"] if item["severity"] == "warning"]
    assert told["code"].startswith("CG2")
    assert told["cell"]
    assert "gr-demo neither prints nor judges it" in told["message"]


@pytest.mark.parametrize("cells", [{"percent": "0.95"}, {"confirmed": "perhaps"}])
def test_a_paper_that_judges_it_is_refused_beside_one_that_does_not(
    certgen, shipment, cells: dict[str, str]
) -> None:
    forms = ("--form", "gr-demo", "--form", "gb-coi")
    run = certgen("check", shipment(**cells), "--templates", "my-forms", *forms, "--json")
    weights = {
        (item["form"], item["severity"])
        for item in run.record["findings"]
        if item["field"] in ("products.organic_percent", "products.ingredients_confirmed")
    }
    assert weights == {("gr-demo", "warning"), ("gb-coi", "error")}


def test_what_settles_the_edition_still_refuses(certgen, shipment) -> None:
    run = certgen(
        "fill", shipment(departure="03/04/2026"), "--templates", "my-forms", "--form", "gr-demo", "--json"
    )
    assert run.exit_code == 3


def test_a_form_needs_what_it_prints_judges_or_goes_by(desk: Path) -> None:
    form = load_form(write_form(desk, "gr-demo"))
    for field in ("exporter.name", "products.lots", "products.net_mass", "reference", "departure_date"):
        assert needs_field(form, field), field
    for field in ("products.organic_percent", "importer.name", "gross_mass"):
        assert not needs_field(form, field), field
