"""Weights and volumes: an amount with its unit, in kilograms or litres, converted exactly, never guessed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Context, Decimal

from certgen.consignment import Quantity
from certgen.forms.value_words import Unit, Words
from certgen.forms.vocabulary import Field
from certgen.workbook.entries import Entry, Notebook
from certgen.workbook.folding import squeeze
from certgen.workbook.grid import CellKind
from certgen.workbook.values.number_dress import Dress, read_dress
from certgen.workbook.values.numbers import read_number
from certgen.workbook.values.texts import read_text

_AMOUNT_FIRST = re.compile(r"([+\-−]?\s*[\d.,](?:[\d.,'’ ]*\d)?)\s*(\D*)")
_UNIT_FIRST = re.compile(r"([^\d+\-−.,]+?)[\s:.]*([+\-−]?\d[\d.,'’ ]*)")
_WORD = re.compile(r"[^\W\d_]+")
_EXACT = Context(prec=80)
# more than is shipped, and so few that sums of every line stay exact
_MOST_WHOLE_DIGITS = 12
_PERCENT = "%"
_IDLE = frozenset(".:=")
_BESIDE_A_UNIT = frozenset(" .:=()")


@dataclass(frozen=True, slots=True)
class _Said:
    """The unit as each place says it, empty where it says none."""

    written: str
    shown: str
    header: str
    beside: str

    @property
    def near(self) -> str:
        return self.written or self.shown or self.header


class Units:
    """Words of units, folded for lookup; made once for a workbook."""

    def __init__(self, words: Words) -> None:
        self._inexact = {squeeze(word) for word in words.inexact}
        self._qualifiers = {squeeze(word) for word in words.mass_qualifiers}
        self._units = {squeeze(word): unit for unit in words.unit for word in unit.words}
        self._unclear = {squeeze(word): unit.because for unit in words.unclear_unit for word in unit.words}

    def read_mass(self, entry: Entry, unit_entry: Entry | None, notes: Notebook) -> Quantity | None:
        """The amount of a cell in kg or l, of a recipe in percent too; a finding where it is unclear."""
        if _PERCENT in self._units and _shows_percent(entry):
            share = read_number(entry, notes)
            return None if share is None else Quantity(_without_idle_zeros(share.scaleb(2)), _PERCENT)
        return self._read_weight(entry, unit_entry, notes)

    def _read_weight(self, entry: Entry, unit_entry: Entry | None, notes: Notebook) -> Quantity | None:
        aside = Notebook(notes.consignment)
        held, written = self._read_amount(entry, aside)
        if held is None:
            notes.findings += aside.findings
            return None
        if held.adjusted() >= _MOST_WHOLE_DIGITS:
            notes.tell("CG200", entry)
            return None
        dress = _dress_of(entry)
        said = _Said(written, self._unit_of_format(dress), entry.place.unit, _text_of(unit_entry))
        if not (said.near or said.beside):
            notes.tell("CG203", entry)
            return None
        notes.findings += aside.findings
        amount = held.scaleb(-3 * dress.thousands)
        if self._is_disguised(held, amount, said, dress, entry, notes):
            return None
        if self._contradicts(said, dress, entry, unit_entry, notes):
            return None
        place = entry if said.near or unit_entry is None else _at(unit_entry, entry)
        unit = self._find_unit(said.near or said.beside, place, notes)
        return self._convert(amount, unit, said.near or said.beside, entry, notes) if unit else None

    def _read_amount(self, entry: Entry, notes: Notebook) -> tuple[Decimal | None, str]:
        if entry.cell and entry.cell.kind is CellKind.NUMBER:
            return read_number(entry, notes), ""
        if entry.cell and entry.cell.kind is not CellKind.TEXT:
            notes.tell("CG200", entry)
            return None, ""
        text = read_text(entry, notes)
        if about := self._find_inexact(text):
            notes.tell("CG236", entry, word=about)
            return None, ""
        if found := _AMOUNT_FIRST.fullmatch(text):
            number, word = found[1], found[2]
        elif found := _UNIT_FIRST.fullmatch(text):
            number, word = found[2], found[1]
        else:
            number, word = text, ""
        if other := self._other_kind(word, entry.place.field):
            notes.tell("CG227", entry, word=other)
            return None, ""
        return read_number(entry, notes, number), self._without_qualifiers(word)

    def _find_inexact(self, text: str) -> str:
        """The word that makes a number a guess (`approx`, `ca.`), else empty."""
        words = _WORD.findall(text)
        return next((word for word in words if squeeze(word) in self._inexact), "")

    def _is_disguised(
        self, held: Decimal, amount: Decimal, said: _Said, dress: Dress, entry: Entry, notes: Notebook
    ) -> bool:
        """Whether the cell shows another number than it holds (22.0 for 22000) and no unit tells both."""
        shown, header = self._units.get(squeeze(said.shown)), self._units.get(squeeze(said.header))
        is_same = shown is not None and (
            not (said.header or said.beside)
            or (
                header is not None
                and header.base == shown.base
                and held * header.factor == amount * shown.factor
            )
        )
        if dress.is_open or (dress.thousands and not is_same):
            notes.tell("CG226", entry, format=entry.cell.number_format if entry.cell else "")
            return True
        return False

    def _contradicts(
        self, said: _Said, dress: Dress, entry: Entry, unit_entry: Entry | None, notes: Notebook
    ) -> bool:
        """Whether two places leave open which unit is meant; one written in the cell outweighs the header."""
        if said.near and unit_entry and self._differ(said.near, said.beside):
            notes.tell("CG209", _at(unit_entry, entry), one=said.beside, other=said.near)
            return True
        if said.shown and not dress.thousands and self._differ(said.shown, said.header):
            notes.tell("CG218", entry, one=said.header, other=said.shown)
            return True
        if said.written and self._differ(said.written, said.header) and squeeze(said.written) in self._units:
            notes.tell("CG219", entry, one=said.header, other=said.written)
        return False

    def _differ(self, near: str, beside: str) -> bool:
        """Whether a column of units contradicts; one that tells of something else (`bags`) does not."""
        one, other = squeeze(near), squeeze(beside)
        return one != other and self._meaning_of(one) != self._meaning_of(other) and self._is_unit(other)

    def _meaning_of(self, key: str) -> object:
        unit = self._units.get(key)
        return (unit.base, unit.factor) if unit else self._unclear.get(key)

    def _is_unit(self, key: str) -> bool:
        return key in self._units or key in self._unclear

    def _other_kind(self, word: str, field: Field) -> str:
        """The word that names another weight than the header does (`gross` under `Net weight`)."""
        kinds = [part for part in word.split() if squeeze(part) in self._qualifiers]
        if not kinds:
            return ""
        synonyms = (name for names in field.synonyms.values() for name in names)
        headers = [squeeze(name) for name in (*field.labels.values(), *synonyms)]
        return next((kind for kind in kinds if not any(squeeze(kind) in name for name in headers)), "")

    def _without_qualifiers(self, word: str) -> str:
        """`kg net` is `kg`; a sign that is no word (`~`, `$`, `*`) stays, for it says something too."""
        words = [part for part in word.split() if squeeze(part) not in self._qualifiers]
        return "" if all(letter in _IDLE for letter in "".join(words)) else " ".join(words)

    def _unit_of_format(self, dress: Dress) -> str:
        """The unit that the number format shows beside the number (`0.0" kg"`)."""
        return self._without_qualifiers(dress.words.strip("-/ "))

    def _find_unit(self, word: str, entry: Entry, notes: Notebook) -> Unit | None:
        key = squeeze(word)
        if because := self._unclear.get(key):
            notes.tell("CG205", entry, unit=word, because=because)
            return None
        if key not in self._units or not _is_word(word):
            notes.tell("CG204", entry, unit=word)
            return None
        return self._units[key]

    def _convert(self, amount: Decimal, unit: Unit, word: str, entry: Entry, notes: Notebook) -> Quantity:
        if unit.factor == 1:
            return Quantity(amount, unit.base)
        result = _without_idle_zeros(_EXACT.multiply(amount, unit.factor))
        notes.tell("CG202", entry, unit=word, amount=format(result, "f"), base=unit.base)
        return Quantity(result, unit.base)


def _is_word(unit: str) -> bool:
    """Whether a unit is written in letters, or is a per cent sign: `kg?` and `kg*` say something else too."""
    plain = unicodedata.normalize("NFKC", unit)
    return plain == "%" or all(letter.isalpha() or letter in _BESIDE_A_UNIT for letter in plain)


def _dress_of(entry: Entry) -> Dress:
    is_number = entry.cell is not None and entry.cell.kind is CellKind.NUMBER
    return read_dress(entry.cell.number_format) if entry.cell and is_number else Dress()


def _shows_percent(entry: Entry) -> bool:
    """Whether a cell holds 0.95 and shows 95 %, as people type percentages."""
    is_number = entry.cell is not None and entry.cell.kind is CellKind.NUMBER
    shown = entry.cell.number_format.partition(";")[0] if entry.cell and is_number else ""
    return shown.rstrip().endswith(_PERCENT)


def _without_idle_zeros(amount: Decimal) -> Decimal:
    """2500.0 is 2500: a conversion adds no precision to the right of the point."""
    text = format(amount, "f")
    return Decimal(text.rstrip("0").rstrip(".")) if "." in text else amount


def _at(unit_entry: Entry, entry: Entry) -> Entry:
    """The cell of the unit, where it speaks for the weight."""
    return replace(unit_entry, place=replace(unit_entry.place, field=entry.place.field))


def _text_of(entry: Entry | None) -> str:
    return entry.text.strip() if entry and entry.cell else ""
