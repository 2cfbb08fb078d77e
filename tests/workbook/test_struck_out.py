"""What is struck out or hidden in a workbook is told: nobody knows whether it still holds."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt

from certgen.forms.vocabulary import Vocabulary
from certgen.workbook.formats.load import load_book
from certgen.workbook.reading import Reading, read_workbook

ODS = "application/vnd.oasis.opendocument.spreadsheet"
NAMESPACES = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("office", "table", "text", "style"))


def write_xlsx(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet, struck = book.add_worksheet("P"), book.add_format({"font_strikeout": True})
    sheet.write_row(0, 0, ["CN code", "Lot number", "Net weight (kg)"])
    sheet.write_row(1, 0, ["12040090", "L-1", 5])
    sheet.write_row(2, 0, ["12040090", "L-2"])
    sheet.write(2, 1, "L-2", struck)
    sheet.write(2, 2, 7, struck)
    sheet.write(3, 0, "12040090")
    sheet.write_rich_string(3, 1, "L-3; ", struck, "L-4")
    sheet.write(3, 2, 8)
    sheet.set_column(2, 2, None, None, {"hidden": True})
    book.close()


def write_inline_xlsx(path: Path) -> None:
    """The same as some programs write it: each text in its cell, its pieces there."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    write_xlsx(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    texts = parts["xl/sharedStrings.xml"].partition(">")[2].split("<si>")[1:]
    sheet = parts["xl/worksheets/sheet1.xml"]
    for place, text in enumerate(texts):
        inline = f"<is>{text.partition('</si>')[0]}</is>"
        sheet = sheet.replace(f't="s"><v>{place}</v>', f't="inlineStr">{inline}')
    parts["xl/worksheets/sheet1.xml"] = sheet
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}"/>'
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def write_xls(path: Path) -> None:
    book = xlwt.Workbook()
    sheet, struck = book.add_sheet("P"), xlwt.easyxf("font: struck_out on")
    rows: list[list[Any]] = [
        ["CN code", "Lot number", "Net weight (kg)"],
        ["12040090", "L-1", 5],
        ["12040090", None, None],
        ["12040090", None, 8],
    ]
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value is not None:
                sheet.write(row, column, value)
    sheet.write(2, 1, "L-2", struck)
    sheet.write(2, 2, 7, struck)
    sheet.write_rich_text(3, 1, ["L-3; ", ("L-4", struck.font)])
    sheet.col(2).hidden = True
    book.save(str(path))


def write_ods(path: Path) -> None:
    line = 'style:text-line-through-style="solid" style:text-line-through-type="single"'
    styles = (
        '<style:style style:name="out" style:family="table-cell">'
        f"<style:text-properties {line}/></style:style>"
        '<style:style style:name="ce2" style:family="table-cell" style:parent-style-name="out"/>'
        f'<style:style style:name="T1" style:family="text"><style:text-properties {line}/></style:style>'
    )

    def cell(text: str, style: str = "") -> str:
        named = f'table:style-name="{style}"' if style else ""
        return (
            f'<table:table-cell {named} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        )

    def number(value: int, style: str = "") -> str:
        named = f'table:style-name="{style}"' if style else ""
        return (
            f'<table:table-cell {named} office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )

    rows = [
        [cell("CN code"), cell("Lot number"), cell("Net weight (kg)")],
        [cell("12040090"), cell("L-1"), number(5)],
        [cell("12040090"), cell("L-2", "ce2"), number(7, "ce2")],
        [cell("12040090"), cell('L-3; <text:span text:style-name="T1">L-4</text:span>'), number(8)],
    ]
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/>'
    )
    body = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    content = (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f'<office:body><office:spreadsheet><table:table table:name="P">{columns}{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("content.xml", content)


WRITERS = {
    "sent.xlsx": write_xlsx,
    "inline.xlsx": write_inline_xlsx,
    "sent.xls": write_xls,
    "sent.ods": write_ods,
}


@pytest.fixture(params=WRITERS)
def sent(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / str(request.param)
    WRITERS[request.param](path)
    return path


def test_each_format_says_what_of_a_cell_is_struck_out(sent: Path) -> None:
    (sheet,) = load_book(sent).sheets
    struck = {cell.name: cell.struck for cell in sheet.cells.values() if cell.struck}
    assert struck == {"B3": "L-2", "C3": "7", "B4": "L-4"}
    assert [sheet.cells[row, 2].text for row in (2, 3, 4)] == ["L-1", "L-2", "L-3; L-4"]


def test_nothing_of_a_cell_with_struck_out_text_is_read_and_its_place_is_an_error(
    sent: Path, vocabulary: Vocabulary
) -> None:
    reading = read_workbook(sent, vocabulary, {})
    told = [(finding.severity, finding.cell.cell) for finding in of_code("CG181", reading) if finding.cell]
    assert told == [("error", "B3"), ("error", "C3"), ("error", "B4")]
    (consignment,) = reading.consignments
    assert [line.lots for line in consignment.products] == [("L-1",), (), ()]
    assert consignment.products[1].net_mass is None


def test_a_hidden_column_that_is_read_is_told(sent: Path, vocabulary: Vocabulary) -> None:
    (finding,) = of_code("CG177", read_workbook(sent, vocabulary, {}))
    assert "C (Net weight (kg))" in finding.message


def test_a_struck_out_header_is_told(read: Callable[..., Reading], grid: Callable[..., Any]) -> None:
    sheet = grid([["CN code", "Lot number"], ["12040090", "L-1"]])
    header = sheet.cells[1, 2]
    sheet = replace(sheet, cells={**sheet.cells, (1, 2): replace(header, struck=header.text)})
    (finding,) = of_code("CG178", read(sheet))
    assert finding.cell is not None
    assert finding.cell.cell == "B1"


def test_lines_of_an_address_keep_what_is_struck_out_in_one_of_them(
    read: Callable[..., Reading], grid: Callable[..., Any]
) -> None:
    sheet = grid([["Exporter:", "Acme Ltd"], ["", "1 Old Road"], ["", "Regina"], ["Invoice no.:", "INV-1"]])
    line = sheet.cells[2, 2]
    sheet = replace(sheet, cells={**sheet.cells, (2, 2): replace(line, struck=line.text)})
    (finding,) = of_code("CG181", read(sheet))
    assert "1 Old Road" in finding.message


def test_a_row_struck_out_as_a_whole_is_told_once(
    read: Callable[..., Reading], grid: Callable[..., Any]
) -> None:
    lines = [["R1", "Flax", "L-1", 5], ["R1", "Oats", "L-2", 7]]
    sheet = grid([["Ref", "Trade name", "Lot number", "Net weight (kg)"], *lines])
    struck = {place: replace(cell, struck=cell.text) for place, cell in sheet.cells.items() if place[0] == 3}
    reading = read(replace(sheet, cells={**sheet.cells, **struck}))
    (consignment,) = reading.consignments
    assert [line.lots for line in consignment.products] == [("L-1",)]
    (finding,) = of_code("CG185", reading)
    assert (finding.severity, finding.cell.cell) == ("error", "A3")
    assert finding in reading.findings_of[0]


def of_code(code: str, reading: Reading) -> list[Any]:
    return [finding for finding in reading.findings if finding.code == code]
