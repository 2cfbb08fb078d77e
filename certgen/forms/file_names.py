"""How the file of a paper is called: a pattern of words, checked at loading, filled in for each paper."""

from __future__ import annotations

import re
from collections.abc import Collection

from certgen.errors import FormError

WORDS = ("serial", "form", "variant", "reference", "part", "exporter")
LONGEST_WORD = 40
"""Letters of one word in a file name; the rest is cut, and the serial is never cut."""

_WORD = re.compile(r"\{([^{}]*)\}")
_PLAIN = re.compile(r"[\w .-]*\.pdf")


def check_file_name(pattern: str, needed: Collection[str]) -> None:
    """Raise FormError unless the pattern is a plain file name that holds these words."""
    found = _WORD.findall(pattern)
    unknown = [word for word in found if word not in WORDS]
    if unknown:
        listed = " ".join(f"{{{word}}}" for word in WORDS)
        raise FormError(f"{{{unknown[0]}}} is no word of a file name; there are {listed}.")
    if "serial" in found and "serial" not in needed:
        raise FormError(f"{pattern!r} holds {{serial}}, and the paper takes none.")
    if not set(needed) <= set(found) or not _PLAIN.fullmatch(_WORD.sub("x", pattern)):
        listed = " and ".join(f"{{{word}}}" for word in needed)
        raise FormError(f"{pattern!r} must be a plain file name with {listed} that ends in .pdf.")


def open_file_name(
    pattern: str, *, form: str, variant: str = "", reference: str = "", part: str = "", exporter: str = ""
) -> str:
    """The name with everything filled in but its serial, which only the register gives."""
    words = {"form": form, "variant": variant, "reference": reference, "part": part, "exporter": exporter}
    short = {key: re.sub(r"[{}]", "", text)[:LONGEST_WORD].strip() for key, text in words.items()}
    name = _WORD.sub(lambda word: short.get(word[1], word[0]), pattern.removesuffix(".pdf"))
    return " ".join(name.split()) + ".pdf"
