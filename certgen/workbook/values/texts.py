"""Texts as they may stand on paper: nothing invisible is printed, and nothing is dropped without a word."""

from __future__ import annotations

import re
import unicodedata

from certgen.workbook.entries import Entry, Notebook, is_plain
from certgen.workbook.grid import CellKind
from certgen.workbook.values.number_dress import shown_text

_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\u0085]")
_TURNS_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINERS = frozenset("\u200c\u200d")
_SEPARATORS = re.compile(r"[;；\n]")
_BLANK_LINE = re.compile(r"\n[ ]*\n|[;；]")


def read_text(entry: Entry, notes: Notebook) -> str:
    """The text of a cell without white space around it; every kind of space is a plain one.

    Control characters and marks that turn the direction of writing are errors; other invisible marks are
    left out with a warning. A number stands as its cell shows it, with the words of its format.
    """
    text = _shown(entry, notes)
    if is_plain(text):
        return text.strip()
    text = "".join(_plain_space(letter) for letter in _LINE_ENDS.sub("\n", text))
    return _without_invisible(text, entry, notes).strip()


def read_items(entry: Entry, notes: Notebook) -> list[str]:
    """Several values of one cell, separated by `;` or a line break."""
    return split_items(read_text(entry, notes))


def is_list(text: str) -> bool:
    """Whether a cell could hold several values."""
    return _SEPARATORS.search(text) is not None


def split_items(text: str) -> list[str]:
    """The values in one cell, separated by `;` or a line break."""
    return [item for part in _SEPARATORS.split(text) if (item := part.strip())]


def split_parties(text: str) -> list[str]:
    """The parties in one cell, separated by `;` or a blank line; a line break belongs to the address."""
    return [part.strip() for part in _BLANK_LINE.split(text) if part.strip()]


def _shown(entry: Entry, notes: Notebook) -> str:
    if entry.cell is None or entry.cell.kind is not CellKind.NUMBER:
        return entry.text
    text = shown_text(entry.cell)
    if text is None:
        notes.tell("CG225", entry, format=entry.cell.number_format)
    return entry.text if text is None else text


def _plain_space(letter: str) -> str:
    return " " if letter == "\t" or unicodedata.category(letter) == "Zs" else letter


def _without_invisible(text: str, entry: Entry, notes: Notebook) -> str:
    kept, told = [], set()
    for index, letter in enumerate(text):
        code = _fault(letter, text[max(index - 1, 0) : index + 2])
        if not code:
            kept.append(letter)
        elif (code, letter) not in told:
            told.add((code, letter))
            notes.tell(code, entry, character=f"U+{ord(letter):04X}", called=_name_of(letter))
    return "".join(kept)


def _fault(letter: str, around: str) -> str:
    category = unicodedata.category(letter)
    if category == "Cs" or (category == "Cc" and letter != "\n"):
        return "CG150"
    if letter in _TURNS_DIRECTION:
        return "CG151"
    if category != "Cf" or (letter in _JOINERS and any("\u0600" <= other <= "\u0dff" for other in around)):
        return ""
    return "CG152"


def _name_of(letter: str) -> str:
    return unicodedata.name(letter, "a control character").lower()
