"""Weights and volumes: an amount with its unit, in kilograms or litres, converted exactly, never guessed."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Context, Decimal

from certgen.consignment import Quantity
from certgen.forms.vocabulary import Unit, Words
from certgen.workbook.entries import Entry, Notebook
from certgen.workbook.folding import squeeze
from certgen.workbook.grid import CellKind
from certgen.workbook.numbers import read_number
from certgen.workbook.texts import read_text

_AMOUNT_FIRST = re.compile(r"([+\-−]?\s*[\d.,](?:[\d.,'’ ]*\d)?)\s*(\D*)")
_UNIT_FIRST = re.compile(r"([^\d+\-−.,]+?)[\s:.]*([+\-−]?\d[\d.,'’ ]*)")
_EXACT = Context(prec=80)
_IDLE = frozenset(".:=")
_SCALED = re.compile(r"[0#?],+(?![0#?])")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')


class Units:
    """Words of units, folded for lookup; made once for a workbook."""

    def __init__(self, words: Words) -> None:
        self._qualifiers = {squeeze(word) for word in words.mass_qualifiers}
        self._units = {squeeze(word): unit for unit in words.unit for word in unit.words}
        self._unclear = {squeeze(word): unit.because for unit in words.unclear_unit for word in unit.words}

    def read_mass(self, entry: Entry, unit_entry: Entry | None, notes: Notebook) -> Quantity | None:
        """The amount of a cell in kg or l; a finding where number or unit is missing or unclear."""
        aside = Notebook(notes.consignment)
        amount, written = self._read_amount(entry, aside)
        if amount is None:
            notes.findings += aside.findings
            return None
        near = written or self._unit_of_format(entry) or entry.place.unit
        beside = _text_of(unit_entry)
        if not (near or beside):
            notes.tell("CG203", entry)
            return None
        notes.findings += aside.findings
        if near and unit_entry and self._differ(near, beside):
            notes.tell("CG219" if written else "CG209", _at(unit_entry, entry), one=beside, other=near)
            if not written:
                return None
        place = entry if near or unit_entry is None else _at(unit_entry, entry)
        unit = self._find_unit(near or beside, place, notes)
        return self._convert(amount, unit, near or beside, entry, notes) if unit else None

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

    def _differ(self, near: str, beside: str) -> bool:
        """Whether a column of units contradicts; one that tells of something else (`bags`) does not."""
        one, other = squeeze(near), squeeze(beside)
        return one != other and self._meaning_of(one) != self._meaning_of(other) and self._is_unit(other)

    def _meaning_of(self, key: str) -> object:
        unit = self._units.get(key)
        return (unit.base, unit.factor) if unit else self._unclear.get(key)

    def _is_unit(self, key: str) -> bool:
        return key in self._units or key in self._unclear

    def _without_qualifiers(self, word: str) -> str:
        """`kg net` is `kg`; a sign that is no word (`~`, `$`, `*`) stays, for it says something too."""
        words = [part for part in word.split() if squeeze(part) not in self._qualifiers]
        return "" if all(letter in _IDLE for letter in "".join(words)) else " ".join(words)

    def _unit_of_format(self, entry: Entry) -> str:
        """The unit that the number format shows after the number (`0.0" kg"`)."""
        code = entry.cell.number_format if entry.cell else ""
        section = code.partition(";")[0]
        if _SCALED.search(_LITERAL.sub("", section)):
            return ""
        literal = "".join(quoted or escaped for quoted, escaped in _LITERAL.findall(section))
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


def _at(unit_entry: Entry, entry: Entry) -> Entry:
    """The cell of the unit, where it speaks for the weight."""
    return replace(unit_entry, place=replace(unit_entry.place, field=entry.place.field))


def _text_of(entry: Entry | None) -> str:
    return entry.text.strip() if entry and entry.cell else ""
