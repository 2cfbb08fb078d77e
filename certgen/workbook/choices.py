"""Values with a known set of words: choices, yes and no, percentages, packages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from certgen.consignment import Packages
from certgen.forms.vocabulary import Field, Words
from certgen.workbook.entries import Entry, Notebook
from certgen.workbook.folding import squeeze
from certgen.workbook.grid import CellKind
from certgen.workbook.numbers import NotANumberError, parse_written, read_number
from certgen.workbook.texts import read_text

_BETWEEN_CHOICES = re.compile(r"[;；\n/,、+&]")
_COUNT_FIRST = re.compile(r"(\d[\d.,'’ ]*?)(?:\s+|(?=[^\d.,'’ ]))([^\d\-–/+].*)", re.DOTALL)
_LARGEST_COUNT = 10**12


class Choices:
    """Words of choices, folded for lookup; made once for a workbook."""

    def __init__(self, words: Words) -> None:
        self._yes_no = {squeeze(word) or word: True for word in words.yes}
        self._yes_no |= {squeeze(word) or word: False for word in words.no}
        self._in_bulk = {squeeze(word) for word in words.in_bulk}
        self._units = {squeeze(word) for unit in words.unit for word in unit.words}
        self._kept: dict[str, Mapping[str, str]] = {}

    def read_choices(self, entry: Entry, notes: Notebook) -> list[str]:
        """The keys of the words in a cell; a finding for a word that has none."""
        known = self._keys_of(entry.place.field)
        text = read_text(entry, notes)
        parts = (
            [text]
            if squeeze(text) in known
            else [part for part in _BETWEEN_CHOICES.split(text) if part.strip()]
        )
        found: list[str] = []
        for part in parts:
            if squeeze(part) in known:
                found.extend(known[squeeze(part)].split("+"))
            else:
                notes.tell("CG240", entry, word=part.strip(), choices=", ".join(entry.place.field.choices))
        return list(dict.fromkeys(found))

    def read_choice(self, entry: Entry, notes: Notebook) -> str:
        """The one key of a cell, else empty with a finding."""
        return next(iter(self.read_choices(entry, notes)), "")

    def read_yes_no(self, entry: Entry, notes: Notebook) -> bool | None:
        """Whether a cell says yes; a finding where it says something else."""
        value = entry.cell.value if entry.cell else None
        if isinstance(value, bool):
            return value
        text = read_text(entry, notes)
        answer = self._yes_no.get(squeeze(text) or text)
        if answer is None:
            notes.tell("CG241", entry)
        return answer

    def read_packages(self, count: Entry | None, kind: Entry | None, notes: Notebook) -> Packages | None:
        """Count and kind, from a cell each, from one cell, or with the kind in the header."""
        named = read_text(kind, notes) if kind and kind.is_filled else ""
        if count is None or not count.is_filled:
            return Packages(None, "in bulk") if kind and self._is_bulk(named, kind, notes) else None
        text = read_text(count, notes)
        if self._is_bulk(text, count, notes):
            return Packages(None, "in bulk")
        if count.cell and count.cell.kind is not CellKind.TEXT:
            return self._counted(count, named or count.place.kind, notes)
        number, told = _divide(text)
        return self._count(count, number, told or named or count.place.kind, (told, named), notes)

    def _counted(self, entry: Entry, kind: str, notes: Notebook) -> Packages | None:
        """A count that the file holds as a number: a point in it never divides thousands."""
        number = entry.cell.value if entry.cell else None
        amount = _whole(number) if isinstance(number, Decimal) and entry.text[-1:] != "%" else None
        if amount is None:
            notes.tell("CG251", entry)
            return None
        if not kind:
            notes.tell("CG250", entry)
        return Packages(amount, kind)

    def _count(
        self, entry: Entry, number: str, kind: str, told: tuple[str, str], notes: Notebook
    ) -> Packages | None:
        amount = parse_count(number)
        if amount is None or squeeze(told[0].partition(" ")[0]) in self._units:
            notes.tell("CG251", entry)
            return None
        if all(told) and squeeze(told[0]) != squeeze(told[1]):
            notes.tell("CG252", entry, one=told[0], other=told[1])
        if not kind:
            notes.tell("CG250", entry)
        return Packages(amount, kind)

    def _is_bulk(self, text: str, entry: Entry, notes: Notebook) -> bool:
        if squeeze(text) not in self._in_bulk:
            return False
        if text.casefold() != "in bulk":
            notes.tell("CG253", entry)
        return True

    def _keys_of(self, item: Field) -> Mapping[str, str]:
        if item.path not in self._kept:
            words = {squeeze(word): key for key, listed in item.choices.items() for word in listed}
            self._kept[item.path] = {squeeze(key): key for key in item.choices} | words
        return self._kept[item.path]


def read_percent(entry: Entry, notes: Notebook) -> Decimal | None:
    """A percentage; a bare number up to 1 could be a share of one, so it is asked about."""
    text = read_text(entry, notes)
    has_sign = text.endswith(("%", "％"))
    written = text.rstrip("%％ ").removesuffix("percent").strip()
    is_number = entry.cell is not None and entry.cell.kind is CellKind.NUMBER
    number = Decimal(written) if is_number else read_number(entry, notes, written)
    if number is not None and 0 < number <= 1 and not has_sign:
        notes.tell("CG280", entry)
        return None
    return number


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


def _divide(text: str) -> tuple[str, str]:
    """`880 bags` as `880` and `bags`; a text without a kind as itself."""
    found = _COUNT_FIRST.fullmatch(text)
    return (found[1].strip(), found[2].strip()) if found else (text, "")
