"""A form may ask for all earlier certificates of a year, whether of the register or of the same run."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.pipeline.conftest import EXPORTER, SMALL

LARK = "Prairie Lark Organics Ltd."
ASK = ("--templates", SMALL, "--form", "small-seal-report", "--issue-date", "2027-06-01", "--json")
Report = tuple[str, date | None, str, int, int | None]
"""Reference, departure, contract, seals attached, and what the year is said to add up to."""


def workbook(*reports: Report) -> dict[str, Any]:
    """Reports that each take from a stock of their own design."""
    return {
        "Shipments": [
            [
                "Shipment reference",
                "Exporter",
                "Departure date",
                "Seal contract",
                "Seals attached since 1 April",
            ],
            *([name, LARK, left, contract, said] for name, left, contract, _, said in reports),
        ],
        "Products": [
            ["Shipment reference", "Product", "CN code", "Sealed units"],
            *([name, "Maple syrup", "17022010", used] for name, _, _, used, _ in reports),
        ],
        "Seal stock": [
            ["Shipment reference", "Seal design", "Opening stock", "Seals used", "Closing stock"],
            *([name, f"Design {name}", used, used, 0] for name, _, _, used, _ in reports),
        ],
    }


EARLIER: tuple[Report, ...] = (
    ("J-1", date(2026, 3, 31), "C-7", 1, 1),
    ("J-2", date(2026, 4, 1), "C-7", 10, 10),
    ("J-3", date(2026, 12, 8), "C-8", 100, 100),
    ("J-4", date(2027, 3, 31), "C-7", 1000, 1010),
    ("J-5", date(2027, 4, 1), "C-7", 10000, 10000),
)


def sums_told(run: Any) -> list[str]:
    return [each["message"] for each in run.record["findings"] if each["code"] == "SR05"]


@pytest.fixture
def issued(write: Any, certgen: Any, house: Any) -> Any:
    """Five reports, each of which says rightly what its year adds up to."""
    house(EXPORTER)
    return certgen("fill", write(workbook(*EARLIER)), *ASK)


def test_papers_before_it_in_the_run_count_by_year_and_contract(issued: Any) -> None:
    assert [each["status"] for each in issued.record["certificates"]] == ["issued"] * 5
    assert sums_told(issued) == []


@pytest.mark.parametrize(
    ("left", "contract", "adds_up_to"),
    [
        (date(2026, 3, 31), "C-7", 6),
        (date(2026, 4, 1), "C-7", 1015),
        (date(2026, 12, 8), "C-8", 105),
        (date(2027, 3, 31), "c-7", 1015),
        (date(2027, 4, 1), "C-7", 10005),
        (date(2028, 3, 31), "C-7", 10005),
        (date(2028, 4, 1), "C-7", 5),
        (date(2026, 12, 8), "C-9", 5),
        (None, "C-7", 5),
    ],
)
def test_issued_papers_count_by_year_and_contract(
    issued: Any, write: Any, certgen: Any, left: date | None, contract: str, adds_up_to: int
) -> None:
    later = certgen("check", write(workbook(("J-6", left, contract, 5, 0))), *ASK)
    assert sums_told(later) == [f"The reports of the year add up to {adds_up_to}."]
    right = certgen("check", write(workbook(("J-6", left, contract, 5, adds_up_to))), *ASK)
    assert sums_told(right) == []


def test_a_void_paper_counts_no_more(issued: Any, write: Any, certgen: Any, desk: Path) -> None:
    serial = issued.record["certificates"][3]["serial"]
    assert certgen("register", "void", serial, "--why", "never sent").exit_code == 0
    later = certgen("check", write(workbook(("J-6", date(2027, 3, 31), "C-7", 5, 0))), *ASK)
    assert sums_told(later) == ["The reports of the year add up to 15."]


def test_issuing_again_counts_nothing_twice(issued: Any, write: Any, certgen: Any) -> None:
    again = certgen("fill", write(workbook(*EARLIER)), *ASK)
    assert [each["status"] for each in again.record["certificates"]] == ["unchanged"] * 5
    assert sums_told(again) == []
