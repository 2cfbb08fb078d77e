"""`certgen label print`: labels for containers from the workbook of the certificate."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pdfplumber
import pytest

SHIPMENT = Path(__file__).parents[2] / "samples" / "shipment.xlsx"


@pytest.fixture
def shipment(desk: Path):
    """The sample shipment with columns added to its lines: header and a value for each."""

    def make(**columns: list[Any]) -> Path:
        book = openpyxl.load_workbook(SHIPMENT)
        sheet = book["Products"]
        for header, values in columns.items():
            place = sheet.max_column + 1
            for row, value in enumerate([header.replace("_", " "), *values], 1):
                sheet.cell(row, place, value)
        path = desk / "shipment.xlsx"
        book.save(path)
        return path

    return make


def text_of(path: Path) -> str:
    with pdfplumber.open(BytesIO(path.read_bytes())) as pdf:
        return "\n".join(page.extract_text() or "" for page in pdf.pages)


def test_each_lot_of_the_certificate_gets_its_label(certgen, shipment, desk: Path) -> None:
    run = certgen("label", "print", shipment(Label_status=["organic"] * 4), "--json")
    assert run.exit_code == 0
    lots = ["PL25-0091", "PL25-0094", "PL25-0095", "PL25-0102", "PL25-0103"]
    assert [item["lot"] for item in run.record["labels"]] == lots
    printed = text_of(desk / "labels.pdf")
    assert all(f"Lot {lot}" in printed for lot in lots)
    assert "Certified organic by Pro-Cert" in printed


def test_a_line_without_an_organic_status_is_refused_at_its_cell(certgen, shipment) -> None:
    run = certgen("label", "print", shipment(Label_status=["organic", None, "organic", "organic"]))
    assert run.exit_code == 3
    assert "CG482 label-status-missing   Products!N3" in run.err
    assert "PL25-0094" not in run.out
    assert "PL25-0091" in run.out


def test_the_status_may_be_said_once_for_all_lines(certgen, desk: Path) -> None:
    path = shutil.copy(SHIPMENT, desk)
    assert certgen("label", "print", path, "--status", "100% organic").exit_code == 0
    assert text_of(desk / "labels.pdf").count("100% organic") == 5


def test_goods_for_export_only_say_so(certgen, shipment, desk: Path) -> None:
    path = shipment(Label_status=["organic"] * 4, For_export_only=["yes", "no", None, "yes"])
    run = certgen("label", "print", path, "--json")
    marked = {item["lot"] for item in run.record["labels"] if item["notice"] == "For Export Only"}
    assert marked == {"PL25-0091", "PL25-0103"}
    assert text_of(desk / "labels.pdf").count("For Export Only") == 2


def test_a_line_whose_printed_cell_was_not_understood_gets_no_label(certgen, shipment, desk: Path) -> None:
    path = shipment(Label_status=["organic"] * 4, For_export_only=["For Export Only", "perhaps", "yes", "no"])
    run = certgen("label", "print", path, "--json")
    assert run.exit_code == 3
    assert [item["lot"] for item in run.record["labels"]] == ["PL25-0102", "PL25-0103"]
    printed = text_of(desk / "labels.pdf")
    assert "PL25-0091" not in printed
    assert "PL25-0094" not in printed


def test_a_fault_in_a_cell_that_no_label_prints_keeps_no_label_back(certgen, shipment) -> None:
    path = shipment(Label_status=["organic"] * 4, Packed_in=["Atlantis"] * 4)
    run = certgen("label", "print", path, "--json")
    assert run.exit_code == 3
    assert len(run.record["labels"]) == 5


def test_one_label_for_each_package_counts_them(certgen, desk: Path) -> None:
    path = shutil.copy(SHIPMENT, desk)
    run = certgen("label", "print", path, "--status", "organic", "--per-package", "--stock", "single-100x50")
    assert run.exit_code == 3
    assert "CG484 label-packages-of-lots" in run.err
    printed = text_of(desk / "labels.pdf")
    assert printed.count("Package 80 of 80") == printed.count("Package 320 of 320") == 1
    assert "PL25-0094" not in printed


def test_the_same_command_again_leaves_the_file_and_another_is_refused(certgen, desk: Path) -> None:
    path = shutil.copy(SHIPMENT, desk)
    assert certgen("label", "print", path, "--status", "organic").exit_code == 0
    before = (desk / "labels.pdf").read_bytes()
    assert certgen("label", "print", path, "--status", "organic").exit_code == 0
    other = certgen("label", "print", path, "--status", "organic", "--copies", "2")
    assert other.exit_code == 9
    assert "a different file is there already" in other.err
    assert (desk / "labels.pdf").read_bytes() == before


def test_an_unknown_sheet_is_told_with_the_nearest(certgen, desk: Path) -> None:
    run = certgen("label", "print", shutil.copy(SHIPMENT, desk), "--stock", "a4-9")
    assert run.exit_code == 2
    assert "did you mean" in run.err


def test_more_labels_than_anybody_means_are_refused(certgen, desk: Path) -> None:
    run = certgen("label", "print", shutil.copy(SHIPMENT, desk), "--status", "organic", "--copies", "5000")
    assert run.exit_code == 2
    assert not (desk / "labels.pdf").exists()


@pytest.fixture
def labels(desk: Path):
    """A label workbook with one row for a container; what is given replaces or empties a cell."""

    def make(**cells: str) -> Path:
        row = {
            "Label": "PALLET-1",
            "Product name": "Organic rolled oats",
            "Market": "Canada",
            "Kind of label": "non-retail",
            "Claim": "organic",
            "Organic status shown": "ORG",
            "Lot on the container": "OAT-77",
            "Last certified handler in the records": "Harbour Mill Bakery, 12 Dock St, Seattle WA",
            "Certifier": "WSDA",
            "Mark on the shipping container": "For Export Only",
        }
        row |= {name.replace("_", " "): value for name, value in cells.items()}
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "Labels"
        sheet.append(list(row))
        sheet.append(list(row.values()))
        path = desk / "labels.xlsx"
        book.save(path)
        return path

    return make


@pytest.mark.parametrize(
    ("written", "notices"),
    [
        ("", ["For Export Only"]),
        ("for export only", ["For Export Only"]),
        ("Keep dry", ["For Export Only\nKeep dry"]),
    ],
)
def test_goods_that_do_not_meet_the_home_rules_are_marked_in_the_words_prescribed(
    certgen, labels, written: str, notices: list[str]
) -> None:
    book = labels(Mark_on_the_shipping_container=written, Meets_the_home_rules="no")
    printed = certgen("label", "print", book, "--json").record["labels"]
    assert [item["notice"] for item in printed] == notices


def test_a_container_of_a_label_workbook_gets_what_its_row_says(certgen, labels, desk: Path) -> None:
    run = certgen("label", "print", labels(), "--json")
    assert (run.exit_code, [item["lot"] for item in run.record["labels"]]) == (0, ["OAT-77"])
    printed = " ".join(text_of(desk / "labels.pdf").split())
    for words in (
        "Organic rolled oats",
        "ORG",
        "Lot OAT-77",
        "Last handled by Harbour Mill",
        "For Export Only",
    ):
        assert words in printed
    assert "Certified organic by WSDA" in printed


@pytest.mark.parametrize(
    ("header", "code"),
    [("Lot_on_the_container", "CG480"), ("Organic_status_shown", "CG482"), ("Product_name", "CG481")],
)
def test_what_a_container_must_say_is_missed_in_a_label_workbook(
    certgen, labels, header: str, code: str
) -> None:
    run = certgen("label", "print", labels(**{header: ""}))
    assert run.exit_code == 3
    assert code in run.err


def test_a_container_whose_home_rules_are_not_understood_gets_no_label(certgen, labels, desk: Path) -> None:
    run = certgen("label", "print", labels(Meets_the_home_rules="perhaps"))
    assert run.exit_code == 3
    assert "CG241" in run.err
    assert not (desk / "labels.pdf").exists()


def test_the_label_of_a_retail_package_is_not_printed_and_told(certgen, labels, desk: Path) -> None:
    run = certgen("label", "print", labels(Kind_of_label="retail", Lot_on_the_container=""))
    assert run.exit_code == 0
    assert "CG488" in run.err
    assert not (desk / "labels.pdf").exists()
