"""The words of a header in the form in which headers are compared, and the unit that stands among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from certgen.forms.value_words import Words
from certgen.workbook.folding import fold, squeeze

COMPOUND_NUMBERS = ("nummern", "nummer", "nrs", "nr")
_SHORTEST_STEM = 3


class HeaderKeys:
    """Keys of headers; made once. `units` are all words of units, `dropped` words that say little."""

    def __init__(self, words: Words) -> None:
        self._small = frozenset(words.small)
        self._numbers = frozenset(words.number)
        self._before_units = frozenset(words.before_units)
        self.units = {squeeze(word) for word in _unit_words(words)}
        self.dropped = self._small | self._numbers

    def of(self, tokens: Sequence[str]) -> str:
        """Words as headers are compared: abbreviations joined (`H. S.`), articles dropped, numbers alike."""
        words = [word for word in _without_compounds(join_letters(tokens)) if word not in self._small]
        key = "".join("#" if word in self._numbers else word for word in words)
        return "" if key == "#" else key

    def of_header(self, header: str) -> str:
        """The key of a header as written, without its unit."""
        return self.of(self.without_units(fold(header)))

    def without_units(self, tokens: tuple[str, ...]) -> tuple[str, ...]:
        """The words of a header without a unit at the end (`in kg`)."""
        if len(tokens) < 2 or tokens[-1] not in self.units:
            return tokens
        has_link = tokens[-2] in self._before_units
        return tokens[:-2] if has_link else tokens[:-1]

    def divide_unit(self, tokens: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
        """The words of a header and its unit, at the end (`Net kg`) or first (`Kg net`); "" for none."""
        rest = self.without_units(tokens)
        if rest != tokens:
            return rest, tokens[-1]
        begins = len(tokens) > 1 and tokens[0] in self.units
        return (tokens[1:], tokens[0]) if begins else (tokens, "")


def _without_compounds(words: Iterable[str]) -> Iterator[str]:
    """`Auftragsnr` and `Auftragsnummer` are `Auftrags-Nr.`"""
    for word in words:
        if not word.endswith(COMPOUND_NUMBERS):
            yield word
            continue
        end = next(end for end in COMPOUND_NUMBERS if word.endswith(end))
        stem = word.removesuffix(end)
        yield from (stem, end) if len(stem) >= _SHORTEST_STEM else (word,)


def join_letters(tokens: Sequence[str]) -> Iterator[str]:
    """`N. o` is `no` and `B/L` is `bl`; a letter by itself stays one."""
    letters = ""
    for token in tokens:
        if len(token) == 1 and token.isascii() and token.isalpha():
            letters += token
            continue
        if letters:
            yield letters
            letters = ""
        yield token
    if letters:
        yield letters


def _unit_words(words: Words) -> Iterator[str]:
    for unit in words.unit:
        yield from unit.words
    for unclear in words.unclear_unit:
        yield from unclear.words
