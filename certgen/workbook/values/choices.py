"""Values with a known set of words: choices, yes and no, percentages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from certgen.forms.value_words import Words
from certgen.forms.vocabulary import Field
from certgen.toml_file import nearest_word
from certgen.workbook.entries import Entry, Notebook
from certgen.workbook.folding import squeeze
from certgen.workbook.grid import CellKind
from certgen.workbook.values.number_dress import dress_of
from certgen.workbook.values.numbers import read_number
from certgen.workbook.values.texts import read_text

_BETWEEN_CHOICES = re.compile(r"[;；\n/,、+&]|\s(?:and|et|y|und)\s", re.IGNORECASE)
_BESIDE_A_CHOICE = re.compile(rf"{_BETWEEN_CHOICES.pattern}|[:()（）]|\s[-–—]\s", re.IGNORECASE)
_MOST_OFFERED = 6
_ANSWERS = {"yes": True, "no": False}
"""What a field of yes and no may be answered by other words of its own: `conventional` is no organic."""


class Choices:
    """Words of choices, folded for lookup; made once for a workbook."""

    def __init__(self, words: Words) -> None:
        self._yes_no = {squeeze(word) or word: True for word in words.yes}
        self._yes_no |= {squeeze(word) or word: False for word in words.no}
        self._kept: dict[str, Mapping[str, str]] = {}

    def read_choices(self, entry: Entry, notes: Notebook) -> list[str]:
        """The keys of the words in a cell; a finding for a word that has none."""
        found, strange = self._divide(entry, _BETWEEN_CHOICES, notes)
        for word in strange:
            notes.tell("CG240", entry, word=word, **_offered(entry, word))
        return found

    def read_choice(self, entry: Entry, notes: Notebook) -> str:
        """The one key of a cell, else empty with a finding: for a word that has none, or for several keys."""
        field = entry.place.field
        found, strange = self._divide(entry, _BESIDE_A_CHOICE, notes)
        if len(found) == 1 and not strange:
            return found[0]
        code = "CG242" if field.doubt == "warning" else "CG240" if strange else "CG243"
        word = strange[0] if strange else ""
        notes.tell(code, entry, word=word, **_offered(entry, word))
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

    def _keys_of(self, item: Field) -> Mapping[str, str]:
        if item.path not in self._kept:
            words = {squeeze(word): key for key, listed in item.choices.items() for word in listed}
            self._kept[item.path] = {squeeze(key): key for key in item.choices} | words
        return self._kept[item.path]


def _offered(entry: Entry, word: str) -> dict[str, str]:
    """Words that a person may write instead: the nearest, a few of them, and what the field is about."""
    field = entry.place.field
    every = [*field.offered, *(word for words in field.choices.values() for word in words)]
    offered = field.offered_in(entry.sheet.language)[:_MOST_OFFERED]
    is_said = field.type != "choice" and all(each.casefold() in field.help.casefold() for each in offered)
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
    has_sign = text.endswith(("%", "％")) or (is_number and dress_of(entry.cell).words == "%")
    written = text.rstrip("%％ ").removesuffix("percent").strip()
    number = Decimal(written) if is_number else read_number(entry, notes, written)
    if number is not None and not 0 <= number <= 100:
        notes.tell("CG281", entry)
        return None
    if number is not None and 0 < number <= 1 and not has_sign:
        notes.tell("CG280", entry)
        return None
    return number
