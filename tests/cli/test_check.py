"""`certgen check`: every mistake at its cell, nothing written."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest


def everything_below(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("command", ["check", "route"])
def test_a_map_of_a_header_that_no_sheet_has_is_told_with_the_nearest_header(
    certgen, sample: Path, command: str
) -> None:
    run = certgen(command, sample, "--map", "Lot nubmer=Lot number", "--json")
    [told] = [finding for finding in run.record["findings"] if finding["slug"] == "map-not-used"]
    assert told["severity"] == "warning"
    assert (
        told["message"] == "No sheet that was read has a header \"Lot nubmer\" (did you mean 'Lot number'?)."
    )
    assert f"{sample.name}.map.toml" in told["fix"]


def test_a_map_that_one_of_two_workbooks_needs_is_no_mistake(certgen, sample: Path, desk: Path) -> None:
    other = desk / "other.csv"
    other.write_text("Reference,Exporter name,CN code,Zeichen 7\nR1,Acme,12040090,L1\n", encoding="utf-8")
    run = certgen("check", sample, other, "--map", "zeichen 7=Lot number", "--json")
    assert "map-not-used" not in [finding["slug"] for finding in run.record["findings"]]


def test_a_clean_workbook_is_exit_0(certgen, sample: Path) -> None:
    run = certgen("check", sample)
    assert run.exit_code == 0
    assert "1 without error" in run.out


def test_check_writes_nothing(certgen, sample: Path, desk: Path) -> None:
    before = everything_below(desk.parent)
    certgen("check", sample)
    assert everything_below(desk.parent) == before


def test_check_after_fill_writes_nothing_either(certgen, sample: Path, desk: Path) -> None:
    certgen("fill", sample)
    before = everything_below(desk.parent)
    assert certgen("check", sample).exit_code == 0
    assert everything_below(desk.parent) == before


def test_check_refuses_what_fill_would_refuse_for_what_was_issued(
    certgen, sample: Path, edit, cell_of
) -> None:
    certgen("fill", sample)
    edit(sample, {cell_of(sample, "Products", "Net weight", 2): 1})
    checked, filled = certgen("check", sample, "--json"), certgen("fill", sample, "--json")
    assert checked.exit_code == filled.exit_code == 7
    assert checked.record["certificates"] == filled.record["certificates"]
    assert "1 refused" in certgen("check", sample).out


def test_check_names_the_certificate_that_a_consignment_has(certgen, sample: Path) -> None:
    [new] = certgen("check", sample, "--json").record["certificates"]
    certgen("fill", sample)
    [known] = certgen("check", sample, "--json").record["certificates"]
    assert (new["status"], new["serial"], new["reason"]) == ("checked", "", "")
    assert known["status"] == "checked"
    assert (known["serial"], known["reason"]) == ("COI.CA-ORG-016.2026.0000001", "issued already")


def test_check_warns_of_a_date_before_the_last_of_the_series(certgen, season: Path, sample: Path) -> None:
    certgen("fill", season)
    asked = (sample, "--issue-date", "2026-01-10", "--json")
    codes = [{item["code"] for item in certgen("check", *asked).record["findings"]}]
    codes += [{item["code"] for item in certgen("fill", *asked).record["findings"]}]
    assert codes[0] == codes[1] >= {"CG405"}


def test_an_error_names_cell_header_value_box_and_what_to_do(certgen, sample: Path, edit, cell_of) -> None:
    place = cell_of(sample, "Products", "Unit", 3)
    edit(sample, {place: None})
    run = certgen("check", sample)
    assert run.exit_code == 3
    assert "CG203 unit-missing" in run.err
    assert "feeds box 13" in run.err
    finding = next(
        item for item in certgen("check", sample, "--json").record["findings"] if item["code"] == "CG203"
    )
    assert (finding["sheet"], finding["value"]) == ("Products", "7000")
    assert finding["severity"] == "error"


def test_fill_and_check_find_the_same(certgen, sample: Path, edit, cell_of) -> None:
    edit(sample, {cell_of(sample, "Products", "CN code", 2): "0713 40"})
    checked = certgen("check", sample, "--json").record["findings"]
    filled = certgen("fill", sample, "--json").record["findings"]
    assert checked == filled
    assert checked


def test_repeats_are_grouped_with_their_count(certgen, season: Path, edit) -> None:
    book = openpyxl.load_workbook(season)
    column = next(cell.column_letter for cell in book["Shipments"][1] if cell.value == "Importer name")
    edit(season, {f"Shipments!{column}{row}": None for row in range(2, 42)})
    run = certgen("check", season)
    assert run.err.count("also ") >= 1
    assert " and 37 more" in run.err


def test_each_missing_column_is_told_though_all_are_shown_at_the_reference(certgen, sample: Path) -> None:
    book = openpyxl.load_workbook(sample)
    for header in ("Importer EORI", "Point of entry"):
        column = next(cell.column for cell in book["Shipments"][1] if cell.value == header)
        book["Shipments"].delete_cols(column)
    book.save(sample)
    run = certgen("check", sample)
    assert run.err.count("required-empty   Shipments!A2") == 2
    assert "fill it in: “Importer EORI”." in run.err
    assert "fill it in: “Point of entry”." in run.err


def test_the_marked_copy_colours_the_cell_and_lists_the_finding(certgen, sample: Path, edit, cell_of) -> None:
    place = cell_of(sample, "Products", "Net weight", 3)
    edit(sample, {place: "lots"})
    run = certgen("check", sample, "--annotate", "marked.xlsx")
    assert run.exit_code == 3
    marked = openpyxl.load_workbook("marked.xlsx")
    sheet, _, cell = place.partition("!")
    assert marked[sheet][cell].comment is not None
    assert marked[sheet][cell].fill.fgColor.rgb not in {"00000000", None}
    assert "certgen" in marked.sheetnames


def test_every_relationship_of_the_marked_copy_has_a_key_of_its_own(
    certgen, sample: Path, edit, cell_of
) -> None:
    edit(sample, {cell_of(sample, "Products", "Net weight", 3): "lots"})
    certgen("check", sample, "--annotate", "marked.xlsx")
    with zipfile.ZipFile("marked.xlsx") as archive:
        for name in archive.namelist():
            if name.endswith(".rels"):
                keys = re.findall(rb'\bId="([^"]+)"', archive.read(name))
                assert len(keys) == len(set(keys)), name


def test_a_confirmed_header_is_remembered_beside_the_workbook(certgen, sample: Path, edit, cell_of) -> None:
    edit(sample, {cell_of(sample, "Products", "Lot number", 1): "Zeichen 7"})
    assert certgen("check", sample).exit_code == 3
    assert certgen("check", sample, "--map", "Zeichen 7=Lot number").exit_code == 0
    assert certgen("check", sample).exit_code == 0
    assert Path(f"{sample}.map.toml").is_file()


@pytest.mark.parametrize("command", ["check", "fill", "route"])
def test_a_field_that_there_is_not_is_no_meaning_to_remember(certgen, sample: Path, command: str) -> None:
    mistyped = certgen(command, sample, "--map", "Zeichen 7=Lot numbre")
    assert mistyped.exit_code == 2
    assert "did you mean 'Lot number'?" in mistyped.err
    assert not Path(f"{sample}.map.toml").exists()
    assert certgen(command, sample).exit_code == 0


def test_a_meaning_is_not_kept_beside_a_workbook_that_is_not_there(certgen, desk: Path) -> None:
    assert certgen("check", desk / "nowhere.xlsx", "--map", "Zeichen 7=Lot number").exit_code == 4
    assert not list(desk.glob("*.map.toml"))


def test_json_tells_how_each_sheet_was_read(certgen, sample: Path) -> None:
    sheets = certgen("check", sample, "--json").record["sheets"]
    assert [sheet["name"] for sheet in sheets] == ["Shipments", "Products"]


def test_every_finding_has_words_for_what_to_do(certgen, sample: Path, edit, cell_of) -> None:
    edit(sample, {cell_of(sample, "Shipments", "Departure date", 2): "soon"})
    for finding in certgen("check", sample, "--json").record["findings"]:
        assert finding["message"]
        assert finding["fix"] or finding["severity"] == "note"


def test_a_doubt_about_the_whole_workbook_refuses_every_consignment_in_it(
    certgen, sample: Path, edit, cell_of
) -> None:
    edit(sample, {cell_of(sample, "Products", "Category", 1): "Trade name"})
    run = certgen("fill", sample, "--json")
    assert run.exit_code == 3
    assert [item["status"] for item in run.record["certificates"]] == ["refused"]
    assert len({(item["code"], item["cell"]) for item in run.record["findings"]}) == len(
        run.record["findings"]
    )


def test_a_text_too_tall_for_a_sheet_is_told_at_its_own_cell(certgen, sample: Path, edit, cell_of) -> None:
    place = cell_of(sample, "Products", "Trade name", 2)
    edit(sample, {place: "Organic red lentils " * 600})
    run = certgen("check", sample, "--json")
    assert run.exit_code == 6
    told = [item for item in run.record["findings"] if item["code"] == "CG612"]
    assert [f"{item['sheet']}!{item['cell']}" for item in told] == [place]


def test_what_was_done_to_the_goods_says_whether_they_are_processed(
    certgen, sample: Path, edit, cell_of
) -> None:
    edit(sample, {cell_of(sample, "Products", "Processing", 2): "cleaned"})
    assert certgen("check", sample).exit_code == 0
