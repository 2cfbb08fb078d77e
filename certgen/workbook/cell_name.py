"""Cells by the names Excel gives them (`F14`) and by row and column, counting from 1."""

from __future__ import annotations

from functools import cache

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384


@cache
def column_letters(column: int) -> str:
    """The letters of a column: 1 is `A`, 27 is `AA`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    """The column that these letters name; raises ValueError where no sheet has such a column."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        raise ValueError(letters)
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    if number > MAX_COLUMNS:
        raise ValueError(letters)
    return number


def cell_name(row: int, column: int) -> str:
    """The cell as Excel names it."""
    return f"{column_letters(column)}{row}"


def parse_cell_name(name: str) -> tuple[int, int]:
    """Row and column of `F14` or `$F$14`; raises ValueError where no sheet has such a cell."""
    plain = name.replace("$", "")
    letters = plain.rstrip("0123456789")
    row = int(plain[len(letters) :])
    if not 1 <= row <= MAX_ROWS:
        raise ValueError(name)
    return row, column_number(letters)


def parse_range(reference: str) -> tuple[int, int, int, int]:
    """First row, first column, last row and last column of `A1:C3` (a lone cell is a range of one)."""
    first, _, last = reference.partition(":")
    top, left = parse_cell_name(first)
    bottom, right = parse_cell_name(last or first)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)
