"""A paper that the register keeps is the paper that was asked for, whatever its form declared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from certgen.consignment import Consignment, Party, Product, Quantity
from certgen.forms import load_form
from certgen.forms.model import Gathering
from certgen.forms.paper import Issue, Paper
from certgen.pipeline import paper_as_json, paper_from_json
from certgen.pipeline.papers.gathered import gather
from tests.pipeline.conftest import SMALL

LARK = Party("Prairie Lark Organics Ltd.")
OATS = Product(trade_name="Oats", cn_code="10049000", net_mass=Quantity(Decimal("1.50"), "kg"))
ONE = Consignment(reference="N-1", exporter=LARK, products=(OATS,), departure_date=date(2026, 12, 1))
STOCK = {"design": "A", "opening": Decimal("1.0"), "attached_on": date(2026, 12, 1), "lots": ("L1",)}


@pytest.mark.parametrize(
    ("folder", "consignment", "part", "variant"),
    [
        ("part-request", ONE, "Oats / 10049000", "contingency"),
        (
            "seal-report",
            replace(ONE, extra={"signed_on": date(2026, 1, 1)}, tables={"seals": (STOCK,)}),
            "",
            "",
        ),
        (
            "buyer-certificate",
            gather([ONE, replace(ONE, reference="N-2")], Gathering(by=("exporter.name",))),
            "",
            "",
        ),
    ],
)
def test_a_paper_comes_back_from_the_register_as_it_went(folder, consignment, part, variant) -> None:
    form = load_form(SMALL / folder)
    standing = next((item for item in form.variants if item.name == variant), None)
    issue = Issue(issue_date=date(2026, 12, 2), serial="X-1", reason="TRACES was down")
    paper = Paper(form, form.editions[-1], consignment, issue, standing, part=part)
    kept = paper_from_json(paper_as_json(paper), {form.id: form}, form.id, "1", variant, "X-1")
    assert kept == paper
    assert kept.names() == paper.names()
