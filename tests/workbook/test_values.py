"""What a cell means: weights, numbers, dates, codes, packages, countries, words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from certgen.consignment import Country, Packages, Quantity
from certgen.forms.vocabulary import Vocabulary
from certgen.workbook.folding import squeeze
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


@pytest.mark.parametrize(
    ("header", "value", "amount", "unit"),
    [
        ("Net weight (kg)", 22000, "22000", "kg"),
        ("Net weight (kg)", Decimal("1200.5"), "1200.5", "kg"),
        ("Net weight (kg)", (Decimal("1200.5"), "#,##0.00"), "1200.50", "kg"),
        ("Net wt KGS", "1,200.5", "1200.5", "kg"),
        ("Net weight", "1,200 kg", "1200", "kg"),
        ("Net weight", "1 200,5 kg", "1200.5", "kg"),
        ("Net weight", "1'200.5 KG", "1200.5", "kg"),
        ("Net weight", "kg 500", "500", "kg"),
        ("Net weight", "500 kg net", "500", "kg"),
        ("Net weight", (500, '0" kg"'), "500", "kg"),
        ("Net weight", "22.5 t", "22500", "kg"),
        ("Net weight (MT)", Decimal("22.046"), "22046", "kg"),
        ("Net weight", "250 g", "0.25", "kg"),
        ("Net weight", "100 lb", "45.359237", "kg"),
        ("Net weight (lbs)", 1, "0.45359237", "kg"),
        ("Net weight", "1000 l", "1000", "l"),
        ("Net weight", "12 hl", "1200", "l"),
        ("Poids net (kg)", "1.234,5", "1234.5", "kg"),
        ("Nettogewicht (kg)", "1.234,50", "1234.50", "kg"),
        ("正味重量（kg）", "１，２００．５", "1200.5", "kg"),
    ],
)
def test_a_weight_is_exact_and_in_kg_or_litres(read_cell, header, value, amount, unit) -> None:
    found, _ = read_cell(header, value)
    assert str(found.products[0].net_mass.amount) == amount
    assert found.products[0].net_mass.unit == unit


def test_a_weight_without_a_unit_anywhere_is_an_error(read, read_cell) -> None:
    found, told = read_cell("Net weight", "1,200")
    assert found.products[0].net_mass is None
    assert told == [("CG203", "D2")]
    finding = read([[*BEFORE, "Net weight"], [*KEY, "1,200"]]).findings[0]
    assert (finding.slug, finding.field, finding.cell.text) == ("unit-missing", "products.net_mass", "1,200")
    assert finding.fix == 'Write it in the cell ("1200 kg") or in the header ("Net weight (kg)").'


def test_a_unit_may_have_its_own_column(read_cell) -> None:
    found, told = read_cell("Net weight", 500, ("Unit", "lb"))
    assert found.products[0].net_mass == Quantity(Decimal("226.796185"), "kg")
    assert told == [("CG202", "D2")]


@pytest.mark.parametrize(("value", "code"), [("5 tons", "CG205"), ("5 bushels", "CG204"), ("heavy", "CG200")])
def test_a_unit_or_number_that_is_not_clear_is_asked_about(read_cell, value, code) -> None:
    found, told = read_cell("Net weight (kg)", value)
    assert found.products[0].net_mass is None
    assert told == [(code, "D2")]


@pytest.mark.parametrize(
    ("others", "language", "amount"),
    [
        (["7,5", "3,25"], "", "1234"),
        (["7.5"], "", "1.234"),
        ([], "de-DE", None),
        (["7.5", "7,5"], "", None),
    ],
)
def test_a_lone_separator_is_settled_by_other_cells(read, others, language, amount) -> None:
    rows = [[*KEY, "1.234"], *([*KEY, other] for other in others)]
    reading = read([[*BEFORE, "Net weight (kg)"], *rows], about={"language": language})
    mass = reading.consignments[0].products[0].net_mass
    assert (str(mass.amount) if mass else None) == amount
    assert ("CG201" in [finding.code for finding in reading.findings]) is (amount is None)


def test_a_lone_separator_is_settled_by_the_language_of_the_headers(read) -> None:
    header = ["Referenz", "Ausführer", "Handelsbezeichnung", "Losnummer", "Nettogewicht (kg)"]
    found = read([header, ["R1", "Acme", "Leinsaat", "L1", "1.234"]]).consignments[0]
    assert found.products[0].net_mass == Quantity(Decimal(1234), "kg")


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Departure date", date(2026, 12, 8)),
        ("Departure date", "2026-12-08"),
        ("Departure date", "2026/12/8"),
        ("Departure date", "8 December 2026"),
        ("Departure date", "Dec 8, 2026"),
        ("Departure date", "08-Dec-26"),
        ("Departure date", "8th of December 2026"),
        ("Departure date", "8. Dezember 2026"),
        ("Departure date", "8 déc. 2026"),
        ("Departure date", "8 de diciembre de 2026"),
        ("Departure date", "2026年12月8日"),
        ("Departure date", 20261208),
        ("Departure date (dd/mm/yyyy)", "08/12/2026"),
        ("Departure date (MM/DD/YYYY)", "12/08/2026"),
        ("Departure date", ("08/12/2026", "dd/mm/yyyy")),
    ],
)
def test_a_day_is_read_however_it_is_written(read_cell, header, value) -> None:
    found, told = read_cell(header, value)
    assert found.departure_date == date(2026, 12, 8)
    assert not told


def test_a_german_sheet_puts_the_day_first(read) -> None:
    header = ["Sendungsreferenz", "Ausführer", "Abfahrtsdatum", "Einführer"]
    found = read([header, ["R1", "Acme", "08.12.2026", "Severn"]]).consignments[0]
    assert found.departure_date == date(2026, 12, 8)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("03/04/2026", "CG211"),
        ("03/04/26", "CG213"),
        ("soon", "CG210"),
        ("31/02/2026", "CG210"),
        (46364, "CG212"),
    ],
)
def test_a_day_that_could_be_another_is_asked_about(read_cell, value, code) -> None:
    found, told = read_cell("Departure date", value)
    assert found.departure_date is None
    assert told == [(code, "D2")]


def test_other_days_of_the_column_settle_the_order(read) -> None:
    rows = [["R1", "A", "Flax", "03/04/2026"], ["R2", "A", "Flax", "25/04/2026"]]
    reading = read([[*BEFORE, "Departure date"], *rows])
    assert reading.consignments[0].departure_date == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("value", "code", "told"),
    [
        ("1204 00 90", "12040090", []),
        ("1204.00.90", "12040090", []),
        (12040090, "12040090", []),
        (7134000, "07134000", ["CG220"]),
        ((7134000, "00000000"), "07134000", []),
        ("1204009010", "1204009010", []),
        ("120400", "120400", []),
        ("1204 flax", "1204 flax", []),
        ("7134000", "7134000", []),
    ],
)
def test_a_cn_code_keeps_every_digit(read_cell, value, code, told) -> None:
    found, findings = read_cell("CN code", value)
    assert found.products[0].cn_code == code
    assert [name for name, _ in findings] == told


def test_a_cn_code_of_a_csv_file_gets_its_zero_back(read_cell) -> None:
    found, told = read_cell("CN code", "7134000", is_typed=False)
    assert found.products[0].cn_code == "07134000"
    assert told == [("CG220", "D2")]


@pytest.mark.parametrize(
    ("value", "lots", "told"),
    [
        ("A-1; B-2", ("A-1", "B-2"), []),
        ("A-1\nB-2", ("A-1", "B-2"), []),
        ("A, B", ("A, B",), []),
        (240915, ("240915",), []),
        ((7, "0000"), ("0007",), []),
        (date(2024, 3, 1), ("2024-03-01",), ["CG221"]),
        ((100000, "0.00E+00"), ("100000",), ["CG222"]),
        (Decimal(1234567890123450000), ("1234567890123450000",), ["CG223"]),
    ],
)
def test_a_lot_is_as_the_cell_shows_it(read_cell, value, lots, told) -> None:
    found, findings = read_cell("Lot number", value)
    assert found.products[0].lots == lots
    assert [name for name, _ in findings] == told


@pytest.mark.parametrize(
    ("header", "value", "beside", "packages", "told"),
    [
        ("Packages", "880 bags", [], Packages(880, "bags"), []),
        ("Packages", "1,200 big bags", [], Packages(1200, "big bags"), []),
        ("Packages", "880 x 25 kg bags", [], Packages(880, "x 25 kg bags"), []),
        ("Number of packages", 880, [("Kind of packages", "sacks")], Packages(880, "sacks"), []),
        ("No. of bags", 880, [], Packages(880, "bags"), []),
        ("Number of packages", 880, [("Packing", "25 kg bags")], Packages(880, "25 kg bags"), []),
        ("Number of packages", 880, [], Packages(880, ""), ["CG250"]),
        ("Packages", "in bulk", [], Packages(None, "in bulk"), []),
        ("Packages", "en vrac", [], Packages(None, "in bulk"), ["CG253"]),
        ("Packages", "25 kg bags", [], None, ["CG251"]),
        ("Packages", "some bags", [], None, ["CG251"]),
        ("Number of packages", Decimal("12.5"), [("Kind of packages", "bags")], None, ["CG251"]),
        ("Packages", "880 bags", [("Kind of packages", "boxes")], Packages(880, "bags"), ["CG252"]),
    ],
)
def test_packages_are_a_count_and_a_kind(read_cell, header, value, beside, packages, told) -> None:
    found, findings = read_cell(header, value, *beside)
    assert found.products[0].packages == packages
    assert [name for name, _ in findings] == told


@pytest.mark.parametrize(
    ("value", "country", "told"),
    [
        ("Canada", Country("Canada", "CA"), []),
        ("CANADA", Country("CANADA", "CA"), []),
        ("Kanada", Country("Canada", "CA"), ["CG231"]),
        ("CA", Country("Canada", "CA"), ["CG231"]),
        ("カナダ", Country("Canada", "CA"), ["CG231"]),
        ("The Netherlands", Country("The Netherlands", "NL"), []),
        ("United Kingdom", Country("United Kingdom", "GB"), []),
        ("Kanadda", None, ["CG230"]),
    ],
)
def test_a_country_is_printed_by_its_english_name(read_cell, value, country, told) -> None:
    found, findings = read_cell("Country of export", value)
    assert found.country_of_export == country
    assert [name for name, _ in findings] == told


@pytest.mark.parametrize(
    ("address", "country", "told"),
    [
        ("Dock Lane\nBristol BS1 4RB", Country("Great Britain", "GB"), ["CG232"]),
        ("Harbour Road\nBelfast BT3 9AL", Country("Northern Ireland", "XI"), ["CG232"]),
        ("", None, ["CG233"]),
    ],
)
def test_the_united_kingdom_is_told_apart_by_the_address(read_cell, address, country, told) -> None:
    found, findings = read_cell("Destination country", "UK", ("First consignee address", address))
    assert found.country_of_destination == country
    assert [name for name, _ in findings] == told


@pytest.mark.parametrize(
    ("address", "country", "told"),
    [
        ("Harbour Road\nBelfast BT3 9AL", Country("Northern Ireland", "XI"), ["CG232"]),
        ("Calle 3\nManagua\nNicaragua", Country("Nicaragua", "NI"), ["CG232"]),
        ("Dock Lane\nBristol BS1 4RB", None, ["CG235"]),
        ("", None, ["CG235"]),
    ],
)
def test_letters_that_traders_write_for_two_countries_are_told_apart_or_asked(
    read_cell, address, country, told
) -> None:
    found, findings = read_cell("Destination country", "NI", ("First consignee address", address))
    assert found.country_of_destination == country
    assert [name for name, _ in findings] == told


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("1 Quay\nBristol BS1 4RB", "GB"),
        ("1 Quay, Belfast, BT3 9AL", "XI"),
        ("1 Quay\nBelfast BT3 9AL\nUnited Kingdom", "XI"),
        ("1 Quay\nBristol\nUK", "GB"),
        ("Hafenstraße 1\n20457 Hamburg\nDeutschland", "DE"),
        ("12 Road, Regina SK, Canada", "CA"),
    ],
)
def test_the_country_of_a_party_is_at_the_end_of_its_address(read_cell, address, code) -> None:
    found, _ = read_cell("Importer address", address)
    assert found.importer.country.code == code


def test_an_address_that_names_no_country_has_none(read_cell) -> None:
    assert read_cell("Importer address", "12 Road\nSomewhere")[0].importer.country is None


def test_several_countries_of_origin_may_stand_in_one_cell(read_cell) -> None:
    for value in ("Canada; Peru", "Canada\nPeru", "Canada and Peru", "Canada / Peru"):
        assert [one.code for one in read_cell("Country of origin", value)[0].countries_of_origin] == [
            "CA",
            "PE",
        ]
    assert [one.code for one in read_cell("Origin", "Korea, Republic of")[0].countries_of_origin] == ["KR"]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("Bolivia, Plurinational State of", "BO"),
        ("Bolivia (Plurinational State of)", "BO"),
        ("Tanzania, United Republic of", "TZ"),
        ("Iran, Islamic Republic of", "IR"),
        ("Lao People's Democratic Republic", "LA"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Venezuela (Bolivarian Republic of)", "VE"),
        ("Moldova, Republic of", "MD"),
    ],
)
def test_countries_may_be_named_as_lists_of_codes_name_them(read_cell, value, code) -> None:
    assert [one.code for one in read_cell("Origin", value)[0].countries_of_origin] == [code]
    assert [one.code for one in read_cell("Origin", f"{value}; Peru")[0].countries_of_origin] == [code, "PE"]


def test_of_several_countries_the_one_that_is_not_known_is_named(read) -> None:
    [finding] = read([[*BEFORE, "Country of origin"], [*KEY, "Canada; Kanadda; Peru"]]).findings
    assert finding.message.startswith('"Kanadda" is no country')


@pytest.mark.parametrize(
    ("value", "modes"),
    [
        ("by sea", ("vessel",)),
        ("Ferry", ("vessel", "road")),
        ("vessel; road", ("vessel", "road")),
        ("Sea / Road", ("vessel", "road")),
        ("航空機", ("aeroplane",)),
        ("LKW", ("road",)),
    ],
)
def test_the_means_of_transport_has_many_names(read_cell, value, modes) -> None:
    assert read_cell("Means of transport", value)[0].transport.modes == modes


def test_an_unknown_means_of_transport_is_an_error(read_cell) -> None:
    assert read_cell("Means of transport", "camel")[1] == [("CG240", "D2")]


def told_of(read, header: str, value: str):
    return read([[*BEFORE, header], [*KEY, value]]).findings


def test_an_unknown_word_is_answered_with_words_a_clerk_may_write(read) -> None:
    [finding] = told_of(read, "Procedure", "Article 34")
    assert "Write for instance Article 33(2), Article 33(3), Article 46" in finding.fix
    [finding] = told_of(read, "Means of transport", "vesel")
    assert "did you mean 'vessel'" in finding.message
    assert finding.fix.endswith("aeroplane, vessel, railways, road, other or ferry.")


def test_the_words_are_those_of_the_language_of_the_sheet(read) -> None:
    german = ["Sendungsnummer", "Exporteur", "Warenbezeichnung", "Verkehrszweig", "Verarbeitungszustand"]
    mode, processing = read([german, ["R1", "Acme", "Lein", "Kamel", "behandelt"]]).findings
    assert mode.fix == (
        "Write for instance Flugzeug, Schiff, Bahn, LKW, andere or Fähre."
        " Aeroplane, vessel, railways, road or other; a ferry is vessel and road."
    )
    assert "verarbeitet or unverarbeitet" in processing.message


def test_every_word_that_is_proposed_is_understood(vocabulary: Vocabulary) -> None:
    for item in vocabulary.fields:
        for language in ("en", "fr", "es", "de", "ja"):
            words = {squeeze(word) for key, said in item.choices.items() for word in (key, *said)}
            offered = item.offered_in(language)
            assert {squeeze(word) for word in offered} <= words, item.path
            assert len(offered) == len(item.choices), item.path


def test_several_means_of_transport_may_be_joined_by_a_word(read_cell) -> None:
    assert read_cell("Means of transport", "sea and road")[0].transport.modes == ("vessel", "road")


@pytest.mark.parametrize("value", ["treated", "cleaned and sorted", "traité", "cut, dried", "yes / no", "?!"])
def test_a_doubt_about_processing_asks_and_refuses_nothing(read, value) -> None:
    reading = read([[*BEFORE, "Processing"], [*KEY, value]])
    assert reading.consignments[0].products[0].processing == ""
    [finding] = reading.findings
    assert (finding.code, str(finding.severity), finding.cell.text) == ("CG242", "warning", value)
    assert "processed or unprocessed" in finding.message


@pytest.mark.parametrize(
    ("value", "meaning"),
    [
        ("Processed (roasted)", "processed"),
        ("dried and smoked", "processed"),
        ("torréfié", "processed"),
        ("tiefgekühlt", "unprocessed"),
        ("No - raw", "unprocessed"),
        ("cleaned, milled", "unprocessed"),
    ],
)
def test_words_that_say_the_same_of_processing_are_one_answer(read_cell, value, meaning) -> None:
    found, told = read_cell("Processing", value)
    assert (found.products[0].processing, told) == (meaning, [])


def test_a_vessel_means_by_sea(read_cell) -> None:
    found, told = read_cell("Vessel name", "Montreal Express")
    assert found.transport.modes == ("vessel",)
    assert told == [("CG270", "D2")]


def test_one_column_may_name_whatever_carries_the_goods(read_cell) -> None:
    found, told = read_cell("Vessel / Flight", "AC856", ("Mode of transport", "air"))
    assert found.transport.flight_number == "AC856"
    assert not told
    assert read_cell("Vessel / Flight", "AC856")[1] == [("CG274", "D2")]


@pytest.mark.parametrize("value", ["Article 33(2)", "33(2)", "Art. 33 (2)", "33.2", "artikel 33 absatz 2"])
def test_the_procedure_is_a_short_key(read_cell, value) -> None:
    assert read_cell("Procedure", value)[0].procedures == ("33(2)",)


@pytest.mark.parametrize(
    ("value", "percent", "told"),
    [
        ("98%", Decimal(98), []),
        ((Decimal("0.985"), "0.0%"), Decimal("98.5"), []),
        (95, Decimal(95), []),
        (Decimal("0.95"), None, ["CG280"]),
        ("most", None, ["CG200"]),
    ],
)
def test_a_percentage_is_never_guessed(read_cell, value, percent, told) -> None:
    found, findings = read_cell("Organic %", value)
    assert found.products[0].organic_percent == percent
    assert [name for name, _ in findings] == told


@pytest.mark.parametrize(
    ("value", "answer"), [("yes", True), (True, True), ("Nein", False), ("はい", True), ("x", True)]
)
def test_yes_and_no_in_any_language(read_cell, value, answer) -> None:
    assert read_cell("Ingredients confirmed", value)[0].products[0].ingredients_confirmed is answer


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (CellKind.FORMULA_WITHOUT_VALUE, "CG153"),
        (CellKind.ERROR, "CG154"),
        (CellKind.EXTERNAL_LINK, "CG155"),
        (CellKind.TOO_LONG, "CG156"),
    ],
)
def test_a_cell_that_cannot_be_read_is_never_empty_or_zero(read_cell, kind, code) -> None:
    found, told = read_cell("Net weight (kg)", kind)
    assert found.products[0].net_mass is None
    assert told == [(code, "D2")]
    assert read_cell("Point of entry", kind)[1] == [(code, "D2")]


@pytest.mark.parametrize(
    ("text", "printed", "told"),
    [
        ("Leith\u200b", "Leith", ["CG152"]),
        ("\u200eLeith", "Leith", ["CG152"]),
        ("Lei\u202eth", "Leith", ["CG151"]),
        ("Lei\x07th", "Leith", ["CG150"]),
        ("Port\u00a0of\tLeith ", "Port of Leith", []),
    ],
)
def test_nothing_invisible_is_printed_or_dropped_without_a_word(read_cell, text, printed, told) -> None:
    found, findings = read_cell("Point of entry", text)
    assert found.point_of_entry == printed
    assert [name for name, _ in findings] == told


def test_what_a_finding_shows_is_visible(read) -> None:
    reading = read([[*BEFORE, "Point of entry"], [*KEY, "a\x1b[31mb\u202e"]])
    assert reading.findings[0].cell.text == "a<U+001B>[31mb<U+202E>"


def test_the_gross_weights_of_the_lines_are_added_up(read) -> None:
    header = ["Reference", "CN code", "Net weight (kg)", "Gross weight (kg)"]
    reading = read([header, ["R1", "1", 100, 110], ["R1", "2", 200, 215]])
    assert reading.consignments[0].gross_mass == Quantity(Decimal(325), "kg")
    assert [finding.code for finding in reading.findings] == ["CG272"]


@pytest.mark.parametrize("second", [325, ""])
def test_a_gross_weight_repeated_or_given_once_is_the_total(read, second) -> None:
    header = ["Reference", "CN code", "Net weight (kg)", "Gross weight (kg)"]
    found = read([header, ["R1", "1", 100, 325], ["R1", "2", 200, second]]).consignments[0]
    assert found.gross_mass == Quantity(Decimal(325), "kg")
    assert [product.gross_mass for product in found.products] == [None, None]


@pytest.mark.parametrize("word", ["-", "TBA", "n/a", " tbc ", "To be confirmed", "?"])
def test_a_word_that_holds_a_place_is_no_lot_and_no_seal(read, word: str) -> None:
    header = ["Reference", "Trade name", "Lot number", "Seal number", "Exporter name"]
    reading = read([header, ["R1", "Flax", word, word, word]])
    (found,) = reading.consignments
    assert (found.products[0].lots, found.seals, found.exporter.name) == ((), (), "")
    assert [(finding.code, finding.cell.cell) for finding in reading.findings] == [
        ("CG229", "C2"),
        ("CG229", "D2"),
        ("CG229", "E2"),
    ]


def test_a_lot_may_have_the_letters_of_a_word_that_holds_a_place(read) -> None:
    reading = read([["Reference", "Trade name", "Lot number"], ["R1", "Flax", "TBA-7"]])
    assert reading.consignments[0].products[0].lots == ("TBA-7",)
    assert not reading.findings
