"""Files that are no workbook, or a hostile one: refused in words that say what to do, within bounds."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certgen.consignment import Cell
from certgen.errors import CertgenError, UnreadableInputError
from certgen.findings import Finding, Severity
from certgen.workbook.formats import load_book
from certgen.workbook.grid import CellKind
from certgen.workbook.limits import MAX_PACKAGE_ENTRIES
from certgen.workbook.marked import mark_workbook

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
# measures one reading from outside: the seconds and the megabytes of memory it took at most
MEASURE = """
import resource, sys, time
from pathlib import Path
from certgen.consignment import Cell
from certgen.errors import CertgenError, UnreadableInputError
from certgen.findings import Finding, Severity
from certgen.workbook.formats import load_book
started = time.perf_counter()
try:
    book = load_book(Path(sys.argv[1]))
    print(sum(len(sheet.cells) for sheet in book.sheets))
except UnreadableInputError as error:
    print(error)
# Linux hands the parent's peak on to a child's rusage, so its own is asked of /proc
status = Path("/proc/self/status")
if status.exists():
    print(next(int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if "VmHWM" in line))
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024)
print(time.perf_counter() - started)
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "shipment.xlsx"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.xlsx"
    workbook = openpyxl.Workbook()
    workbook.active.append(["Shipment reference", "Net weight (kg)"])
    workbook.active.append(["NW-2026-014", 18000])
    workbook.save(path)
    return path


def refusal(path: Path) -> str:
    """The sentence with which a file is refused; it names the file and ends as a sentence."""
    with pytest.raises(UnreadableInputError) as caught:
        load_book(path)
    sentence = str(caught.value)
    assert path.name in sentence
    assert sentence.endswith(".")
    return sentence


def replace_part(source: Path, target: Path, part: str, text: str | bytes) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
        if part not in old.namelist():
            new.writestr(part, text)
    return target


def measure(path: Path) -> tuple[str, float, float]:
    """What came out of reading, the most memory it took in MB, and the seconds."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    told, memory, seconds = done.stdout.strip().splitlines()
    return told, float(memory), float(seconds)


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
        (b'a,b\n"open,c\n', "quotation mark"),
        (b"\n\n , \n"[:2], "no filled cell"),
    ],
)
def test_a_file_that_is_no_workbook_is_called_by_its_name(place: Path, content: bytes, word: str) -> None:
    place.write_bytes(content)
    assert word in refusal(place)


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


def write_rows(path: Path, row: Callable[[int], str], count: int) -> Path:
    """An .xlsx whose one sheet has rows made by `row`, written piece by piece."""
    base = path.with_name("base.xlsx")
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "x"
    workbook.save(base)
    with (
        zipfile.ZipFile(base) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            if name != "xl/worksheets/sheet1.xml":
                new.writestr(name, old.read(name))
        with new.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(b"<worksheet><sheetData>")
            for first in range(1, count + 1, 10_000):
                rows = range(first, min(first + 10_000, count + 1))
                part.write("".join(row(number) for number in rows).encode())
            part.write(b"</sheetData></worksheet>")
    return path


def test_a_million_empty_rows_with_a_style_are_passed_over(place: Path) -> None:
    def row(number: int) -> str:
        filled = "<v>7</v>" if number == 1_000_000 else ""
        return f'<row r="{number}" s="0" customFormat="1"><c r="A{number}" s="0">{filled}</c></row>'

    told, memory, seconds = measure(write_rows(place, row, 1_000_000))
    assert told == "1"
    assert memory < 200
    assert seconds < 15


def test_millions_of_empty_cells_with_a_style_are_refused_with_what_to_delete(place: Path) -> None:
    cells = '<c s="0"/>' * 500
    told, memory, seconds = measure(
        write_rows(place, lambda row: f'<row r="{row}">{cells}<c>{row}</c></row>', 20_000)
    )
    assert "Delete the empty rows" in told
    assert memory < 100
    assert seconds < 20


def test_more_filled_cells_than_memory_bears_are_refused(place: Path) -> None:
    cells = "".join(f"<c><v>{column}.5</v></c>" for column in range(100))
    told, memory, _ = measure(write_rows(place, lambda number: f'<row r="{number}">{cells}</row>', 8_000))
    assert "Split it" in told
    assert memory < 500


def test_a_zip_bomb_is_stopped_long_before_it_is_unpacked(good: Path, place: Path) -> None:
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as new, zipfile.ZipFile(good) as old:
        for name in old.namelist():
            if name != "xl/worksheets/sheet1.xml":
                new.writestr(name, old.read(name))
        with new.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(b"<worksheet><sheetData>")
            for _ in range(400):
                part.write(b" " * 1_000_000)
            part.write(b"</sheetData></worksheet>")
    told, memory, seconds = measure(place)
    assert "expands to far more" in told
    assert memory < 150
    assert seconds < 5


def test_a_bomb_whose_header_tells_a_small_size(good: Path, place: Path) -> None:
    bomb = b"<worksheet><sheetData>" + b" " * 50_000_000
    replace_part(good, place, "xl/worksheets/sheet1.xml", bomb)
    data = place.read_bytes().replace(len(bomb).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    place.write_bytes(
        data.replace(zlib.crc32(bomb).to_bytes(4, "little"), zlib.crc32(bomb[:1000]).to_bytes(4, "little"))
    )
    sentence = refusal(place)
    assert "damaged" in sentence or "expands" in sentence


def test_an_archive_of_countless_entries(place: Path) -> None:
    with zipfile.ZipFile(place, "w") as archive:
        for number in range(MAX_PACKAGE_ENTRIES + 1):
            archive.writestr(f"{number}", "")
    assert "expands to far more" in refusal(place)


def test_a_tag_of_many_megabytes(good: Path, place: Path) -> None:
    padding = "".join(f"{number} " for number in range(700_000))
    xml = f'<worksheet x="{padding}"><sheetData/></worksheet>'
    started = time.perf_counter()
    assert "damaged" in refusal(replace_part(good, place, "xl/worksheets/sheet1.xml", xml))
    assert time.perf_counter() - started < 5


def test_a_merge_of_the_whole_sheet_over_two_far_cells(good: Path, place: Path) -> None:
    xml = (
        '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    )
    assert "Unmerge" in refusal(replace_part(good, place, "xl/worksheets/sheet1.xml", xml))


def write_ods(path: Path, rows: str) -> Path:
    head = '<office:document-content xmlns:office="o" xmlns:table="t"><office:body><office:spreadsheet>'
    tail = "</office:spreadsheet></office:body></office:document-content>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"{head}<table:table>{rows}</table:table>{tail}")
    return path


def test_repeated_rows_and_columns_of_an_open_document_are_not_written_out(tmp_path: Path) -> None:
    filled = '<table:table-cell office:value-type="float" office:value="7"/>'
    wide = '<table:table-cell table:number-columns-repeated="16384"'
    many = '<table:table-row table:number-rows-repeated="1048000">'
    last = f"<table:table-row>{filled}</table:table-row>"
    empty = write_ods(tmp_path / "empty.ods", f"{many}{wide}/></table:table-row>{last}")
    assert [cell.name for cell in load_book(empty).sheets[0].cells.values()] == ["A1048001"]
    sevens = f'{many}{wide} office:value-type="float" office:value="7"/></table:table-row>'
    assert "Split it" in refusal(write_ods(tmp_path / "filled.ods", sevens))


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


def test_an_old_workbook_whose_two_cells_span_millions(tmp_path: Path) -> None:
    path = tmp_path / "old.xls"
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("P")
    sheet.write(0, 0, "x")
    sheet.write(65_535, 255, "y")
    workbook.save(str(path))
    told, memory, _ = measure(path)
    assert told == "2"
    assert memory < 100


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
