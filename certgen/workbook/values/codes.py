"""Codes, lots and other names made of digits: what a spreadsheet did to them is undone or told."""

from __future__ import annotations

import re
from decimal import Decimal

from certgen.workbook.entries import Entry, Notebook
from certgen.workbook.formats.number_format import read_format
from certgen.workbook.grid import CellKind
from certgen.workbook.values.number_dress import read_dress
from certgen.workbook.values.texts import read_items, read_text

_DIVIDERS = re.compile(r"(?<=\d)[ .\-]+(?=\d)")
_PLAIN_DIGITS = re.compile(r"[0#?.,]*|General", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[Ee]\+?\d+")
_LENGTHS_WITHOUT_ZERO = (5, 7, 9)
_MOST_DIGITS = 15


def read_tariff_code(entry: Entry, notes: Notebook) -> str:
    """The digits of a CN code: dots and spaces go, a leading zero that a number lost comes back.

    Whatever is not made of digits is kept as written, for the rules to refuse; nothing is cut.
    """
    if _has_lost_its_end(entry):
        notes.tell("CG224", entry)
        return ""
    text = read_text(entry, notes)
    digits = _DIVIDERS.sub("", text)
    if not (digits.isascii() and digits.isdigit()):
        return text
    if not digits.strip("0"):
        notes.tell("CG228", entry)
        return ""
    if len(digits) in _LENGTHS_WITHOUT_ZERO and _may_have_lost_zero(entry, text):
        notes.tell("CG220", entry, digits=f"0{digits}")
        return f"0{digits}"
    return digits


def read_code(entry: Entry, notes: Notebook) -> str:
    """One code or name as it is shown, with a warning where a spreadsheet has changed it."""
    _tell_changes(entry, notes)
    return read_text(entry, notes)


def read_codes(entry: Entry, notes: Notebook) -> list[str]:
    """Lots, containers, seals and the like: several in a cell are separated by `;` or a line break."""
    _tell_changes(entry, notes)
    return read_items(entry, notes)


def read_eori(entry: Entry, notes: Notebook) -> str:
    """An EORI number without the spaces people write in it."""
    return re.sub(r"\s", "", read_code(entry, notes)).upper()


def _may_have_lost_zero(entry: Entry, text: str) -> bool:
    """A number has lost it for certain; a file whose cells are all text (csv) was a sheet of numbers once."""
    kind = entry.cell.kind if entry.cell else None
    return kind is CellKind.NUMBER or (not entry.sheet.is_typed and text.isdigit())


def _has_lost_its_end(entry: Entry) -> bool:
    """`1204.0090` typed as a number is 1204.009, unless its format shows the zeros."""
    cell = entry.cell
    if cell is None or cell.kind is not CellKind.NUMBER or not isinstance(cell.value, Decimal):
        return False
    decimals = -int(cell.value.normalize().as_tuple().exponent)
    return decimals > 0 and read_format(cell.number_format).decimals < decimals


def _tell_changes(entry: Entry, notes: Notebook) -> None:
    cell = entry.cell
    if cell is None or cell.kind is CellKind.TEXT:
        if not entry.sheet.is_typed and _SCIENTIFIC.fullmatch(entry.text.strip()):
            notes.tell("CG222", entry)
        return
    if cell.kind is CellKind.DATE:
        notes.tell("CG221", entry)
    elif isinstance(cell.value, Decimal):
        _tell_number(cell.value, cell.number_format, entry, notes)


def _tell_number(value: Decimal, number_format: str, entry: Entry, notes: Notebook) -> None:
    if value.adjusted() >= _MOST_DIGITS:
        notes.tell("CG223", entry)
    elif "E+" in number_format.upper() or _SCIENTIFIC.fullmatch(entry.text):
        notes.tell("CG222", entry)
    elif _has_lost_its_end(entry):
        notes.tell("CG224", entry)
    elif _is_shown_otherwise(number_format):
        notes.tell("CG225", entry, format=number_format)


def _is_shown_otherwise(number_format: str) -> bool:
    """Whether a format without words shows another number; what its words add is read with the text."""
    dress = read_dress(number_format)
    is_plain = all(_PLAIN_DIGITS.fullmatch(digits) for digits, _ in dress.tokens if digits)
    return not dress.words and (dress.is_open or dress.thousands > 0 or not is_plain)
