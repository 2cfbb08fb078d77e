"""Whether a text whose encoding was guessed makes words, or is of another alphabet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

_MOST_WORDS = 5
_LONGEST_WORD = 30
_ACCENTED = re.compile(r"\S*[^\x00-\x7f\s]\S*")
_STRANGE = re.compile(
    "[À-ÖØ-öø-ÿ]{3,}"  # Cyrillic and Greek: no Western word has three accented letters in a row
    "|[ÐðÞþÝý]"  # Turkish: Ğ, Ş, İ
    "|(?<=[^\\W\\d_])[³¹º¿¾¼½¥£¢¯¸\u0084-\u009f](?=[^\\W\\d_])"  # Polish, Czech: signs within a word
)


def find_accented_words(text: str) -> tuple[str, ...]:
    """The first few different words that have other letters than plain Latin ones."""
    return _first_of(_ACCENTED.findall(text))


def find_strange_words(text: str) -> tuple[str, ...]:
    """The first few words that no Western language has, as letters of another encoding come out.

    Icelandic and Faroese are taken for strange too: whoever writes them is asked to save the file as UTF-8.
    """
    return _first_of(word for word in _ACCENTED.findall(text) if _STRANGE.search(word))


def _first_of(words: Iterable[str]) -> tuple[str, ...]:
    different = dict.fromkeys(word[:_LONGEST_WORD] for word in words)
    return tuple(islice(different, _MOST_WORDS))
