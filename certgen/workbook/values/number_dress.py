"""What a number format shows around a number: words, signs, a division by thousands, a condition.

The parts of a format code are those of ECMA-376 part 1, section 18.8.31.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from certgen.workbook.grid import CellKind, GridCell

_TOKEN = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]|General|E[+-]0*|[0#?.,]+|.', re.IGNORECASE | re.DOTALL)
_SCALING = re.compile(r"[0#?](,+)(?=\.|$)")
_CONDITION = re.compile(r"\[[<>=]")
_LONGEST_CODE = 255


@dataclass(frozen=True, slots=True)
class Dress:
    """A format's first section: `tokens` as pairs of its digits and its words, one of them empty.

    `thousands` tells how often the shown number is divided by 1000; `is_open` that it depends on the
    number (a condition) or shows another one (per cent).
    """

    tokens: tuple[tuple[str, str], ...] = ()
    thousands: int = 0
    is_open: bool = False

    @property
    def words(self) -> str:
        """All that is shown beside the digits."""
        return " ".join("".join(word or "\0" for _, word in self.tokens).replace("\0", " ").split())

    @property
    def is_plain(self) -> bool:
        return not (self.words or self.thousands or self.is_open)


@lru_cache(maxsize=4096)
def read_dress(code: str) -> Dress:
    """What a format code shows around a positive number; nothing for a code longer than Excel takes."""
    if code in ("", "General", "@") or len(code) > _LONGEST_CODE:
        return Dress()
    tokens: list[tuple[str, str]] = []
    thousands, is_open = 0, False
    for piece in _TOKEN.findall(code):
        if piece == ";":
            break
        if piece[0] in "0#?.," or piece.lower() == "general":
            scaling = _SCALING.search(piece)
            thousands += len(scaling[1]) if scaling else 0
            tokens.append((piece, ""))
        elif _CONDITION.match(piece) or piece == "%":
            is_open = True
        elif word := _word_of(piece):
            tokens.append(("", word))
    return Dress(tuple(tokens), thousands, is_open)


def dress_of(cell: GridCell | None) -> Dress:
    """What the number format of a cell shows beside its digits; nothing where there is no cell."""
    return read_dress(cell.number_format) if cell else Dress()


def shown_text(cell: GridCell) -> str | None:
    """A number as its cell shows it, where its format is words and zeros; None where it cannot be told."""
    dress = read_dress(cell.number_format)
    if cell.kind is not CellKind.NUMBER or not dress.words:
        return cell.text
    number, fields = cell.value, [digits for digits, _ in dress.tokens if digits]
    is_whole = isinstance(number, Decimal) and number == number.to_integral_value() and number >= 0
    if dress.is_open or not is_whole or not all(_is_zeros(digits) for digits in fields) or not fields:
        return None
    return _filled(dress, str(int(Decimal(str(number)))))


def _filled(dress: Dress, digits: str) -> str:
    """The digits put into their places from the right; the first place takes what is left."""
    first = next(place for place, (zeros, _) in enumerate(dress.tokens) if zeros)
    pieces: list[str] = []
    for place in reversed(range(len(dress.tokens))):
        zeros, word = dress.tokens[place]
        taken = len(digits) if place == first else len(zeros)
        cut = max(len(digits) - taken, 0)
        pieces.append(word or digits[cut:].zfill(len(zeros)))
        digits = digits if word else digits[:cut]
    return "".join(reversed(pieces))


def _is_zeros(digits: str) -> bool:
    return set(digits) == {"0"}


def _word_of(piece: str) -> str:
    """What a piece of a format shows: its text, a blank as wide as a letter, the sign of a currency."""
    if piece[0] == '"':
        return piece.strip('"')
    if piece[0] == "\\":
        return piece[1:]
    if piece[0] == "_":
        return " "
    if piece[0] == "[":
        return piece[2:-1].partition("-")[0] if piece.startswith("[$") else ""
    return "" if piece[0] == "*" or piece[:2].upper() in ("E+", "E-") else piece
