"""`certgen label check`: claims, seals, words, questions and what is wrong, at its cell."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

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
