"""Files that are no workbook, or a hostile one: refused in words that say what to do, within bounds."""

from __future__ import annotations

import os
import zipfile
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from broken_files import refusal, replace_part, write_good
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certgen.consignment import Cell
from certgen.errors import CertgenError, UnreadableInputError
from certgen.findings import Finding, Severity
from certgen.workbook.formats.load import load_book
from certgen.workbook.grid import CellKind
from certgen.workbook.marked.copy import mark_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is>'
    "<t>&c;</t></is></c></row></sheetData></worksheet>"
)
OUTSIDE_ENTITY = (
    '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row r="1">'
    '<c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row></sheetData></worksheet>'
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "shipment.xlsx"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return write_good(tmp_path / "good.xlsx")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        (b"<!DOCTYPE html><html><table><tr><td>1</td></tr></table></html>", "web page"),
        (b"\xef\xbb\xbf<html xmlns:x='urn:schemas-microsoft-com:office:excel'>", "web page"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "XML"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "picture"),
        (b"\x1f\x8b\x08" + bytes(40), "archive"),
        (bytes(range(256)) * 8, "not a workbook"),
        (OLE + bytes(600), "cut short"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(40), "password"),
        (OLE + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(40), "Word"),
        (b"\x81\x40 \x83\x4d\x83\x42," * 20, "encoding"),
    ],
)
def test_a_file_that_is_no_workbook_is_called_by_its_name(place: Path, content: bytes, word: str) -> None:
    place.write_bytes(content)
    assert word in refusal(place)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b'a,b\n"open,c\n', "quotation mark out of place"),
        (b"\n\n", "no filled cell"),
        (b"Reference,Exporter\nR1,Ac\0me\n", "holds a NUL character in line 2"),
        ("Reference,Exporter\nR1,Müh\0le\n".encode(), "save it as .xlsx or as CSV UTF-8"),
        (b"a,b\n" + b"x" * 140_000, "more than 131,072 characters in one field, near line 2"),
        (b"a,b\n" * (5 * 1024 * 1024), "more than 16 MB of text"),
    ],
    ids=["open-quote", "blank", "nul", "nul-in-utf-8", "long-field", "long-file"],
)
def test_a_text_that_is_no_table_is_refused(tmp_path: Path, content: bytes, word: str) -> None:
    place = tmp_path / "shipment.csv"
    place.write_bytes(content)
    assert word in refusal(place)


@pytest.mark.parametrize("ending", [".xlsx", ".XLSM", ".xls", ".ods"])
def test_a_text_with_the_name_of_a_workbook_is_refused(tmp_path: Path, ending: str) -> None:
    place = tmp_path / f"shipment{ending}"
    place.write_text("Shipment reference,Net weight (kg)\nR1,1200\n")
    assert "Rename it to .csv" in refusal(place)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "shipment.xlsx")
    assert "pipe" in refusal(tmp_path / "shipment.xlsx")


def test_a_directory_that_points_before_the_file_is_damage(tmp_path: Path) -> None:
    place = tmp_path / "shipment.ods"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    data = bytearray(place.read_bytes())
    end = data.rindex(b"PK\x05\x06")
    offset = int.from_bytes(data[end + 16 : end + 20], "little")
    data[end + 16 : end + 20] = (offset + 50).to_bytes(4, "little")
    place.write_bytes(data)
    assert "damaged" in refusal(place)


@pytest.mark.parametrize(
    ("names", "word"),
    [
        (["[Content_Types].xml", "word/document.xml"], "Word"),
        (["[Content_Types].xml", "ppt/presentation.xml"], "presentation"),
        (["[Content_Types].xml", "xl/workbook.bin"], ".xlsb"),
        (["Index/Document.iwa", "Metadata/Properties.plist"], "Numbers"),
        (["invoice.pdf"], "zip archive"),
        ([], "zip archive"),
    ],
)
def test_an_archive_of_something_else_is_called_by_its_name(place: Path, names: list[str], word: str) -> None:
    with zipfile.ZipFile(place, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    assert word in refusal(place)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "none.xlsx")


def test_a_folder(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


def test_a_file_that_may_not_be_read(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "Permission denied" in refusal(good)


def test_a_file_of_many_megabytes_is_not_even_read(place: Path) -> None:
    with place.open("wb") as file:
        os.truncate(file.fileno(), 65 * 1024 * 1024)
    assert "64 MB" in refusal(place)


def test_an_encrypted_open_document(tmp_path: Path) -> None:
    path = tmp_path / "shipment.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        archive.writestr("content.xml", b"\x00\x01garbage")
    assert "password" in refusal(path)


def test_a_text_document_of_libreoffice(tmp_path: Path) -> None:
    path = tmp_path / "letter.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    assert "another kind" in refusal(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_workbook_cut_short(good: Path, place: Path, share: float) -> None:
    data = good.read_bytes()
    place.write_bytes(data[: int(len(data) * share)])
    assert "cut short" in refusal(place)


def test_a_workbook_with_a_flipped_byte_in_its_sheet(good: Path, place: Path) -> None:
    data = bytearray(good.read_bytes())
    start = data.index(b"xl/worksheets/sheet1.xml") + 60
    data[start : start + 8] = b"\xff" * 8
    place.write_bytes(data)
    assert "damaged" in refusal(place)


@pytest.mark.parametrize("xml", [BILLION_LAUGHS, OUTSIDE_ENTITY], ids=["billion laughs", "outside entity"])
@pytest.mark.parametrize(
    "part",
    ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "_rels/.rels"],
)
def test_a_document_type_is_refused_in_every_part(good: Path, place: Path, part: str, xml: str) -> None:
    workbook = "xl/_rels/workbook.xml.rels"
    with zipfile.ZipFile(good) as archive:
        relations = archive.read(workbook).decode()
    if part == "xl/sharedStrings.xml" and "sharedStrings" not in relations:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
        entry = f'<Relationship Id="rS" Type="{kind}" Target="/{part}"/></Relationships>'
        good = replace_part(
            good, place.with_name("s.xlsx"), workbook, relations.replace("</Relationships>", entry)
        )
    assert "document type" in refusal(replace_part(good, place, part, xml))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
@pytest.mark.parametrize("xml", ["", "<worksheet>", "not xml", "<a/><b/>", "\x00\x00"])
def test_xml_that_is_none(good: Path, place: Path, part: str, xml: str) -> None:
    assert "damaged" in refusal(replace_part(good, place, part, xml))


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A0" t="s"><v>0</v></c>',
        '<c r="ZZZZ1"><v>1</v></c>',
        '<c r="1A"><v>1</v></c>',
        '<c r="A1" s="x"><v>1</v></c>',
    ],
)
@pytest.mark.parametrize("row", ["1", "0", "9999999", "-4", "x", "1" * 5000])
def test_places_that_no_sheet_has(good: Path, place: Path, row: str, cell: str) -> None:
    xml = f'<worksheet><sheetData><row r="{row}">{cell}</row></sheetData></worksheet>'
    assert "damaged" in refusal(replace_part(good, place, "xl/worksheets/sheet1.xml", xml))


@pytest.mark.parametrize("index", ["7", "-1"])
def test_a_text_that_the_file_does_not_hold_is_named_with_its_cell(
    good: Path, place: Path, index: str
) -> None:
    xml = f'<worksheet><sheetData><row r="3"><c r="B3" t="s"><v>{index}</v></c></row></sheetData></worksheet>'
    assert "Sheet!B3" in refusal(replace_part(good, place, "xl/worksheets/sheet1.xml", xml))


def test_a_workbook_without_a_filled_cell(place: Path) -> None:
    openpyxl.Workbook().save(place)
    assert "no filled cell" in refusal(place)


def test_entries_that_lead_out_of_the_archive_are_never_written(good: Path, tmp_path: Path) -> None:
    place = tmp_path / "in" / "shipment.xlsx"
    place.parent.mkdir()
    replace_part(good, place, "../../escaped.txt", "x")
    assert load_book(place).sheets[0].cells
    assert {path.name for path in tmp_path.rglob("*")} == {"good.xlsx", "in", "shipment.xlsx"}


def test_a_sheet_said_to_lie_outside_the_archive(good: Path, place: Path) -> None:
    entry = '<Relationship Id="rId1" Type="x/worksheet" Target="../../../../etc/passwd"/>'
    relations = f"<Relationships>{entry}</Relationships>"
    assert "damaged" in refusal(replace_part(good, place, "xl/_rels/workbook.xml.rels", relations))


def test_a_cell_as_long_as_excel_allows_is_read_and_a_longer_one_is_told(place: Path) -> None:
    with xlsxwriter.Workbook(place) as workbook:
        workbook.add_worksheet().write_string(0, 0, "x" * 32_767)
    (cell,) = load_book(place).sheets[0].cells.values()
    assert (cell.kind, len(cell.text)) == (CellKind.TEXT, 32_767)
    long = place.with_suffix(".csv")
    long.write_text("a,b\n" + "x" * 40_000 + ",1\n")
    cell = load_book(long).sheets[0].cells[2, 1]
    assert (cell.kind, len(cell.text)) == (CellKind.TOO_LONG, 32_767)


def test_a_longer_cell_of_excel_is_told_too(good: Path, place: Path) -> None:
    xml = (
        '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>'
        f'{"x" * 3_000_000}</t></is></c><c r="B1"><v>{"1" * 200_000}</v></c></row></sheetData></worksheet>'
    )
    first, second = (
        load_book(replace_part(good, place, "xl/worksheets/sheet1.xml", xml)).sheets[0].cells.values()
    )
    assert (first.kind, len(first.text)) == (CellKind.TOO_LONG, 32_767)
    assert second.kind is CellKind.ERROR


def write_xls(path: Path) -> bytes:
    workbook = xlwt.Workbook()
    workbook.add_sheet("P").write(0, 0, "x")
    workbook.save(str(path))
    return path.read_bytes()


def test_an_old_workbook_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "old.xls"
    data = write_xls(path)
    write_access, file_pass = b"\x5c\x00\x70\x00", b"\x2f\x00\x70\x00"
    assert write_access in data
    path.write_bytes(data.replace(write_access, file_pass, 1))
    assert "password" in refusal(path)


def test_an_old_workbook_cut_short_or_garbled(tmp_path: Path) -> None:
    path = tmp_path / "old.xls"
    data = write_xls(path)
    path.write_bytes(data[:1500])
    assert "cut short" in refusal(path)
    path.write_bytes(data[:512] + b"\xff" * 512 + data[1024:])
    refusal(path)


def test_a_name_that_no_file_can_have() -> None:
    assert "cannot be read" in refusal(Path("shipment\0.xlsx"))


def test_one_sheet_claimed_many_times(good: Path, place: Path) -> None:
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    sheets = "".join(f'<sheet name="S{number}" sheetId="{number}" r:id="rId1"/>' for number in range(1, 500))
    xml = f'<workbook xmlns:r="{relation}"><sheets>{sheets}</sheets></workbook>'
    assert "damaged" in refusal(replace_part(good, place, "xl/workbook.xml", xml))


PARTS = ["[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
         "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "_rels/.rels"]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    part=st.sampled_from(PARTS),
    cut=st.tuples(st.floats(0, 1), st.integers(0, 40)),
    put=st.sampled_from(
        ["", "<", '"', "/>", "UTF-7", ' s="-1"', "<c><v>9</v></c>", "99999999999", "é", "</row>"]
    ),
)
def test_no_garbled_part_makes_an_untyped_error_read_or_marked(
    tmp_path: Path, part: str, cut: tuple[float, int], put: str
) -> None:
    source, place, target = (tmp_path / name for name in ("whole.xlsx", "garbled.xlsx", "marked.xlsx"))
    if not source.exists():
        with xlsxwriter.Workbook(source) as workbook:
            workbook.add_worksheet("P").write_row(0, 0, ["Lot", 7, "Oats"])
    with zipfile.ZipFile(source) as archive:
        text = archive.read(part).decode()
    start = int(cut[0] * len(text))
    replace_part(source, place, part, text[:start] + put + text[start + cut[1] :])
    target.unlink(missing_ok=True)
    where = Cell("", "P", "B1", "Lot", "7")
    with suppress(CertgenError):
        load_book(place)
    with suppress(CertgenError):
        mark_workbook(place, [Finding("X", "x", Severity.ERROR, "m", "f", where)], target)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_garbled_workbook_makes_an_untyped_error(good: Path, tmp_path: Path, data: st.DataObject) -> None:
    whole = bytearray(good.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "garbled.xlsx"
    path.write_bytes(whole)
    with suppress(UnreadableInputError):
        load_book(path)
