"""The blanks of many makers, and the consignment they are filled with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from certgen.consignment import Consignment, ControlBody, Country, Party, Product, Quantity, Transport
from certgen.forms.model import Form
from certgen.forms.paper import Issue
from certgen.page.document import Document

BLANKS = Path(__file__).parents[1] / "page" / "official" / "blanks"
CANADA, BRITAIN = Country("Canada", "CA"), Country("Great Britain", "GB")
GOODS = Product(
    cn_code="12040090",
    trade_name="Organic brown flaxseed",
    lots=("FLX-26-118",),
    net_mass=Quantity(Decimal(12000), "kg"),
    gross_mass=Quantity(Decimal(12096), "kg"),
)
CONSIGNMENT = Consignment(
    reference="NFG-2026-014",
    invoice_number="INV-26-311",
    departure_date=date(2026, 12, 8),
    exporter=Party("Çağlayan Şahin Çiftliği", "77 Işık Road\nMilton ON  L9T 2X5", CANADA),
    importer=Party("Ферма & Grain Ltd", "14 Dock Gate Lane\nBristol BS1 4RB", BRITAIN, eori="GB123456789000"),
    first_consignee=Party("Avonmouth Stores", "Unit 7", BRITAIN),
    countries_of_origin=(CANADA,),
    country_of_destination=BRITAIN,
    point_of_entry="Felixstowe",
    products=(GOODS,),
    containers=("MSCU6639871",),
    seals=("CA204417",),
    gross_mass=Quantity(Decimal(12096), "kg"),
    transport=Transport(modes=("vessel",), vessels=("Montreal Express",), documents=("HLCUMTR2611",)),
)
ISSUE = Issue(
    issuer=ControlBody("Pro-Cert Organic Systems Ltd", "Saskatoon", "CA-ORG-016"),
    signatory="Marie-Ève Tremblay",
    issue_date=date(2026, 12, 1),
)
GOODS_TABLE = """
[[box]]
number = "2"
title = "Goods"
page = 1
at = [20, 110, 160, 40]
  [box.table]
  at = [0, 0, 160, 40]
  rows = "products"
  row = "product"
    [[box.table.column]]
    title = "Goods"
    width_mm = 120
    text = "{{ product.trade_name }}"
    [[box.table.column]]
    title = "Net weight"
    width_mm = 40
    text = "{{ product.net_mass | mass }}"
    align = "right"
"""


@dataclass(frozen=True)
class Filled:
    """A blank, the form made of it, and one certificate on it."""

    blank: Path
    form: Form
    document: Document
    pdf: bytes
