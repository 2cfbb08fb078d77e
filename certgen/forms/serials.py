"""Serial patterns: `COI.{code}.{year}.{number:07}` rendered, and what one may hold."""

from __future__ import annotations

import re

from certgen.errors import FormError

_WORD = re.compile(r"\{([^{}]*)\}")
_NUMBER = re.compile(r"number(?::0([1-9]|1[0-2]))?")
_TOUCHED = re.compile(r"[A-Za-z0-9]\{number|\{number[^}]*\}[A-Za-z0-9]")
_PLAIN = re.compile(r"[A-Za-z0-9./_ -]*")
WORDS = ("code", "year", "form")


def check_serial_pattern(pattern: str, prefix: str) -> None:
    """Raise FormError unless the pattern numbers its serials and keeps the form's beginning."""
    words = _WORD.findall(pattern)
    numbers = [word for word in words if _NUMBER.fullmatch(word)]
    unknown = [word for word in words if word not in WORDS and word not in numbers]
    if unknown:
        raise FormError(
            f"{{{unknown[0]}}} is no word of a serial; there are {{code}} {{year}} {{form}} {{number:07}}."
        )
    if len(numbers) != 1:
        raise FormError(f"the serial {pattern!r} must hold {{number}} once, as in {{number:07}}.")
    if "}{" in pattern or _TOUCHED.search(pattern):
        raise FormError(
            f"the serial {pattern!r} needs a sign between two words and around the number, "
            "lest two serials look alike."
        )
    if not _PLAIN.fullmatch(_WORD.sub("", pattern)):
        raise FormError(f"the serial {pattern!r} may hold letters, digits and . - / _ beside its words.")
    if not pattern.startswith(prefix):
        raise FormError(f"the serial {pattern!r} must begin with {prefix!r}.")


def open_pattern(pattern: str, *, code: str, year: int, form: str) -> str:
    """The pattern with everything rendered but its number, which only the register gives."""
    values = {"code": code, "year": f"{year:04}", "form": form}
    return _WORD.sub(lambda word: values.get(word[1], word[0]), pattern)
