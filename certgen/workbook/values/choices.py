"""Values with a known set of words: choices, yes and no, percentages, packages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal

from certgen.consignment import Packages
from certgen.forms.value_words import Words
from certgen.forms.vocabulary import Field
from certgen.toml_file import nearest_word
from certgen.workbook.entries import Entry, Notebook
from certgen.workbook.folding import squeeze
from certgen.workbook.grid import CellKind
from certgen.workbook.values.number_dress import Dress, read_dress
from certgen.workbook.values.numbers import NotANumberError, parse_written, read_number
from certgen.workbook.values.texts import read_text

_BETWEEN_CHOICES = re.compile(r"[;；\n/,、+&]|\s(?:and|et|y|und)\s", re.IGNORECASE)
_BESIDE_A_CHOICE = re.compile(rf"{_BETWEEN_CHOICES.pattern}|[:()（）]|\s[-–—]\s", re.IGNORECASE)
_MOST_OFFERED = 6
_COUNT_FIRST = re.compile(r"(\d[\d.,'’ ]*?)(?:\s+|(?=[^\W\d_]{2}|[(]))([^\d\-–/+].*)", re.DOTALL)
_TIMES_SIZE = re.compile(r"[x×*]\s+[\d.,]+\s*[^\W\d_]*", re.IGNORECASE)
_NO_WORD_OF_A_KIND = frozenset("?*~<>=^$!#@\\|")
_LARGEST_COUNT = 10**12
_ANSWERS = {"yes": True, "no": False}
"""What a field of yes and no may be answered by other words of its own: `conventional` is no organic."""


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
        found, strange = self._divide(entry, _BETWEEN_CHOICES, notes)
        for word in strange:
            notes.tell("CG240", entry, word=word, **_offered(entry.place.field, word))
        return found

    def read_choice(self, entry: Entry, notes: Notebook) -> str:
        """The one key of a cell, else empty with a finding: for a word that has none, or for several keys."""
        field = entry.place.field
        found, strange = self._divide(entry, _BESIDE_A_CHOICE, notes)
        if len(found) == 1 and not strange:
            return found[0]
        code = "CG242" if field.doubt == "warning" else "CG240" if strange else "CG243"
        word = strange[0] if strange else ""
        notes.tell(code, entry, word=word, **_offered(field, word))
        return ""

    def _divide(self, entry: Entry, between: re.Pattern[str], notes: Notebook) -> tuple[list[str], list[str]]:
        """The distinct keys of the words in a cell, and the words that have none."""
        known = self._keys_of(entry.place.field)
        text = read_text(entry, notes)
        written = [text] if squeeze(text) in known else between.split(text)
        parts = [part for part in written if part.strip()] or [text]
        found = [key for part in parts for key in known.get(squeeze(part), "").split("+") if key]
        strange = [part.strip() for part in parts if squeeze(part) not in known]
        return list(dict.fromkeys(found)), strange

    def read_yes_no(self, entry: Entry, notes: Notebook) -> bool | None:
        """Whether a cell says yes; a finding where it says something else."""
        value = entry.cell.value if entry.cell else None
        if isinstance(value, bool):
            return value
        text = read_text(entry, notes)
        answer = self._yes_no.get(squeeze(text) or text)
        if answer is None:
            answer = _ANSWERS.get(self._keys_of(entry.place.field).get(squeeze(text), ""))
        if answer is None:
            notes.tell("CG241", entry)
        return answer

    def read_packages(self, count: Entry | None, kind: Entry | None, notes: Notebook) -> Packages | None:
        """Count and kind, from a cell each, from one cell, or with the kind in the header."""
        named = read_text(kind, notes) if kind and kind.is_filled else ""
        if count is None or not count.is_filled:
            return Packages(None, "in bulk") if kind and self._is_bulk(named, kind, notes) else None
        is_text = count.cell is not None and count.cell.kind is CellKind.TEXT
        text = read_text(count, notes) if is_text else count.text
        if self._is_bulk(text, count, notes):
            return Packages(None, "in bulk")
        if kind and named and not _is_kind(named):
            notes.tell("CG254", kind)
            return None
        amount, told = _divide(text) if is_text else _stored(count)
        return self._counted(count, amount, (told, named), notes)

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

    def _keys_of(self, item: Field) -> Mapping[str, str]:
        if item.path not in self._kept:
            words = {squeeze(word): key for key, listed in item.choices.items() for word in listed}
            self._kept[item.path] = {squeeze(key): key for key in item.choices} | words
        return self._kept[item.path]


def _offered(field: Field, word: str) -> dict[str, str]:
    """Words that a person may write instead: the nearest, a few of them, and what the field is about."""
    every = [*field.offered, *(word for words in field.choices.values() for word in words)]
    offered = field.offered[:_MOST_OFFERED]
    is_said = all(each.casefold() in field.help.casefold() for each in offered)
    return {
        "nearest": nearest_word(word, every),
        "choices": _listed(offered),
        "help": "" if is_said else f" {field.help}".rstrip(),
    }


def _listed(words: Sequence[str]) -> str:
    """Words as a sentence has them: `one, two or three`."""
    return " or ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def read_percent(entry: Entry, notes: Notebook) -> Decimal | None:
    """A percentage; a bare number up to 1 could be a share of one, so it is asked about."""
    is_number = entry.cell is not None and entry.cell.kind is CellKind.NUMBER
    text = entry.text if is_number else read_text(entry, notes)
    has_sign = text.endswith(("%", "％")) or (is_number and _dress_of(entry).words == "%")
    written = text.rstrip("%％ ").removesuffix("percent").strip()
    number = Decimal(written) if is_number else read_number(entry, notes, written)
    if number is not None and not 0 <= number <= 100:
        notes.tell("CG281", entry)
        return None
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


def _divide(text: str) -> tuple[int | None, str]:
    """`880 bags` as 880 and `bags`; no count where the text is no number before a word."""
    found = _COUNT_FIRST.fullmatch(text)
    return (parse_count(found[1].strip()), found[2].strip()) if found else (parse_count(text), "")


def _stored(entry: Entry) -> tuple[int | None, str]:
    """A count that the file holds as a number, whose point divides no thousands, and its words."""
    value, dress = entry.cell.value if entry.cell else None, _dress_of(entry)
    if not isinstance(value, Decimal) or dress.is_open or dress.thousands:
        return None, ""
    return _whole(value), dress.words


def _dress_of(entry: Entry) -> Dress:
    return read_dress(entry.cell.number_format) if entry.cell else Dress()


def _is_kind(text: str) -> bool:
    """Whether a text is the word of a kind: letters, perhaps with a size (`x 25 kg bags`)."""
    rest = _TIMES_SIZE.sub("", text, count=1) if _TIMES_SIZE.match(text) else text
    odd = any(letter in _NO_WORD_OF_A_KIND or unicodedata.category(letter) == "No" for letter in text)
    letters = [letter for letter in rest if letter.isalpha()]
    return not odd and bool(letters) and "".join(letters).casefold() not in ("x", "×")
