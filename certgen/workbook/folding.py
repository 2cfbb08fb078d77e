"""Words compared as people compare them: without case, accents, width, punctuation and spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TOKEN = re.compile(r"[^\W_]+|[#%✓✔☑☐○×]")
_LATIN_ACCENT = re.compile("[\u0300-\u036f]")


@lru_cache(maxsize=65_536)
def fold(text: str) -> tuple[str, ...]:
    """The words of a text: compatibility forms made plain (`№` is `no`, `㎏` is `kg`), accents dropped.

    Marks of other scripts are kept: a Japanese voiced syllable is another letter, not an accent.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    bare = _LATIN_ACCENT.sub("", unicodedata.normalize("NFD", plain))
    return tuple(_TOKEN.findall(unicodedata.normalize("NFC", bare)))


def squeeze(text: str) -> str:
    """The words of a text written together, to look it up by."""
    return "".join(fold(text))
