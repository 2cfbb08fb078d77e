"""A house adds arrangements of its own, as docs/arrangement-authors.md says."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from guide import Command, follow, read_steps

DOCS = Path(__file__).parents[2] / "docs"
HOUSE = Path("my-house") / "arrangements"


@pytest.fixture
def house(desk: Path, certgen) -> Path:
    """The folder that the page tells to make, made by following it; its commands print what it says."""

    def run(command: Command) -> None:
        assert command.words[0] == "certgen"
        assert command.is_as_said(certgen(*command.words[1:]).out)

    follow(read_steps((DOCS / "arrangement-authors.md").read_text(encoding="utf-8")), desk, run)
    return desk / HOUSE


@pytest.fixture
def to(sample: Path, edit, cell_of) -> Callable[[str], Path]:
    def send(country: str) -> Path:
        edit(sample, {cell_of(sample, "Shipments", "Country of destination", 2): country})
        book = openpyxl.load_workbook(sample)
        column = next(cell.column for cell in book["Shipments"][1] if cell.value == "Form")
        book["Shipments"].delete_cols(column)
        book.save(sample)
        return sample

    return send


def test_route_judges_by_them_and_says_whose_they_are(house: Path, certgen, to) -> None:
    [answer] = certgen("route", to("Israel"), "--templates", "my-house", "--json").record["consignments"]
    [entry] = answer["arrangements"]
    assert entry["id"] == "canada-israel"
    assert Path(entry["house"]).name == "canada-israel.toml"
    assert [paper["id"] for paper in answer["papers"]] == ["HOUSE-IL-ANALYSIS"]
    told = certgen("route", "shipment.xlsx", "--templates", "my-house").out
    assert "Canada to Israel, as our house has it (requirement, of your house: " in told
    assert "canada-israel.toml)" in " ".join(told.split())


def test_check_and_fill_tell_what_they_owe(house: Path, certgen, to) -> None:
    to("Israel")
    for command in ("check", "fill"):
        run = certgen(command, "shipment.xlsx", "--templates", "my-house", "--json")
        assert [owed["id"] for owed in run.record["owed_elsewhere"]] == ["HOUSE-IL-ANALYSIS"]


def test_without_the_folder_nothing_of_them_is_known(house: Path, certgen, to) -> None:
    [answer] = certgen("route", to("Israel"), "--json").record["consignments"]
    assert [entry["id"] for entry in answer["arrangements"]] == ["elsewhere"]


def test_one_of_a_house_takes_the_place_of_a_shipped_one(house: Path, certgen, to) -> None:
    path = to("Great Britain")
    book = openpyxl.load_workbook(path)
    column = {cell.value: cell.column for cell in book["Shipments"][1]}["Country of export"]
    book["Shipments"].cell(2, column).value = "Germany"
    book.save(path)
    [answer] = certgen("route", path, "--templates", "my-house", "--json").record["consignments"]
    assert [entry["id"] for entry in answer["arrangements"]] == ["house-european-union-great-britain"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('to = ["IL"]', 'to = ["ILL"]', "canada-israel.toml: to: 'ILL' is no code of a country"),
        ('id = "canada-israel"', 'id = "elsewhere"', "the id 'elsewhere' stands there 2 times"),
        ("item.lots", "item.lotts", "HOUSE-IL-LOT"),
        (
            "valid_from = 2026-01-01",
            "valid_from = 2026-01-01\nvalid_until = 2025-12-31",
            "is before valid_from",
        ),
        (
            "Our clients",
            "\\u001b[31mOur clients",
            "canada-israel.toml: a text holds the control character U+001B",
        ),
        (
            'to = ["IL"]',
            'to = ["IL"]\nreplaces = ["elsewere"]',
            "replaces: there is no shipped arrangement 'elsewere' (did you mean 'elsewhere'",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_file(
    house: Path, certgen, sample: Path, old: str, new: str, told: str
) -> None:
    path = house / "canada-israel.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    run = certgen("route", sample, "--templates", "my-house")
    assert run.exit_code == 5
    assert told in run.err


def test_facts_a_link_and_another_file_are_refused(house: Path, certgen, sample: Path) -> None:
    (house / "facts.toml").write_text("format = 1\nfact = []\n", encoding="utf-8")
    assert "a house has no facts of its own" in certgen("route", sample, "--templates", "my-house").err
    (house / "facts.toml").unlink()
    (house / "notes.txt").write_text("a note", encoding="utf-8")
    assert "notes.txt: is no arrangement" in certgen("route", sample, "--templates", "my-house").err
    (house / "notes.txt").unlink()
    (house / "linked.toml").symlink_to(house / "canada-israel.toml")
    assert "linked.toml: is a link" in certgen("route", sample, "--templates", "my-house").err


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('told = ["HOUSE-IL-LOT"]\n', "", "case 'Canada to Israel: without a lot': told: it says []"),
        ('line = { lots = ["L-1"] }\n', 'line = { lots = ["L-1"] }\nday = 2025-12-31\n', "applied: it says"),
    ],
)
def test_a_case_that_comes_out_otherwise_is_told(house: Path, certgen, old: str, new: str, told: str) -> None:
    path = house / "cases" / "own.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    run = certgen("form", "check", HOUSE)
    assert run.exit_code == 5
    assert told in run.err


def test_what_no_case_tries_is_told(house: Path, certgen) -> None:
    shutil.rmtree(house / "cases")
    told = certgen("form", "check", HOUSE).err
    assert "no case in which canada-israel applies" in told
    assert "no case that breaks HOUSE-IL-LOT" in told
    assert "no case that keeps HOUSE-IL-LOT" in told
    assert "no case in which HOUSE-IL-ANALYSIS is owed" in told
