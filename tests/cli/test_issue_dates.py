"""Dates of issue that cannot be meant: ahead of the day, long before the goods, before what is replaced."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "samples"
FIRST = "COI.CA-ORG-016.2026.0000001"
AHEAD = "2126-01-01"
DATE_CODES = {"CG405", "CG418", "CG419"}


def told(run) -> list[dict[str, str]]:
    """The findings about the issue date."""
    return [finding for finding in run.record["findings"] if finding["code"] in DATE_CODES]


@pytest.fixture
def issue_cell(sample: Path, cell_of) -> str:
    return cell_of(sample, "Shipments", "Issue date", 2)


@pytest.fixture
def corrected(certgen, sample: Path, edit, cell_of) -> Path:
    """The workbook of an issued certificate, with another importer's street."""
    certgen("fill", sample)
    return edit(
        sample, {cell_of(sample, "Shipments", "Importer address", 2): "1 New Street\nBristol BS1 1AA"}
    )


def in_days(days: int) -> str:
    return (datetime.now(UTC).astimezone().date() + timedelta(days=days)).isoformat()


@pytest.mark.parametrize("command", ["check", "fill"])
def test_a_date_ahead_in_the_workbook_is_told_at_its_cell(
    certgen, sample: Path, edit, cell_of, issue_cell: str, command: str
) -> None:
    departure = cell_of(sample, "Shipments", "Departure date", 2)
    edit(sample, {issue_cell: AHEAD, departure: "2126-01-05"})
    [finding] = told(certgen(command, sample, "--json"))
    assert (finding["code"], finding["severity"]) == ("CG418", "warning")
    assert f"{finding['sheet']}!{finding['cell']}" == issue_cell
    assert AHEAD in finding["message"]
    assert in_days(0) in finding["message"]


@pytest.mark.parametrize("command", ["check", "fill"])
def test_a_date_ahead_on_the_command_line_is_told_at_the_option(certgen, sample: Path, command: str) -> None:
    run = certgen(command, sample, "--issue-date", AHEAD, "--json")
    [finding] = told(run)
    assert (finding["code"], finding["cell"]) == ("CG418", "")
    assert f"{AHEAD} (--issue-date)" in finding["message"]


def test_tomorrow_is_the_day_elsewhere_and_the_day_after_is_ahead(certgen, sample: Path) -> None:
    assert not told(certgen("check", sample, "--issue-date", in_days(1), "--json"))
    assert told(certgen("check", sample, "--issue-date", in_days(3), "--json"))


def test_a_date_long_before_the_goods_is_told(certgen, sample: Path, edit, issue_cell: str) -> None:
    edit(sample, {issue_cell: "2016-01-15"})
    [finding] = told(certgen("check", sample, "--json"))
    assert (finding["code"], f"{finding['sheet']}!{finding['cell']}") == ("CG419", issue_cell)
    assert "2026-01-19" in finding["message"]
    edit(sample, {issue_cell: "2025-01-20"})
    assert not told(certgen("check", sample, "--json"))


def test_a_draft_bears_no_date_and_hears_nothing_of_it(certgen, sample: Path) -> None:
    assert not told(certgen("fill", sample, "--draft", "--issue-date", AHEAD, "--json"))


def test_an_extract_ahead_of_its_day_is_told(certgen, desk: Path) -> None:
    for name in ("certgen.toml", "shipment.xlsx"):
        shutil.copy(SAMPLES / "eu-coi" / name, desk)
    extract = ("register", "extract", "COI.CA.2026.0004711", "shipment.xlsx", "--json")
    assert not told(certgen(*extract))
    assert {finding["code"] for finding in told(certgen(*extract, "--issue-date", AHEAD))} == {"CG418"}


def test_a_successor_ahead_of_its_day_is_told_at_the_option(certgen, corrected: Path) -> None:
    run = certgen(
        "register", "replace", FIRST, corrected, "--why", "misspelt", "--issue-date", AHEAD, "--json"
    )
    assert [finding["code"] for finding in told(run)] == ["CG418"]
    assert "(--issue-date)" in told(run)[0]["message"]


def test_a_successor_is_not_dated_before_what_it_replaces(certgen, corrected: Path) -> None:
    words = ("register", "replace", FIRST, corrected, "--why", "misspelt", "--json")
    run = certgen(*words, "--issue-date", "2026-01-14")
    assert run.exit_code == 7
    [certificate] = run.record["certificates"]
    assert certificate["status"] == "refused"
    assert "--issue-date 2026-01-15 or later" in certificate["reason"]
    assert certgen("register", "show", FIRST, "--json").record["record"]["status"] == "issued"
    assert certgen(*words, "--issue-date", "2026-01-15").exit_code == 0


def test_a_date_before_the_last_of_its_series_is_told_where_it_was_given(
    certgen, season: Path, sample: Path
) -> None:
    certgen("fill", season)
    [by_option] = told(certgen("fill", sample, "--issue-date", "2026-01-10", "--json"))
    assert (by_option["code"], by_option["cell"]) == ("CG405", "")
    assert "2026-01-10 (--issue-date)" in by_option["message"]
