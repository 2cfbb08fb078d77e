"""Which headers are known, in five languages, and which are only proposed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest

from certgen.consignment import Packages, Quantity
from certgen.errors import UsageError
from certgen.forms import find_forms_root, load_form, load_vocabulary
from certgen.forms.vocabulary import Vocabulary
from certgen.workbook.folding import squeeze
from certgen.workbook.sheets.headers import HeaderIndex
from certgen.workbook.sheets.party_headers import headers_of

REAL_HEADERS = {
    "B/L No.": "transport.documents",
    "HS code": "products.cn_code",
    "H.S. CODE": "products.cn_code",
    "Zolltarif-Nr.": "products.cn_code",
    "Consignee in GB": "first_consignee",
    "Lot #": "products.lots",
    "LOT NO": "products.lots",
    "Batch": "products.lots",
    "Batch/Lot No.": "products.lots",
    "Nº de lote": "products.lots",
    "N° de lot": "products.lots",
    "Losnummer": "products.lots",
    "Chargennr.": "products.lots",
    "Auftragsnr.": "reference",
    "Rechnungsnr.": "invoice_number",
    "Qty of bags": "products.packages.count",
    "Cantidad de sacos": "products.packages.count",
    "Commodity": "products.trade_name",
    "Código del organismo": "control_bodies.code",
    "Airport of arrival": "point_of_entry",
    "ロット番号": "products.lots",
    "Net wt (kg)": "products.net_mass",
    "Net Weight (KGS)": "products.net_mass",
    "Poids net (kg)": "products.net_mass",
    "Peso neto [kg]": "products.net_mass",
    "正味重量（kg）": "products.net_mass",
    "Gross Wt. KGS": "gross_mass",
    "Total Gross Weight (t)": "gross_mass",
    "ETD": "departure_date",
    "Date d'embarquement": "departure_date",
    "原産国": "countries_of_origin",
    "Pays d’origine": "countries_of_origin",
    "Lot number / Numéro de lot": "products.lots",
    "原産国 Country of origin": "countries_of_origin",
    "Exporter's name": "exporter.name",
    "Name and address of exporter": "exporter",
    "Nom de l'exportateur": "exporter.name",
    "Anschrift des Ausführers": "exporter.address",
    "輸出者の名称": "exporter.name",
    "Producer 2 name": "producers.name",
    "EORI No.": "importer.eori",
    "No. of bags": "products.packages.count",
    "Cartons": "products.packages.count",
    "Lot number*": "products.lots",
    "Container No. (if any)": "containers",
    "  net\n weight (kg) ": "products.net_mass",
    "products.lots": "products.lots",
}


@pytest.mark.parametrize("header", REAL_HEADERS)
def test_headers_of_the_trade_are_known(index: HeaderIndex, header: str) -> None:
    found = index.match(header)
    assert found is not None
    assert REAL_HEADERS[header] in [item.path for item in found.fields]


@pytest.mark.parametrize(
    "header", ["Price", "Weight", "Remarks", "Net weigth", "Importer No.", "Broker", "№", "", "–"]
)
def test_a_header_that_is_not_exactly_known_is_never_taken(index: HeaderIndex, header: str) -> None:
    assert index.match(header) is None


def test_every_label_and_synonym_leads_to_its_field(vocabulary: Vocabulary, index: HeaderIndex) -> None:
    for item in vocabulary.fields:
        for word in [*item.labels.values(), *(word for words in item.synonyms.values() for word in words)]:
            found = index.match(word)
            assert found is not None, word
            assert item in found.fields, f"{word} means {found.fields[0].path}, not {item.path}"


def test_every_field_has_a_label_in_five_languages(vocabulary: Vocabulary) -> None:
    for item in vocabulary.fields:
        assert {"en", "fr", "es", "de", "ja"} <= set(item.labels), item.path
        assert item.help, item.path


def test_no_word_of_a_choice_has_two_meanings(vocabulary: Vocabulary) -> None:
    for item in vocabulary.fields:
        keys = defaultdict(set)
        for key, words in item.choices.items():
            for word in words:
                keys[squeeze(word)].add(key)
        assert all(len(found) == 1 for found in keys.values()), item.path


def test_no_name_of_a_country_has_two_meanings(vocabulary: Vocabulary) -> None:
    codes = defaultdict(set)
    for country in vocabulary.countries:
        for word in (country.name, *country.words):
            codes[squeeze(word)].add(country.code)
    assert {word: found for word, found in codes.items() if len(found) > 1} == {}


def test_a_near_header_is_proposed_and_its_column_left_alone(read) -> None:
    reading = read(
        [["Reference", "Exporter name", "Trade name", "Net weigth (kg)"], ["R1", "Acme", "Flax", 500]]
    )
    assert reading.consignments[0].products[0].net_mass is None
    finding = reading.findings[0]
    assert (finding.slug, finding.cell.cell) == ("header-not-known", "D1")
    assert '--map "Net weigth (kg)=Net weight"' in finding.fix
    assert reading.sheets[0].unknown[0].proposal == "Net weight"


@pytest.mark.parametrize("meaning", ["Net weight", "products.net_mass", "poids net"])
def test_a_map_confirms_a_header(read, meaning: str) -> None:
    table = [["Reference", "Exporter name", "Trade name", "How heavy (kg)"], ["R1", "Acme", "Flax", 500]]
    reading = read(table, maps={"How heavy (kg)": meaning})
    assert str(reading.consignments[0].products[0].net_mass.amount) == "500"
    assert reading.consignments[0].products[0].net_mass.unit == "kg"
    [note] = reading.findings
    assert (note.slug, note.cell.cell, note.cell.header) == ("header-mapped", "D1", "How heavy (kg)")
    assert 'The header "How heavy (kg)" was taken for "Net weight"' in note.message


def test_a_mapped_label_is_told_where_it_stands(read) -> None:
    reading = read(
        [
            ["Reference", "R1"],
            ["Exporter name", "Acme"],
            ["Boat", "MSC Anna"],
            ["Trade name", "Lot number", "CN code"],
            ["Flax", "L1", "12040090"],
        ],
        maps={"Boat": "transport.vessels"},
    )
    [note] = [finding for finding in reading.findings if finding.slug == "header-mapped"]
    assert (note.cell.cell, note.cell.header) == ("A3", "Boat")


def test_a_map_to_no_field_names_the_nearest(read) -> None:
    with pytest.raises(UsageError, match="did you mean 'Net weight'"):
        read([["Reference"]], maps={"x": "Net wieght"})


def test_two_columns_for_one_field_are_an_error(read) -> None:
    header = ["Reference", "Exporter name", "CN code", "HS code"]
    reading = read([header, ["R1", "Acme", "12040090", "10011900"]])
    assert [(finding.slug, finding.cell.cell) for finding in reading.findings] == [
        ("two-columns-for-one", "D1")
    ]


def test_two_columns_of_lots_are_both_read(read) -> None:
    reading = read([["Reference", "CN code", "Lot 1", "Lot 2"], ["R1", "12040090", "A", "B"]])
    assert reading.consignments[0].products[0].lots == ("A", "B")


def test_a_sheet_tells_its_columns_as_json(read) -> None:
    reading = read([["Reference", "Exporter name", "Trade name", "Price"], ["R1", "Acme", "Flax", 1]])
    record = reading.sheets[0].as_record()
    assert record["columns"][0] == {"header": "Reference", "field": "reference", "cell": "A1"}
    assert record["unknown"] == [{"header": "Price", "cell": "D1", "proposal": ""}]
    assert (record["shape"], record["header_row"], record["rows_read"]) == ("flat", 1, 1)


VALUES = {
    "reference": "R1",
    "departure_date": "2026-12-08",
    "exporter.name": "Acme",
    "exporter.address": "12 Road\nRegina",
    "producers.name": "Farm A",
    "producers.address": "Craven",
    "control_bodies.name": "CCOF",
    "control_bodies.code": "CA-ORG-003",
    "issuing_body.name": "Pro-Cert",
    "issuing_body.code": "CA-ORG-016",
    "countries_of_origin": "Canada",
    "country_of_export": "Canada",
    "country_of_destination": "Great Britain",
    "point_of_entry": "Leith",
    "importer": "Severn\nBristol BS1 4RB",
    "importer.eori": "GB123456789000",
    "first_consignee.name": "Avon",
    "gross_mass": "600 kg",
    "containers": "MSCU6639871",
    "seals": "S1",
    "transport.modes": "vessel",
    "transport.vessels": "Montreal Express",
    "transport.documents": "HLCU1",
    "products.cn_code": "12040090",
    "products.trade_name": "Flax",
    "products.lots": "L1",
    "products.packages.count": "20",
    "products.packages.kind": "bags",
    "products.net_mass": "500 kg",
    "products.processing": "unprocessed",
}


@pytest.mark.parametrize("language", ["fr", "es", "de", "ja"])
@pytest.mark.parametrize("shape", ["flat", "form"])
def test_a_sheet_means_the_same_in_every_language(
    read, vocabulary: Vocabulary, language: str, shape: str
) -> None:
    def read_in(tongue: str):
        headers = [vocabulary.label(path, tongue) for path in VALUES]
        if shape == "form":
            return read([[header, value] for header, value in zip(headers, VALUES.values(), strict=True)])
        return read([headers, list(VALUES.values())])

    assert read_in(language).consignments == read_in("en").consignments
    assert not [finding for finding in read_in(language).findings if finding.is_error]
    assert read_in(language).consignments[0].products[0].lots == ("L1",)


@pytest.mark.parametrize(
    ("header", "path"),
    [
        ("Name of exporter", "exporter.name"),
        ("輸出者の住所", "exporter.address"),
        ("Adresse de l'importateur", "importer.address"),
        ("Producer N° EORI", None),
        ("Importer N° EORI", "importer.eori"),
        ("Exporter name and address", "exporter"),
        ("Exporterx name", None),
        ("name", None),
    ],
)
def test_a_party_and_its_part_are_one_header_in_any_order(index, header, path) -> None:
    match = index.match(header)
    assert (match.fields[0].path if match else None) == path


@pytest.mark.parametrize(
    ("forms", "meant"),
    [
        (["te-transaction-certificate"], "products.extra.product_category"),
        (["te-transaction-certificate", "gb-coi"], "products.category"),
        ([], "products.category"),
    ],
)
def test_a_header_is_a_forms_own_where_no_form_uses_the_shared_field(forms: list[str], meant: str) -> None:
    chosen = [load_form(find_forms_root() / form_id) for form_id in forms]
    found = HeaderIndex(load_vocabulary(chosen), {}).match("Product category")
    assert found is not None
    assert found.fields[0].path == meant


@pytest.mark.parametrize(
    "header", ["Container / Seal", "Container & seal no.", "Container and Seal", "Reference / Invoice no."]
)
def test_a_header_that_names_two_things_is_none_of_them_and_an_error(read, header: str) -> None:
    reading = read([["Exporter", "Trade name", "Lot", header], ["Acme", "Flax", "L1", "HLXU3304170 / HLG1"]])
    (consignment,) = reading.consignments
    assert (consignment.containers, consignment.seals, consignment.reference) == ((), (), "")
    assert [finding.cell.cell for finding in reading.findings if finding.code == "CG184"] == ["D1"]


@pytest.mark.parametrize(
    "header", ["Importer / Consignee", "Batch / Lot", "Vessel / flight", "Exporter name and address", "B/L"]
)
def test_a_header_known_to_be_one_thing_stays_one(index: HeaderIndex, header: str) -> None:
    assert index.match(header) is not None
    assert index.find_two(header) == ()


def test_headings_over_parties_packages_and_weights_hold_for_their_columns(read, grid) -> None:
    rows = [
        ["Ref.", "Exporter", None, "Goods", None, "Packages", None, "Weights (kg)", None],
        [None, "Name", "Address", "Product", "Lot no.", "Number", "Kind", "Net", "Gross"],
        ["R1", "Acme", "Regina", "Flax", "L1", 20, "bags", 500, 510],
    ]
    merged = {(1, column): (1, column - 1) for column in (3, 5, 7, 9)}
    reading = read(replace(grid(rows, "Sheet1"), merged=merged))
    [line] = reading.consignments[0].products
    assert (line.packages, line.net_mass) == (Packages(20, "bags"), Quantity(Decimal(500), "kg"))
    assert reading.consignments[0].gross_mass == Quantity(Decimal(510), "kg")
    assert reading.consignments[0].exporter.address == "Regina"
    assert not reading.sheets[0].unknown


def test_a_code_beside_a_body_is_its_own(read) -> None:
    sheet = [
        ["Shipment reference:", "R1", None, "Importer:", "Severn"],
        ["Control body:", "CCOF", None, "Code:", "CA-ORG-003"],
        ["Exporter:", "Acme", None, "Vessel:", "MSC Alma"],
    ]
    [one] = read(sheet).consignments
    assert [(body.name, body.code) for body in one.control_bodies] == [("CCOF", "CA-ORG-003")]
    assert one.importer.name == "Severn"


def test_an_address_between_two_parties_is_of_neither(read) -> None:
    sheet = [
        ["Shipment reference:", "R1", None, "Producer:", "Farm"],
        ["Exporter:", "Acme", None, "Address:", "12 Road"],
        ["Vessel:", "MSC Alma", None, "Importer:", "Severn"],
    ]
    reading = read(sheet)
    [one] = reading.consignments
    assert (one.exporter.address, [farm.address for farm in one.producers]) == ("", [""])
    assert [unknown.header for unknown in reading.sheets[0].unknown] == ["Address:"]


def test_a_header_may_say_that_yes_or_no_is_expected(index: HeaderIndex) -> None:
    for header in ("Processed (Y/N)", "Processed (yes/no)", "Verarbeitet (ja/nein)"):
        found = index.match(header)
        assert found is not None
        assert found.fields[0].path == "products.processing"


def test_the_quick_look_at_how_a_header_begins_never_refuses_one_that_is_known(
    vocabulary: Vocabulary, index: HeaderIndex
) -> None:
    """Whatever may stand before or around the words: articles, numbers, units, brackets, `nr` written on."""
    words = vocabulary.words
    names = [name for item in vocabulary.fields for _, listed in headers_of(item) for name in listed]
    forms = ["{}", "The {}", "2. {}", "# {}", "No. {}", "kg {}", "{} (kg)", "(optional) {}", "{}nr", "*{}"]
    headers = {form.format(name) for name in (*names, *words.package_headers) for form in forms}
    headers |= {f"{name}{part}" for name in names for part in words.parts["name"]}
    known = [header for header in headers if index.take_apart(header)]
    assert len(known) > len(names)
    assert [header for header in known if index.match(header) is None] == []
