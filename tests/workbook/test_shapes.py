"""The three shapes a shipment comes in, and what stands around it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from certgen.consignment import Consignment, Country, Packages, Quantity
from certgen.forms.model import FurtherTable
from certgen.forms.vocabulary import Field
from certgen.workbook.grid import GridBook
from certgen.workbook.reading import read_book
from certgen.workbook.sheets.headers import HeaderIndex

SHIPMENT = {
    "Shipment reference": "NFG-014",
    "Departure date": date(2026, 12, 8),
    "Exporter": "Prairie Lantern Ltd\n12 Elevator Road\nRegina SK\nCanada",
    "Producer name": "Farm A; Farm B",
    "Producer address": "Craven SK, Canada; Elrose SK, Canada",
    "Control body code": "CA-ORG-003",
    "Country of origin": "Canada",
    "Country of destination": "Great Britain",
    "Importer": "Severn Wholefoods Ltd\nBristol BS1 4RB",
    "EORI": "GB123456789000",
    "Total gross weight (kg)": 24500,
    "Means of transport": "vessel",
    "Ship name": "Montreal Express",
    "Container No.": "MSCU6639871; TGHU1234567",
}
LINES = [
    {
        "CN code": "1204 00 90",
        "Trade name": "Brown flaxseed",
        "Lot #": "F-1; F-2",
        "Net weight (kg)": 22000,
        "Packages": "880 bags",
    },
    {
        "CN code": "10011900",
        "Trade name": "Durum wheat",
        "Lot #": "D-1",
        "Net weight (kg)": Decimal("1200.5"),
        "Packages": "48 bags",
    },
]


def two_sheets() -> dict[str, Any]:
    products = [["Shipment reference", *LINES[0]], *(["NFG-014", *line.values()] for line in LINES)]
    return {"Shipments": [list(SHIPMENT), list(SHIPMENT.values())], "Products": products}


def flat_sheet(*, repeated: bool) -> dict[str, Any]:
    again = list(SHIPMENT.values()) if repeated else [""] * len(SHIPMENT)
    return {
        "Flat": [
            [*SHIPMENT, *LINES[0]],
            [*SHIPMENT.values(), *LINES[0].values()],
            [*again, *LINES[1].values()],
        ]
    }


def form_beside() -> dict[str, Any]:
    labels = [[label + ":", value] for label, value in SHIPMENT.items()]
    return {
        "Form": [["SHIPMENT REQUEST"], [], *labels, [], list(LINES[0]), *(list(x.values()) for x in LINES)]
    }


def form_in_blocks() -> dict[str, Any]:
    """Labels in rows of three with their values below them."""
    labels, rows = list(SHIPMENT), []
    for start in range(0, len(labels), 3):
        block = labels[start : start + 3]
        rows += [block, [SHIPMENT[label] for label in block], []]
    return {"Form": [*rows, list(LINES[0]), *(list(line.values()) for line in LINES)]}


def form_two_beside_each_other() -> dict[str, Any]:
    labels = list(SHIPMENT.items())
    rows = [[*labels[place], "", *labels[place + 7]] for place in range(7)]
    return {"Form": [*rows, [], list(LINES[0]), *(list(line.values()) for line in LINES)]}


SHAPES = {
    "two sheets": two_sheets(),
    "flat, repeated": flat_sheet(repeated=True),
    "flat, blank beneath": flat_sheet(repeated=False),
    "form beside": form_beside(),
    "form in blocks": form_in_blocks(),
    "form in two columns": form_two_beside_each_other(),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_the_same_consignment(read, shape: str) -> None:
    expected = read(**two_sheets()).consignments[0]
    reading = read(**SHAPES[shape])
    assert reading.consignments == (expected,)
    assert not [finding for finding in reading.findings if finding.is_error]


def test_the_consignment_has_every_value(read) -> None:
    found: Consignment = read(**two_sheets()).consignments[0]
    assert found.reference == "NFG-014"
    assert found.departure_date == date(2026, 12, 8)
    assert found.exporter.name == "Prairie Lantern Ltd"
    assert found.exporter.address == "12 Elevator Road\nRegina SK\nCanada"
    assert found.exporter.country == Country("Canada", "CA")
    assert [producer.name for producer in found.producers] == ["Farm A", "Farm B"]
    assert found.producers[1].address == "Elrose SK, Canada"
    assert found.importer.country == Country("Great Britain", "GB")
    assert found.importer.eori == "GB123456789000"
    assert found.gross_mass == Quantity(Decimal(24500), "kg")
    assert found.containers == ("MSCU6639871", "TGHU1234567")
    assert found.products[0].cn_code == "12040090"
    assert found.products[0].lots == ("F-1", "F-2")
    assert found.products[0].packages == Packages(880, "bags")
    assert str(found.products[1].net_mass.amount) == "1200.5"


def test_every_value_keeps_its_cell(read) -> None:
    found = read(**two_sheets()).consignments[0]
    assert found.cells["products.1.lots"].cell == "D3"
    assert found.cells["products.1.lots"].header == "Lot #"
    assert found.cells["products.1.lots"].text == "D-1"
    assert found.cells["products.1.lots"].sheet == "Products"
    assert found.cells["containers.1"].cell == "N2"
    assert found.cells["producers.1.name"].cell == "D2"
    assert found.cells["exporter"].workbook == "shipment.xlsx"


def test_an_empty_cell_can_be_pointed_at(read) -> None:
    sheets = two_sheets()
    sheets["Products"][2][3] = ""
    found = read(**sheets).consignments[0]
    assert found.products[1].lots == ()
    assert found.find_cell("products.1.lots").cell == "D3"


def test_a_blank_lot_code_or_mass_is_never_filled_from_above(read) -> None:
    sheets = flat_sheet(repeated=False)
    row = sheets["Flat"][2]
    row[len(SHIPMENT)] = row[len(SHIPMENT) + 2] = row[len(SHIPMENT) + 3] = ""
    product = read(**sheets).consignments[0].products[1]
    assert (product.cn_code, product.lots, product.net_mass) == ("", (), None)


def test_headers_may_stand_in_any_order_and_case(read) -> None:
    sheets = {
        name: [
            [str(row[place]).upper() if number == 0 else row[place] for place in reversed(range(len(row)))]
            for number, row in enumerate(rows)
        ]
        for name, rows in two_sheets().items()
    }
    assert read(**sheets).consignments == read(**two_sheets()).consignments


def test_titles_above_the_header_are_passed_over(read) -> None:
    sheets = two_sheets()
    sheets["Shipments"] = [
        ["Shipments of the season 2026"],
        ["confidential", "", "v2"],
        [],
        *sheets["Shipments"],
    ]
    reading = read(**sheets)
    assert reading.consignments == read(**two_sheets()).consignments
    assert reading.sheets[0].header_row == 4


def test_blank_rows_and_totals_are_no_lines(read) -> None:
    sheets = two_sheets()
    sheets["Products"] += [[], ["Total", "", "", "", 23200.5, 928]]
    reading = read(**sheets)
    assert len(reading.consignments[0].products) == 2
    assert [finding.code for finding in reading.general] == ["CG163"]


def test_a_row_of_bare_sums_is_no_line(read) -> None:
    sheets = two_sheets()
    sheets["Products"] += [["", "", "", "", Decimal("23200.5"), ""]]
    assert len(read(**sheets).consignments[0].products) == 2


def test_a_bare_number_that_is_no_sum_stays_a_line(read) -> None:
    sheets = two_sheets()
    sheets["Products"] += [["", "", "", "", 999, ""]]
    assert len(read(**sheets).consignments[0].products) == 3


def test_a_header_repeated_on_each_page_is_no_line(read) -> None:
    sheets = two_sheets()
    sheets["Products"].insert(2, sheets["Products"][0])
    assert read(**sheets).consignments == read(**two_sheets()).consignments


def test_a_note_beside_the_table_does_no_harm(read) -> None:
    sheets = two_sheets()
    sheets["Products"][1] += ["", "", "please call before loading"]
    assert read(**sheets).consignments == read(**two_sheets()).consignments


def test_a_remark_under_the_table_is_told(read) -> None:
    sheets = two_sheets()
    sheets["Products"].append([""] * 8 + ["Goods must be kept dry."])
    reading = read(**sheets)
    assert reading.consignments == read(**two_sheets()).consignments
    assert [(finding.code, finding.cell.cell) for finding in reading.general] == [("CG158", "I4")]


def test_who_signed_beneath_the_lines_is_told_and_is_no_line(read) -> None:
    sheets = form_beside()
    sheets["Form"] += [[], ["Signature:"], ["J. Tremblay"]]
    reading = read(**sheets)
    assert len(reading.consignments[0].products) == 2
    told = [(finding.code, finding.cell.text) for finding in reading.findings if finding.code != "CG271"]
    assert told == [("CG170", "Signature:"), ("CG170", "J. Tremblay")]


def test_a_word_for_a_code_right_beneath_a_line_stays_a_line(read) -> None:
    sheets = form_beside()
    sheets["Form"].append(["to follow"])
    assert len(read(**sheets).consignments[0].products) == 3


def test_other_sheets_are_named_and_unused(read) -> None:
    reading = read(**two_sheets(), Prices=[["Item no", "Price"], ["1", 20]])
    assert [(sheet.name, sheet.shape) for sheet in reading.sheets] == [
        ("Shipments", "shipments"),
        ("Products", "products"),
        ("Prices", "unused"),
    ]
    assert not reading.general


def test_a_sheet_of_lists_adds_to_the_shipments(read) -> None:
    reading = read(
        **two_sheets(), Seals=[["Shipment reference", "Seal No."], ["NFG-014", "S1"], ["NFG-014", "S2"]]
    )
    assert reading.consignments[0].seals == ("S1", "S2")
    assert reading.sheets[2].shape == "table"


def test_hidden_rows_are_read_and_told(read, grid) -> None:
    sheets = two_sheets()
    products = replace(grid(sheets["Products"], "Products"), hidden_rows=frozenset({3}))
    reading = read(grid(sheets["Shipments"], "Shipments"), products)
    assert len(reading.consignments[0].products) == 2
    assert [finding.slug for finding in reading.general] == ["hidden-rows"]


def test_a_merged_cell_holds_for_every_row_it_covers(read, grid) -> None:
    sheets = flat_sheet(repeated=False)
    merged = {(3, column): (2, column) for column in range(1, len(SHIPMENT) + 1)}
    reading = read(replace(grid(sheets["Flat"]), merged=merged))
    assert reading.consignments == read(**two_sheets()).consignments


def test_one_weight_merged_over_two_lines_is_refused(read, grid) -> None:
    sheets = two_sheets()
    sheets["Products"][2][4] = ""
    products = replace(grid(sheets["Products"], "Products"), merged={(3, 5): (2, 5)})
    reading = read(grid(sheets["Shipments"], "Shipments"), products)
    assert reading.consignments[0].products[1].net_mass is None
    assert not reading.general
    assert ("CG166", "E2") in [(finding.code, finding.cell.cell) for finding in reading.findings_of[0]]


def test_a_header_in_two_rows_is_read_as_one(read) -> None:
    reading = read(
        [
            ["Reference", "Exporter", "", "", "Importer", ""],
            ["", "Name", "Address", "Country", "Name", "Address"],
            ["R1", "Acme Ltd", "12 Road", "Canada", "Severn Ltd", "Bristol BS1 4RB"],
        ]
    )
    found = reading.consignments[0]
    assert (found.exporter.name, found.exporter.address) == ("Acme Ltd", "12 Road")
    assert (found.importer.name, found.importer.address) == ("Severn Ltd", "Bristol BS1 4RB")


def test_a_form_may_have_sections_for_its_parties(read) -> None:
    reading = read(
        [
            ["EXPORTER"],
            ["Name:", "Acme Ltd"],
            ["Address:", "12 Road"],
            ["", "Regina SK"],
            ["Country:", "Canada"],
            ["IMPORTER"],
            ["Name:", "Severn Ltd"],
            ["Address:", "Bristol BS1 4RB"],
            ["Reference:", "R1"],
        ]
    )
    found = reading.consignments[0]
    assert (found.exporter.name, found.exporter.address) == ("Acme Ltd", "12 Road\nRegina SK")
    assert found.importer.name == "Severn Ltd"
    assert found.reference == "R1"


def test_an_address_may_go_on_in_the_cells_beneath(read) -> None:
    reading = read([["Exporter", "Acme Ltd"], ["", "12 Road"], ["", "Canada"], ["Reference", "R1"]])
    assert reading.consignments[0].exporter.address == "12 Road\nCanada"


def test_labels_may_follow_the_table(read) -> None:
    sheets = form_beside()["Form"]
    sheets = [row for row in sheets if row[:1] != ["Total gross weight (kg):"]]
    reading = read([*sheets, [], ["Total gross weight (kg):", 24500]])
    assert reading.consignments == read(**two_sheets()).consignments


def test_one_product_may_stand_in_labels_alone(read) -> None:
    reading = read(
        [["Reference", "R1"], ["Exporter", "Acme Ltd"], ["CN code", "12040090"], ["Net weight", "500 kg"]]
    )
    assert reading.consignments[0].products[0].cn_code == "12040090"
    assert reading.consignments[0].products[0].net_mass == Quantity(Decimal(500), "kg")


def test_a_workbook_without_a_shipment_says_so(read) -> None:
    assert [finding.slug for finding in read([["hello"], ["world"]]).findings] == ["no-shipment-found"]


SHORT = ["Reference", "Exporter name", "Importer name"]
GOODS = ["Reference", "CN code", "Lot no."]


def test_two_exporters_may_have_the_same_invoice_number(read) -> None:
    reading = read(
        Shipments=[SHORT, ["INV-001", "Acme", "Severn"], ["INV-001", "Birch", "Severn"]],
        Products=[["Exporter name", *GOODS], ["Acme", "INV-001", "1", "A"], ["Birch", "INV-001", "2", "B"]],
    )
    assert [(c.exporter.name, [p.lots for p in c.products]) for c in reading.consignments] == [
        ("Acme", [("A",)]),
        ("Birch", [("B",)]),
    ]


def test_lines_that_could_be_of_either_exporter_refuse_both(read) -> None:
    reading = read(
        Shipments=[SHORT, ["INV-001", "Acme", "Severn"], ["INV-001", "Birch", "Severn"]],
        Products=[GOODS, ["INV-001", "1", "A"]],
    )
    assert [[finding.slug for finding in found] for found in reading.findings_of] == [
        ["line-of-two-exporters"],
        ["line-of-two-exporters"],
    ]
    assert [finding.cell.cell for finding in reading.findings] == ["A2"]


def test_two_exporters_in_a_flat_sheet_are_two_consignments(read) -> None:
    header = [*SHORT, "CN code", "Lot no."]
    reading = read(
        [header, ["1", "Acme", "S", "1", "A"], ["1", "Birch", "S", "2", "B"], ["", "", "", "3", "C"]]
    )
    assert [(c.exporter.name, len(c.products)) for c in reading.consignments] == [("Acme", 1), ("Birch", 2)]


def test_a_line_of_an_unknown_shipment_is_an_error_at_its_reference(read) -> None:
    reading = read(
        Shipments=[SHORT, ["R1", "Acme", "S"]], Products=[GOODS, ["R1", "1", "A"], ["R2", "2", "B"]]
    )
    assert [(finding.slug, finding.cell.cell) for finding in reading.general] == [
        ("line-without-shipment", "A3")
    ]


def test_references_that_differ_by_a_dash_are_two(read) -> None:
    header = [*SHORT, "CN code", "Lot no."]
    reading = read([header, ["A-1", "Acme", "S", "1", "A"], ["A1", "Acme", "S", "2", "B"]])
    assert [found.reference for found in reading.consignments] == ["A-1", "A1"]


def test_what_a_shipment_says_twice_must_agree(read) -> None:
    header = ["Reference", "Point of entry", "CN code", "Lot no."]
    reading = read([header, ["R1", "Felixstowe", "1", "A"], ["R1", "Southampton", "2", "B"]])
    assert [(finding.slug, finding.cell.cell) for finding in reading.findings] == [("says-two-things", "B3")]


def test_the_producers_of_all_lines_are_united(read) -> None:
    header = ["Reference", "Producer name", "Producer address", "CN code", "Lot no."]
    reading = read(
        [
            header,
            ["R1", "Farm A", "Craven", "1", "A"],
            ["R1", "Farm B", "Elrose", "2", "B"],
            ["R1", "Farm A", "Craven", "3", "C"],
        ]
    )
    found = reading.consignments[0]
    assert [(one.name, one.address) for one in found.producers] == [
        ("Farm A", "Craven"),
        ("Farm B", "Elrose"),
    ]
    assert found.cells["producers.1.name"].cell == "B3"


def test_two_duplicate_shipment_rows_stay_two_consignments(read) -> None:
    reading = read(
        Shipments=[SHORT, ["R1", "Acme", "S"], ["R1", "Acme", "T"]], Products=[GOODS, ["R1", "1", "A"]]
    )
    assert [len(found.products) for found in reading.consignments] == [1, 1]


def test_findings_stand_in_reading_order(read) -> None:
    reading = read(
        Shipments=[[*SHORT, "Departure date"], ["R2", "A", "S", "soon"], ["R1", "A", "S", "later"]],
        Products=[[*GOODS, "Net weight"], ["R1", "1", "A", 5], ["R2", "2", "B", 6]],
    )
    assert [(finding.cell.sheet, finding.cell.cell, finding.consignment) for finding in reading.findings] == [
        ("Shipments", "D2", "R2"),
        ("Shipments", "D3", "R1"),
        ("Products", "D2", "R1"),
        ("Products", "D3", "R2"),
    ]


def test_a_label_that_is_nearly_known_is_proposed(read) -> None:
    reading = read(
        [["Reference:", "R1"], ["Importer:", "Severn"], ["Expoter name:", "Acme"], ["Trade name", "Flax"]]
    )
    assert [(finding.slug, finding.cell.cell) for finding in reading.findings] == [("header-not-known", "A3")]
    assert [column.header for column in reading.sheets[0].unknown] == ["Expoter name:"]


def test_a_label_without_a_value_can_be_pointed_at(read) -> None:
    found = read(
        [["Reference:", "R1"], ["Importer:", "Severn"], ["Point of entry:"], ["Lot no.:"]]
    ).consignments[0]
    assert found.products == ()
    assert found.find_cell("point_of_entry").cell == "A3"


def test_each_form_sheet_is_a_shipment(read) -> None:
    forms = {
        name: [["Reference", name], ["Exporter", "Acme"], GOODS[1:], ["1", name]] for name in ("R1", "R2")
    }
    assert [found.products[0].lots for found in read(**forms).consignments] == [("R1",), ("R2",)]


def test_the_products_of_a_form_may_stand_on_another_sheet(read) -> None:
    reading = read(
        Form=[["Reference", "R1"], ["Exporter", "Acme"]], Products=[GOODS[1:], ["1", "A"], ["2", "B"]]
    )
    assert [product.lots for product in reading.consignments[0].products] == [("A",), ("B",)]


def test_what_a_form_adds_for_itself_is_plain_data(grid, vocabulary) -> None:
    extra = [
        Field("extra.inspected_on", "date", "shipment", {"en": "Inspected on"}),
        Field("products.extra.drained_weight", "mass", "product", {"en": "Drained weight"}),
        Field("products.extra.is_retail", "yes-no", "product", {"en": "Retail packs"}),
    ]
    known = replace(vocabulary, fields=(*vocabulary.fields, *extra))
    table = [
        ["Reference", "Inspected on", "CN code", "Lot no.", "Drained weight (kg)", "Retail packs"],
        ["R1", date(2026, 12, 1), "1", "A", Decimal("12.50"), "yes"],
    ]
    book = GridBook("a.xlsx", "", (grid(table),))
    found = read_book(book, Path("a.xlsx"), known, HeaderIndex(known, {})).consignments[0]
    assert found.extra == {"inspected_on": "2026-12-01"}
    assert found.products[0].extra == {"drained_weight": {"amount": "12.50", "unit": "kg"}, "is_retail": True}
    assert found.cells["products.0.extra.drained_weight"].cell == "E2"


def test_labels_above_a_flat_table_hold_for_all_its_shipments(read) -> None:
    header = ["Reference", "CN code", "Lot no.", "Net weight (kg)"]
    rows = [
        ["Exporter:", "Acme Ltd"],
        ["Country of export:", "Canada"],
        [],
        header,
        ["R1", "1", "A", 5],
        ["R2", "2", "B", 6],
    ]
    assert [(one.reference, one.exporter.name) for one in read(rows).consignments] == [
        ("R1", "Acme Ltd"),
        ("R2", "Acme Ltd"),
    ]


def test_shipments_may_name_their_goods_beside_a_sheet_of_lines(read) -> None:
    sheets = two_sheets()
    sheets["Shipments"] = [
        [*sheets["Shipments"][0], "Product", "Net weight (kg)"],
        [*sheets["Shipments"][1], "Flax and wheat", 23200.5],
    ]
    reading = read(**sheets)
    assert [sheet.shape for sheet in reading.sheets] == ["shipments", "products"]
    assert reading.consignments == read(**two_sheets()).consignments


def test_a_further_sheet_that_a_form_asks_for_is_kept_as_rows(grid, vocabulary) -> None:
    extra = [
        Field("tables.analyses.laboratory", "text", "shipment", {"en": "Laboratory"}),
        Field("tables.analyses.sampled_on", "date", "shipment", {"en": "Sampled on"}),
    ]
    asked = FurtherTable("analyses", {"en": "Analyses"}, (), ())
    known = replace(vocabulary, fields=(*vocabulary.fields, *extra), tables=(asked,))
    analyses = [
        ["Reference", "Laboratory", "Sampled on"],
        ["R1", "Lab A", date(2026, 11, 1)],
        ["R1", "Lab B", date(2026, 11, 2)],
    ]
    shipments = grid([SHORT, ["R1", "Acme", "S"]], "Shipments")
    book = GridBook("a.xlsx", "", (shipments, grid(analyses, "Analyses")))
    reading = read_book(book, Path("a.xlsx"), known, HeaderIndex(known, {}))
    assert reading.consignments[0].tables == {
        "analyses": (
            {"laboratory": "Lab A", "sampled_on": "2026-11-01"},
            {"laboratory": "Lab B", "sampled_on": "2026-11-02"},
        )
    }
    assert reading.consignments[0].cells["tables.analyses.1.laboratory"].cell == "B3"
    assert reading.sheets[1].shape == "table"


def test_a_value_that_could_be_a_label_is_a_value_after_a_colon(read) -> None:
    found = read(
        [["Reference:", "Invoice"], ["Exporter:", "Producer"], ["Ship name:", "Origin"]]
    ).consignments[0]
    assert (found.reference, found.exporter.name, found.transport.vessels) == (
        "Invoice",
        "Producer",
        ("Origin",),
    )


def test_one_value_like_a_label_among_many_values_is_a_value(read) -> None:
    rows = [
        ["Reference", "R1"],
        ["Exporter", "Acme"],
        ["Ship name", "Origin"],
        ["Seal", "S1"],
        ["Importer", "Severn"],
    ]
    assert read(rows).consignments[0].transport.vessels == ("Origin",)


def test_what_stands_where_labels_stand_is_never_part_of_a_value(read) -> None:
    found = read(
        [
            ["Reference", "R1", "", "Invoice", "I1"],
            ["Exporter", "Acme", "", "Country of origin", "Canada"],
            ["Total gross weight", "10.5 t", "", "Favourite colour", "Ship"],
            ["Ship name", "Origin", "", "Container", "HLXU3304170"],
            ["Seal", "S1", "", "Harbour master", "Southampton"],
        ]
    ).consignments[0]
    assert found.gross_mass == Quantity(Decimal(10500), "kg")
    assert (found.transport.vessels, found.containers) == (("Origin",), ("HLXU3304170",))


def test_where_values_stand_beside_an_empty_label_takes_nothing_from_below(read) -> None:
    rows = [["Reference", "R1"], ["Exporter", "Acme"], ["Ship name", "Leith"], ["Importer", "Severn"]]
    found = read([*rows, ["Seal number"], ["Driver"]]).consignments[0]
    assert found.seals == ()


def test_a_list_without_values_does_not_take_the_next_label_for_one(read) -> None:
    rows = [["Reference:", "R1"], ["Exporter:", "Acme"], ["Container:"], ["Harbour master:"], ["Southampton"]]
    found = read(rows).consignments[0]
    assert found.containers == ()


def test_a_second_header_in_another_order_refuses_the_sheet(read) -> None:
    sheets = two_sheets()
    sheets["Products"] += [
        ["Shipment reference", "Lot #", "CN code", "Trade name"],
        ["NFG-014", "X-1", "1", "Oats"],
    ]
    reading = read(**sheets)
    assert [(finding.slug, finding.cell.cell) for finding in reading.findings if finding.is_error] == [
        ("second-header", "A4")
    ]


def test_lines_beneath_a_label_are_not_lost(read) -> None:
    sheets = form_beside()["Form"]
    sheets.insert(-1, ["Point of entry:", "Leith"])
    found = read(sheets).consignments[0]
    assert [product.lots for product in found.products] == [("F-1", "F-2"), ("D-1",)]
    assert found.point_of_entry == "Leith"


@pytest.mark.parametrize(
    "row", [["", "", "Total", "", 23200.5], ["Total:", "", "", "", 23200.5], ["", "合計", "", "", 1]]
)
def test_a_total_may_be_called_so_in_any_column(read, row) -> None:
    sheets = two_sheets()
    sheets["Products"].append(row)
    assert len(read(**sheets).consignments[0].products) == 2


def test_an_empty_cell_of_a_flat_sheet_is_where_the_shipment_says_nothing(read) -> None:
    header = ["Reference", "Exporter name", "Importer name", "Trade name"]
    rows = [["R1", "Acme", None, "Flax"], ["R1", "Acme", None, "Peas"], ["R2", "Acme", None, "Oats"]]
    found = read([header, *rows]).consignments
    assert [one.find_cell("importer.name").cell for one in found] == ["C2", "C4"]


def test_an_empty_cell_of_a_further_line_is_no_place_of_its_shipment(read) -> None:
    header = ["Reference", "Exporter name", "Importer name", "Trade name"]
    found = read([header, ["R1", "Acme", None, "Flax"], [None, None, None, "Peas"]]).consignments
    assert [one.find_cell("importer.name").cell for one in found] == ["C2"]


def test_lines_may_name_the_exporter_that_the_shipments_leave_out(read) -> None:
    shipments = [["Ref", "Ship name", "Destination"], ["X-1", "Stena Adventurer", "Great Britain"]]
    header = ["Ref", "Exporter name", "Exporter address", "CN code", "Lot", "Net weight (kg)"]
    acme = ["X-1", "Acme Ltd", "1 Road, Regina"]
    products = [header, [*acme, "12040090", "L1", 5], [*acme, "12040090", "L2", 6]]
    reading = read(Shipments=shipments, Products=products)
    (consignment,) = reading.consignments
    assert (consignment.exporter.name, consignment.exporter.address) == ("Acme Ltd", "1 Road, Regina")
    assert [line.lots for line in consignment.products] == [("L1",), ("L2",)]
    assert not [finding for finding in reading.findings if finding.is_error]


def test_lines_of_two_exporters_under_a_shipment_that_names_none_are_an_error(read) -> None:
    shipments = [["Ref", "Ship name", "Destination"], ["X-1", "Stena Adventurer", "Great Britain"]]
    header = ["Ref", "Exporter name", "CN code", "Lot", "Net weight (kg)"]
    products = [header, ["X-1", "Acme Ltd", "12040090", "L1", 5], ["X-1", "Other Ltd", "12040090", "L2", 6]]
    assert "CG162" in [finding.code for finding in read(Shipments=shipments, Products=products).findings]


def test_a_column_that_numbers_the_lines_is_no_name_of_goods(read) -> None:
    header = ["Ref", "Item", "Description", "Lot", "Net weight (kg)"]
    rows = [["R1", 1, "Flax", "L1", 5], ["R1", "2.", "Oats", "L2", 6], ["Total", "", "", "", 11]]
    reading = read([header, *rows])
    assert [line.trade_name for line in reading.consignments[0].products] == ["Flax", "Oats"]
    assert [finding.code for finding in reading.findings] == ["CG163"]


def test_a_header_over_a_header_of_goods_gives_way_to_it(read, grid) -> None:
    rows = [
        ["Invoice no.", "INV-1"],
        [],
        ["Produit", "", "Emballages", "", "", ""],
        ["Désignation", "Code NC", "Nombre", "Type", "N° de lot", "Poids net (kg)"],
        ["Lin doré", "1204 00 90", 200, "sacs", "L1", 5000],
    ]
    merged = {(3, 2): (3, 1), (3, 4): (3, 3)}
    (consignment,) = read(grid(rows, merged=merged)).consignments
    (line,) = consignment.products
    assert (line.trade_name, line.cn_code, line.packages) == ("Lin doré", "12040090", Packages(200, "sacs"))


@pytest.mark.parametrize(
    "row",
    [["I declare that the above is correct."], ["Name / signature", "Dagny"], ["Date:", date(2026, 1, 5)]],
)
def test_words_below_the_lines_are_no_line_and_are_told(read, row) -> None:
    lines = [
        ["Product", "CN code", "Lot", "Packages", "Net weight (kg)"],
        ["Flax", "12040090", "L1", "5 bags", 9],
    ]
    reading = read([["Invoice no.", "INV-1"], ["Exporter", "Acme"], [], *lines, [], row])
    (consignment,) = reading.consignments
    assert len(consignment.products) == 1
    assert ("CG182", "A7") in [(finding.code, finding.cell.cell) for finding in reading.findings]


@pytest.mark.parametrize(
    "row", [["Oats", "10049000"], ["Oats", "", "L2"], ["Oats", "", "", "in bulk"], ["Oats", "", "", "", 5]]
)
def test_goods_below_a_gap_are_a_line_as_soon_as_anything_more_is_told_of_them(read, row) -> None:
    lines = [
        ["Product", "CN code", "Lot", "Packages", "Net weight (kg)"],
        ["Flax", "12040090", "L1", "5 bags", 9],
    ]
    reading = read([["Invoice no.", "INV-1"], ["Exporter", "Acme"], [], *lines, [], row])
    assert len(reading.consignments[0].products) == 2


def test_a_heading_over_labels_is_not_answered_by_the_first_of_them(read) -> None:
    rows = [
        ["Invoice no.", "INV-1"],
        ["TRANSPORT"],
        ["Vessel", "Toronto Express"],
        ["Departure", "19 January 2026"],
    ]
    (consignment,) = read(rows).consignments
    assert consignment.transport.vessels == ("Toronto Express",)
    assert consignment.transport.modes == ("vessel",)


@pytest.mark.parametrize("order", [("SHIPMENTS", "PRODUCTS"), ("PRODUCTS", "SHIPMENTS")])
def test_two_tables_of_one_sheet_are_read_as_two_sheets(read, order: tuple[str, str]) -> None:
    sheets = two_sheets()
    sheets["Shipments"].append([*sheets["Shipments"][1]])
    sheets["Shipments"][2][0] = "NFG-015"
    sheets["Products"][2][0] = "NFG-015"
    first, second = ([[title], *sheets[title.capitalize()]] for title in order)
    reading = read([*first, [], *second])
    assert [(item.reference, item.products[0].lots) for item in reading.consignments] == [
        ("NFG-014", ("F-1", "F-2")),
        ("NFG-015", ("D-1",)),
    ]
    assert sorted(sheet.shape for sheet in reading.sheets) == ["products", "shipments"]
    assert not [finding for finding in reading.findings if finding.is_error]


def test_a_title_over_a_repeated_header_is_no_line(read) -> None:
    sheets = two_sheets()
    header, *lines = sheets["Products"]
    sheets["Products"] = [["CONTAINER 1"], header, lines[0], [], ["CONTAINER 2"], header, lines[1]]
    reading = read(**sheets)
    assert [line.lots for line in reading.consignments[0].products] == [("F-1", "F-2"), ("D-1",)]
    assert [(finding.code, finding.cell.cell) for finding in reading.general] == [("CG158", "A5")]
