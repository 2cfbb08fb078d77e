"""`certgen label check`: claims, seals, words, questions and what is wrong, at its cell."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import certgen as certgen_api

LABELS = Path(__file__).parents[2] / "samples" / "label" / "labels.xlsx"


@pytest.fixture
def labels(desk: Path) -> Path:
    return Path(shutil.copy(LABELS, desk))


def label_of(record: dict[str, Any], name: str) -> dict[str, Any]:
    return next(item for item in record["labels"] if item["label"] == name)


def verdicts(label: dict[str, Any]) -> dict[str, str]:
    return {item["claim"]: item["verdict"] for item in label["claims"]}


def test_a_label_without_fault_or_question_is_right(certgen, labels: Path) -> None:
    run = certgen("label", "check", labels, "--json")
    cookies = label_of(run.record, "OAT-COOKIES-US")
    assert cookies["status"] == "right"
    assert cookies["percentages"]["EXCL_WS"] == {"exact": "97200/983", "shown": "98.88… %"}
    assert verdicts(cookies)["organic"] == "may"
    assert verdicts(cookies)["100-organic"] == "may not"


def test_a_wrong_label_is_exit_3_and_names_cell_rule_and_source(certgen, labels: Path) -> None:
    run = certgen("label", "check", labels)
    assert run.exit_code == 3
    assert 'NOP-ORG-01 label-must   Labels!I3  "Claim"  = organic' in run.err
    assert "94.99 %" in run.err
    assert "WSDA Organic Program" in run.err


def test_what_is_wrong_with_the_recipe_stands_at_its_row(certgen, labels: Path) -> None:
    findings = certgen("label", "check", labels, "--json").record["findings"]
    syrup = next(item for item in findings if item["code"] == "NOP-ORG-02")
    assert (syrup["sheet"], syrup["header"], syrup["value"]) == ("Recipe", "Listed in", "none")


def test_an_open_question_is_answered_in_the_workbook(certgen, labels: Path, edit) -> None:
    before = certgen("label", "check", labels, "--json").record
    asked = [item["rule"] for item in label_of(before, "FRUIT-BAR-US")["questions"]]
    assert "NOP-SEAL-01" in asked
    book = openpyxl.load_workbook(labels)
    book["Answers"].append(["FRUIT-BAR-US", "NOP-SEAL-01", "yes"])
    book.save(labels)
    after = certgen("label", "check", labels, "--json").record
    assert "NOP-SEAL-01" not in [item["rule"] for item in label_of(after, "FRUIT-BAR-US")["questions"]]


def test_an_answer_no_is_an_error(certgen, labels: Path) -> None:
    findings = certgen("label", "check", labels, "--json").record["findings"]
    told = [item for item in findings if item["code"] == "NOP-EXP-01"]
    assert [item["severity"] for item in told] == ["error"]


def test_exactly_half_is_a_warning_that_names_both_sources(certgen, labels: Path) -> None:
    findings = certgen("label", "check", labels, "--json").record["findings"]
    half = next(item for item in findings if item["code"] == "NOP-MWO-09")
    assert half["severity"] == "warning"
    assert "WSDA" in half["message"]
    assert "205.304" in half["message"]


def test_what_would_make_it_right_names_the_claims_that_are_left(certgen, labels: Path) -> None:
    bar = label_of(certgen("label", "check", labels, "--json").record, "FRUIT-BAR-US")
    assert bar["status"] == "wrong"
    assert any("made with organic" in remedy and "may" in remedy for remedy in bar["remedies"])


def test_the_marked_copy_marks_the_labels_own_cells(certgen, labels: Path, desk: Path) -> None:
    certgen("label", "check", labels, "--annotate", desk / "marked.xlsx")
    book = openpyxl.load_workbook(desk / "marked.xlsx")
    assert book["Labels"]["I3"].comment is not None
    assert "NOP-ORG-01" in book["Labels"]["I3"].comment.text


def test_a_new_label_workbook_is_read_back_whole(certgen, desk: Path) -> None:
    assert certgen("new", "label").exit_code == 0
    run = certgen("label", "check", desk / "labels.xlsx", "--json")
    assert run.exit_code == 0
    assert [sheet["unknown"] for sheet in run.record["sheets"] if sheet["shape"] != "unused"] == [[], [], []]
    assert [item["slug"] for item in run.record["findings"]] == ["example-row"]


def test_a_recipe_of_no_label_is_told(certgen, labels: Path) -> None:
    book = openpyxl.load_workbook(labels)
    book["Recipe"].append(["NO-SUCH-LABEL", "oats", "3 kg"])
    book.save(labels)
    run = certgen("label", "check", labels, "--json")
    assert "line-without-shipment" in {item["slug"] for item in run.record["findings"]}


def test_another_file_is_refused_in_words(certgen, desk: Path) -> None:
    (desk / "labels.xlsx").write_text("no workbook")
    assert certgen("label", "check", desk / "labels.xlsx").exit_code == 4


def seal_verdicts(label: dict[str, Any]) -> dict[str, str]:
    return {item["seal"]: item["verdict"] for item in label["seals"]}


def test_each_seal_is_tried_on_the_label(certgen, labels: Path) -> None:
    record = certgen("label", "check", labels, "--json").record
    assert seal_verdicts(label_of(record, "OAT-COOKIES-US"))["usda"] == "may"
    assert seal_verdicts(label_of(record, "FRUIT-BAR-US")) == {"usda": "may not", "wsda": "must not"}
    assert seal_verdicts(label_of(record, "GRANOLA-CA"))["usda"] == "must not"
    assert seal_verdicts(label_of(record, "HONEY-BAR-JP"))["jas"] == "must not"
    assert seal_verdicts(label_of(record, "FLAX-CRACKERS-GB"))["cor"] == "in doubt"


def test_a_seal_goes_with_its_claim(certgen, labels: Path, edit, cell_of) -> None:
    edit(labels, {cell_of(labels, "Recipe", "Organic", 2): "no"})
    cookies = label_of(certgen("label", "check", labels, "--json").record, "OAT-COOKIES-US")
    assert verdicts(cookies)["organic"] == "may not"
    assert seal_verdicts(cookies)["usda"] == "may not"


def test_a_seal_of_which_no_rule_speaks_is_not_known(certgen, labels: Path, edit, cell_of) -> None:
    edit(labels, {cell_of(labels, "Labels", "Seals", 2): "USDA; IBD"})
    cookies = label_of(certgen("label", "check", labels, "--json").record, "OAT-COOKIES-US")
    assert seal_verdicts(cookies)["ibd"] == "not known"


def test_a_claim_of_which_no_rule_speaks_is_not_known_and_asked_about(
    certgen, labels: Path, edit, cell_of
) -> None:
    edit(labels, {cell_of(labels, "Labels", "Claim", 2): "in conversion"})
    record = certgen("label", "check", labels, "--json").record
    cookies = label_of(record, "OAT-COOKIES-US")
    assert verdicts(cookies)["conversion"] == "not known"
    assert any("ask the certifier" in item["question"] for item in cookies["questions"])
    assert ("CG495", "warning") in {(item["code"], item["severity"]) for item in record["findings"]}


def test_a_recipe_in_percent_is_read_from_texts_and_from_cells_that_show_percent(
    certgen, labels: Path
) -> None:
    book = openpyxl.load_workbook(labels)
    rows = book["Recipe"]
    rows.delete_rows(2, rows.max_row)
    rows.append(["FRUIT-BAR-US", "dates", "94,99 %", "yes"])
    rows.append(["FRUIT-BAR-US", "rice", 0.0501, "no"])
    rows.cell(3, 3).number_format = "0.00%"
    book.save(labels)
    bar = label_of(certgen("label", "check", labels, "--json").record, "FRUIT-BAR-US")
    assert bar["percentages"]["EXCL_WS"] == {"exact": "9499/100", "shown": "94.99 %"}


def test_a_label_that_says_no_claim_is_told(certgen, labels: Path, edit, cell_of) -> None:
    edit(labels, {cell_of(labels, "Labels", "Claim", 2): None})
    findings = certgen("label", "check", labels, "--json").record["findings"]
    assert [item["consignment"] for item in findings if item["code"] == "CG496"] == ["OAT-COOKIES-US"]


def test_a_label_whose_standard_is_not_understood_is_not_right(certgen, labels: Path, edit, cell_of) -> None:
    edit(labels, {cell_of(labels, "Labels", "Standard", 2): "super organic"})
    record = certgen("label", "check", labels, "--json").record
    assert label_of(record, "OAT-COOKIES-US")["status"] == "wrong"


def test_a_label_for_which_no_rules_are_known_is_not_right(certgen, labels: Path, edit, cell_of) -> None:
    unsaid = ("Standard", "Market", "Certifier", "Claim")
    edit(labels, {cell_of(labels, "Labels", header, 2): None for header in unsaid})
    cookies = label_of(certgen("label", "check", labels, "--json").record, "OAT-COOKIES-US")
    assert (cookies["standards"], cookies["questions"]) == ([], [])
    assert cookies["status"] == "open"


def test_where_additives_decide_the_claim_is_in_doubt_and_warned_of(
    certgen, labels: Path, edit, cell_of
) -> None:
    edit(
        labels,
        {
            cell_of(labels, "Recipe", "Kind", 6): "additive",
            cell_of(labels, "Recipe", "Amount", 6): "8 kg",
        },
    )
    record = certgen("label", "check", labels, "--json").record
    cookies = label_of(record, "OAT-COOKIES-US")
    assert cookies["percentages"]["EXCL_WS"]["exact"] == "100"
    assert verdicts(cookies)["organic"] == "in doubt"
    assert seal_verdicts(cookies)["usda"] == "in doubt"
    told = [item for item in record["findings"] if item["consignment"] == "OAT-COOKIES-US"]
    assert ("NOP-ORG-01", "warning") in {(item["code"], item["severity"]) for item in told}


def test_a_claim_that_the_market_adds_is_offered_beside_those_of_the_standard(certgen, labels: Path) -> None:
    granola = label_of(certgen("label", "check", labels, "--json").record, "GRANOLA-CA")
    assert verdicts(granola)["made-with-organic"] == "may not"
    assert verdicts(granola)["organic-ingredients"] == "may"


def test_people_say_organic_and_percent_in_their_own_words(certgen, labels: Path, edit, cell_of) -> None:
    edit(labels, {cell_of(labels, "Recipe", "Organic", 2): "certified organic"})
    before = label_of(certgen("label", "check", labels, "--json").record, "OAT-COOKIES-US")
    assert before["status"] == "right"
    edit(labels, {cell_of(labels, "Recipe", "Organic", 2): "conventional"})
    after = label_of(certgen("label", "check", labels, "--json").record, "OAT-COOKIES-US")
    assert verdicts(after)["organic"] == "may not"


def test_a_market_binds_beside_the_products_own_standard(certgen, labels: Path) -> None:
    record = certgen("label", "check", labels, "--json").record
    bound = [item["id"] for item in label_of(record, "GRANOLA-CA")["standards"]]
    assert bound[0].startswith("nop")
    assert len(bound) == 2


def test_exactly_95_where_sources_differ_is_a_warning_and_no_error(certgen, labels: Path) -> None:
    record = certgen("label", "check", labels, "--json").record
    crackers = [item for item in record["findings"] if item["consignment"] == "FLAX-CRACKERS-GB"]
    assert {item["code"] for item in crackers if item["severity"] == "warning"} == {"COR-UK-01", "COR-UK-02"}
    assert not [item for item in crackers if item["severity"] == "error"]


def test_the_certifier_chooses_the_publisher_of_the_rules(certgen, labels: Path, edit, cell_of) -> None:
    edit(labels, {cell_of(labels, "Labels", "Certifier", 2): "CCPB srl"})
    cookies = label_of(certgen("label", "check", labels, "--json").record, "OAT-COOKIES-US")
    assert [item["id"] for item in cookies["standards"]] == ["nop-ccpb"]


def test_the_rules_of_a_day_are_asked_for(certgen, labels: Path) -> None:
    assert certgen("label", "check", labels, "--day", "2026-11-20", "--json").exit_code == 3


def test_labels_and_shipments_may_share_a_workbook(certgen, desk: Path) -> None:
    assert certgen("new", "gb-coi", "label", "-o", "both.xlsx").exit_code == 0
    assert openpyxl.load_workbook(desk / "both.xlsx").sheetnames[-3:] == ["Labels", "Recipe", "Answers"]
    of_labels = certgen("label", "check", "both.xlsx", "--json").record
    of_shipments = certgen("check", "both.xlsx", "--form", "gb-coi", "--json").record
    shapes = {item["name"]: item["shape"] for item in of_shipments["sheets"]}
    assert [item["slug"] for item in of_labels["findings"]] == ["example-row"]
    assert [item["slug"] for item in of_shipments["findings"]] == ["example-row"]
    assert shapes["Shipments"] == "shipments"
    assert {shapes[name] for name in ("Labels", "Recipe", "Answers")} == {"unused"}


def test_no_row_of_labels_becomes_a_line_of_a_certificate(certgen, sample: Path) -> None:
    book, labels = openpyxl.load_workbook(sample), openpyxl.load_workbook(LABELS)
    for name in labels.sheetnames:
        sheet = book.create_sheet(name)
        for row in labels[name].iter_rows(values_only=True):
            sheet.append(row)
    before = certgen("check", sample, "--form", "gb-coi", "--json").record
    book.save(sample)
    after = certgen("check", sample, "--form", "gb-coi", "--json").record
    assert after["certificates"] == before["certificates"]
    assert after["findings"] == before["findings"]
    assert label_of(certgen("label", "check", sample, "--json").record, "OAT-COOKIES-US")["status"] == "right"


def test_labels_of_the_shipments_are_printed_where_no_row_is_of_a_container(certgen, sample: Path) -> None:
    book, labels = openpyxl.load_workbook(sample), openpyxl.load_workbook(LABELS)
    for name in labels.sheetnames:
        sheet = book.create_sheet(name)
        for row in labels[name].iter_rows(values_only=True):
            sheet.append(row)
    book.save(sample)
    printed = certgen("label", "print", sample, "--status", "organic", "--json").record["labels"]
    assert printed
    assert all(item["lot"] for item in printed)


def test_the_sample_answer_is_what_comes_out(certgen, labels: Path) -> None:
    answer = (LABELS.parent / "out" / "answer.txt").read_text(encoding="utf-8")
    assert certgen("label", "check", labels, "--day", "2026-11-20").out == answer


def test_programs_get_what_the_command_line_prints(certgen, labels: Path) -> None:
    printed = certgen("label", "check", labels, "--day", "2026-11-20", "--json").record
    assert certgen_api.check_labels(labels, day=date(2026, 11, 20)) == printed


def test_a_workbook_of_shipments_holds_no_labels(certgen, sample: Path) -> None:
    run = certgen("label", "check", sample)
    assert run.exit_code == 4
    assert "certgen new label" in run.err


def test_a_label_without_a_market_is_told_that_its_rules_were_not_looked_at(
    certgen, labels: Path, edit, cell_of
) -> None:
    edit(labels, {cell_of(labels, "Labels", "Market", 2): None})
    findings = certgen("label", "check", labels, "--json").record["findings"]
    told = [item for item in findings if item["slug"] == "label-market-missing"]
    assert [(item["consignment"], item["severity"]) for item in told] == [("OAT-COOKIES-US", "warning")]
