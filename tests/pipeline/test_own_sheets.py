"""Sheets of a form's own may be as long as the goods need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from certgen.forms import load_forms, load_vocabulary
from certgen.workbook import write_blank_workbook

OWN_SHEETS = [(form.id, table.sheets["en"]) for form in load_forms().values() for table in form.tables]


@pytest.mark.parametrize(("form_id", "name"), OWN_SHEETS)
def test_a_hundred_and_twenty_rows_of_one_shipment_are_no_hundred_and_twenty_shipments(
    certgen: Any, desk: Path, form_id: str, name: str
) -> None:
    form = load_forms()[form_id]
    path = desk / "long.xlsx"
    write_blank_workbook([form], load_vocabulary([form]), path)
    book = openpyxl.load_workbook(path)
    for row in range(3, 122):
        for cell in book[name][2]:
            book[name].cell(row, cell.column, cell.value)
    book.save(path)
    run = certgen("check", path, "--json")
    assert run.exit_code == 0, run.err
    [sheet] = [sheet for sheet in run.record["sheets"] if sheet["name"] == name]
    assert (sheet["shape"], sheet["rows_read"]) == ("table", 120)


@pytest.mark.parametrize(("form_id", "name"), OWN_SHEETS)
def test_a_sheet_stays_what_it_is_when_the_workbook_asks_for_another_paper(
    certgen: Any, desk: Path, form_id: str, name: str
) -> None:
    forms = load_forms()
    both = [forms["gb-coi"], forms[form_id]]
    path = desk / "both.xlsx"
    write_blank_workbook(both, load_vocabulary(both), path)
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows(min_row=2, max_row=2) for cell in row):
            if cell.value and form_id in str(cell.value):
                cell.value = "gb-coi"
    book.save(path)
    run = certgen("check", path, "--json")
    [sheet] = [sheet for sheet in run.record["sheets"] if sheet["name"] == name]
    assert sheet["shape"] == "table"
    assert "CG165" not in run.out
    assert "CG401" not in run.out


def test_a_list_of_goods_called_batches_stays_a_list_of_goods(certgen: Any, desk: Path) -> None:
    forms = load_forms()
    path = desk / "goods.xlsx"
    write_blank_workbook([forms["gb-coi"]], load_vocabulary([forms["gb-coi"]]), path)
    book = openpyxl.load_workbook(path)
    book["Products"].title = "Batches"
    book.save(path)
    run = certgen("check", path, "--json")
    assert run.exit_code == 0, run.err
    [sheet] = [sheet for sheet in run.record["sheets"] if sheet["name"] == "Batches"]
    assert sheet["shape"] == "products"
