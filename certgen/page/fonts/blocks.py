"""The script blocks that fonts are cut into: a certificate carries only the blocks whose letters it uses.

The blocks are fixed, so that the bytes of a subset never depend on which certificates are made together.
"""

from __future__ import annotations

import re
from functools import cache

_WINDOWS_1252_LETTERS = (
    (0x0152, 0x0153),
    (0x0160, 0x0161),
    (0x0178, 0x0178),
    (0x017D, 0x017E),
    (0x0192, 0x0192),
)
_COMMON_PUNCTUATION = (
    (0x2010, 0x2015),
    (0x2018, 0x201E),
    (0x2020, 0x2022),
    (0x2026, 0x2026),
    (0x2030, 0x2030),
    (0x2032, 0x2033),
    (0x2039, 0x203A),
    (0x20AC, 0x20AC),
    (0x2122, 0x2122),
    (0x2212, 0x2212),
)

BLOCKS: dict[str, tuple[tuple[int, int], ...]] = {
    "latin": (
        (0x0020, 0x007E),
        (0x00A1, 0x00AC),
        (0x00AE, 0x00FF),
        *_WINDOWS_1252_LETTERS,
        *_COMMON_PUNCTUATION,
    ),
    "vietnamese": ((0x01A0, 0x01A1), (0x01AF, 0x01B0), (0x1EA0, 0x1EF9)),
    "greek": ((0x0370, 0x03FF), (0x1F00, 0x1FFF)),
    "cyrillic": ((0x0400, 0x0482), (0x048A, 0x052F), (0x2116, 0x2116)),
    "latin-extended": ((0x0100, 0x02FF), (0x1E00, 0x1E9F), (0x1EFA, 0x1EFF), (0x2C60, 0x2C7F)),
    "symbols": (
        (0x2016, 0x205E),
        (0x2070, 0x209C),
        (0x20A0, 0x20C0),
        (0x2100, 0x215F),
        (0x2190, 0x22FF),
        (0x25A0, 0x25FF),
    ),
}
"""Ranges of code points, both ends included; a letter belongs to the first block that names it."""

CJK_RANGES: tuple[tuple[int, int], ...] = (
    (0x2160, 0x217B),
    (0x2190, 0x2193),
    (0x2460, 0x24FF),
    (0x2500, 0x257F),
    (0x25A0, 0x25D3),
    (0x2605, 0x2606),
    (0x2E80, 0x2FDF),
    (0x3001, 0x9FFF),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0xFE10, 0xFE19),
    (0xFE30, 0xFE6F),
    (0xFF01, 0xFFEE),
    (0x1B000, 0x1B16F),
    (0x20000, 0x3FFFF),
)
"""Letters and signs of Chinese, Japanese and Korean, which the `cjk` extra brings unless a block has them.

Korean is here in whole syllables: the parts that syllables are composed of would have to be shaped.
"""
_CJK = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in CJK_RANGES) + "]")


def block_of(character: str) -> str:
    """The block a character belongs to; empty when none holds it."""
    return _blocks_by_code_point().get(ord(character), "")


def is_cjk(character: str) -> bool:
    """Whether a character is one that the `cjk` extra brings, if any font has it."""
    return _CJK.fullmatch(character) is not None


@cache
def _blocks_by_code_point() -> dict[int, str]:
    found: dict[int, str] = {}
    for block, ranges in BLOCKS.items():
        for first, last in ranges:
            for code_point in range(first, last + 1):
                found.setdefault(code_point, block)
    return found
