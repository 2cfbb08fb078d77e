"""Papers to be made: the consignment of the form's own trials, varied so that no two are alike."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import cycle, islice

from certgen.consignment import Consignment, Packages, Product, Quantity, consignment_from_plain
from certgen.forms import find_forms_root, load_form
from certgen.forms.model import Form
from certgen.forms.paper import Issue, Paper

GOODS = (
    ("1204 00 90", "Organic brown flaxseed, cleaned"),
    ("1104 12 90", "Organic rolled oats"),
    ("1702 20 90", "Organic maple syrup, amber"),
    ("0713 40 00", "Organic green lentils, large"),
    ("1001 99 00", "Organic hard red spring wheat"),
)


def load_bench_form() -> Form:
    """The form that the bench prints."""
    return load_form(find_forms_root() / "gb-coi")


def make_papers(form: Form, count: int, lines: int) -> list[Paper]:
    """So many papers with so many product lines each."""
    data = tomllib.loads((form.folder / "cases" / "base.toml").read_text(encoding="utf-8"))
    base = consignment_from_plain(data)
    return [_make_paper(form, base, number, lines) for number in range(1, count + 1)]


def _make_paper(form: Form, base: Consignment, number: int, lines: int) -> Paper:
    products = tuple(
        _make_product(base.products[0], 1000 * number + line, goods)
        for line, goods in enumerate(islice(cycle(GOODS), lines))
    )
    consignment = replace(
        base,
        reference=f"PL-2026-{number:04d}",
        invoice_number=f"INV-{20000 + number}",
        exporter=replace(base.exporter, name=f"Prairie Lark Organics {number} Ltd."),
        producers=tuple(replace(producer, name=f"{producer.name} {number}") for producer in base.producers),
        products=products,
        containers=(f"HLBU{1790000 + number}",),
        seals=(f"CA{880000 + number}",),
        gross_mass=Quantity(Decimal(23000 * lines + number), "kg"),
    )
    issue = Issue(
        issuer=base.issuing_body,
        signatory="Marie-Ève Tremblay",
        issue_date=date(2026, 12, 1),
        serial=f"COI.{base.issuing_body.code}.2026.{number:07d}",
    )
    return Paper(form, form.edition_for(consignment.departure_date), consignment, issue)


def _make_product(base: Product, number: int, goods: tuple[str, str]) -> Product:
    cn_code, name = goods
    return replace(
        base,
        cn_code=cn_code,
        trade_name=f"{name}, grade {number % 97}",
        packages=Packages(100 + number % 900, "bags"),
        lots=(f"LOT-{number:07d}",),
        net_mass=Quantity(Decimal(2_000_000 + number) / 100, "kg"),
    )
