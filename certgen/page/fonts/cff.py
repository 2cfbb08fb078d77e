"""Write a bare CID-keyed font in the Compact Font Format (Adobe technical notes 5176 and 5177).

Only what a PDF needs of it (ISO 32000-1, 9.9, `CIDFontType0C`): outlines without subroutines or hints.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

_HEADER = b"\x01\x00\x04\x04"
_ADOBE, _IDENTITY = 391, 392
"""Numbers of the first two strings of a font's own (there are 391 standard ones)."""
_CHARSET, _CHARSTRINGS, _PRIVATE = b"\x0f", b"\x11", b"\x12"
_BOUNDS, _ROS, _COUNT, _FONT_DICTS, _SELECT = b"\x05", b"\x0c\x1e", b"\x0c\x22", b"\x0c\x24", b"\x0c\x25"
_DEFAULT_ADVANCE = b"\x14"
_EVERY_CID = 65536
_NOT_DEFINED = b"\x1c\x03\xe8\x0e"
"""An empty glyph of a whole em, which stands for no letter."""


def write_cff(name: str, charstrings: Mapping[int, bytes], bounds: tuple[int, int, int, int]) -> bytes:
    """A font of these Type 2 charstrings by CID (1 to 65535), each beginning with its advance.

    `bounds` are the corners that hold every glyph, in thousandths of an em.
    """
    cids = sorted(charstrings)
    outlines = _index([_NOT_DEFINED, *(charstrings[cid] for cid in cids)])
    charset = b"\0" + struct.pack(f">{len(cids)}H", *cids)
    select = struct.pack(">BHHBH", 3, 1, 0, 0, len(cids) + 1)
    private = _number(0) + _DEFAULT_ADVANCE
    before = _HEADER + _index([name.encode("ascii")])
    after = _index([b"Adobe", b"Identity"]) + _index([])
    start = len(before) + len(_index([_top_dict(bounds, 0, 0, 0, 0)])) + len(after)
    parts = (charset, select, outlines, private)
    at_charset, at_select, at_outlines, at_private = _places(start, parts)
    font_dicts = _index([_number(len(private)) + _number(at_private) + _PRIVATE])
    at_font_dicts = at_private + len(private)
    top = _index([_top_dict(bounds, at_charset, at_select, at_outlines, at_font_dicts)])
    return b"".join((before, top, after, *parts, font_dicts))


def _top_dict(
    bounds: tuple[int, int, int, int], charset: int, select: int, outlines: int, font_dicts: int
) -> bytes:
    return b"".join(
        (
            *(_number(_ADOBE), _number(_IDENTITY), _number(0), _ROS),
            *(*map(_number, bounds), _BOUNDS),
            *(_number(_EVERY_CID), _COUNT),
            *(_number(charset), _CHARSET, _number(select), _SELECT),
            *(_number(outlines), _CHARSTRINGS, _number(font_dicts), _FONT_DICTS),
        )
    )


def _places(start: int, parts: Sequence[bytes]) -> list[int]:
    """Where each part begins when they follow one another."""
    places = [start]
    for part in parts[:-1]:
        places.append(places[-1] + len(part))
    return places


def _number(value: int) -> bytes:
    """An integer of a dictionary, always in five bytes, so that lengths are known before values."""
    return b"\x1d" + struct.pack(">i", value)


def _index(items: Sequence[bytes]) -> bytes:
    if not items:
        return b"\0\0"
    ends = [1]
    for item in items:
        ends.append(ends[-1] + len(item))
    return struct.pack(f">HB{len(ends)}L", len(items), 4, *ends) + b"".join(items)
