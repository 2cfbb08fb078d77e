"""Values that could silently be something else: each is right, or told at its cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from certgen.consignment import Country, Packages, Quantity
from certgen.workbook.formats.cell_content import number_content
from certgen.workbook.formats.number_format import read_format
from certgen.workbook.grid import CellKind

BEFORE = ["Reference", "Exporter name", "Trade name"]
KEY = ["R1", "Acme", "Flax"]


@pytest.fixture
def read_cell(read):
    """One value under one header: the consignment and the findings about it."""

    def read_one(header: str, value: Any, *beside: tuple[str, Any], **about: Any):
        headers = [*BEFORE, header, *(name for name, _ in beside)]
        reading = read([headers, [*KEY, value, *(cell for _, cell in beside)]], about=about)
        return reading.consignments[0], [(finding.code, finding.cell.cell) for finding in reading.findings]

    return read_one


def departures(read, *values: Any, header: str = "Departure date", **about: Any):
    """The departure dates of a column, and what is told of it."""
    rows = [[f"R{number}", "A", "Flax", value] for number, value in enumerate(values)]
    reading = read([[*BEFORE, header], *rows], about=about)
    days = [consignment.departure_date for consignment in reading.consignments]
    return days, [(finding.code, finding.cell.cell) for finding in reading.findings]


@pytest.mark.parametrize(
    "shown", ["yyyy-mm-dd", "yyyy/mm/dd;@", "d-mmm-yy", "[$-409]mmm d, yyyy", "mm-dd-yy"]
)
def test_a_format_that_shows_no_order_settles_none(read, shown) -> None:
    days, told = departures(read, (date(2026, 5, 20), shown), "03/04/2026")
    assert days == [date(2026, 5, 20), None]
    assert told == [("CG211", "D3")]


@pytest.mark.parametrize(
    ("shown", "day"),
    [("dd/mm/yyyy", date(2026, 4, 3)), ("m/d/yyyy h:mm", date(2026, 3, 4)), ("d.m.yy;@", date(2026, 4, 3))],
)
def test_a_format_that_shows_the_order_settles_it_with_a_note(read, shown, day) -> None:
    days, told = departures(read, (date(2026, 5, 20), shown), "03/04/2026")
    assert days[1] == day
    assert told == [("CG215", "D3")]


def test_cells_that_disagree_settle_nothing_even_in_a_german_sheet(read) -> None:
    days, told = departures(read, "25/04/2026", "04/25/2026", "03/04/2026", language="de-DE")
    assert days == [date(2026, 4, 25), date(2026, 4, 25), None]
    assert told == [("CG211", "D4")]


def test_a_header_that_its_cells_contradict_settles_nothing(read) -> None:
    days, told = departures(read, "04/25/2026", "03/04/2026", header="Departure date (dd/mm/yyyy)")
    assert days == [date(2026, 4, 25), None]
    assert told == [("CG211", "D3")]


@pytest.mark.parametrize(
    ("real", "text"),
    [("m/d/yyyy", "25/04/2026"), ("mm-dd-yy", "25/04/2026"), ("dd/mm/yyyy", "04/25/2026")],
)
def test_dates_that_a_foreign_spreadsheet_has_turned_round_are_asked_about(read, real, text) -> None:
    days, told = departures(read, (date(2026, 4, 3), real), text, (date(2026, 4, 20), real))
    assert days == [None, date(2026, 4, 25), date(2026, 4, 20)]
    assert told == [("CG214", "D2")]


@pytest.mark.parametrize("real", ["yyyy-mm-dd", "dd/mm/yyyy", "d-mmm-yy"])
def test_dates_that_cannot_have_been_turned_round_are_taken(read, real) -> None:
    days, told = departures(read, (date(2026, 4, 3), real), "25/04/2026")
    assert days == [date(2026, 4, 3), date(2026, 4, 25)]
    assert not told


def test_a_date_that_shows_no_day_or_no_year_is_told(read) -> None:
    days, told = departures(read, (date(2026, 12, 1), "mmm-yy"), (date(2026, 12, 8), "d/m"))
    assert days == [None, date(2026, 12, 8)]
    assert told == [("CG217", "D2"), ("CG216", "D3")]


def test_the_order_of_one_column_says_nothing_of_another(read) -> None:
    header = [*BEFORE, "Issue date", "Departure date"]
    found = read([header, [*KEY, "25/04/2026", "03/04/2026"]])
    assert found.consignments[0].departure_date is None
    assert [finding.code for finding in found.findings] == ["CG211"]


@pytest.mark.parametrize(
    ("headers", "value", "amount", "code"),
    [
        ("de", "1.234", "1234", "CG207"),
        ("de", "1,234", "1.234", "CG208"),
        ("en", "1,234", "1234", "CG207"),
        ("en", "1.234", "1.234", "CG208"),
        ("es", "22,000", None, "CG201"),
        ("es", "22.000", None, "CG201"),
    ],
)
def test_what_a_language_makes_of_a_lone_separator_is_told(read, headers, value, amount, code) -> None:
    header = {
        "de": ["Sendungsreferenz", "Ausführer", "Handelsbezeichnung", "Losnummer", "Nettogewicht (kg)"],
        "en": ["Shipment reference", "Exporter", "Trade name", "Lot number", "Net weight (kg)"],
        "es": [
            "Referencia del envío",
            "Exportador",
            "Denominación comercial",
            "Número de lote",
            "Peso neto (kg)",
        ],
    }[headers]
    reading = read([header, ["R1", "Acme", "Flax", "L1", value]])
    mass = reading.consignments[0].products[0].net_mass
    assert (str(mass.amount) if mass else None) == amount
    assert [(finding.code, finding.cell.cell) for finding in reading.findings] == [(code, "E2")]


def test_what_other_cells_make_of_a_lone_separator_is_a_note(read) -> None:
    reading = read([[*BEFORE, "Net weight (kg)"], [*KEY, "1.234"], [*KEY, "7,5"]])
    assert [finding.code for finding in reading.findings] == ["CG207"]


def test_a_version_number_is_no_hint(read) -> None:
    reading = read([[*BEFORE, "Net weight"], [*KEY, "1.234 kg"], [*KEY, "1.2.3"]])
    assert [finding.code for finding in reading.findings] == ["CG208", "CG200"]


@pytest.mark.parametrize("value", ["~1200", "$1200", "<1200", "1200*", "1200?"])
def test_a_sign_beside_a_weight_is_never_dropped(read_cell, value) -> None:
    found, told = read_cell("Net weight (kg)", value)
    assert found.products[0].net_mass is None
    assert [place for _, place in told] == ["D2"]


def test_a_wrong_unit_is_told_at_the_cell_of_the_unit(read) -> None:
    for unit, code in (("bushels", "CG204"), ("tons", "CG205")):
        reading = read([[*BEFORE, "Net weight", "Unit"], [*KEY, 500, unit]])
        finding = reading.findings[0]
        assert (finding.code, finding.cell.cell, finding.field) == (code, "E2", "products.net_mass")


@pytest.mark.parametrize(
    ("header", "value", "unit", "told"),
    [
        ("Net weight (kg)", 500, "lb", [("CG209", "E2")]),
        ("Net weight", (500, '0" kg"'), "t", [("CG209", "E2")]),
        ("Net weight (kg)", 500, "tons", [("CG209", "E2")]),
        ("Net weight (kg)", 500, "KGS", []),
        ("Net weight (kg)", 500, "bags", []),
    ],
)
def test_a_column_of_units_that_contradicts_is_an_error(read_cell, header, value, unit, told) -> None:
    found, findings = read_cell(header, value, ("Unit", unit))
    assert findings == told
    assert (found.products[0].net_mass is None) is bool(told)


def test_a_format_that_shows_thousands_does_not_change_the_unit_of_its_number(read_cell) -> None:
    found, _ = read_cell("Net weight (kg)", (22000, '0.0,"t"'))
    assert found.products[0].net_mass == Quantity(Decimal("22000.0"), "kg")


def test_numbers_stored_as_numbers_have_no_doubtful_separator(read_cell) -> None:
    found, told = read_cell("Organic %", Decimal("98.125"), language="de-DE")
    assert found.products[0].organic_percent == Decimal("98.125")
    assert not told
    assert read_cell("Packages", Decimal("1.234"), ("Kind of packages", "bags"))[1] == [("CG251", "D2")]


@pytest.mark.parametrize("value", [date(2026, 12, 10), "10-12 bags", "10/12 bags", True, "5+5 bags"])
def test_packages_that_are_no_count_are_refused(read_cell, value) -> None:
    found, told = read_cell("Packages", value)
    assert found.products[0].packages is None
    assert told == [("CG251", "D2")]


@pytest.mark.parametrize(
    ("value", "code", "told"),
    [
        (1204009000, "1204009000", []),
        (204009000, "0204009000", ["CG220"]),
        (713400, "713400", []),
        (71340, "071340", ["CG220"]),
        (7134000, "07134000", ["CG220"]),
        (12040090, "12040090", []),
        (Decimal("1204.009"), "", ["CG224"]),
        (Decimal("1204.09"), "", ["CG224"]),
        ((Decimal("1204.009"), "0000.0000"), "12040090", []),
        (-12040090, "-12040090", []),
        ("1204\n1206", "1204\n1206", []),
        ("12040090; 07134000", "12040090; 07134000", []),
        ("1204 0090", "12040090", []),
        ("1204.00.90-10", "1204009010", []),
    ],
)
def test_a_cn_code_is_right_or_told(read_cell, value, code, told) -> None:
    found, findings = read_cell("CN code", value)
    assert found.products[0].cn_code == code
    assert [name for name, _ in findings] == told


@pytest.mark.parametrize(
    ("value", "lots", "told"),
    [
        ((123, "00000"), ("00123",), []),
        ((123, '"L-"00000'), ("L-00123",), []),
        ((123456, "000-000"), ("123-456",), []),
        ((1234, '"L-"#,##0'), ("1234",), ["CG225"]),
        ((91000, "0,"), ("91000",), ["CG225"]),
        ((1234, "#,##0"), ("1234",), []),
        ((1234, "0_ ;[Red]-0\\ "), ("1234",), []),
        (Decimal("1.1"), ("1.1",), ["CG224"]),
        ((Decimal("1.1"), "0.00"), ("1.10",), []),
        (123456789012345, ("123456789012345",), []),
        (Decimal(1234567890123460), ("1234567890123460",), ["CG223"]),
    ],
)
def test_a_lot_is_as_shown_or_told(read_cell, value, lots, told) -> None:
    found, findings = read_cell("Lot number", value)
    assert found.products[0].lots == lots
    assert [name for name, _ in findings] == told


@pytest.mark.parametrize(
    ("stored", "shown", "text"),
    [("123", "00000", "00123"), ("999999999999999", "", "999999999999999"), ("1E15", "", "1000000000000000")],
)
def test_a_stored_number_is_as_a_person_reads_it(stored, shown, text) -> None:
    assert number_content(stored, read_format(shown), from_1904=False)[2] == text


@pytest.mark.parametrize(
    ("address", "country", "code"),
    [
        ("Dock Lane\nBristol BS1 4RB", Country("Great Britain", "GB"), "CG232"),
        ("Dock Lane\nBristol", Country("Great Britain", "GB"), "CG234"),
        ("Dock Lane\nBristol\nUnited Kingdom", Country("Great Britain", "GB"), "CG234"),
        ("3 Quay\nLondonderry", Country("Great Britain", "GB"), "CG234"),
        ("Belfast Road\nBristol BS1 4RB", Country("Great Britain", "GB"), "CG232"),
        ("Harbour Road\nBT3 9AL\nUnited Kingdom", Country("Northern Ireland", "XI"), "CG232"),
        ("Harbour Road\nNorthern Ireland", Country("Northern Ireland", "XI"), "CG232"),
        ("Quay 1\nDublin\nIreland", None, "CG233"),
    ],
)
def test_a_part_of_the_united_kingdom_that_nothing_tells_is_told(read_cell, address, country, code) -> None:
    found, told = read_cell("Destination country", "UK", ("First consignee address", address))
    assert found.country_of_destination == country
    assert (code, "D2") in told


def test_a_party_in_the_united_kingdom_without_a_postcode_is_told_at_its_address(read_cell) -> None:
    found, told = read_cell("Importer address", "1 Quay\nBristol\nUK")
    assert found.importer.country == Country("Great Britain", "GB")
    assert told == [("CG234", "D2")]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("12 Road, Jordan, Ontario L0R 1S0", None),
        ("8 Mill St, Lebanon, PA 17042", None),
        ("12 Road, Regina, Canada, S4P 3Y2", "CA"),
        ("12 Road\nCanada\nTel. +1 306 555 0100", "CA"),
    ],
)
def test_a_town_that_bears_the_name_of_a_country_is_none(read_cell, address, code) -> None:
    country = read_cell("Importer address", address)[0].importer.country
    assert (country.code if country else None) == code


def test_kinds_that_cannot_be_read_stay_so(read_cell) -> None:
    assert read_cell("CN code", CellKind.ERROR)[1] == [("CG154", "D2")]


def codes_at(reading) -> list[tuple[str, str]]:
    return [(finding.code, finding.cell.cell) for finding in reading.findings]


SHIPMENTS = ["Shipment reference", "Exporter name", "Point of entry", "Importer name"]


@pytest.mark.parametrize(
    "remark", ["* all lots sampled by SGS", "Note: prices follow", "all lots sampled by SGS", "備考: なし"]
)
def test_a_footnote_under_the_table_is_left_out_with_a_note(read, remark) -> None:
    reading = read([SHIPMENTS, ["R1", "Acme", "Leith", "Severn"], [remark]])
    assert [one.reference for one in reading.consignments] == ["R1"]
    assert codes_at(reading) == [("CG170", "A3")]


def test_a_footnote_under_flat_lines_or_products_is_no_line(read) -> None:
    flat = [["Trade name", "Reference", "Net weight (kg)"], ["Flax", "R1", 500], ["* sampled by SGS"]]
    reading = read(flat)
    assert [product.trade_name for product in reading.consignments[0].products] == ["Flax"]
    assert codes_at(reading) == [("CG170", "A3")]


@pytest.mark.parametrize(
    "row", [["* R2", "Acme"], ["R2", "", "Leith"], ["R2"], ["Note: R2", "", "", "Severn"], ["Lot 7"]]
)
def test_a_row_that_may_be_a_shipment_is_one(read, row) -> None:
    reading = read([SHIPMENTS, ["R1", "Acme", "Leith", "Severn"], row])
    assert [one.reference for one in reading.consignments] == ["R1", row[0]]


def test_a_line_that_names_its_goods_alone_is_a_line(read) -> None:
    rows = [
        ["Trade name", "Reference", "Net weight (kg)"],
        ["Flax", "R1", 500],
        ["Brown organic flaxseed whole"],
    ]
    assert len(read(rows).consignments[0].products) == 2


@pytest.mark.parametrize("header", ["Category", "Standard", "Unit", "Kind of packages"])
def test_a_row_without_goods_that_says_something_of_them_is_told(read, header) -> None:
    rows = [
        ["Reference", "Trade name", "Net weight (kg)", header],
        ["R1", "Flax", 500, "A"],
        ["", "", "", "B"],
    ]
    reading = read(rows)
    assert len(reading.consignments[0].products) == 1
    assert ("CG171", "D3") in codes_at(reading)


def test_a_column_of_lines_in_a_sheet_of_shipments_is_told(read) -> None:
    reading = read(
        Shipments=[[*SHIPMENTS, "Category"], ["R1", "Acme", "Leith", "Severn", "A"]],
        Products=[["Shipment reference", "Trade name", "Net weight (kg)"], ["R1", "Flax", 500]],
    )
    assert ("CG172", "E1") in codes_at(reading)


def test_an_empty_cell_that_a_merge_covers_is_told_at_its_top_left(read, grid) -> None:
    rows = [
        ["Reference", "Trade name", "Lot number", "CN code"],
        ["R1", "Flax", "", "1"],
        ["R1", "Flax", "", "2"],
    ]
    reading = read(grid(rows, merged={(3, 3): (2, 3)}))
    assert reading.consignments[0].cells["products.1.lots"].cell == "C2"


def test_a_number_beside_its_unit_keeps_its_decimals_in_a_german_form(read) -> None:
    rows = [["Sendungsreferenz:", "R1"], ["Ausführer:", "Acme"], ["Bruttogewicht:", Decimal("1.234"), "t"]]
    assert read(rows).consignments[0].gross_mass == Quantity(Decimal(1234), "kg")


def test_every_value_of_a_list_beside_its_label_is_read_with_its_own_cell(read) -> None:
    rows = [["Reference", "R1"], ["Exporter name", "Acme"], ["Seals", "S1", "S2"], ["Lot number", "A-1"]]
    rows += [["", date(2026, 10, 12)], ["Trade name", "Flax"]]
    reading = read(rows)
    assert reading.consignments[0].seals == ("S1", "S2")
    assert reading.consignments[0].products[0].lots == ("A-1", "2026-10-12")
    assert codes_at(reading) == [("CG174", "C3"), ("CG221", "B5")]


def test_what_stands_beside_a_value_and_is_not_read_is_told(read) -> None:
    rows = [["Reference", "R1"], ["Exporter", "Acme Ltd", "12 Road"], ["Seals", "S1", "as on the doors"]]
    reading = read(rows)
    assert reading.consignments[0].seals == ("S1",)
    assert codes_at(reading) == [("CG173", "C2"), ("CG173", "C3")]


def test_a_column_of_remarks_beside_a_form_refuses_nothing(read) -> None:
    remarks = ["your number", "name of the company", "as on bill of lading", "one for each, as Z1"]
    labels = ["Reference", "Exporter name", "Point of entry", "Seals"]
    rows = [
        [label, value, said]
        for label, value, said in zip(labels, ["R1", "A", "B", "S1"], remarks, strict=True)
    ]
    reading = read(rows)
    assert reading.consignments[0].seals == ("S1",)
    assert {finding.code for finding in reading.findings} == {"CG173"}


def test_shipments_in_columns_are_refused(read) -> None:
    rows = [
        ["Shipment reference", "R1", "R2"],
        ["Exporter name", "A", "B"],
        ["Point of entry", "Leith", "Hull"],
    ]
    reading = read([*rows, ["Lot number", "L1", "L2"], ["Trade name", "Flax", "Rye"]])
    assert reading.consignments[0].products[0].lots == ("L1",)
    assert ("CG176", "C1") in codes_at(reading)


def test_the_row_of_units_under_a_header_belongs_to_it(read) -> None:
    header = ["Reference", "Trade name", "Net weight", "Packages", "Departure date"]
    rows = [header, ["", "", "(kg)", "bags", "dd/mm/yyyy"], ["R1", "Flax", 500, 20, "03/04/2026"]]
    reading = read(rows)
    (found,) = reading.consignments
    assert found.products[0].net_mass == Quantity(Decimal(500), "kg")
    assert found.products[0].packages == Packages(20, "bags")
    assert found.departure_date == date(2026, 4, 3)
    assert not reading.findings


def test_labels_over_a_table_of_shipments_hold_for_all_and_over_products_are_told(read) -> None:
    reading = read(
        Shipments=[["Issue date:", date(2026, 12, 1)], [], SHIPMENTS, ["R1", "A", "Leith", "S"]],
        Products=[
            ["Point of entry:", "Hull"],
            [],
            ["Shipment reference", "Trade name", "Net weight (kg)"],
            ["R1", "Flax", 5],
        ],
    )
    assert reading.consignments[0].issue_date == date(2026, 12, 1)
    assert codes_at(reading) == [("CG175", "B1")]


def test_a_lone_foreign_date_does_not_turn_the_days_of_a_german_sheet(read) -> None:
    header = ["Sendungsreferenz", "Ausführer", "Einführer", "Abfahrtsdatum"]
    reading = read([header, ["R1", "A", "B", "03.04.2026"], ["R2", "A", "B", "04/13/2026"]])
    assert reading.consignments[0].departure_date is None
    assert codes_at(reading) == [("CG211", "D2")]


def test_a_column_of_units_is_not_that_of_a_gross_weight_with_its_own(read) -> None:
    header = ["Reference", "Trade name", "Net weight", "Unit", "Gross weight (kg)"]
    reading = read([header, ["R1", "Flax", 500, "lb", 260]])
    assert reading.consignments[0].gross_mass == Quantity(Decimal(260), "kg")
    assert [finding.code for finding in reading.findings] == ["CG202", "CG273"]


@pytest.mark.parametrize("value", [(22000, "#,##0,"), (Decimal("0.5"), "0%")])
def test_a_weight_whose_cell_shows_another_number_is_asked_about(read_cell, value) -> None:
    found, told = read_cell("Net weight (kg)", value)
    assert found.products[0].net_mass is None
    assert [place for _, place in told] == ["D2"]


def test_a_flight_beside_a_ship_alone_is_told(read) -> None:
    headers = [*BEFORE, "Means of transport", "Flight number", "Vessel"]
    for means, codes in (("vessel", ["CG275"]), ("vessel; aeroplane", [])):
        reading = read([headers, [*KEY, means, "AC 850", "MSC Alma"]])
        assert [finding.code for finding in reading.findings] == codes


def test_a_ship_left_in_the_row_of_an_aeroplane_refuses_it(read) -> None:
    headers = [*BEFORE, "Means of transport", "Flight number", "Vessel"]
    reading = read([headers, [*KEY, "air", "AC 850", "MSC Alma"]])
    [finding] = reading.findings
    assert finding.is_error
    assert (finding.cell.cell, finding.cell.text) == ("F2", "MSC Alma")
    assert '"aeroplane; vessel"' in finding.fix


@pytest.mark.parametrize("nothing", ["-", "n/a", "TBN"])
def test_a_cell_that_only_holds_a_place_implies_no_means_of_transport(read, nothing: str) -> None:
    headers = [*BEFORE, "Flight number", "Vessel"]
    reading = read([[*headers, "Means of transport"], [*KEY, "AC 850", nothing, "air"]])
    assert [finding.code for finding in reading.findings] == ["CG229"]
    reading = read([headers, [*KEY, "AC 850", nothing]])
    assert reading.consignments[0].transport.modes == ("aeroplane",)
    assert sorted(finding.code for finding in reading.findings) == ["CG229", "CG270"]


def test_a_list_beside_the_table_gives_no_lots_to_its_lines(read) -> None:
    header = [*BEFORE, "Lot number", "Net weight (kg)"]
    reading = read([[*header, None, "Lot number", "Bin"], [*KEY, "L1", 5, None, "L9", "B7"]])
    assert reading.consignments[0].products[0].lots == ("L1",)
    assert [(finding.code, finding.cell.cell) for finding in reading.findings] == [("CG161", "G1")]


def test_columns_of_lots_side_by_side_are_joined(read) -> None:
    reading = read([[*BEFORE, "Lot number", "Bin", "Lot number"], [*KEY, "L1", "B7", "L2"]])
    assert reading.consignments[0].products[0].lots == ("L1", "L2")
    assert not reading.findings


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Lot number", "A1; TBA"),
        ("Container number", "HLXU3304170\ntbc"),
        ("Producer", "Farm A\nCraven; to follow"),
        ("Producer name", "Farm A; n/a"),
    ],
)
def test_a_place_held_within_a_list_is_an_error(read_cell, header: str, value: str) -> None:
    found, told = read_cell(header, value)
    assert told == [("CG183", "D2")]
    assert (found.products[0].lots, found.containers, found.producers) == ((), (), ())


def test_a_dash_within_a_lot_or_an_address_holds_no_place(read_cell) -> None:
    found, told = read_cell("Lot number", "A-1; B-2", ("Exporter address", "-\nRegina"))
    assert found.products[0].lots == ("A-1", "B-2")
    assert not told
