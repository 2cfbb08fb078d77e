"""The marked copy: every finding at its cell, and nothing else of the user's workbook touched."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Border, Font, Side

from certgen.consignment import Cell
from certgen.errors import OutputError, UnreadableInputError
from certgen.findings import Finding, Severity
from certgen.workbook.cell_name import cell_name
from certgen.workbook.formats.load import load_book
from certgen.workbook.formats.package import Package
from certgen.workbook.formats.xlsx import read_xlsx
from certgen.workbook.marked.copy import mark_workbook

RED, AMBER, BLUE = "FFF4B0A8", "FFFFE08A", "FFC9DFF5"


def finding(
    cell: str,
    severity: Severity = Severity.ERROR,
    *,
    sheet: str = "Products",
    workbook: str = "",
    **words: str,
) -> Finding:
    told = {"message": "No unit.", "fix": 'Write it in the cell ("1200 kg").', "box": "13", **words}
    value = told.pop("value", "1,200")
    place = Cell(workbook, sheet, cell, "Net weight", value)
    return Finding("CG203", "unit-missing", severity, cell=place, form="a-form", cites="note, box 13", **told)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A workbook with all that a plain save would lose."""
    path = tmp_path / "shipment.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Products")
        sheet.write_row("A1", ["Lot", "Net weight", "Departure"])
        sheet.write("B2", 1200, workbook.add_format({"num_format": "0.00", "bold": True, "border": 1}))
        sheet.write("C2", date(2026, 12, 8), workbook.add_format({"num_format": "dd.mm.yyyy"}))
        sheet.write_formula("B4", "=SUM(B2:B3)", None, 1200)
        sheet.write_comment("A1", "as on the sacks", {"author": "Mill"})
        sheet.data_validation("A2:A9", {"validate": "list", "source": ["L1", "L2"]})
        sheet.conditional_format("B2:B9", {"type": "data_bar"})
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": "=Products!$B$2:$B$3"})
        sheet.insert_chart("E2", chart)
        workbook.add_worksheet("Notes").write("A1", "nothing here")
        workbook.define_name("Weights", "=Products!$B$2:$B$3")
    return path


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "marked.xlsx"


def colour(cell: Any) -> str:
    return str(cell.fill.fgColor.rgb)


def test_each_cell_takes_the_colour_of_its_finding_and_keeps_its_style(source: Path, target: Path) -> None:
    mark_workbook(
        source, [finding("B2"), finding("C2", Severity.WARNING), finding("A1", Severity.NOTE)], target
    )
    sheet = openpyxl.load_workbook(target)["Products"]
    assert [colour(sheet[name]) for name in ("B2", "C2", "A1")] == [RED, AMBER, BLUE]
    assert (sheet["B2"].value, sheet["B2"].number_format, sheet["B2"].font.b) == (1200, "0.00", True)
    assert sheet["B2"].border.left.style == "thin"
    assert sheet["C2"].number_format == "dd.mm.yyyy"
    assert colour(sheet["B1"]) == "00000000"


def test_the_note_says_code_what_is_wrong_and_what_to_do(source: Path, target: Path) -> None:
    mark_workbook(source, [finding("B2")], target)
    note = openpyxl.load_workbook(target)["Products"]["B2"].comment
    assert note.author == "certgen"
    assert note.text == 'error CG203 unit-missing\nNo unit.\nWrite it in the cell ("1200 kg").'


def test_findings_of_one_cell_share_a_note_and_the_gravest_gives_the_colour(
    source: Path, target: Path
) -> None:
    mark_workbook(source, [finding("B2", Severity.NOTE, message="Converted."), finding("B2")], target)
    cell = openpyxl.load_workbook(target)["Products"]["B2"]
    assert colour(cell) == RED
    assert cell.comment.text.index("No unit.") < cell.comment.text.index("Converted.")


def test_a_note_that_was_there_stays_above_ours(source: Path, target: Path) -> None:
    mark_workbook(source, [finding("A1"), finding("B2")], target)
    sheet = openpyxl.load_workbook(target)["Products"]
    assert sheet["A1"].comment.text.startswith("as on the sacks\n\nerror CG203")
    assert sheet["B2"].comment.text.startswith("error CG203")


def test_all_other_parts_stay_byte_for_byte(source: Path, target: Path) -> None:
    mark_workbook(source, [finding("B2")], target)
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target) as after:
        assert not after.testzip()
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
        added = set(after.namelist()) - set(before.namelist())
    assert changed == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    }
    assert added == {"xl/worksheets/certgen.xml"}


def test_the_changed_sheet_differs_only_at_its_marked_cells(source: Path, target: Path) -> None:
    mark_workbook(source, [finding("B2")], target)
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target) as after:
        old, new = before.read(part).split(b"<c "), after.read(part).split(b"<c ")
    differing = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    ((one, other),) = differing
    assert one[:10] == other[:10] == b'r="B2" s="'
    assert one.partition(b">")[2] == other.partition(b">")[2]


def test_what_certgen_reads_in_the_copy_is_what_it_read_before(source: Path, target: Path) -> None:
    mark_workbook(source, [finding("B2"), finding("Z50"), finding("B4")], target)
    before, after = load_book(source), load_book(target)
    for old, new in zip(before.sheets, after.sheets, strict=False):
        assert old == new
    assert [sheet.name for sheet in after.sheets] == ["Products", "Notes"]
    assert [finding.slug for finding in after.findings] == ["list-of-findings-not-read"]


def test_an_empty_cell_is_made_to_be_marked(source: Path, target: Path) -> None:
    places = ["A2", "D2", "A3", "C4", "A9", "XFD9", "B1"]
    mark_workbook(source, [finding(place) for place in places], target)
    sheet = openpyxl.load_workbook(target)["Products"]
    assert [colour(sheet[place]) for place in places] == [RED] * len(places)
    assert all(sheet[place].comment for place in places)
    with zipfile.ZipFile(target) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    names = [piece.split('"')[0] for piece in xml.split('<c r="')[1:]]
    assert names == sorted(names, key=lambda name: (int(name.lstrip("ABCDFX")), len(name), name))


def test_an_empty_cell_takes_the_style_of_its_row_or_column(tmp_path: Path, target: Path) -> None:
    source = tmp_path / "styled.xlsx"
    with xlsxwriter.Workbook(source) as workbook:
        sheet = workbook.add_worksheet("Products")
        sheet.set_column("B:B", None, workbook.add_format({"num_format": "0.000"}))
        sheet.set_row(2, None, workbook.add_format({"italic": True}))
    mark_workbook(source, [finding("B2"), finding("B3")], target)
    marked = openpyxl.load_workbook(target)["Products"]
    assert marked["B2"].number_format == "0.000"
    assert marked["B3"].font.i


def test_the_list_names_every_finding_and_leads_to_its_cell(source: Path, target: Path) -> None:
    general = Finding("CG101", "macros-not-run", Severity.NOTE, "Macros were not run.", "Nothing to do.")
    mark_workbook(source, [finding("B2"), general], target)
    listed = openpyxl.load_workbook(target)["certgen"]
    rows = list(listed.iter_rows(values_only=True))
    assert rows[0][:4] == ("Severity", "Code", "Sheet", "Cell")
    assert rows[1] == (
        "error", "CG203", "Products", "B2", "Net weight", "1,200", "No unit.",
        'Write it in the cell ("1200 kg").', "a-form 13", "note, box 13",
    )  # fmt: skip
    assert rows[2][:2] == ("note", "CG101")
    assert listed["D2"].hyperlink.location == "'Products'!B2"


@pytest.mark.parametrize("value", ["=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "\t=1", '=HYPERLINK("x")'])
def test_nothing_in_the_list_can_become_a_formula(source: Path, target: Path, value: str) -> None:
    mark_workbook(source, [finding("B2", value=value, message=value)], target)
    listed = openpyxl.load_workbook(target)["certgen"]
    for cell in (listed["F2"], listed["G2"]):
        assert (cell.value, cell.data_type, cell.quotePrefix) == (value, "s", True)
    with zipfile.ZipFile(target) as archive:
        assert b"<f" not in archive.read("xl/worksheets/certgen.xml")


def test_letters_that_xml_cannot_hold_are_escaped(source: Path, target: Path) -> None:
    text = 'bell\x07 <b> & "q" _x0041_ 有機 \U0001f33e'
    mark_workbook(source, [finding("B2", value=text)], target)
    *_, listed = read_xlsx(Package(target.read_bytes()))
    assert listed.cells[2, 6].text == text


def test_findings_of_another_workbook_are_left_out(source: Path, target: Path) -> None:
    mark_workbook(source, [finding("B2", workbook="other.xlsx"), finding("C2", workbook=source.name)], target)
    workbook = openpyxl.load_workbook(target)
    assert colour(workbook["Products"]["B2"]) == "00000000"
    assert workbook["certgen"].max_row == 2


def test_a_finding_without_a_place_is_only_listed(source: Path, target: Path) -> None:
    mark_workbook(
        source, [finding("", sheet="Products"), finding("B2", sheet="Gone"), finding("row 3")], target
    )
    workbook = openpyxl.load_workbook(target)
    assert workbook["certgen"].max_row == 4
    assert not any(cell.hyperlink for row in workbook["certgen"].iter_rows() for cell in row)


def test_a_copy_can_be_marked_again_and_has_one_list_and_one_note(source: Path, target: Path) -> None:
    mark_workbook(source, [finding("B2")], target)
    again = target.with_name("again.xlsx")
    mark_workbook(target, [finding("B2", Severity.NOTE, message="New."), finding("A2")], again)
    workbook = openpyxl.load_workbook(again)
    assert workbook.sheetnames == ["Products", "Notes", "certgen"]
    assert [row[6].value for row in workbook["certgen"].iter_rows(min_row=2)] == ["New.", "No unit."]
    assert workbook["Products"]["B2"].comment.text.count("CG203") == 1
    assert "New." in workbook["Products"]["B2"].comment.text
    assert workbook["Products"]["B2"].fill.fgColor.rgb == BLUE
    assert "as on the sacks" in workbook["Products"]["A1"].comment.text


def test_a_sheet_of_the_user_that_only_bears_our_name_stays(tmp_path: Path, target: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Products"
    book.create_sheet("certgen").append(["mine"])
    book.save(tmp_path / "own.xlsx")
    mark_workbook(tmp_path / "own.xlsx", [finding("B2")], target)
    marked = openpyxl.load_workbook(target)
    assert marked.sheetnames == ["Products", "certgen", "certgen (2)"]
    assert marked["certgen"]["A1"].value == "mine"


def test_several_sheets_are_marked_each_with_its_own_notes(source: Path, target: Path) -> None:
    mark_workbook(
        source, [finding("B2"), finding("A1", Severity.NOTE, sheet="Notes", message="Unused.")], target
    )
    workbook = openpyxl.load_workbook(target)
    assert colour(workbook["Notes"]["A1"]) == BLUE
    assert "Unused." in workbook["Notes"]["A1"].comment.text
    assert not workbook["Notes"]["B2"].comment


def test_the_same_findings_give_the_same_bytes(source: Path, target: Path) -> None:
    other = target.with_name("other.xlsx")
    for path in (target, other):
        mark_workbook(source, [finding("B2"), finding("Z9", Severity.WARNING)], path)
    assert target.read_bytes() == other.read_bytes()


def test_macros_stay_and_the_copy_keeps_the_ending_that_excel_wants(source: Path, tmp_path: Path) -> None:
    macros = tmp_path / "shipment.xlsm"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(macros, "w") as new:
        for name in old.namelist():
            main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
            kind = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
            new.writestr(name, old.read(name).replace(main, kind))
        new.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macros")
    with pytest.raises(OutputError, match=r"\.xlsm"):
        mark_workbook(macros, [finding("B2")], tmp_path / "marked.xlsx")
    mark_workbook(macros, [finding("B2")], tmp_path / "marked.xlsm")
    with zipfile.ZipFile(tmp_path / "marked.xlsm") as archive:
        assert archive.read("xl/vbaProject.bin") == b"\xd0\xcf\x11\xe0 macros"


def test_a_plain_openpyxl_workbook_with_inline_texts_and_its_own_notes(tmp_path: Path, target: Path) -> None:
    source = tmp_path / "plain.xlsx"
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Products"
    sheet["A1"] = "Mill & Sons <Ltd>"
    sheet["A1"].font = Font(italic=True)
    sheet["A1"].border = Border(top=Side(style="double"))
    sheet["A1"].comment = Comment("check\nthis", "Buyer")
    workbook.save(source)
    mark_workbook(source, [finding("A1"), finding("A2")], target)
    cell = openpyxl.load_workbook(target)["Products"]["A1"]
    assert (cell.value, cell.font.i, cell.border.top.style) == ("Mill & Sons <Ltd>", True, "double")
    assert cell.comment.text.startswith("check\nthis\n\nerror CG203")


def test_a_text_file_gets_an_excel_copy_of_its_texts(tmp_path: Path, target: Path) -> None:
    source = tmp_path / "Shipments of the whole season 2026 [final].csv"
    source.write_text("Lot;Weight\n=1+1;1.200,5\n\n01204009;x\x07\n", encoding="utf-8")
    sheet = load_book(source).sheets[0].name
    mark_workbook(source, [finding("B2", sheet=sheet, workbook=source.name)], target)
    workbook = openpyxl.load_workbook(target)
    copy = workbook.worksheets[0]
    assert copy.title == "Shipments of the whole season 2"
    assert (copy["A2"].value, copy["A2"].data_type, copy["A4"].value) == ("=1+1", "s", "01204009")
    assert colour(copy["B2"]) == RED
    assert workbook["certgen"]["D2"].hyperlink.location == "'Shipments of the whole season 2'!B2"
    assert load_book(target).sheets[0].cells[4, 2].text == "x\x07"


def test_an_old_workbook_gets_an_excel_copy_of_its_values(tmp_path: Path, target: Path) -> None:
    source = tmp_path / "old.xls"
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Products")
    sheet.write(1, 1, 1200.5)
    sheet.write(1, 2, date(2026, 12, 8), xlwt.easyxf(num_format_str="dd.mm.yyyy"))
    workbook.save(str(source))
    mark_workbook(source, [finding("B2")], target)
    copy = openpyxl.load_workbook(target)["Products"]
    assert (copy["B2"].value, colour(copy["B2"])) == (1200.5, RED)
    assert copy["C2"].value.date() == date(2026, 12, 8)


@pytest.mark.parametrize("kind", ["source", "file", "dangling"])
def test_an_existing_file_is_never_written_over(source: Path, target: Path, kind: str) -> None:
    if kind == "file":
        target.write_text("mine")
    elif kind == "dangling":
        target.symlink_to(target.with_name("nowhere"))
    place = source if kind == "source" else target
    before = source.read_bytes()
    with pytest.raises(OutputError, match="exists already"):
        mark_workbook(source, [finding("B2")], place)
    assert source.read_bytes() == before
    assert kind != "file" or target.read_text() == "mine"


def test_a_folder_that_is_not_there_is_told_and_nothing_is_left(source: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        mark_workbook(source, [finding("B2")], tmp_path / "none" / "marked.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == [source.name]


def test_a_full_disk_leaves_nothing_behind(
    source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="No space left"):
        mark_workbook(source, [finding("B2")], target)
    assert [path.name for path in target.parent.iterdir()] == [source.name]


def test_a_file_that_is_no_workbook_cannot_be_marked(tmp_path: Path, target: Path) -> None:
    source = tmp_path / "shipment.xlsx"
    source.write_bytes(b"%PDF-1.7")
    with pytest.raises(UnreadableInputError, match=r"shipment\.xlsx is a PDF"):
        mark_workbook(source, [], target)
    assert not target.exists()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    filled=st.sets(st.tuples(st.integers(1, 12), st.integers(1, 30)), min_size=1, max_size=30),
    marked=st.sets(st.tuples(st.integers(1, 14), st.integers(1, 32)), min_size=1, max_size=20),
)
def test_any_cells_can_be_marked(
    tmp_path: Path, filled: set[tuple[int, int]], marked: set[tuple[int, int]]
) -> None:
    source, target = tmp_path / "any.xlsx", tmp_path / "any marked.xlsx"
    target.unlink(missing_ok=True)
    with xlsxwriter.Workbook(source) as workbook:
        sheet = workbook.add_worksheet("Products")
        for row, column in filled:
            sheet.write(row - 1, column - 1, row * column)
    mark_workbook(source, [finding(cell_name(*place)) for place in marked], target)
    copy = openpyxl.load_workbook(target)["Products"]
    coloured = {(cell.row, cell.column) for row in copy.iter_rows() for cell in row if colour(cell) == RED}
    assert coloured == marked
    assert all(copy.cell(*place).comment for place in marked)
    assert load_book(target).sheets[0].cells == load_book(source).sheets[0].cells


@pytest.mark.system
def test_libreoffice_opens_the_copy_with_colours_notes_and_chart(source: Path, target: Path) -> None:
    mark_workbook(
        source, [finding("B2"), finding("D7", Severity.WARNING), finding("A1", Severity.NOTE)], target
    )
    office = shutil.which("soffice")
    assert office
    home = target.parent / "office"
    subprocess.run(
        [office, f"-env:UserInstallation={home.as_uri()}", "--headless", "--convert-to", "ods",
         "--outdir", str(home), str(target)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    with zipfile.ZipFile(home / "marked.ods") as archive:
        content = archive.read("content.xml").decode().lower()
        assert any(name.startswith("Object 1/") for name in archive.namelist())
    assert content.count("<office:annotation ") == 3
    assert all(f"#{shade[2:].lower()}" in content for shade in (RED, AMBER, BLUE))
    assert "as on the sacks" in content
    assert 'table:name="certgen"' in content
