"""Names and reasons longer than a register keeps are refused, on both stores alike and each for itself."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

SERIAL = "COI.CA-ORG-016.2026.0000001"


def rename(season: Path, reference: str) -> None:
    """Put the second consignment of the season under another reference, on both sheets."""
    book = openpyxl.load_workbook(season)
    before = book["Shipments"]["A3"].value
    for sheet in ("Shipments", "Products"):
        for row in book[sheet].iter_rows():
            row[0].value = reference if row[0].value == before else row[0].value
    book.save(season)


@pytest.mark.parametrize("count", [201, 30_000])
def test_a_reference_too_long_refuses_its_consignment_alone(
    certgen, season: Path, url: str, count: int
) -> None:
    rename(season, "x" * count)
    run = certgen("fill", season, "--register", url, "--json")
    assert run.exit_code == 3, run.err
    assert [each["status"] for each in run.record["certificates"]].count("issued") == 39
    [told] = [each for each in run.record["findings"] if each["code"] == "CG422"]
    assert (told["sheet"], told["cell"]) == ("Shipments", "A3")
    assert f"The reference is {count} characters long; a register keeps at most 200" in told["message"]


def test_a_reference_as_long_as_it_may_be_is_not_told(certgen, season: Path) -> None:
    rename(season, "\N{CJK UNIFIED IDEOGRAPH-6F22}" * 200)
    run = certgen("check", season, "--json")
    assert "CG422" not in {each["code"] for each in run.record["findings"]}


def test_letters_that_take_much_room_are_fewer(certgen, season: Path) -> None:
    rename(season, "\N{CUNEIFORM SIGN A}" * 151)
    run = certgen("check", season, "--json")
    assert "CG422" in {each["code"] for each in run.record["findings"]}


def test_a_long_name_is_told_at_its_cell(certgen, sample: Path, edit, cell_of) -> None:
    place = cell_of(sample, "Shipments", "Exporter name", 2)
    edit(sample, {place: "Prairie " * 40})
    [told] = [
        each for each in certgen("check", sample, "--json").record["findings"] if each["code"] == "CG422"
    ]
    assert f"{told['sheet']}!{told['cell']}" == place
    assert "The name of the exporter" in told["message"]


def test_a_reason_longer_than_a_thousand_characters_is_refused(certgen, sample: Path) -> None:
    certgen("fill", sample)
    run = certgen("register", "void", SERIAL, "--why", "x" * 1001)
    assert run.exit_code == 7
    assert "1001 characters" in run.err
    assert certgen("register", "show", SERIAL, "--json").record["record"]["status"] == "issued"
    assert certgen("register", "void", SERIAL, "--why", "x" * 1000).exit_code == 0


def test_the_reason_of_a_contingency_paper_is_no_longer_either(certgen, sample: Path) -> None:
    run = certgen("fill", sample, "--form", "eu-coi", "--variant", "contingency", "--why", "x" * 1001)
    assert run.exit_code == 2
    assert "1001 characters" in run.err
