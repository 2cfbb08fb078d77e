"""Spreadsheets in and out: how a shipment workbook is read, and what it means."""

from certgen.workbook.blank.writing import find_example, write_blank_labels, write_blank_workbook
from certgen.workbook.folding import squeeze
from certgen.workbook.formats.load import load_book
from certgen.workbook.grid import GridBook
from certgen.workbook.marked.copy import mark_workbook
from certgen.workbook.reading import Reading, read_book, read_workbook
from certgen.workbook.sheets.confirmed import find_field, require_field
from certgen.workbook.sheets.described import SheetReading
from certgen.workbook.sheets.headers import HeaderIndex
from certgen.workbook.sheets.scouting import (
    bears_name,
    find_forms_named,
    find_forms_with_sheets,
    find_mentioned,
)

__all__ = [
    "GridBook",
    "HeaderIndex",
    "Reading",
    "SheetReading",
    "bears_name",
    "find_example",
    "find_field",
    "find_forms_named",
    "find_forms_with_sheets",
    "find_mentioned",
    "load_book",
    "mark_workbook",
    "read_book",
    "read_workbook",
    "require_field",
    "squeeze",
    "write_blank_labels",
    "write_blank_workbook",
]
