"""The sRGB colour space as an ICC profile, for the output intent of an archive file.

Built from the published numbers (IEC 61966-2-1; primaries adapted to D50 as in ICC.1:2010, annex E), so that
its bytes are always the same and belong to nobody else.
"""

from __future__ import annotations

import struct
from functools import cache

_D50 = (0.9642, 1.0, 0.8249)
_PRIMARIES = {
    b"rXYZ": (0.436066, 0.222488, 0.013916),
    b"gXYZ": (0.385147, 0.716873, 0.097076),
    b"bXYZ": (0.143066, 0.060608, 0.714096),
}
_D65_TO_D50 = (1.047882, 0.022919, -0.050201, 0.029587, 0.990479, -0.017059, -0.009232, 0.015076, 0.751678)
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


@cache
def srgb_profile() -> bytes:
    """A display profile of version 4.2 for sRGB."""
    curve = b"para" + struct.pack(">4xHxx", 3) + _fixed(_CURVE)
    tags = {
        b"desc": _words("sRGB"),
        b"cprt": _words("No rights reserved"),
        b"wtpt": b"XYZ " + bytes(4) + _fixed(_D50),
        b"chad": b"sf32" + bytes(4) + _fixed(_D65_TO_D50),
        **{tag: b"XYZ " + bytes(4) + _fixed(values) for tag, values in _PRIMARIES.items()},
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    return _assemble(tags)


def _fixed(values: tuple[float, ...]) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))


def _words(text: str) -> bytes:
    return b"mluc" + struct.pack(">4xLL4sLL", 1, 12, b"enUS", 2 * len(text), 28) + text.encode("utf-16-be")


def _assemble(tags: dict[bytes, bytes]) -> bytes:
    start = 128 + 4 + 12 * len(tags)
    table, bodies, places = b"", b"", dict[bytes, int]()
    for tag, body in tags.items():
        if body not in places:
            places[body] = start + len(bodies)
            bodies += body + bytes(-len(body) % 4)
        table += struct.pack(">4sLL", tag, places[body], len(body))
    size = start + len(bodies)
    header = struct.pack(">L4xL4s4s4s", size, 0x04200000, b"mntr", b"RGB ", b"XYZ ")
    header += struct.pack(">6H4s", 2020, 1, 1, 0, 0, 0, b"acsp") + bytes(28) + _fixed(_D50) + bytes(48)
    return header + struct.pack(">L", len(tags)) + table + bodies
