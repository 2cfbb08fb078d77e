"""Cut a TrueType face down to some of its glyphs, in an order of our own.

Only the tables that a PDF needs are kept (ISO 32000-1, 9.9, table 126); hinting is not carried over.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence

_KEPT_TABLES = ("glyf", "head", "hhea", "hmtx", "loca", "maxp")
_ARGUMENTS_ARE_WORDS, _HAS_SCALE, _HAS_MORE, _HAS_TWO_SCALES, _HAS_MATRIX = 0x1, 0x8, 0x20, 0x40, 0x80
_CHECKSUM_OF_A_FONT = 0xB1B0AFBA


def cut_subset(font: bytes, glyphs: Sequence[int | None]) -> bytes:
    """A font whose glyph n is `glyphs[n]` of the given one; None leaves an empty glyph in that place.

    Parts of composed glyphs that are not asked for follow at the end.
    """
    tables = read_tables(font)
    order = _with_components(tables, glyphs)
    return _write_font(_subset_tables(tables, order))


def read_tables(font: bytes) -> dict[str, bytes]:
    """The tables of a TrueType font, by tag."""
    (count,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4s3L", font, 12 + 16 * number) for number in range(count))
    return {tag.decode("ascii"): font[start : start + length] for tag, _, start, length in records}


def _glyph_places(tables: Mapping[str, bytes]) -> Sequence[int]:
    is_long = struct.unpack_from(">h", tables["head"], 50)[0]
    loca = tables["loca"]
    if is_long:
        return struct.unpack(f">{len(loca) // 4}L", loca)
    return [2 * half for half in struct.unpack(f">{len(loca) // 2}H", loca)]


def _with_components(tables: Mapping[str, bytes], glyphs: Sequence[int | None]) -> list[int | None]:
    places = _glyph_places(tables)
    order = list(glyphs)
    known = set(order)
    for glyph in order:
        if glyph is None:
            continue
        outline = tables["glyf"][places[glyph] : places[glyph + 1]]
        for _, component in _components(outline):
            if component not in known:
                known.add(component)
                order.append(component)
    return order


def _components(outline: bytes) -> Iterable[tuple[int, int]]:
    """Where a composed glyph names its parts, and which they are."""
    if not outline or struct.unpack_from(">h", outline)[0] >= 0:
        return
    at, flags = 10, _HAS_MORE
    while flags & _HAS_MORE:
        flags, glyph = struct.unpack_from(">HH", outline, at)
        yield at + 2, glyph
        at += 4 + _length_after_glyph(flags)


def _length_after_glyph(flags: int) -> int:
    length = 4 if flags & _ARGUMENTS_ARE_WORDS else 2
    for flag, more in ((_HAS_SCALE, 2), (_HAS_TWO_SCALES, 4), (_HAS_MATRIX, 8)):
        if flags & flag:
            return length + more
    return length


def _subset_tables(tables: Mapping[str, bytes], order: Sequence[int | None]) -> dict[str, bytes]:
    places = _glyph_places(tables)
    numbers = {glyph: number for number, glyph in reversed(list(enumerate(order))) if glyph is not None}
    outlines = [
        b"" if glyph is None else _renumbered(tables["glyf"][places[glyph] : places[glyph + 1]], numbers)
        for glyph in order
    ]
    starts = [0]
    for outline in outlines:
        starts.append(starts[-1] + len(outline))
    return {
        "glyf": b"".join(outlines),
        "head": tables["head"][:8] + bytes(4) + tables["head"][12:50] + b"\0\1" + tables["head"][52:],
        "hhea": tables["hhea"][:34] + struct.pack(">H", len(order)),
        "hmtx": b"".join(_metric(tables, glyph) for glyph in order),
        "loca": struct.pack(f">{len(starts)}L", *starts),
        "maxp": tables["maxp"][:4] + struct.pack(">H", len(order)) + tables["maxp"][6:],
    }


def _renumbered(outline: bytes, numbers: Mapping[int, int]) -> bytes:
    changed = bytearray(outline)
    for at, glyph in _components(outline):
        struct.pack_into(">H", changed, at, numbers[glyph])
    return bytes(changed) + bytes(-len(changed) % 4)


def _metric(tables: Mapping[str, bytes], glyph: int | None) -> bytes:
    """Advance and left bearing; glyphs after the last full record share its advance."""
    if glyph is None:
        return bytes(4)
    (full,) = struct.unpack_from(">H", tables["hhea"], 34)
    hmtx = tables["hmtx"]
    if glyph < full:
        return hmtx[4 * glyph : 4 * glyph + 4]
    bearing = 4 * full + 2 * (glyph - full)
    return hmtx[4 * full - 4 : 4 * full - 2] + hmtx[bearing : bearing + 2]


def _write_font(tables: Mapping[str, bytes]) -> bytes:
    count = len(_KEPT_TABLES)
    power = count.bit_length() - 1
    header = struct.pack(">L4H", 0x00010000, count, 16 << power, power, 16 * count - (16 << power))
    records, bodies = [], []
    start = 12 + 16 * count
    for tag in _KEPT_TABLES:
        body = tables[tag] + bytes(-len(tables[tag]) % 4)
        records.append(struct.pack(">4s3L", tag.encode("ascii"), _checksum(body), start, len(tables[tag])))
        bodies.append(body)
        start += len(body)
    font = bytearray(header + b"".join(records) + b"".join(bodies))
    head = 12 + 16 * count + len(bodies[0])
    struct.pack_into(">L", font, head + 8, (_CHECKSUM_OF_A_FONT - _checksum(font)) & 0xFFFFFFFF)
    return bytes(font)


def _checksum(body: bytes | bytearray) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(body) // 4}L", body)
    return sum(words) & 0xFFFFFFFF
