"""Empty fields that the form cannot do without are named, each at its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from certgen.consignment import Cell, consignment_from_plain
from certgen.findings import Finding, Severity
from certgen.forms.model import Form
from certgen.forms.paper import Paper
from certgen.rules import judge

Judge = Callable[..., tuple[Finding, ...]]


def missing(findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.code == "CG420"]


@pytest.mark.parametrize(
    ("field", "path", "box"),
    [
        ("exporter", "exporter.name", "4"),
        ("importer", "importer.eori", "11"),
        ("first_consignee", "first_consignee.address", "12"),
        ("point_of_entry", "point_of_entry", "9"),
        ("gross_mass", "gross_mass", "16"),
        ("country_of_export", "country_of_export", "8"),
    ],
)
def test_an_empty_field_is_told_with_the_box_it_feeds(
    told: Judge, base: dict[str, Any], field: str, path: str, box: str
) -> None:
    del base[field]
    findings = {finding.field: finding for finding in missing(told(base))}
    assert findings[path].box == box
    assert findings[path].severity is Severity.ERROR
    assert findings[path].cites.endswith(f"into Great Britain, box {box}")


def test_a_blank_text_is_as_empty_as_none(told: Judge, base: dict[str, Any]) -> None:
    base["point_of_entry"] = " \n"
    assert [finding.field for finding in missing(told(base))] == ["point_of_entry"]


def test_the_line_whose_field_is_empty_is_named(told: Judge, base: dict[str, Any]) -> None:
    base["products"][1]["trade_name"] = ""
    (finding,) = missing(told(base))
    assert finding.field == "products.1.trade_name"
    assert "in line 2" in finding.message


def test_of_an_empty_list_only_the_list_is_told(told: Judge, base: dict[str, Any]) -> None:
    base["producers"] = []
    (finding,) = missing(told(base))
    assert (finding.field, finding.box) == ("producers", "5")


def test_it_points_to_the_cell_of_the_field(told: Judge, base: dict[str, Any]) -> None:
    base["products"][1]["trade_name"] = ""
    own, near = Cell(sheet="Products", cell="C3"), Cell(sheet="Products", cell="B3")
    (finding,) = missing(told(base, cells={"products.1.cn_code": near, "products.1.trade_name": own}))
    assert finding.cell == own
    assert finding.fix == "Fill in “Trade name”."


@pytest.mark.parametrize(
    ("emptied", "path", "neighbour"),
    [
        ("products", "products.0.trade_name", "products.0.cn_code"),
        ("importer", "importer.eori", "importer.name"),
        ("producers", "producers.0.address", "producers.0.name"),
    ],
)
def test_a_missing_column_points_to_the_reference_and_not_to_an_innocent_neighbour(
    told: Judge, base: dict[str, Any], emptied: str, path: str, neighbour: str
) -> None:
    item = base[emptied] if isinstance(base[emptied], dict) else base[emptied][0]
    item[path.rpartition(".")[2]] = ""
    reference = Cell(sheet="Shipments", cell="B7")
    cells = {"forms": Cell(cell="A7"), neighbour: Cell(cell="C7"), "reference": reference}
    (finding,) = missing(told(base, cells=cells))
    assert (finding.field, finding.cell) == (path, reference)
    assert finding.fix.startswith("Add a column or label")


def test_a_second_producer_without_address_points_to_the_column_of_addresses(
    told: Judge, base: dict[str, Any]
) -> None:
    base["producers"][1]["address"] = ""
    addresses = Cell(sheet="Shipments", cell="J2")
    cells = {"producers.1.name": Cell(sheet="Shipments", cell="I2"), "producers.address": addresses}
    (finding,) = missing(told(base, cells=cells))
    assert finding.cell == addresses
    assert "of number 2" in finding.message


def test_a_product_line_never_points_to_the_cell_of_another_line(told: Judge, base: dict[str, Any]) -> None:
    base["products"][1]["trade_name"] = ""
    reference = Cell(sheet="Shipments", cell="A2")
    cells = {"products.trade_name": Cell(cell="C2"), "products.0.trade_name": Cell(cell="C2")}
    (finding,) = missing(told(base, cells=cells | {"reference": reference}))
    assert finding.cell == reference


def test_a_cell_that_could_not_be_read_is_not_called_empty(told: Judge, base: dict[str, Any]) -> None:
    base["gross_mass"] = None
    (finding,) = told(
        base, cells={"gross_mass": Cell(cell="P2", text="43,120 stones and a half, as weighed at the mill")}
    )
    assert finding.code == "CG421"
    assert "43,120 stones" in finding.message
    assert "mill" not in finding.message


def test_the_words_of_a_rule_stand_in_for_the_general_ones(
    make_paper: Callable[..., Paper], base: dict[str, Any], form: Form
) -> None:
    base["products"][0]["lots"] = []
    paper = make_paper(base)
    stricter = replace(form, required=(*form.required, "products.lots", "products.net_mass"))
    findings = judge(replace(paper, form=stricter))
    assert [finding.code for finding in findings if finding.field == "products.0.lots"] == ["GB1301"]


def test_what_only_the_issuer_supplies_is_not_demanded_of_a_draft(
    make_paper: Callable[..., Paper], base: dict[str, Any], form: Form
) -> None:
    del base["issuing_body"]
    stricter = replace(form, required=("issuing_body.name",), issuer_fields=("issuing_body.name",))
    assert missing(judge(replace(make_paper(base), form=stricter)))
    assert not missing(judge(replace(make_paper(base, is_draft=True), form=stricter)))


def test_an_empty_consignment_is_told_everything_and_never_crashes(
    make_paper: Callable[..., Paper], form: Form
) -> None:
    empty = replace(make_paper({}), consignment=consignment_from_plain({}))
    fields = {finding.field for finding in missing(judge(empty))}
    assert {path.split(".")[0] for path in form.required} == {field.split(".")[0] for field in fields}
