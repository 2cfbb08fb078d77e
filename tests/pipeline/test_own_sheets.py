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
