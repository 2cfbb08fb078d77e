"""A consignment as a form sees it, and the small form that the form authors' guide prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from guide import write_form

from certgen.consignment import (
    Consignment,
    ControlBody,
    Country,
    Packages,
    Party,
    Product,
    Quantity,
    Transport,
)
from certgen.forms.language.kinds import make_scope
from certgen.forms.paper import Issue
from certgen.profile import Operator

CANADA = Country("Canada", "CA")

PRODUCTS = (
    Product(
        cn_code="12040090",
        trade_name="Organic brown flaxseed",
        packages=Packages(880, "bags"),
        lots=("FX26-311", "FX26-312"),
        net_mass=Quantity(Decimal("22000.50"), "kg"),
        country_of_production=CANADA,
    ),
    Product(
        cn_code="17022010",
        trade_name="Organic maple syrup",
        packages=Packages(None, "in bulk"),
        lots=("MS-9",),
        net_mass=Quantity(Decimal(900), "l"),
        processing="processed",
    ),
)

CONSIGNMENT = Consignment(
    reference="PL-2026-0147",
    departure_date=date(2026, 12, 8),
    exporter=Party("Prairie Lark Organics Ltd.", "410 Grain Street\nSaskatoon", CANADA),
    producers=(
        Party("Moose Creek Organic Farms Ltd.", "Range Road 21\nRosthern, Canada", CANADA),
        Party("Érablière du Ruisseau Clair inc.", "88, rang Sainte-Anne", CANADA),
    ),
    control_bodies=(ControlBody("Pro-Cert Organic Systems Ltd", "Saskatoon", "CA-ORG-016"),),
    procedures=("33(2)",),
    countries_of_origin=(CANADA,),
    country_of_export=CANADA,
    products=PRODUCTS,
    containers=("CSQU3054383",),
    transport=Transport(modes=("vessel",), vessels=("Dalian Express",)),
)

CODES = {
    "control_bodies": {"CA-ORG-016": {"code": "CA-ORG-016", "name": "Pro-Cert"}},
    "words": {"maple syrup": {"code": "maple syrup"}, "flour": {"code": "flour"}},
    "processing": {
        "syrup": {"code": "syrup", "standing": "processed"},
        "seed": {"code": "seed", "standing": "unprocessed"},
    },
    "categories": {
        "seeds": {"code": "seeds", "name": "Seeds", "equivalence": "F", "words": "seed|sowing seed"}
    },
}


@pytest.fixture(scope="session")
def names() -> dict[str, Any]:
    found = {item.name: getattr(CONSIGNMENT, item.name) for item in fields(CONSIGNMENT)}
    return found | {
        "issue": Issue(issue_date=date(2026, 12, 1), serial="COI.CA-ORG-016.2026.0000001"),
        "issuer": ControlBody("Pro-Cert Organic Systems Ltd", "Saskatoon", "CA-ORG-016"),
        "wording": {"declaration": "All is organic."},
        "codes": CODES,
        "operators": (
            Operator(name="Prairie Lark Organics Ltd.", certificate="C-1", valid_until=date(2027, 3, 31)),
            Operator(
                name="Old Mill", certificate="C-2", valid_until=date(2020, 1, 1), products=("flaxseed",)
            ),
        ),
        "history": {},
    }


@pytest.fixture(scope="session")
def scope() -> Any:
    columns = {name: list(next(iter(rows.values()))) for name, rows in CODES.items()}
    return make_scope(wording=["declaration"], codes=columns)


@pytest.fixture
def guide_form(tmp_path: Path) -> Path:
    """The folder that the guide for form authors writes down."""
    return write_form(tmp_path, "gr-demo")


@pytest.fixture
def change(guide_form: Path) -> Callable[[str, str, str], Path]:
    """Change one place in one file of the guide's form."""

    def make(name: str, old: str, new: str) -> Path:
        path = guide_form / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return guide_form

    return make
