"""Files taken apart so that what certificates have in common can be kept once, and joined again.

Nearly all of a certificate is fonts and a colour profile, the same bytes each time. In a PDF they stand
between the words `stream` and `endstream` (ISO 32000-1, 7.3.8). That is all that is known of it here: a file
in which those words stand elsewhere, or nowhere, comes back just the same.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

_CUT = re.compile(rb"stream")
# Below this a piece is not worth its own entry: what is the same in it costs less than saying where it lies.
_LEAST_BYTES = 512


@dataclass(frozen=True, slots=True)
class Parts:
    """A file taken apart: the large pieces, each with its place in the whole, and the rest run together."""

    rest: bytes
    pieces: tuple[tuple[int, bytes], ...]


def split(whole: bytes) -> Parts:
    """Take a file apart after each `stream`, which ends `endstream` too, so that no object number gets in."""
    cuts = [0, *(match.end() for match in _CUT.finditer(whole)), len(whole)]
    slices = [(start, whole[start:end]) for start, end in pairwise(cuts)]
    return Parts(
        rest=b"".join(each for _, each in slices if len(each) < _LEAST_BYTES),
        pieces=tuple((place, each) for place, each in slices if len(each) >= _LEAST_BYTES),
    )


def join(rest: bytes, pieces: Iterable[tuple[int, bytes]]) -> bytes:
    """The whole again; pieces in the order of their places.

    Parts that do not belong together join to something else, which only the hash of the whole can tell.
    """
    whole, used = bytearray(), 0
    for place, piece in pieces:
        gap = max(0, place - len(whole))
        whole += rest[used : used + gap] + piece
        used += gap
    return bytes(whole + rest[used:])


def pack(content: bytes) -> bytes:
    """The bytes as they are kept."""
    return zlib.compress(content)


def unpack(packed: bytes) -> bytes:
    """What was packed; nothing when the packing is torn."""
    try:
        return zlib.decompress(packed)
    except zlib.error:
        return b""
