"""How the blank workbook looks: which headers must be filled, hints, lists, widths, print set-up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from certgen.workbook.blank.plan import EXAMPLE_REFERENCE, BlankColumn, BlankSheet

LAST_ROW = 1000
"""Lists and formats reach down to this row."""
LONGEST_LIST = 255
"""Characters; Excel takes no longer list that is written out."""

_REQUIRED = PatternFill("solid", fgColor="F4D58D")
_OPTIONAL = PatternFill("solid", fgColor="E4E9EC")
_EXAMPLE = PatternFill("solid", fgColor="F7F7F2")
_LEGEND = (
    (_REQUIRED, "A header of this colour, with a star: must be filled."),
    (_OPTIONAL, "A header of this colour: may be left empty where it does not apply."),
    (_EXAMPLE, "A row of this colour: an example."),
)
_RULE = Border(bottom=Side(style="medium", color="6B6B5A"))
_NUMBERS = frozenset({"mass", "package-count", "number"})
_WIDE = frozenset({"address"})
_HALF_WIDE = frozenset({"name"})


def fill_sheet(sheet: Worksheet, plan: BlankSheet) -> None:
    """Write headers, example row, formats and lists of one sheet."""
    for position, column in enumerate(plan.columns, start=1):
        _header(sheet, position, column)
        _example(sheet, position, column)
        _format_column(sheet, position, column)
        _offer_list(sheet, position, column)
    sheet.row_dimensions[1].height = 33
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.print_title_cols = "A:A"
    sheet.page_setup.scale = 75
    sheet.page_setup.pageOrder = "overThenDown"


def fill_read_me(sheet: Worksheet, titles: Sequence[str], sheets: Sequence[BlankSheet], command: str) -> None:
    """Write the few lines that say what to do."""
    sheet.title = "Read me"
    lines = [
        *(f"This workbook is for: {title}." for title in titles),
        "",
        *(plan.about or _about(plan) for plan in sheets),
        "Point at a header to read what belongs there. Divide several values in one cell by a semicolon.",
        "Columns may be moved, and those you do not need may be deleted.",
        f"The rows called {EXAMPLE_REFERENCE} are an example: write over them, or delete them.",
        f"Then run {command} on this file: it tells what is wrong, at the cell where it is wrong.",
    ]
    for row, line in enumerate(lines, start=1):
        sheet.cell(row, 1, line).alignment = Alignment(wrap_text=True, vertical="top")
    for row in range(1, len(titles) + 1):
        sheet.cell(row, 1).font = Font(bold=True, size=12)
        sheet.row_dimensions[row].height = 36
    for row, (fill, meaning) in enumerate(_LEGEND, start=len(lines) + 2):
        sheet.cell(row, 1, meaning).fill = fill
    sheet.column_dimensions["A"].width = 82
    sheet.sheet_view.showGridLines = False


def _about(plan: BlankSheet) -> str:
    name, key = plan.name, plan.columns[0].field
    if name == "Shipments":
        return "On the sheet Shipments stands one row for each shipment."
    if name == "Products":
        return "On the sheet Products stands one row for each kind of goods, under the name of its shipment."
    if key.path != "reference":
        return (
            f"On the sheet {name} stand the {name.lower()} of several shipments, under their {key.label()}."
        )
    return f"On the sheet {name} stand the {name.lower()} of each shipment, under its name."


def _header(sheet: Worksheet, position: int, column: BlankColumn) -> None:
    cell = sheet.cell(1, position, column.header)
    cell.font = Font(bold=column.is_required)
    cell.fill = _REQUIRED if column.is_required else _OPTIONAL
    cell.border = _RULE
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    hint = _hint(column)
    if hint:
        cell.comment = Comment(hint, "certgen", height=110, width=260)


def _hint(column: BlankColumn) -> str:
    shown = "" if column.example == EXAMPLE_REFERENCE else column.example
    example = f"Example: {shown or column.field.example}" if shown or column.field.example else ""
    return "\n".join(part for part in (column.field.help, example) if part)


def _example(sheet: Worksheet, position: int, column: BlankColumn) -> None:
    cell = sheet.cell(2, position)
    cell.fill = _EXAMPLE
    cell.font = Font(italic=True, color="7A7A6A")
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.number_format = _number_format(column)
    if column.example:
        cell.value = _typed(column)


def _typed(column: BlankColumn) -> str | int | float | date:
    """The example as Excel keeps such a value: a day as a day, a bare amount as a number."""
    if column.field.type == "date":
        return date.fromisoformat(column.example)
    if column.field.type in _NUMBERS and re.fullmatch(r"[0-9]+(\.[0-9]+)?", column.example):
        return float(column.example) if "." in column.example else int(column.example)
    return column.example


def _format_column(sheet: Worksheet, position: int, column: BlankColumn) -> None:
    dimension = sheet.column_dimensions[get_column_letter(position)]
    dimension.number_format = _number_format(column)
    dimension.width = _width(column)


def _number_format(column: BlankColumn) -> str:
    """Text for whatever has zeros or letters to lose."""
    if column.field.type == "date":
        return "yyyy-mm-dd"
    return "General" if column.field.type in _NUMBERS else "@"


def _width(column: BlankColumn) -> float:
    if column.field.type in _WIDE:
        return 34
    if column.field.type in _HALF_WIDE:
        return 26
    return max(11, min(24, max(len(column.example), len(column.header) * 0.9) + 3))


def _offer_list(sheet: Worksheet, position: int, column: BlankColumn) -> None:
    """A drop-down list; it offers and does not forbid, since several values may stand in one cell."""
    words = ",".join(column.choices)
    if not words or len(words) > LONGEST_LIST or '"' in words:
        return
    letter = get_column_letter(position)
    validation = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=False)
    validation.add(f"{letter}2:{letter}{LAST_ROW}")
    sheet.add_data_validation(validation)
