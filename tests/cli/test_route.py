"""`certgen route`: which papers a shipment owes, from whom, by when and why."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from certgen import api

SAMPLES = Path(__file__).parents[2] / "samples"


def test_a_shipment_to_great_britain_owes_its_certificate_of_inspection(certgen, sample: Path) -> None:
    run = certgen("route", sample)
    assert run.exit_code == 0
    assert "Canada to Great Britain, leaving" in run.out
    assert "Certificate of Inspection (GB CoI) (certgen makes it, form gb-coi)" in run.out
    assert "CFIA UKCOEA overview" in run.out


def test_the_json_names_arrangement_papers_and_lines(certgen, sample: Path) -> None:
    [answer] = certgen("route", sample, "--json").record["consignments"]
    assert [entry["id"] for entry in answer["arrangements"]] == ["canada-great-britain", "to-great-britain"]
    assert [(paper["form"], paper["travels_with_goods"]) for paper in answer["papers"]] == [("gb-coi", True)]
    assert answer["verdict"] == "within"
    assert [line["standing"] for line in answer["lines"]] == ["within"] * 4


def test_a_field_the_owed_paper_needs_is_named_at_its_empty_cell(
    certgen, sample: Path, edit, cell_of
) -> None:
    place = cell_of(sample, "Shipments", "Importer EORI", 2)
    edit(sample, {place: None})
    [answer] = certgen("route", sample, "--json").record["consignments"]
    assert [f"{item['sheet']}!{item['cell']}" for item in answer["missing"]] == [place]
    assert place in certgen("route", sample).out


def without_forms(path: Path) -> None:
    """The workbook without its column Form."""
    book = openpyxl.load_workbook(path)
    column = next(cell.column for cell in book["Shipments"][1] if cell.value == "Form")
    book["Shipments"].delete_cols(column)
    book.save(path)


def test_fill_makes_what_is_owed_where_no_form_is_named(certgen, sample: Path) -> None:
    without_forms(sample)
    [certificate] = certgen("fill", sample, "--json").record["certificates"]
    assert (certificate["form"], certificate["status"]) == ("gb-coi", "issued")


@pytest.fixture
def to(sample: Path, edit, cell_of) -> Callable[[str], Path]:
    """The sample without Form column, for another destination."""

    def send(country: str) -> Path:
        edit(sample, {cell_of(sample, "Shipments", "Country of destination", 2): country})
        without_forms(sample)
        return sample

    return send


def test_what_certgen_has_no_form_for_is_owed_elsewhere(certgen, to) -> None:
    run = certgen("check", to("Switzerland"))
    assert run.exit_code == 0
    assert "elsewhere" in run.out
    assert "in TRACES, which Switzerland uses too" in run.out
    [owed] = certgen("check", "shipment.xlsx", "--json").record["owed_elsewhere"]
    assert (owed["id"], owed["form"]) == ("CA-CH-COI", "")


def test_where_nothing_is_known_nothing_is_made(certgen, to) -> None:
    run = certgen("fill", to("Taiwan"))
    assert run.exit_code == 3
    assert "CG401 form-not-named" in run.err
    assert "Ask the control body" in run.err


def test_goods_out_of_scope_are_refused_at_their_cells(certgen, to) -> None:
    run = certgen("check", to("South Korea"), "--json")
    found = [item for item in run.record["findings"] if item["slug"] == "not-processed"]
    assert run.exit_code == 3
    assert found
    assert {(item["severity"], item["sheet"], item["header"]) for item in found} == {
        ("error", "Products", "Processing")
    }
    assert all(item["cites"] and item["fix"] for item in found)


def test_what_the_form_tells_of_a_field_the_arrangement_does_not_repeat(
    certgen, sample: Path, edit, cell_of
) -> None:
    edit(sample, {cell_of(sample, "Products", "Country of production", 2): "Mexico"})
    findings = certgen("check", sample, "--json").record["findings"]
    told = [item["code"] for item in findings if item["field"] == "products.0.country_of_production"]
    assert told == ["GB1310"]


def test_the_end_of_a_recognition_is_told_before_it_comes(certgen, desk: Path) -> None:
    shutil.copy(SAMPLES / "eu-coi" / "shipment.xlsx", desk)
    findings = certgen("check", "shipment.xlsx", "--json").record["findings"]
    told = [item for item in findings if item["slug"] == "arrangement-ends"]
    assert {item["severity"] for item in told} == {"warning"}
    assert "31 December 2026" in told[0]["message"]


def test_a_prolonged_recognition_in_the_profile_moves_its_end(certgen, desk: Path) -> None:
    shutil.copy(SAMPLES / "eu-coi" / "shipment.xlsx", desk)
    (desk / "certgen.toml").write_text(
        'format = 1\n[form."eu-coi".settings]\nequivalence_until = 2036-12-31\n', "utf-8"
    )
    answers = certgen("route", "shipment.xlsx", "--json").record["consignments"]
    assert {entry["valid_until"] for answer in answers for entry in answer["arrangements"]} == {
        "2036-12-31",
        "",
    }
    assert not any(answer["ending"] for answer in answers)


def test_without_a_destination_the_answer_is_what_to_fill_in(certgen, to) -> None:
    run = certgen("route", to(""))
    assert "NOT KNOWN (4 lines). What is owed is not known here." in run.out
    assert "Fill in the country of destination" in run.out


def test_a_country_that_could_not_be_read_is_told_with_its_cell(certgen, to) -> None:
    run = certgen("route", to("Atlantis"))
    assert "(country of destination not known)" in run.out
    assert '"Atlantis" is no country that is known.' in run.out
    assert "Fill in the country of destination" not in run.out
    [answer] = certgen("route", "shipment.xlsx", "--json").record["consignments"]
    assert [item["value"] for item in answer["unread"]] == ["Atlantis"]
    assert [line["standing"] for line in answer["lines"]] == ["not known"] * 4


def test_a_rule_that_many_lines_break_is_told_once(certgen, to) -> None:
    run = certgen("route", to("South Korea"))
    assert run.out.count("raw products") + run.out.count("is no processed food") == 1
    assert "Likewise line" in run.out


def test_several_consignments_are_first_told_in_one_line_each(certgen, desk: Path) -> None:
    shutil.copy(SAMPLES / "route" / "shipments.xlsx", desk)
    lines = certgen("route", "shipments.xlsx").out.splitlines()
    assert lines[0] == "PARTLY OUT    PW-2026-101  Canada to Great Britain, leaving 8 December 2026"
    assert lines[6] == "OUT           SN-2026-007  Mexico to Japan, leaving 14 December 2026"


def test_the_python_api_answers_as_the_command_does(certgen, sample: Path) -> None:
    assert api.route(sample) == certgen("route", sample, "--json").record


def test_the_sample_is_answered_as_its_file_says(certgen, desk: Path) -> None:
    shutil.copy(SAMPLES / "route" / "shipments.xlsx", desk)
    run = certgen("route", "shipments.xlsx")
    assert run.out == (SAMPLES / "route" / "answer.txt").read_text(encoding="utf-8")
    assert run.exit_code == 0


def test_papers_owed_together_know_of_each_other(certgen, desk: Path) -> None:
    shutil.copy(SAMPLES / "japan-export-request" / "shipments.xlsx", desk)
    without_forms(desk / "shipments.xlsx")
    record = certgen("check", "shipments.xlsx", "--json").record
    assert "seal-report-missing" not in {item["slug"] for item in record["findings"]}
    assert {item["form"] for item in record["certificates"]} == {"japan-export-request", "jas-seal-report"}


def test_a_shipment_without_goods_is_not_within(certgen, sample: Path) -> None:
    book = openpyxl.load_workbook(sample)
    book["Products"].delete_rows(2, book["Products"].max_row)
    book.save(sample)
    run = certgen("route", sample)
    assert "TO BE ASKED (0 lines)" in run.out
    assert "No goods are read for this shipment" in run.out


def test_goods_that_need_no_paper_are_told_and_not_refused(certgen, desk: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Shipments"
    book.active.append(["Shipment reference", "Country of export", "Country of destination"])
    book.active.append(["H-1", "United States", "Japan"])
    products = book.create_sheet("Products")
    products.append(["Shipment reference", "Trade name", "CN code", "Net weight", "Country of production"])
    products.append(["H-1", "Organic clover honey", "04090000", "500 kg", "United States"])
    book.save(desk / "honey.xlsx")
    run = certgen("fill", "honey.xlsx", "--json")
    assert run.exit_code == 0
    found = {item["code"]: item for item in run.record["findings"]}
    assert (found["US-JP-HONEY"]["severity"], found["CG413"]["severity"]) == ("warning", "note")
    assert (found["US-JP-HONEY"]["sheet"], found["US-JP-HONEY"]["header"]) == ("Products", "Trade name")
    assert "OUT (1 line: 1 out). No paper is owed." in certgen("route", "honey.xlsx").out
    asked = certgen("fill", "honey.xlsx", "--form", "japan-export-request", "--json")
    assert asked.exit_code == 3


def test_a_field_that_many_lines_lack_is_named_once(certgen, sample: Path) -> None:
    book = openpyxl.load_workbook(sample)
    column = next(cell.column for cell in book["Products"][1] if cell.value == "Trade name")
    for row in range(2, 6):
        book["Products"].cell(row, column).value = None
    book.save(sample)
    told = " ".join(certgen("route", sample).out.split())
    assert told.count("“Trade name”") == 1
    assert "“Trade name” (box 13, 4 times)" in told
    assert "and 1 more: Fill in" in told
