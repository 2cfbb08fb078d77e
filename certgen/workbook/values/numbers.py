"""Numbers as people write them: with points, commas, spaces and apostrophes, in any country's way."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from certgen.workbook.entries import Entry, Notebook
from certgen.workbook.grid import CellKind

_NUMBER = re.compile(r"([+\-−]?)\s*(\d[\d.,'’ ]*|[.,]\d+)")
_SPACED = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?=$|[.,])")
_MOST_DIGITS = 15
_LONGEST_NUMBER = 40


class NotANumberError(ValueError):
    """The text is no number in any country."""


class AmbiguousNumberError(ValueError):
    """The text is one number in one country and another one elsewhere."""


def read_number(entry: Entry, notes: Notebook, text: str | None = None) -> Decimal | None:
    """The number of a cell, or of a part of its text, with its precision; a finding where it is none."""
    written = entry.text.strip() if text is None else text
    if entry.cell and entry.cell.kind is CellKind.NUMBER and text is None:
        return _stored(entry, notes)
    try:
        return parse_written(written, "")
    except AmbiguousNumberError:
        return _settled(written, entry, notes)
    except NotANumberError:
        notes.tell("CG200", entry)
    return None


def _settled(written: str, entry: Entry, notes: Notebook) -> Decimal | None:
    """A lone separator before three digits, by the sheet's other cells or its language, and told."""
    sheet = entry.sheet
    if not sheet.decimal_mark:
        plain = written.strip().replace(",", ".")
        notes.tell("CG201", entry, one=plain.replace(".", ""), other=plain)
        return None
    number = parse_written(written, sheet.decimal_mark)
    has_decimals = number != number.to_integral_value() or "." in str(number)
    source = "other cells of the sheet" if sheet.is_mark_shown else "the language of the sheet"
    code = "CG208" if has_decimals and not sheet.is_mark_shown else "CG207"
    notes.tell(code, entry, meaning="decimals" if has_decimals else "thousands", source=source)
    return number


def _stored(entry: Entry, notes: Notebook) -> Decimal | None:
    """A number that the file holds as one: as it is shown, with the zeros its format adds."""
    if entry.cell is None or not isinstance(entry.cell.value, Decimal):
        return None
    if entry.cell.value.adjusted() >= _MOST_DIGITS:
        notes.tell("CG206", entry)
        return None
    try:
        return Decimal(entry.text)
    except InvalidOperation:
        return entry.cell.value


def parse_written(text: str, decimal_mark: str) -> Decimal:
    """The number that a text writes; `decimal_mark` settles a lone separator before three digits.

    Raises NotANumberError, or AmbiguousNumberError when nothing settles it.
    """
    if len(text) > _LONGEST_NUMBER or _has_odd_digits(text):
        raise NotANumberError(text)
    if text.isascii() and text.isdigit():
        return Decimal(text)
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None or not found[2].replace("’", "'").isascii():
        raise NotANumberError(text)
    sign = "-" if found[1] in ("-", "−") else ""
    return Decimal(sign + _plain_digits(found[2].strip(), decimal_mark))


def _has_odd_digits(text: str) -> bool:
    """Raised, lowered, circled and divided digits (`9²`, `①`, `½`) are no plain ones."""
    return not text.isascii() and any(unicodedata.category(letter) == "No" for letter in text)


def find_mark(text: str) -> str:
    """The decimal mark that a number explains by itself: `.`, `,`, or empty where it tells nothing."""
    found = _NUMBER.match(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return ""
    digits = found[2].strip(" .,'")
    marks = [letter for letter in digits if letter in ".,"]
    if len(set(marks)) == 2:
        return marks[-1]
    if len(marks) > 1:
        is_grouped = all(len(group) == len("000") for group in digits.split(marks[0])[1:])
        return {".": ",", ",": "."}[marks[0]] if is_grouped else ""
    return marks[0] if marks and not _is_ambiguous(digits, marks[0]) else ""


def _plain_digits(written: str, decimal_mark: str) -> str:
    if _SPACED.match(written):
        digits = re.sub(r"[ '’]", "", written)
        if digits.count(".") + digits.count(",") > 1 or not digits[-1].isdigit():
            raise NotANumberError(written)
        return digits.replace(",", ".")
    if re.search(r"[ '’]", written):
        raise NotANumberError(written)
    return _with_point(written, decimal_mark)


def _with_point(written: str, decimal_mark: str) -> str:
    marks = [letter for letter in written if letter in ".,"]
    if not marks:
        return written
    if len(set(marks)) == 2 or len(marks) > 1:
        return _grouped(written, marks)
    if _is_ambiguous(written, marks[0]):
        if not decimal_mark:
            raise AmbiguousNumberError(written)
        return written.replace(marks[0], "." if marks[0] == decimal_mark else "")
    return _decimal(written, marks[0])


def _grouped(written: str, marks: list[str]) -> str:
    """Several separators: the last of two kinds is the decimal mark, the rest divide thousands."""
    thousands = marks[0]
    whole, decimal, rest = written, "", ""
    if len(set(marks)) == 2:
        decimal = marks[-1]
        whole, _, rest = written.rpartition(decimal)
    groups = whole.split(thousands)
    is_whole = 1 <= len(groups[0]) <= 3 and all(len(group) == 3 and group.isdigit() for group in groups[1:])
    if not is_whole or (decimal and not rest):
        raise NotANumberError(written)
    return "".join(groups) + ("." + rest if decimal else "")


def _decimal(written: str, mark: str) -> str:
    whole, _, rest = written.partition(mark)
    if not rest:
        raise NotANumberError(written)
    return f"{whole or '0'}.{rest}"


def _is_ambiguous(digits: str, mark: str) -> bool:
    """A lone separator before exactly three digits, which could divide thousands."""
    whole, _, rest = digits.partition(mark)
    return len(rest) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
