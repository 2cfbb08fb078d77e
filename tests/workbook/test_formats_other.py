"""Workbooks of other formats: OpenDocument, Excel before 2007, and text in its encodings."""

from __future__ import annotations

import io
import zipfile
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import odf.opendocument
import odf.style
import odf.table
import odf.text
import pytest
import python_calamine
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certgen.workbook.formats.load import load_book
from certgen.workbook.formats.ods import _Styles
from certgen.workbook.formats.xml_stream import stream_xml
from certgen.workbook.grid import CellKind, Grid

ODS = "application/vnd.oasis.opendocument.spreadsheet"
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:{name}"'
    for name in ("office", "table", "text", "style", "number", "fo", "calcext", "draw")
)


def write_ods(path: Path, tables: str, *, styles: str = "", defaults: str = "") -> Path:
    """An .ods whose tables are given as XML."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr(
            "styles.xml", f"<office:document-styles {NAMESPACES}>{defaults}</office:document-styles>"
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content {NAMESPACES}>"
            f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
            "</office:document-content>",
        )
    return path


def table(rows: str, name: str = "Products", attributes: str = "") -> str:
    return f'<table:table table:name="{name}" {attributes}>{rows}</table:table>'


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def cell(text: str = "", attributes: str = "") -> str:
    return f"<table:table-cell {attributes}>{text and f'<text:p>{text}</text:p>'}</table:table-cell>"


def told(sheet: Grid) -> dict[str, tuple[CellKind, Any, str]]:
    return {item.name: (item.kind, item.value, item.text) for item in sheet.cells.values()}


@pytest.fixture
def ods(tmp_path: Path) -> Path:
    return tmp_path / "shipment.ods"


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    return tmp_path / "shipment.csv"


def first_sheet(path: Path) -> Grid:
    return load_book(path).sheets[0]


def test_open_document_values_of_every_type(ods: Path) -> None:
    cells = [
        cell("Lot", 'office:value-type="string"'),
        cell("1,200.50", 'office:value-type="float" office:value="1200.5"'),
        cell("8. Dez", 'office:value-type="date" office:date-value="2026-12-08"'),
        cell("14:30", 'office:value-type="time" office:time-value="PT14H30M00S"'),
        cell("WAHR", 'office:value-type="boolean" office:boolean-value="true"'),
        cell("0,3", 'office:value-type="float" office:value="0.30000000000000004"'),
    ]
    assert told(first_sheet(write_ods(ods, table(row(*cells))))) == {
        "A1": (CellKind.TEXT, "Lot", "Lot"),
        "B1": (CellKind.NUMBER, Decimal("1200.5"), "1200.5"),
        "C1": (CellKind.DATE, date(2026, 12, 8), "2026-12-08"),
        "D1": (CellKind.DATE, time(14, 30), "14:30"),
        "E1": (CellKind.BOOLEAN, True, "TRUE"),
        "F1": (CellKind.NUMBER, Decimal("0.3"), "0.3"),
    }


def test_open_document_formulas_are_told_as_in_excel(ods: Path) -> None:
    cells = [
        cell("2", 'table:formula="of:=1+1" office:value-type="float" office:value="2"'),
        cell("", 'table:formula="of:=[.A1]*2"'),
        cell("#REF!", 'table:formula="of:=[.#REF!]" office:value-type="string" calcext:value-type="error"'),
        cell("Err:508", 'table:formula="of:=((" office:value-type="float" office:value="0"'),
        cell("7", 'table:formula="of:=[\'file:///w.ods\'#$S.A1]" office:value-type="float" office:value="7"'),
        cell("", 'table:formula="of:=IF(1;&quot;&quot;)" office:value-type="string" office:string-value=""'),
    ]
    kinds = {
        name: kind for name, (kind, _, _) in told(first_sheet(write_ods(ods, table(row(*cells))))).items()
    }
    assert kinds == {
        "A1": CellKind.NUMBER,
        "B1": CellKind.FORMULA_WITHOUT_VALUE,
        "C1": CellKind.ERROR,
        "D1": CellKind.ERROR,
        "E1": CellKind.EXTERNAL_LINK,
    }


def test_open_document_texts_keep_lines_and_spaces_but_not_comments_or_readings(ods: Path) -> None:
    inner = (
        "<office:annotation><text:p>a comment</text:p></office:annotation>"
        '<text:p>Mill<text:s text:c="2"/><text:span>Lane</text:span><text:line-break/>\n  Ely</text:p>'
        "<text:p><text:ruby><text:ruby-base>有機</text:ruby-base><text:ruby-text>ゆうき</text:ruby-text></text:ruby>"
        "</text:p><draw:frame><draw:text-box><text:p>a drawing</text:p></draw:text-box></draw:frame>"
    )
    ((_, value, _),) = told(
        first_sheet(write_ods(ods, table(row(f"<table:table-cell>{inner}</table:table-cell>"))))
    ).values()
    assert value == "Mill  Lane\n Ely\n有機"


def test_open_document_repeats_merges_and_hidden_rows(ods: Path) -> None:
    rows = (
        row(
            cell("m", 'table:number-columns-spanned="2" table:number-rows-spanned="2"'),
            "<table:covered-table-cell/>",
        )
        + row("<table:covered-table-cell/>", cell("c", 'table:number-columns-repeated="2"'))
        + row(cell(), attributes='table:number-rows-repeated="5"')
        + row(cell("h"), attributes='table:visibility="filter" table:number-rows-repeated="2"')
    )
    sheet = first_sheet(write_ods(ods, table(rows)))
    assert {name: text for name, (_, _, text) in told(sheet).items()} == {
        "A1": "m", "B2": "c", "C2": "c", "A8": "h", "A9": "h",
    }  # fmt: skip
    assert sheet.merged == {(1, 2): (1, 1), (2, 1): (1, 1), (2, 2): (1, 1)}
    assert sheet.hidden_rows == {8, 9}


def test_open_document_formats_come_from_the_cell_or_its_column(ods: Path) -> None:
    styles = (
        '<number:number-style style:name="N1"><number:number number:min-integer-digits="8"/>'
        "</number:number-style>"
        '<number:percentage-style style:name="N2"><number:number number:decimal-places="1"'
        ' number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>'
        '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
        '<style:style style:name="ce2" style:family="table-cell" style:data-style-name="N2"/>'
    )
    rows = '<table:table-column table:default-cell-style-name="ce1"/>' + row(
        cell("", 'office:value-type="float" office:value="1204009"'),
        cell("", 'table:style-name="ce2" office:value-type="percentage" office:value="0.95"'),
    )
    texts = {
        name: text
        for name, (_, _, text) in told(first_sheet(write_ods(ods, table(rows), styles=styles))).items()
    }
    assert texts == {"A1": "01204009", "B1": "95.0%"}


@pytest.mark.parametrize(
    ("language", "country", "tag"),
    [("de", "AT", "de-AT"), ("en", "US", ""), ("en", "GB", "en-GB"), ("none", "none", "")],
)
def test_open_document_language(ods: Path, language: str, country: str, tag: str) -> None:
    default = (
        '<style:default-style style:family="table-cell">'
        f'<style:text-properties fo:language="{language}" fo:country="{country}"/></style:default-style>'
    )
    assert first_sheet(write_ods(ods, table(row(cell("x"))), defaults=default)).language == tag


def test_hidden_sheets_and_caches_of_other_workbooks(ods: Path) -> None:
    styles = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    cache = table("<table:table-source/>" + row(cell("cached")), name="'file:///w.ods'#S")
    tables = table(row(cell("x"))) + table(row(cell("y")), "Lists", 'table:style-name="ta2"') + cache
    sheets = load_book(write_ods(ods, tables, styles=styles)).sheets
    assert [(sheet.name, sheet.is_visible) for sheet in sheets] == [("Products", True), ("Lists", False)]


def test_an_open_document_by_another_writer(ods: Path) -> None:
    document = odf.opendocument.OpenDocumentSpreadsheet()
    sheet = odf.table.Table(name="P")
    line = odf.table.TableRow()
    for attributes, text in (({}, "Lot"), ({"valuetype": "float", "value": "2"}, "2")):
        item = odf.table.TableCell(**attributes)
        item.addElement(odf.text.P(text=text))
        line.addElement(item)
    sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    document.save(str(ods))
    assert [text for _, _, text in told(first_sheet(ods)).values()] == ["Lot", "2"]


def write_xls(path: Path) -> Path:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Products")
    sheet.write(2, 1, "Lot")
    sheet.write(3, 1, 1204009, xlwt.easyxf(num_format_str="00000000"))
    sheet.write(4, 1, date(2026, 12, 8), xlwt.easyxf(num_format_str="dd.mm.yyyy"))
    sheet.write(5, 1, xlwt.Formula("1/0"))
    sheet.row(4).hidden = True
    sheet.row(5).set_cell_error(2, "#N/A!")
    sheet.write_merge(7, 7, 0, 1, "merged")
    for column in range(4):
        sheet.write(9, column, column * 1.5)
    workbook.add_sheet("Lists").visibility = 1
    workbook.get_sheet(1).write(0, 0, "x")
    workbook.save(str(path))
    return path


def test_an_old_workbook_is_read_with_what_its_reader_leaves_out(tmp_path: Path) -> None:
    book = load_book(write_xls(tmp_path / "old.xls"))
    sheet, lists = book.sheets
    assert told(sheet) == {
        "B3": (CellKind.TEXT, "Lot", "Lot"),
        "B4": (CellKind.NUMBER, Decimal(1204009), "01204009"),
        "B5": (CellKind.DATE, date(2026, 12, 8), "2026-12-08"),
        "B6": (CellKind.FORMULA_WITHOUT_VALUE, "=…", "=…"),
        "C6": (CellKind.ERROR, "#N/A", "#N/A"),
        "A8": (CellKind.TEXT, "merged", "merged"),
        "A10": (CellKind.NUMBER, Decimal(0), "0"),
        "B10": (CellKind.NUMBER, Decimal("1.5"), "1.5"),
        "C10": (CellKind.NUMBER, Decimal(3), "3"),
        "D10": (CellKind.NUMBER, Decimal("4.5"), "4.5"),
    }
    assert sheet.hidden_rows == {5}
    assert sheet.merged == {(8, 2): (8, 1)}
    assert (sheet.is_visible, lists.is_visible) == (True, False)
    assert [finding.slug for finding in book.findings] == ["old-excel-format"]


def test_an_old_workbook_large_enough_for_a_stream_of_its_own(tmp_path: Path) -> None:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("P")
    for number in range(3000):
        sheet.write(number, 0, f"lot {number}")
    buffer = io.BytesIO()
    workbook.save(buffer)
    path = tmp_path / "season.xls"
    path.write_bytes(buffer.getvalue())
    assert first_sheet(path).cells[3000, 1].text == "lot 2999"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(
        st.text(st.characters(codec="utf-16", exclude_characters="\r"), min_size=1), min_size=1, max_size=60
    ),
    repeat=st.integers(1, 400),
    numbers=st.lists(st.floats(-1e12, 1e12) | st.integers(-(2**31), 2**31), max_size=20),
)
def test_an_old_workbook_says_what_another_reader_finds(
    tmp_path: Path, texts: list[str], repeat: int, numbers: list[float]
) -> None:
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("P")
    for line, text in enumerate(texts):
        sheet.write(line, 0, f"{line} {text * repeat}"[:20_000])
    for line, number in enumerate(numbers):
        sheet.write(line, 1, number)
    buffer = io.BytesIO()
    workbook.save(buffer)
    path = tmp_path / "any.xls"
    path.write_bytes(buffer.getvalue())
    expected = (
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        .get_sheet_by_index(0)
        .to_python()
    )
    cells = first_sheet(path).cells
    for line, values in enumerate(expected, start=1):
        if isinstance(values[0], str) and values[0]:
            assert cells[line, 1].value == values[0]
        if len(values) > 1 and values[1] != "":
            assert float(cells[line, 2].value) == pytest.approx(values[1], rel=1e-14)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_in_any_of_its_encodings_and_separators(csv: Path, encoding: str, separator: str) -> None:
    lines = [["Lot", "Goods", "Weight"], ["L1", "Müsli; fein, 5\t%", "1.200,5"], ["L2", 'a "b"\nc', "—"]]
    text = "\r\n".join(
        separator.join('"' + field.replace('"', '""') + '"' for field in line) for line in lines
    )
    csv.write_bytes(text.encode(encoding))
    sheet = first_sheet(csv)
    assert [sheet.cells[line, column].text for line in (1, 2, 3) for column in (1, 2, 3)] == [
        *lines[0],
        *lines[1],
        *lines[2],
    ]
    assert not sheet.is_typed
    assert sheet.name == "shipment"


def test_a_guessed_encoding_is_told(csv: Path) -> None:
    csv.write_bytes("Köln;1".encode("cp1252"))
    (finding,) = load_book(csv).findings
    assert (finding.slug, finding.severity) == ("encoding-guessed", "warning")
    assert "Köln" in finding.message
    csv.write_bytes("Köln;1".encode())
    assert not load_book(csv).findings


@pytest.mark.parametrize(
    ("words", "encoding"),
    [("Чечевица", "cp1251"), ("Ελαιουργείο", "cp1253"), ("Şahin Çiftliği", "cp1254"), ("Ekołąka", "cp1250")],
)
def test_letters_of_another_encoding_are_refused_and_shown(csv: Path, words: str, encoding: str) -> None:
    csv.write_bytes(f"Producer;Lot\n{words};L1".encode(encoding))
    (finding,) = load_book(csv).findings
    assert (finding.slug, finding.severity) == ("encoding-doubtful", "error")


def test_western_names_are_no_doubt(csv: Path) -> None:
    csv.write_bytes("Érablière Côté-Lévesque;Müller & Søn;¿Qué?;5 m³;Crème brûlée;naïve".encode("cp1252"))
    assert [finding.slug for finding in load_book(csv).findings] == ["encoding-guessed"]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Shipment list 2026\n\nLot;Weight\nL1;1,5\nL2;2,5\n", ["Lot", "Weight"]),
        ("sep=;\n\nLot;a,b,c\n", ["Lot", "a,b,c"]),
        ("Lot\tGoods, kind\nL1\tOats, rolled\n", None),
        ("Lot,Weight\nL1,5\n", None),
        ("Lot|Goods; kind\nL1|Oats, rolled\n", None),
        ("Lot / Los | Numéro,Weight | Gewicht\nL1,5\n", None),
    ],
)
def test_the_separator_is_the_one_of_the_most_regular_columns(
    csv: Path, text: str, fields: list[str] | None
) -> None:
    csv.write_text(text)
    widest = max(column for _, column in first_sheet(csv).cells)
    assert widest == 2
    if fields:
        assert [item.text for item in first_sheet(csv).cells.values() if item.row == 3] == fields


def test_control_characters_and_marks_of_direction_stay_in_text(csv: Path) -> None:
    csv.write_text("a,b\u200f\x07c\n", encoding="utf-8")
    assert first_sheet(csv).cells[1, 2].text == "b\u200f\x07c"


def test_formulas_in_text_are_only_text(csv: Path) -> None:
    csv.write_text("Lot,Goods\n=cmd|' /C calc'!A0,x\n")
    item = first_sheet(csv).cells[2, 1]
    assert (item.kind, item.text) == (CellKind.TEXT, "=cmd|' /C calc'!A0")


THOUSANDS = '<number:number number:decimal-places="1" number:display-factor="1000"/>'
PADDED = '<number:number number:min-integer-digits="4"/>'
PLAIN = '<number:number number:min-integer-digits="1"/>'
FROM_A_THOUSAND = '<style:map style:condition="value()&gt;=1000" style:apply-style-name="N2"/>'
FROM_ZERO = '<style:map style:condition="value()&gt;=0" style:apply-style-name="N2"/>'
ODS_FORMATS = [
    (f"{THOUSANDS}<number:text> t</number:text>", '0.0," t"'),
    (f"<number:text>PL25</number:text>{PADDED}", '"PL25"0000'),
    (PLAIN + FROM_A_THOUSAND, "[>=1000]0"),
    (PLAIN + FROM_ZERO, "0"),
]


@pytest.mark.parametrize(("written", "code"), ODS_FORMATS, ids=["scaled", "words", "condition", "sign"])
def test_an_ods_format_says_what_its_cell_shows(written: str, code: str) -> None:
    spaces = " ".join(f'xmlns:{prefix}="urn:x:{prefix}"' for prefix in ("office", "style", "number"))
    xml = (
        f"<office:styles {spaces}><number:number-style style:name='N1'>{written}</number:number-style>"
        "<style:style style:name='ce1' style:data-style-name='N1'/></office:styles>"
    )
    styles = _Styles()
    stream_xml([xml.encode()], styles)
    assert styles.codes["N1"] == code
