"""The blank workbook asks for what its forms need, and what stands in it is read back whole."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import certgen
from certgen.consignment import Consignment
from certgen.errors import OutputError
from certgen.findings import has_errors
from certgen.forms import load_forms
from certgen.forms.model import Form, FurtherTable
from certgen.forms.vocabulary import Field, Vocabulary, load_vocabulary
from certgen.workbook.blank.plan import EXAMPLE_REFERENCE, plan_blank_workbook
from certgen.workbook.blank.writing import find_example, write_blank_workbook
from certgen.workbook.fixed_bytes import FIXED_TIME
from certgen.workbook.reading import read_workbook

TOGETHER = [["eu-coi", "eu-coi-extract"], ["japan-export-request", "jas-seal-report"]]


@pytest.fixture(scope="module")
def form() -> Form:
    return load_forms()["gb-coi"]


@pytest.fixture(scope="module")
def vocabulary(form: Form) -> Vocabulary:
    return load_vocabulary([form])


@pytest.fixture
def blank(form: Form, vocabulary: Vocabulary, tmp_path: Path) -> Path:
    path = tmp_path / "shipment.xlsx"
    write_blank_workbook([form], vocabulary, path)
    return path


def headers(path: Path, sheet: str) -> dict[str, int]:
    row = openpyxl.load_workbook(path)[sheet][1]
    return {str(cell.value): cell.column for cell in row}


def checked(path: Path, **inputs: Any) -> dict[str, Any]:
    return certgen.check(path, register_url=f"sqlite:///{path.parent / 'register.sqlite'}", **inputs)


def test_it_has_a_page_of_instructions_and_the_two_sheets_of_a_shipment(blank: Path) -> None:
    assert openpyxl.load_workbook(blank).sheetnames == ["Read me", "Shipments", "Products"]


def test_both_sheets_begin_with_the_reference_that_ties_them(blank: Path) -> None:
    assert headers(blank, "Shipments")["Shipment reference *"] == 1
    assert headers(blank, "Products")["Shipment reference *"] == 1


def test_every_field_the_form_requires_has_a_starred_column(
    form: Form, vocabulary: Vocabulary, blank: Path
) -> None:
    written = headers(blank, "Shipments") | headers(blank, "Products")
    wholes = {"producers", "control_bodies", "products", *form.issuer_fields}
    for path in set(form.required) - wholes:
        assert f"{vocabulary.label(path)} *" in written


def test_what_a_rule_always_demands_is_starred_too(blank: Path) -> None:
    written = headers(blank, "Products")
    assert "Lot number *" in written
    assert "Net weight *" in written
    assert "Kind of packages *" in written
    assert "Number of packages" in written  # goods in bulk have none


def test_the_unit_of_a_required_weight_is_starred_with_it(blank: Path) -> None:
    assert "Gross weight unit *" in headers(blank, "Shipments")
    assert "Unit *" in headers(blank, "Products")


def test_what_only_the_issuer_supplies_is_not_asked_of_the_sender(
    vocabulary: Vocabulary, blank: Path
) -> None:
    written = headers(blank, "Shipments")
    assert not {vocabulary.label("issuing_body.name"), vocabulary.label("procedures")} & set(written)


def test_codes_and_lots_are_text_cells_and_dates_are_days_all_the_way_down(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    formats = {
        str(column[0].value): book["Products"].column_dimensions[column[0].column_letter].number_format
        for column in book["Products"].columns
    }
    assert formats["CN code *"] == formats["Lot number *"] == "@"
    assert formats["Net weight *"] == "General"
    assert (
        book["Shipments"].cell(2, headers(blank, "Shipments")["Departure date"]).number_format == "yyyy-mm-dd"
    )


def test_lists_offer_forms_modes_kinds_units_and_categories(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    lists = {
        rule.formula1
        for name in ("Shipments", "Products")
        for rule in book[name].data_validations.dataValidation
    }
    assert '"gb-coi"' in lists
    assert '"aeroplane,vessel,railways,road,other,ferry"' in lists
    assert '"processed,unprocessed"' in lists
    assert '"A,B,C,D,E,F"' in lists
    assert '"yes,no"' in lists
    assert any("big bags" in words and "in bulk" in words for words in lists)
    assert any(words.startswith('"kg,') for words in lists)
    assert all(len(words) <= 257 for words in lists)


def test_a_list_offers_and_does_not_forbid(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    assert not any(rule.showErrorMessage for rule in book["Shipments"].data_validations.dataValidation)


def test_each_header_carries_its_hint(vocabulary: Vocabulary, blank: Path) -> None:
    for sheet in ("Shipments", "Products"):
        for cell in openpyxl.load_workbook(blank)[sheet][1]:
            assert cell.comment is not None, cell.value
    seals = openpyxl.load_workbook(blank)["Shipments"].cell(1, headers(blank, "Shipments")["Seal number"])
    assert "semicolon" in seals.comment.text


def test_the_example_rows_say_that_they_are_one(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    assert book["Shipments"]["A2"].value == book["Products"]["A2"].value == EXAMPLE_REFERENCE
    assert EXAMPLE_REFERENCE in "".join(str(row[0].value) for row in book["Read me"].rows)


def test_a_field_of_the_forms_own_is_asked_for(form: Form, vocabulary: Vocabulary) -> None:
    own = Field("extra.permit", "text", "shipment", {"en": "Permit number"}, form=form.id)
    shipments, _ = plan_blank_workbook([form], _with_field(vocabulary, own))
    assert "Permit number" in [column.header for column in shipments.columns]


def test_every_field_that_a_shipped_form_declares_has_a_column_whoever_else_shares_it() -> None:
    for shipped in load_forms().values():
        sheets = plan_blank_workbook([shipped], load_vocabulary([shipped]))
        asked = {column.field.path for sheet in sheets for column in sheet.columns}
        assert {extra.path for extra in shipped.own_fields} <= asked, shipped.id


def test_several_forms_make_one_workbook_with_every_field_once() -> None:
    forms = [load_forms()[form_id] for form_id in ("gb-coi", "jas-seal-report", "certificate-request")]
    sheets = plan_blank_workbook(forms, load_vocabulary(forms))
    keyed = [(sheet.name, column.field.path) for sheet in sheets for column in sheet.columns]
    assert len(keyed) == len(set(keyed))
    [form_column] = [column for column in sheets[0].columns if column.field.path == "forms"]
    assert form_column.example == "gb-coi; jas-seal-report; certificate-request"
    alone = {
        (sheet.name, column.field.path)
        for form in forms
        for sheet in plan_blank_workbook([form], load_vocabulary([form]))
        for column in sheet.columns
    }
    assert set(keyed) == alone


def test_a_table_of_the_forms_own_gets_a_sheet_of_its_own(form: Form, vocabulary: Vocabulary) -> None:
    table = FurtherTable("seals", {"en": "Seals and locks"}, (), ())
    own = Field("tables.seals.number", "text", "shipment", {"en": "Lock number"}, form=form.id)
    sheets = plan_blank_workbook([replace(form, tables=(table,))], _with_field(vocabulary, own))
    assert [sheet.name for sheet in sheets] == ["Shipments", "Products", "Seals and locks"]
    assert [column.header for column in sheets[2].columns] == ["Shipment reference *", "Lock number"]


def test_the_same_forms_give_the_same_bytes(form: Form, vocabulary: Vocabulary, tmp_path: Path) -> None:
    for name in ("first.xlsx", "second.xlsx"):
        write_blank_workbook([form], vocabulary, tmp_path / name)
    assert (tmp_path / "first.xlsx").read_bytes() == (tmp_path / "second.xlsx").read_bytes()


def test_no_words_of_a_form_become_a_formula(form: Form, vocabulary: Vocabulary, tmp_path: Path) -> None:
    fields = [
        replace(item, labels={"en": '=HYPERLINK("http://x")'}, example="=1+1")
        if item.path == "products.trade_name"
        else item
        for item in vocabulary.fields
    ]
    form = replace(form, title="=cmd|' /C calc'!A0")
    write_blank_workbook([form], replace(vocabulary, fields=tuple(fields)), tmp_path / "blank.xlsx")
    book = openpyxl.load_workbook(tmp_path / "blank.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    alike = [cell for cell in cells if str(cell.value).startswith("=")]
    assert len(alike) >= 2
    with zipfile.ZipFile(tmp_path / "blank.xlsx") as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]


def test_a_list_that_a_cell_could_not_offer_whole_is_left_out(
    form: Form, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    fields = [
        replace(item, choices={'8"-box': ('8"-box',)}) if item.path == "products.processing" else item
        for item in vocabulary.fields
    ]
    write_blank_workbook([form], replace(vocabulary, fields=tuple(fields)), tmp_path / "blank.xlsx")
    offered = openpyxl.load_workbook(tmp_path / "blank.xlsx")["Products"].data_validations.dataValidation
    assert offered
    assert not [rule.formula1 for rule in offered if "8" in rule.formula1]


def test_no_clock_stands_in_the_file(blank: Path) -> None:
    with zipfile.ZipFile(blank) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {FIXED_TIME}
        properties = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r">(\d{4}-[^<]*)<", properties)) == {"2026-01-01T00:00:00Z"}


def test_a_file_that_is_there_is_never_written_over(blank: Path, form: Form, vocabulary: Vocabulary) -> None:
    before = blank.read_bytes()
    with pytest.raises(OutputError, match="exists already"):
        write_blank_workbook([form], vocabulary, blank)
    assert blank.read_bytes() == before


def test_a_folder_that_is_not_there_is_named(form: Form, vocabulary: Vocabulary, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"nowhere.*cannot be written"):
        write_blank_workbook([form], vocabulary, tmp_path / "nowhere" / "shipment.xlsx")


def test_the_example_is_known_by_its_reference_and_told() -> None:
    found = find_example(Consignment(reference=" example-1 "))
    assert found is not None
    assert (found.slug, found.is_error) == ("example-row", False)
    assert find_example(Consignment(reference="PLO-26-001")) is None


def test_read_back_it_is_one_consignment_whose_columns_are_all_known(
    blank: Path, form: Form, vocabulary: Vocabulary
) -> None:
    reading = read_workbook(blank, vocabulary, {})
    assert [consignment.reference for consignment in reading.consignments] == [EXAMPLE_REFERENCE]
    assert [sheet.shape for sheet in reading.sheets] == ["unused", "shipments", "products"]
    assert [column for sheet in reading.sheets for column in sheet.unknown] == []
    assert not has_errors(reading.findings)


def test_every_column_is_read_as_the_field_it_was_made_from(
    blank: Path, form: Form, vocabulary: Vocabulary
) -> None:
    planned = [
        (sheet.name, column.field.path, column.header)
        for sheet in plan_blank_workbook([form], vocabulary)
        for column in sheet.columns
    ]
    read = [
        (sheet.name, column.field, column.header)
        for sheet in read_workbook(blank, vocabulary, {}).sheets
        for column in sheet.known
    ]
    assert read == planned


@pytest.mark.parametrize("names", [[name] for name in load_forms()] + [list(load_forms())], ids=", ".join)
def test_every_column_of_shipped_forms_is_read_as_its_field(names: list[str], tmp_path: Path) -> None:
    """Alone, and in one workbook for all of them, whose words meet."""
    forms = [load_forms()[name] for name in names]
    vocabulary = load_vocabulary(forms)
    write_blank_workbook(forms, vocabulary, tmp_path / "blank.xlsx")
    sheets = read_workbook(tmp_path / "blank.xlsx", vocabulary, {}).sheets
    read = {(sheet.name, column.header): column.field for sheet in sheets for column in sheet.known}
    planned = {
        (sheet.name, column.header): column.field.path
        for sheet in plan_blank_workbook(forms, vocabulary)
        for column in sheet.columns
    }
    assert read == planned


def test_each_example_is_read_as_it_stands(blank: Path, vocabulary: Vocabulary) -> None:
    [example] = read_workbook(blank, vocabulary, {}).consignments
    assert example.exporter.name == vocabulary.find("exporter.name").example
    assert example.importer.eori == vocabulary.find("importer.eori").example
    assert example.departure_date.isoformat() == vocabulary.find("departure_date").example
    [line] = example.products
    assert str(line.net_mass.amount) == vocabulary.find("products.net_mass").example
    assert line.lots == (vocabulary.find("products.lots").example,)


def test_nothing_is_made_of_the_example(blank: Path) -> None:
    told = checked(blank)
    assert told["certificates"] == []
    assert [finding["slug"] for finding in told["findings"]] == ["example-row"]


@pytest.mark.parametrize("names", [*([name] for name in load_forms()), *TOGETHER], ids=", ".join)
def test_the_example_under_a_name_of_its_own_is_refused_by_no_rule(names: list[str], tmp_path: Path) -> None:
    """Of each form, and of those that one shipment owes together: the example shows how it is done."""
    forms = [load_forms()[name] for name in names]
    path = tmp_path / "mine.xlsx"
    write_blank_workbook(forms, load_vocabulary(forms), path)
    book = openpyxl.load_workbook(path)
    for cell in [cell for sheet in book for row in sheet.iter_rows(min_row=2) for cell in row]:
        if cell.value == EXAMPLE_REFERENCE:
            cell.value = "MINE-1"
    book.save(path)
    told = checked(path, issue_date=date(2026, 11, 20))
    assert [paper["form"] for paper in told["certificates"]] == names
    assert [finding for finding in told["findings"] if finding["severity"] == "error"] == []


def test_a_form_words_the_example_of_a_shared_field_and_its_hint(tmp_path: Path) -> None:
    form = load_forms()["jas-seal-report"]
    write_blank_workbook([form], load_vocabulary([form]), tmp_path / "seals.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "seals.xlsx")["Shipments"]
    column = headers(tmp_path / "seals.xlsx", "Shipments")["Country of destination *"]
    assert sheet.cell(2, column).value == "Japan"
    assert "Example: Japan" in sheet.cell(1, column).comment.text


def test_whoever_makes_a_worksheet_or_request_is_asked_for_the_issuing_body_too() -> None:
    form = load_forms()["eu-operator-certificate"]
    shipments, *_ = plan_blank_workbook([form], load_vocabulary([form]))
    starred = {column.field.path: column.is_required for column in shipments.columns}
    assert starred["issuing_body.code"] is False  # a profile may know it


def _with_field(vocabulary: Vocabulary, own: Field) -> Vocabulary:
    return replace(vocabulary, fields=(*vocabulary.fields, own))
