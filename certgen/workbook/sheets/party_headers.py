"""Headers made of a party and one of its parts (`Exporter name`, `Adresse de l'importateur`).

There are tens of thousands of them, so each is taken apart when a sheet has it, not made beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from certgen.forms.vocabulary import Field, Vocabulary
from certgen.workbook.folding import fold

PARTIES = frozenset({"party", "parties", "control-body", "control-bodies"})
_JAPANESE_OF = "の"


@dataclass(frozen=True, slots=True)
class _Name:
    """One word for a party, with its place in the vocabulary: group, language, word."""

    group: Field
    language: str
    place: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Part:
    """One word for a part of a party, with its place in the vocabulary: part, word."""

    part: str
    place: tuple[int, int]


class PartyHeaders:
    """The words for parties and for their parts, by the keys that headers are compared by."""

    def __init__(self, vocabulary: Vocabulary, key_of: Callable[[Sequence[str]], str]) -> None:
        self._by_path = {item.path: item for item in vocabulary.fields}
        self._names: dict[str, list[_Name]] = {}
        self._parts: dict[str, list[_Part]] = {}
        self._joined: dict[str, list[tuple[_Name, _Part, int]]] = {}
        names, parts = list(_names_of(vocabulary)), list(_parts_of(vocabulary))
        for tokens, name in names:
            self._names.setdefault(key_of(tokens), []).append(name)
        for tokens, part in parts:
            self._parts.setdefault(key_of(tokens), []).append(part)
        self._beginnings = _beginnings_of(self.words)
        self._join_letters(names, parts, key_of)

    def find(self, key: str) -> tuple[Field, str] | None:
        """The field of such a header and the language it is in; the first of the vocabulary counts."""
        found = [
            ((*name.place[:1], *part.place[:1], *name.place[1:], *part.place[1:], order), name, part)
            for name, part, order in self._divided(key)
            if self._field(name, part)
        ]
        if not found:
            return None
        _, name, part = min(found, key=lambda item: item[0])
        field = self._field(name, part)
        return (field, name.language) if field else None

    @property
    def words(self) -> tuple[str, ...]:
        """The keys of all words for parties and for their parts."""
        return (*self._names, *self._parts)

    def find_part(self, key: str) -> str:
        """The part of a party that a word means by itself, else empty."""
        found = self._parts.get(key)
        return found[0].part if found else ""

    def _field(self, name: _Name, part: _Part) -> Field | None:
        return name.group if part.part == "whole" else self._by_path.get(f"{name.group.path}.{part.part}")

    def _divided(self, key: str) -> Iterator[tuple[_Name, _Part, int]]:
        """Each way in which a key is a party and a part: one behind the other, or joined as in Japanese."""
        yield from self._joined.get(key, ())
        for place in range(1, len(key)):
            left, right = key[:place], key[place:]
            if left not in self._beginnings:
                return
            yield from self._pairs(left, right, 0)
            yield from self._pairs(right, left, 1)
            if right.startswith(_JAPANESE_OF):
                yield from self._pairs(left, right[1:], 2)

    def _pairs(self, name: str, part: str, order: int) -> Iterator[tuple[_Name, _Part, int]]:
        for pair in product(self._names.get(name, ()), self._parts.get(part, ())):
            yield (*pair, order)

    def _join_letters(
        self,
        names: Sequence[tuple[Sequence[str], _Name]],
        parts: Sequence[tuple[Sequence[str], _Part]],
        key_of: Callable[[Sequence[str]], str],
    ) -> None:
        """Letters that meet are one word (`N. o`), so that these few headers have keys of their own."""
        lettered = [
            (tokens, part) for tokens, part in parts if _is_letter(tokens[0]) or _is_letter(tokens[-1])
        ]
        for (name_tokens, name), (part_tokens, part) in product(names, lettered):
            for order, tokens in enumerate((name_tokens, part_tokens)):
                other = (part_tokens, name_tokens)[order]
                if _is_letter(tokens[-1]) and _is_letter(other[0]):
                    self._joined.setdefault(key_of((*tokens, *other)), []).append((name, part, order))


def headers_of(item: Field) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The words for a field by language, its path first, in no language."""
    yield "", (item.path,)
    for language, label in item.labels.items():
        yield language, (label,)
    yield from item.synonyms.items()


def _beginnings_of(words: Iterable[str]) -> frozenset[str]:
    """Whatever these words begin with: a text that begins otherwise need not be taken apart to its end."""
    return frozenset(word[:length] for word in words for length in range(1, len(word) + 1))


def _names_of(vocabulary: Vocabulary) -> Iterator[tuple[Sequence[str], _Name]]:
    for first, group in enumerate(vocabulary.fields):
        if group.type in PARTIES:
            for second, (language, words) in enumerate(headers_of(group)):
                for third, word in enumerate(words):
                    yield fold(word), _Name(group, language, (first, second, third))


def _parts_of(vocabulary: Vocabulary) -> Iterator[tuple[Sequence[str], _Part]]:
    parts: Mapping[str, list[str]] = vocabulary.words.parts
    for first, (part, words) in enumerate(parts.items()):
        for second, word in enumerate(words):
            yield fold(word), _Part(part, (first, second))


def _is_letter(token: str) -> bool:
    return len(token) == 1 and token.isascii() and token.isalpha()
