"""Words in texts: folded for comparison, and found from a code list, the longest first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_Index = dict[str, str]


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The words of a text in small letters without accents, one space between them."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", bare))


def find_longest_words(text: str, codes: Mapping[str, Any]) -> list[str]:
    """The words of a code list that stand in the text, in order; `sugar snap peas` is not `sugar` too."""
    index, longest = _index_of(codes)
    words, found, place = fold(text).split(), [], 0
    while place < len(words):
        for count in range(min(longest, len(words) - place), 0, -1):
            code = index.get(" ".join(words[place : place + count]))
            if code is not None:
                found.append(code)
                break
        else:
            count = 1
        place += count
    return list(dict.fromkeys(found))


_indexes: dict[int, tuple[Mapping[str, Any], _Index, int]] = {}


def _index_of(codes: Mapping[str, Any]) -> tuple[_Index, int]:
    """The words of a code list by their folded form, and how many words the longest has; made once a list."""
    held = _indexes.get(id(codes))
    if held is None or held[0] is not codes:
        index = {fold(code): code for code in reversed(list(codes))}
        held = _indexes[id(codes)] = (codes, index, max((key.count(" ") + 1 for key in index), default=0))
    return held[1], held[2]
