"""Weights and volumes: an amount with its unit, in kilograms or litres, converted exactly, never guessed."""

from __future__ import annotations

import re
from decimal import Context, Decimal

from certgen.consignment import Quantity
from certgen.forms.vocabulary import Unit, Words
from certgen.workbook.entries import Entry, Notebook
from certgen.workbook.folding import fold, squeeze
from certgen.workbook.grid import CellKind
from certgen.workbook.numbers import read_number
from certgen.workbook.texts import read_text

_AMOUNT_FIRST = re.compile(r"([+\-−]?\s*[\d.,](?:[\d.,'’ ]*\d)?)\s*(\D*)")
_UNIT_FIRST = re.compile(r"([^\d+\-−.,]+?)[\s:.]*([+\-−]?\d[\d.,'’ ]*)")
_EXACT = Context(prec=80)
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')


class Units:
    """Words of units, folded for lookup; made once for a workbook."""

    def __init__(self, words: Words) -> None:
        self._qualifiers = {squeeze(word) for word in words.mass_qualifiers}
        self._units = {squeeze(word): unit for unit in words.unit for word in unit.words}
        self._unclear = {squeeze(word): unit.because for unit in words.unclear_unit for word in unit.words}

    def read_mass(self, entry: Entry, unit_entry: Entry | None, notes: Notebook) -> Quantity | None:
        """The amount of a cell in kg or l; a finding where number or unit is missing or unclear."""
        amount, written = self._read_amount(entry, notes)
        if amount is None:
            return None
        word = written or self._unit_of_format(entry) or entry.place.unit or _text_of(unit_entry)
        if not word:
            notes.tell("CG203", entry)
            return None
        unit = self._find_unit(word, entry, notes)
        return self._convert(amount, unit, word, entry, notes) if unit else None

    def _read_amount(self, entry: Entry, notes: Notebook) -> tuple[Decimal | None, str]:
        if entry.cell and entry.cell.kind is CellKind.NUMBER:
            return read_number(entry, notes), ""
        if entry.cell and entry.cell.kind is not CellKind.TEXT:
            notes.tell("CG200", entry)
            return None, ""
        text = read_text(entry, notes)
        if found := _AMOUNT_FIRST.fullmatch(text):
            number, word = found[1], found[2]
        elif found := _UNIT_FIRST.fullmatch(text):
            number, word = found[2], found[1]
        else:
            number, word = text, ""
        return read_number(entry, notes, number), self._without_qualifiers(word)

    def _without_qualifiers(self, word: str) -> str:
        """`kg net` is `kg`."""
        words = [part for part in word.split() if squeeze(part) not in self._qualifiers]
        return " ".join(words) if fold(" ".join(words)) else ""

    def _unit_of_format(self, entry: Entry) -> str:
        """The unit that the number format shows after the number (`0.0" kg"`)."""
        code = entry.cell.number_format if entry.cell else ""
        literal = "".join(quoted or escaped for quoted, escaped in _LITERAL.findall(code.partition(";")[0]))
        return literal.strip() if squeeze(literal) in self._units else ""

    def _find_unit(self, word: str, entry: Entry, notes: Notebook) -> Unit | None:
        key = squeeze(word)
        if because := self._unclear.get(key):
            notes.tell("CG205", entry, unit=word, because=because)
        elif key not in self._units:
            notes.tell("CG204", entry, unit=word)
        return self._units.get(key)

    def _convert(self, amount: Decimal, unit: Unit, word: str, entry: Entry, notes: Notebook) -> Quantity:
        if unit.factor == 1:
            return Quantity(amount, unit.base)
        result = _without_idle_zeros(_EXACT.multiply(amount, unit.factor))
        notes.tell("CG202", entry, unit=word, amount=format(result, "f"), base=unit.base)
        return Quantity(result, unit.base)


def _without_idle_zeros(amount: Decimal) -> Decimal:
    """2500.0 is 2500: a conversion adds no precision to the right of the point."""
    text = format(amount, "f")
    return Decimal(text.rstrip("0").rstrip(".")) if "." in text else amount


def _text_of(entry: Entry | None) -> str:
    return entry.text.strip() if entry and entry.cell else ""
