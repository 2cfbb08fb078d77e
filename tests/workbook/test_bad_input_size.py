"""Files made to fill the memory or the hour: each is bounded, and told."""

from __future__ import annotations

import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwt
from broken_files import refusal, replace_part, write_good

from certgen.workbook.formats.biff import TextReader
from certgen.workbook.formats.limits import MAX_PACKAGE_ENTRIES
from certgen.workbook.formats.load import load_book

# measures one reading from outside: the seconds and the megabytes of memory it took at most
MEASURE = """
import resource, sys, time
from pathlib import Path
from certgen.consignment import Cell
from certgen.errors import CertgenError, UnreadableInputError
from certgen.findings import Finding, Severity
from certgen.workbook.formats.load import load_book
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
    return write_good(tmp_path / "good.xlsx")


def measure(path: Path) -> tuple[str, float, float]:
    """What came out of reading, the most memory it took in MB, and the seconds."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    told, memory, seconds = done.stdout.strip().splitlines()
    return told, float(memory), float(seconds)


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


@pytest.mark.parametrize("parts", [1, 20])
def test_a_bomb_is_known_by_how_far_it_expands_even_in_small_parts(
    good: Path, place: Path, parts: int
) -> None:
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    sheets = "".join(f'<sheet name="S{n}" sheetId="{n + 1}" r:id="r{n}"/>' for n in range(parts))
    targets = "".join(
        f'<Relationship Id="r{n}" Type="{relation}/worksheet" Target="s{n}.xml"/>' for n in range(parts)
    )
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("[Content_Types].xml", old.read("[Content_Types].xml"))
        new.writestr("_rels/.rels", old.read("_rels/.rels"))
        new.writestr(
            "xl/workbook.xml", f'<workbook xmlns:r="{relation}"><sheets>{sheets}</sheets></workbook>'
        )
        new.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{targets}</Relationships>")
        for number in range(parts):
            padding = " " * (40_000_000 // parts)
            cell = '<row r="1"><c r="A1"><v>1</v></c></row>'
            new.writestr(
                f"xl/s{number}.xml", f"<worksheet><sheetData>{cell}{padding}</sheetData></worksheet>"
            )
    assert "expands to far more" in refusal(place)


def test_a_text_of_an_old_workbook_may_change_its_width_where_it_is_broken() -> None:
    pieces = [b"\x04\x00\x00ab", b"\x01" + "有機".encode("utf-16-le")]
    assert TextReader(pieces).text() == "ab有機"
