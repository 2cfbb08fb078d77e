"""Papers made without a workbook, for tests of pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from certgen.consignment import (
    Consignment,
    ControlBody,
    Country,
    Packages,
    Party,
    Product,
    Quantity,
    consignment_from_plain,
)
from certgen.forms import find_forms_root, load_form
from certgen.forms.model import Form
from certgen.forms.paper import Issue, Paper
from certgen.pipeline import Press
from certgen.rules.cases import load_base

CANADA = Country("Canada", "CA")
ISSUE = Issue(
    issuer=ControlBody("Pro-Cert Organic Systems Ltd (Pro-Cert)", "Saskatoon, SK, Canada", "CA-ORG-016"),
    signatory="Marguerite Oyelaran-Tremblay",
    issue_date=date(2026, 1, 15),
    serial="COI.CA-ORG-016.2026.0000001",
)
GOODS = ("Organic red lentils", "Organic rolled oats", "Organic maple syrup", "Organic golden flaxseed")
PRODUCERS = (
    Party("Bergqvist Farms Ltd.", "Box 117\nElrose, SK  S0L 2V0", CANADA),
    Party("Ферма Ковальчук і сини", "RR 2\nCanora, SK  S0A 0L0", CANADA),
    Party("Αγρόκτημα Παπαδοπούλου", "15 Olive Lane\nLondon, ON  N6A 1B2", CANADA),
    Party("Çağlayan Şahin Çiftliği", "77 Işık Road\nMilton, ON  L9T 2X5", CANADA),
    Party("Érablière Côté-Lévesque inc.", "88, rang Sainte-Anne\nPlessisville (Québec)  G6L 2Y2", CANADA),
)


@cache
def gb_form() -> Form:
    return load_form(find_forms_root() / "gb-coi")


@cache
def press() -> Press:
    return Press()


def base_consignment() -> Consignment:
    """The consignment that every rule of the form lets pass."""
    return consignment_from_plain(load_base(gb_form().folder / "cases" / "base.toml"))


def long_consignment(lines: int) -> Consignment:
    """A consignment of many lines and five producers, each name in another script."""
    products = tuple(product_line(number) for number in range(lines))
    return replace(base_consignment(), producers=PRODUCERS, products=products)


def product_line(number: int) -> Product:
    return Product(
        cn_code=("07134000", "11041290", "17022090", "12040090")[number % 4],
        trade_name=f"{GOODS[number % 4]}, grade {number + 1}",
        packages=Packages(20 + number, "bags"),
        lots=(f"LOT-26-{number:04}",),
        net_mass=Quantity(Decimal(500 + number), "kg"),
        category="A",
    )


def make_paper(consignment: Consignment, issue: Issue = ISSUE) -> Paper:
    form = gb_form()
    return Paper(form, form.edition_for(consignment.departure_date), consignment, issue)


def print_paper(paper: Paper, folder: Path) -> Path:
    path = folder / "certificate.pdf"
    path.write_bytes(press().print(paper).pdf)
    return path
