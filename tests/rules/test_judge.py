"""A finding knows its cell, its box and its words; no consignment can break a rule."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certgen.consignment import (
    Cell,
    Consignment,
    ControlBody,
    Country,
    Packages,
    Party,
    Product,
    Quantity,
    Transport,
)
from certgen.findings import Finding, Severity
from certgen.forms.paper import Issue, Paper
from certgen.profile import Operator
from certgen.rules import judge

Judge = Callable[..., tuple[Finding, ...]]


def test_a_right_consignment_is_told_nothing(told: Judge, base: dict[str, Any]) -> None:
    assert told(base) == ()


def test_a_finding_carries_everything_that_is_known_of_it(told: Judge, base: dict[str, Any]) -> None:
    base["products"][2]["cn_code"] = "1702209"
    cell = Cell("shipment.xlsx", "Products", "B4", "CN code", "1702209")
    (finding,) = told(base, cells={"products.2.cn_code": cell})
    assert (finding.code, finding.slug, finding.severity) == ("GB1305", "cn-code-length", Severity.ERROR)
    assert (finding.form, finding.box, finding.field) == ("gb-coi", "13", "products.2.cn_code")
    assert finding.cell == cell
    assert finding.consignment == "PL-2026-0147"
    assert "1702209" in finding.message
    assert "7 digits" in finding.message
    assert "box 13" in finding.cites


def test_each_line_that_fails_is_told_by_its_number(told: Judge, base: dict[str, Any]) -> None:
    for line in base["products"]:
        line["lots"] = []
    assert [finding.message.split(" (")[0] for finding in told(base)] == ["Line 1", "Line 2", "Line 3"]


def test_a_list_of_texts_is_judged_item_by_item_at_the_cell_of_the_list(
    told: Judge, base: dict[str, Any]
) -> None:
    base["containers"] = ["HLBU1794609", "HLBU1794600"]
    (finding,) = told(base, cells={"containers": Cell(cell="N2"), "reference": Cell(cell="A2")})
    assert finding.field == "containers.1"
    assert finding.cell == Cell(cell="N2")


def test_many_mistakes_are_told_in_one_run(told: Judge, base: dict[str, Any]) -> None:
    base |= {
        "procedures": ["33(2)", "33(3)"],
        "gross_mass": {"amount": "1", "unit": "kg"},
        "point_of_entry": "",
    }
    base["transport"]["vessels"] = []
    assert {finding.code for finding in told(base)} == {"CG420", "GB0201", "GB0202", "GB1601", "GB1702"}


def test_a_ship_that_has_no_column_is_shown_at_the_reference(told: Judge, base: dict[str, Any]) -> None:
    base["transport"]["vessels"] = []
    cells = {"transport.modes": Cell(cell="AC2"), "reference": Cell(cell="A2")}
    (finding,) = told(base, cells=cells)
    assert (finding.code, finding.cell) == ("GB1702", Cell(cell="A2"))


@pytest.mark.parametrize(
    ("emptied", "code", "unread"),
    [
        ("products.0.net_mass", "GB1303", "products.0.net_mass"),
        ("products.0.net_mass", "GB1303", "products.0.net_mass.unit"),
        ("products.0.packages", "GB1302", "products.0.packages"),
        ("departure_date", "GB1802", "departure_date"),
        ("country_of_export", "CG420", "country_of_export"),
        ("producers.1.address", "CG420", "producers.address"),
        ("producers", "CG420", "producers.0.name"),
    ],
)
def test_what_was_refused_in_reading_is_not_told_again(
    make_paper: Callable[..., Paper], base: dict[str, Any], emptied: str, code: str, unread: str
) -> None:
    _empty(base, emptied.split("."))
    paper = make_paper(base)
    assert [finding.code for finding in judge(paper)] == [code]
    assert judge(paper, {unread}) == ()


def test_only_the_cell_that_was_refused_keeps_quiet(
    make_paper: Callable[..., Paper], base: dict[str, Any]
) -> None:
    for line in base["products"]:
        line["net_mass"] = None
    base["importer"]["eori"] = ""
    cells = {"importer": Cell(cell="S2"), "importer.eori": Cell(cell="V2")}
    found = judge(make_paper(base, cells=cells), {"products.1.net_mass", "importer"})
    assert [finding.field for finding in found] == [
        "importer.eori",
        "products.0.net_mass",
        "products.2.net_mass",
    ]


def _empty(data: Any, steps: list[str]) -> None:
    *way, last = steps
    for step in way:
        data = data[int(step)] if isinstance(data, list) else data[step]
    data[last] = {"producers": [], "address": ""}.get(last)


def test_every_citation_names_a_source(make_paper: Callable[..., Paper], base: dict[str, Any]) -> None:
    for rule in make_paper(base).form.rules:
        assert len(rule.cites) > 8, rule.id


def test_three_lines_are_judged_in_well_under_a_millisecond(
    make_paper: Callable[..., Paper], base: dict[str, Any]
) -> None:
    paper = make_paper(base)
    judge(paper)
    times = []
    for _ in range(50):
        start = time.perf_counter()
        judge(paper)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.001


texts = st.sampled_from(
    ["", " ", "CA-ORG-006", "Organic rolled oats", "salmon, dried and frozen", "12040090", "XI1"]
)
texts = texts | st.text(max_size=8)
countries = st.none() | st.builds(Country, texts, st.sampled_from(["", "CA", "GB", "US", "XI", "PE"]))
amounts = st.decimals(-10, 10**6, places=2)
masses = st.none() | st.builds(Quantity, amounts, st.sampled_from(["kg", "l"]))
parties = st.builds(Party, texts, texts, countries, texts)
bodies = st.builds(ControlBody, texts, texts, texts)
days = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))


def several(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=2).map(tuple)


products = st.builds(
    Product,
    cn_code=texts,
    trade_name=texts,
    packages=st.none() | st.builds(Packages, st.none() | st.integers(-1, 99), texts),
    lots=several(texts),
    net_mass=masses,
    category=st.sampled_from(["", "A", "C", "D", "G", "wine", "?"]),
    processing=st.sampled_from(["", "processed", "unprocessed", "?"]),
    country_of_production=countries,
    country_of_processing=countries,
    organic_percent=st.none() | st.sampled_from([Decimal(95), Decimal("94.9"), Decimal(200)]),
    ingredients_confirmed=st.sampled_from([None, True, False]),
)
transports = st.builds(
    Transport, several(st.sampled_from(["aeroplane", "vessel", "railways", "road", "other", "?"])), texts
)
consignments = st.builds(
    Consignment,
    reference=texts,
    departure_date=days,
    exporter=parties,
    producers=several(parties),
    control_bodies=several(bodies),
    issuing_body=bodies,
    procedures=several(st.sampled_from(["33(2)", "33(3)", "?"])),
    countries_of_origin=several(countries.filter(bool)),
    country_of_export=countries,
    country_of_destination=countries,
    importer=parties,
    first_consignee=parties,
    products=several(products),
    containers=several(texts),
    gross_mass=masses,
    transport=transports,
)
operators = several(
    st.builds(
        Operator.model_construct,
        name=texts,
        certificate=texts,
        valid_until=st.dates(),
        products=several(texts),
    )
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(consignment=consignments, issuer=bodies, issued=days, held=operators)
def test_no_consignment_breaks_a_rule(
    make_paper: Callable[..., Paper],
    consignment: Consignment,
    issuer: ControlBody,
    issued: date | None,
    held: tuple[Operator, ...],
) -> None:
    paper = replace(make_paper({}), consignment=consignment, issue=Issue(issuer, "", issued), operators=held)
    for finding in judge(paper):
        assert finding.message
        assert finding.fix
        assert finding.cites or finding.code == "CG420"
