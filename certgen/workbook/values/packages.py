"""Packages: how many and of what kind, from a cell each, from one cell, or with the kind in the header."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from certgen.consignment import Packages
from certgen.forms.value_words import Words
from certgen.workbook.entries import Entry, Notebook
from certgen.workbook.folding import fold, squeeze
from certgen.workbook.grid import CellKind
from certgen.workbook.values.number_dress import dress_of
from certgen.workbook.values.numbers import NotANumberError, parse_written
from certgen.workbook.values.texts import read_text

_COUNT_FIRST = re.compile(r"(\d[\d.,'’ ]*?)(?:\s+|(?=[^\W\d_]{2}|[(]))([^\d\-–/+].*)", re.DOTALL)
_THREE_ZEROS = re.compile(r"([1-9]\d{0,2})([.,])000(?![\d.,])")
_TIMES_SIZE = re.compile(r"[x×*]\s+[\d.,]+\s*[^\W\d_]*", re.IGNORECASE)
_TIMES = "x×* "
_NO_WORD_OF_A_KIND = frozenset("?*~<>=^$!#@\\|")
_LARGEST_COUNT = 10**12
_MEASURES = frozenset({"ft", "foot", "feet", "ply", "oz", "cm", "mm"})
"""What may stand in the size of a package (`20 ft flexitanks`) beside the units of weights."""


class PackageWords:
    """Words of units and of goods without packages, folded for lookup; made once for a workbook."""

    def __init__(self, words: Words) -> None:
        self._in_bulk = {squeeze(word) for word in words.in_bulk}
        self._units = {squeeze(word) for unit in words.unit for word in unit.words}
        unclear = {squeeze(word) for unit in words.unclear_unit for word in unit.words}
        self._sizes = self._units | unclear | _MEASURES

    def read_packages(self, count: Entry | None, kind: Entry | None, notes: Notebook) -> Packages | None:
        """Count and kind, from a cell each, from one cell, or with the kind in the header."""
        named = read_text(kind, notes) if kind and kind.is_filled else ""
        if count is None or not count.is_filled:
            return Packages(None, "in bulk") if kind and self._is_bulk(named, kind, notes) else None
        is_text = count.cell is not None and count.cell.kind is CellKind.TEXT
        text = read_text(count, notes) if is_text else count.text
        if self._is_bulk(text, count, notes):
            return Packages(None, "in bulk")
        if is_text and (either := _with_open_zeros(text, count.sheet.decimal_mark)):
            notes.tell("CG256", count, fewer=either[0], more=either[1])
            return None
        amount, told = _divide(text) if is_text else _stored(count)
        own, alone = self._count_within(named)
        if kind and own is not None and amount is not None and own != amount:
            notes.tell("CG255", kind, amount=amount, place=count.name)
            return None
        named = self._with_header(named if own is None else alone, count)
        if kind and named and (not _is_kind(named) or self._is_size(named)):
            notes.tell("CG254", kind)
            return None
        return self._counted(count, amount, (told, named), notes)

    def _count_within(self, kind: str) -> tuple[int | None, str]:
        """The count that a column of kinds holds too (`880 bags`); none where its number is a size."""
        count, rest = _divide(kind)
        is_size = not rest or next(iter(fold(rest)), "") in self._sizes
        return (None, "") if is_size else (count, rest)

    def _with_header(self, kind: str, count: Entry) -> str:
        """A size alone (`25 kg`) under or beside a header that names the kind: `x 25 kg bags`."""
        if not self._is_size(kind) or not count.place.kind:
            return kind
        return f"x {kind.lstrip(_TIMES)} {count.place.kind}"

    def _is_size(self, kind: str) -> bool:
        """Whether a text is a number with its unit alone: what a package holds, not what it is."""
        words = {word.casefold() for word in re.findall(r"[^\W\d_]+|\d+", kind)}
        numbers = set(filter(str.isdigit, words))
        units = {word for word in words if squeeze(word) in self._sizes}
        return bool(numbers and units) and words <= numbers | units | {"x"}

    def _counted(
        self, entry: Entry, amount: int | None, kinds: tuple[str, str], notes: Notebook
    ) -> Packages | None:
        """A count with its kind, as the cell, the column of kinds or the header says it."""
        told, named = kinds
        if amount is None or squeeze(told.partition(" ")[0]) in self._units or (told and not _is_kind(told)):
            notes.tell("CG251", entry)
            return None
        if squeeze(named) in self._in_bulk or (told and named and squeeze(told) != squeeze(named)):
            notes.tell("CG252", entry, one=told or entry.text.strip(), other=named)
            return None if squeeze(named) in self._in_bulk else Packages(amount, told)
        kind = told or named or entry.place.kind
        if not kind:
            notes.tell("CG250", entry)
        return Packages(amount, kind)

    def _is_bulk(self, text: str, entry: Entry, notes: Notebook) -> bool:
        if squeeze(text) not in self._in_bulk:
            return False
        if text.casefold() != "in bulk":
            notes.tell("CG253", entry)
        return True


def parse_count(text: str) -> int | None:
    """A whole number of packages; a separator before three digits divides thousands."""
    try:
        number = parse_written(text, "")
    except NotANumberError:
        return None
    except ValueError:
        number = Decimal(re.sub(r"[.,]", "", text))
    return _whole(number)


def _whole(number: Decimal) -> int | None:
    if number != number.to_integral_value() or not 0 <= number < _LARGEST_COUNT:
        return None
    return int(number)


def _divide(text: str) -> tuple[int | None, str]:
    """`880 bags` as 880 and `bags`; no count where the text is no number before a word."""
    found = _COUNT_FIRST.fullmatch(text)
    return (parse_count(found[1].strip()), found[2].strip()) if found else (parse_count(text), "")


def _with_open_zeros(text: str, decimal_mark: str) -> tuple[str, str] | None:
    """Both counts that `320.000` may be, where the sheet's decimal mark stands before three zeros.

    Programs export whole amounts with three decimals, and people divide thousands so.
    """
    found = _THREE_ZEROS.match(text)
    if found is None or found[2] != decimal_mark:
        return None
    return found[1], f"{found[1]}000"


def _stored(entry: Entry) -> tuple[int | None, str]:
    """A count that the file holds as a number, whose point divides no thousands, and its words."""
    value, dress = entry.cell.value if entry.cell else None, dress_of(entry.cell)
    if not isinstance(value, Decimal) or dress.is_open or dress.thousands:
        return None, ""
    return _whole(value), dress.words


def _is_kind(text: str) -> bool:
    """Whether a text is the word of a kind: letters, perhaps with a size (`x 25 kg bags`)."""
    rest = _TIMES_SIZE.sub("", text, count=1) if _TIMES_SIZE.match(text) else text
    odd = any(letter in _NO_WORD_OF_A_KIND or unicodedata.category(letter) == "No" for letter in text)
    letters = [letter for letter in rest if letter.isalpha()]
    return not odd and bool(letters) and "".join(letters).casefold() not in ("x", "×")
