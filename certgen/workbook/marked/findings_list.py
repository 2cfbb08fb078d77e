"""The list of all findings on a sheet of its own, each tied to its cell by a link."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from certgen.findings import Finding
from certgen.workbook.cell_name import cell_name, parse_cell_name
from certgen.workbook.formats.limits import MAX_CELL_CHARACTERS
from certgen.workbook.grid import Grid
from certgen.workbook.marked.xml_edit import xml_text

LIST_NAME = "certgen"
HEADERS = ("Severity", "Code", "Sheet", "Cell", "Header", "Value", "Message", "What to do", "Box", "Cites")
_WIDTHS = (10, 9, 18, 8, 24, 28, 52, 52, 10, 36)
_PRINTED_ACROSS = b'<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
_LINE_POINTS, _MAX_ROW_POINTS = 15.0, 409.0
# widths count digits; the letters of a sentence run a little wider
_LETTERS_PER_UNIT = 1.1
_LINK_COLUMN = HEADERS.index("Cell") + 1
MAIN_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def free_sheet_name(taken: Iterable[str]) -> str:
    """`certgen`, or `certgen (2)` and so on where the workbook has such a sheet already."""
    lowered = {name.lower() for name in taken}
    name, number = LIST_NAME, 1
    while name in lowered:
        number += 1
        name = f"{LIST_NAME} ({number})"
    return name


def is_list_of_findings(sheet: Grid) -> bool:
    """Whether certgen itself wrote this sheet."""
    texts = [
        sheet.cells[1, column].text for column in range(1, len(HEADERS) + 1) if (1, column) in sheet.cells
    ]
    return sheet.name.startswith(LIST_NAME) and texts == list(HEADERS)


def list_row(finding: Finding) -> tuple[str, ...]:
    """A finding as a line of the list, in the order of `HEADERS`."""
    record = finding.as_record()
    keys = ("severity", "code", "sheet", "cell", "header", "value", "message", "fix", "box", "cites")
    box = f"{finding.form} {finding.box}".strip()
    return tuple(box if key == "box" else str(record[key]) for key in keys)


def write_list_sheet(
    findings: Sequence[Finding], style_of: Callable[[str], int], sheets: Iterable[str]
) -> bytes:
    """The worksheet part of the list; every cell is an inline text, so nothing in it can be a formula.

    `style_of` gives the style of `header`, `text` and `link` cells and of those naming a severity; only
    cells of `sheets` are linked.
    """
    known = set(sheets)
    head, text, linked = style_of("header"), style_of("text"), style_of("link")
    rows = [_row(1, HEADERS, [head] * len(HEADERS))]
    links: list[bytes] = []
    for number, finding in enumerate(findings, start=2):
        link = _link(number, finding) if finding.cell and finding.cell.sheet in known else b""
        styles = [text] * len(HEADERS)
        styles[0] = style_of(finding.severity)
        styles[_LINK_COLUMN - 1] = linked if link else text
        rows.append(_row(number, list_row(finding), styles))
        links.append(link)
    return _worksheet(rows, b"".join(links))


def _worksheet(rows: list[bytes], links: bytes) -> bytes:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(_WIDTHS, start=1)
    )
    last = cell_name(len(rows), len(HEADERS))
    head = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="{MAIN_NAMESPACE}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>"
    )
    tail = f'</sheetData><autoFilter ref="A1:{last}"/>'
    linked = b"<hyperlinks>" + links + b"</hyperlinks>" if links else b""
    return head.encode() + b"".join(rows) + tail.encode() + linked + _PRINTED_ACROSS + b"</worksheet>"


def _row(number: int, texts: Sequence[str], styles: Sequence[int]) -> bytes:
    cells = b"".join(
        f'<c r="{cell_name(number, column)}" s="{styles[column - 1]}" t="inlineStr"><is>'.encode()
        + b'<t xml:space="preserve">'
        + xml_text(_cut(text))
        + b"</t></is></c>"
        for column, text in enumerate(texts, start=1)
        if text
    )
    return f'<row r="{number}" ht="{_height(texts)}" customHeight="1">'.encode() + cells + b"</row>"


def _height(texts: Sequence[str]) -> float:
    """Points for the most lines that any text of the row wraps into: not every program works it out."""
    lines = max(
        sum(1 + len(line) * _LETTERS_PER_UNIT // width for line in text.split("\n"))
        for text, width in zip(texts, _WIDTHS, strict=True)
    )
    return min(_LINE_POINTS * lines, _MAX_ROW_POINTS)


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CELL_CHARACTERS else text[: MAX_CELL_CHARACTERS - 1] + "…"


def _link(number: int, finding: Finding) -> bytes:
    """A link within the workbook; none where the finding names no cell."""
    cell = finding.cell
    if cell is None or not cell.cell:
        return b""
    try:
        place = cell_name(*parse_cell_name(cell.cell))
    except ValueError:
        return b""
    sheet = cell.sheet.replace("'", "''")
    reference = cell_name(number, _LINK_COLUMN)
    return f'<hyperlink ref="{reference}" location="'.encode() + xml_text(f"'{sheet}'!{place}") + b'"/>'
