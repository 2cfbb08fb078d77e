"""Excel workbooks as they are really written, cell by cell."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from certgen.workbook.formats.load import load_book
from certgen.workbook.formats.number_format import describe_number, parse_number, read_format
from certgen.workbook.grid import CellKind, Grid, GridCell

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def write_raw(
    path: Path,
    sheet_data: str,
    *,
    after: str = "",
    strings: str | None = None,
    formats: tuple[str, ...] = (),
    workbook: str = "",
    prefix: str = "",
) -> Path:
    """An .xlsx of one sheet, its XML as given; `formats` are the number formats of styles 1, 2…"""
    codes = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{code}"/>' for n, code in enumerate(formats))
    xfs = '<xf numFmtId="0"/>' + "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(formats)))
    name = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": "<Relationships>"
        f'<Relationship Id="r1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}">{workbook}<sheets>'
        '<sheet name="Products" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        f'<Relationship Id="r1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{REL}/styles" Target="/xl/styles.xml"/>'
        f'<Relationship Id="r3" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>{xfs}</cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<{prefix}worksheet {name}="{MAIN}"><{prefix}sheetData>{sheet_data}'
        f"</{prefix}sheetData>{after}</{prefix}worksheet>",
    }
    if strings is not None:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return path


def only_sheet(path: Path) -> Grid:
    (sheet,) = load_book(path).sheets
    return sheet


def cell_of(path: Path, name: str = "A1") -> GridCell:
    return next(cell for cell in only_sheet(path).cells.values() if cell.name == name)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "shipment.xlsx"


def test_a_cell_says_what_it_is_and_where_it_stands(book: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet["F14"] = "Oat flakes"
    sheet["G14"] = 1200.5
    sheet["G14"].number_format = "#,##0.00"
    sheet["H14"] = True
    workbook.save(book)
    cells = only_sheet(book).cells
    assert cells[14, 6] == GridCell("F14", 14, 6, CellKind.TEXT, "Oat flakes", "Oat flakes")
    assert cells[14, 7] == GridCell("G14", 14, 7, CellKind.NUMBER, Decimal("1200.5"), "1200.50", "#,##0.00")
    assert cells[14, 8] == GridCell("H14", 14, 8, CellKind.BOOLEAN, value=True, text="TRUE")
    assert len(cells) == 3


def test_dates_and_times_come_from_the_number_format(book: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(
        [date(2026, 12, 8), time(14, 30), datetime.combine(date(2026, 12, 8), time(14, 30))]
    )
    workbook.save(book)
    day, clock, moment = only_sheet(book).cells.values()
    assert (day.kind, day.value, day.text) == (CellKind.DATE, date(2026, 12, 8), "2026-12-08")
    assert (clock.kind, clock.value, clock.text) == (CellKind.DATE, time(14, 30), "14:30")
    assert (moment.value, moment.text) == (date(2026, 12, 8), "2026-12-08 14:30")


def test_a_workbook_that_counts_from_1904_has_the_same_days(book: Path) -> None:
    with xlsxwriter.Workbook(book, {"date_1904": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_datetime(0, 0, date(2026, 12, 8), workbook.add_format({"num_format": "dd.mm.yyyy"}))
    assert cell_of(book).value == date(2026, 12, 8)


@pytest.mark.parametrize(
    ("serial", "day"),
    [
        ("1", date(1900, 1, 1)),
        ("59", date(1900, 2, 28)),
        ("61", date(1900, 3, 1)),
        ("46364", date(2026, 12, 8)),
    ],
)
def test_excels_calendar_has_a_leap_day_too_many(book: Path, serial: str, day: date) -> None:
    write_raw(book, f'<row r="1"><c r="A1" s="1"><v>{serial}</v></c></row>', formats=("d/m/yyyy",))
    assert cell_of(book).value == day


@pytest.mark.parametrize("serial", ["60", "-3", "9999999"])
def test_a_number_that_is_no_day_stays_a_number(book: Path, serial: str) -> None:
    write_raw(book, f'<row r="1"><c r="A1" s="1"><v>{serial}</v></c></row>', formats=("d/m/yyyy",))
    assert cell_of(book).kind is CellKind.NUMBER


@pytest.mark.parametrize(
    "code",
    [
        "yyyy-mm-dd",
        "[$-407]d. mmmm yyyy",
        "dd/mm/yy;@",
        "[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;",
        "mmm",
    ],
)
def test_formats_of_days(book: Path, code: str) -> None:
    write_raw(book, '<row r="1"><c r="A1" s="1"><v>46364</v></c></row>', formats=(code,))
    assert cell_of(book).value == date(2026, 12, 8)


@pytest.mark.parametrize(
    "code",
    ["0.00", "#,##0.00 [$€-407]", "[Red]0", '0 "days"'.replace('"', "&quot;"), "0.0\\d", "[h]:mm", "_-* 0"],
)
def test_formats_that_are_no_days(book: Path, code: str) -> None:
    write_raw(book, '<row r="1"><c r="A1" s="1"><v>46364</v></c></row>', formats=(code,))
    assert cell_of(book).kind is CellKind.NUMBER


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0.30000000000000004", "0.3"),
        ("1234.5600000000001", "1234.56"),
        ("1.2E3", "1200"),
        ("1E-3", "0.001"),
        ("18000.50", "18000.50"),
        ("-7", "-7"),
    ],
)
def test_a_number_keeps_fifteen_digits_and_no_noise(book: Path, written: str, number: str) -> None:
    write_raw(book, f'<row r="1"><c r="A1"><v>{written}</v></c></row>')
    cell = cell_of(book)
    assert (str(cell.value), cell.text) == (number, number)


def test_a_code_with_a_format_of_zeros_reads_with_its_zeros(book: Path) -> None:
    write_raw(book, '<row r="1"><c r="A1" s="1"><v>1204009</v></c></row>', formats=("00000000",))
    assert cell_of(book).text == "01204009"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=5))
def test_no_number_is_changed_by_being_read_and_told(number: Decimal) -> None:
    read = parse_number(format(number, "f"))
    assert read == number
    assert Decimal(describe_number(read, read_format("0.00"))) == number


def test_error_cells_are_neither_empty_nor_zero(book: Path) -> None:
    write_raw(
        book, '<row r="1"><c r="A1" t="e"><f>B1</f><v>#REF!</v></c><c r="B1" t="e"><v>#N/A</v></c></row>'
    )
    cells = only_sheet(book).cells.values()
    assert [(cell.kind, cell.text) for cell in cells] == [(CellKind.ERROR, "#REF!"), (CellKind.ERROR, "#N/A")]


@pytest.mark.parametrize("written", ["nan", "inf", "1E+999999999", "abc", "1,5"])
def test_a_number_that_is_none_is_an_error_cell(book: Path, written: str) -> None:
    write_raw(book, f'<row r="1"><c r="A1"><v>{written}</v></c></row>')
    assert cell_of(book).kind is CellKind.ERROR


def test_a_formula_without_a_stored_value_is_told_as_itself(book: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "=B1*2"
    workbook.active["A2"] = "=cmd|' /C calc'!A0"
    workbook.save(book)
    first, second = only_sheet(book).cells.values()
    assert (first.kind, first.text) == (CellKind.FORMULA_WITHOUT_VALUE, "=B1*2")
    assert (second.kind, second.text) == (CellKind.FORMULA_WITHOUT_VALUE, "=cmd|' /C calc'!A0")


def test_a_zero_that_only_stands_in_for_a_formula_is_no_zero(book: Path) -> None:
    with xlsxwriter.Workbook(book) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_formula("A1", "=B1*2")
        sheet.write_formula("A2", "=B1*2", None, 36)
    first, second = only_sheet(book).cells.values()
    assert first.kind is CellKind.FORMULA_WITHOUT_VALUE
    assert second.value == 36


def test_a_formula_whose_text_is_empty_leaves_its_cell_empty(book: Path) -> None:
    write_raw(
        book,
        '<row r="1"><c r="A1" t="str"><f>IF(B1="","",B1)</f><v></v></c>'
        '<c r="B1"><f>1+1</f><v>2</v></c></row>',
    )
    assert [cell.name for cell in only_sheet(book).cells.values()] == ["B1"]


@pytest.mark.parametrize(
    "formula", ["[1]Sheet1!A1", "'[2]Prices 2026'!B2*2", "SUM('C:\\x\\[Weights.xlsx]Sheet1'!A1:A3)"]
)
def test_a_link_to_another_workbook_is_a_link_even_with_a_stored_value(book: Path, formula: str) -> None:
    write_raw(book, f'<row r="1"><c r="A1"><f>{formula}</f><v>12</v></c></row>')
    assert cell_of(book).kind is CellKind.EXTERNAL_LINK


@pytest.mark.parametrize("formula", ["Table1[2024]", "Table1[[#This Row],[Net]]", '"[1]x"&amp;A2'])
def test_brackets_of_tables_are_no_link(book: Path, formula: str) -> None:
    write_raw(book, f'<row r="1"><c r="A1"><f>{formula}</f><v>12</v></c></row>')
    assert cell_of(book).kind is CellKind.NUMBER


def test_a_shared_formula_is_known_in_every_cell(book: Path) -> None:
    write_raw(
        book,
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">[1]S!B1</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row>',
    )
    assert {cell.kind for cell in only_sheet(book).cells.values()} == {CellKind.EXTERNAL_LINK}


def test_rich_text_is_joined_and_phonetic_guides_are_left_out(book: Path) -> None:
    write_raw(
        book,
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><r><t>有</t></r><r><t>機</t></r>'
        "<rPh><t>ユウキ</t></rPh></is></c></row>",
        strings='<si><r><t>農林</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 水産省</t></r>'
        '<rPh sb="0" eb="2"><t>ノウリン</t></rPh><phoneticPr fontId="1"/></si>',
    )
    assert [cell.text for cell in only_sheet(book).cells.values()] == ["農林 水産省", "有機"]


def test_escapes_are_read_and_control_characters_kept_to_be_found(book: Path) -> None:
    write_raw(
        book,
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
        strings="<si><t>bell_x0007_ _x005F_x0041_ one_x000D_\ntwo \u200f\ud55c</t></si>",
    )
    assert cell_of(book).text == "bell\x07 _x0041_ one\ntwo \u200f\ud55c"


def test_escaped_halves_of_a_letter_never_reach_the_text(book: Path) -> None:
    write_raw(book, '<row r="1"><c r="A1" t="str"><v>a_xD83D__xDE00_b_xD800_</v></c></row>')
    assert cell_of(book).text == "a\U0001f600b\ufffd"


def test_cells_and_rows_need_not_say_where_they_stand(book: Path) -> None:
    write_raw(
        book,
        '<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c><v>3</v></c><c r="D5"><v>4</v></c></row>',
    )
    assert [cell.name for cell in only_sheet(book).cells.values()] == ["A1", "B1", "A5", "D5"]


def test_a_prefixed_workbook_reads_the_same(book: Path) -> None:
    write_raw(
        book,
        '<x:row r="2" hidden="1"><x:c r="B2"><x:v>7</x:v></x:c></x:row>',
        after='<x:mergeCells><x:mergeCell ref="B2:C2"/></x:mergeCells>',
        prefix="x:",
    )
    sheet = only_sheet(book)
    assert sheet.cells[2, 2].value == 7
    assert sheet.hidden_rows == {2}


def test_merged_cells_point_at_their_first_as_far_as_the_sheet_is_filled(book: Path) -> None:
    write_raw(
        book,
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="C3"><v>1</v></c></row>',
        after='<mergeCells><mergeCell ref="A1:A1048576"/><mergeCell ref="B2:C2"/></mergeCells>',
    )
    assert only_sheet(book).merged == {(2, 1): (1, 1), (3, 1): (1, 1), (2, 3): (2, 2)}


def test_hidden_rows_and_sheets_are_read_and_told(book: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["seen"])
    workbook.active.append(["hidden"])
    workbook.active.row_dimensions[2].hidden = True
    workbook.create_sheet("Lists").sheet_state = "hidden"
    workbook["Lists"]["A1"] = "x"
    workbook.save(book)
    first, second = load_book(book).sheets
    assert first.hidden_rows == {2}
    assert (first.is_visible, second.is_visible) == (True, False)
    assert [sheet.name for sheet in (first, second)] == ["Sheet", "Lists"]


@pytest.mark.parametrize(
    ("codes", "language"),
    [
        (("[$-407]d. mmmm yyyy",), "de-DE"),
        (("0.00 [$€-40C]",), "fr-FR"),
        (("[$-409]d-mmm-yy",), ""),
        (("[$-407]d. mmmm yyyy", "[$-411]yyyy/m/d"), ""),
        (("0.00",), ""),
    ],
)
def test_the_language_is_what_the_formats_agree_on(book: Path, codes: tuple[str, ...], language: str) -> None:
    write_raw(book, '<row r="1"><c r="A1"><v>1</v></c></row>', formats=codes)
    assert only_sheet(book).language == language


def test_the_language_of_the_documents_properties_comes_first(book: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "Nettogewicht"
    workbook.properties.language = "de-AT"
    workbook.save(book)
    assert only_sheet(book).language == "de-AT"


def test_macros_are_told_and_not_run(tmp_path: Path) -> None:
    book = write_raw(tmp_path / "shipment.xlsm", '<row r="1"><c r="A1"><v>1</v></c></row>')
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    (finding,) = load_book(book).findings
    assert finding.slug == "macros-not-run"
    assert load_book(book).notes == (finding.message,)


def test_the_hash_is_of_the_bytes_that_were_read(book: Path) -> None:
    write_raw(book, '<row r="1"><c r="A1"><v>1</v></c></row>')
    assert load_book(book).sha256 == load_book(book.rename(book.with_name("other.txt"))).sha256


def test_a_season_of_forty_columns_and_ten_thousand_rows_is_read_whole(book: Path) -> None:
    with xlsxwriter.Workbook(book, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for row in range(10_000):
            for column in range(0, 40, 8):
                sheet.write(row, column, f"lot {row}" if column else row)
    assert len(only_sheet(book).cells) == 50_000
