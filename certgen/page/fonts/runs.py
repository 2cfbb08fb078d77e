"""A text cut where the font has to change: at the edges of script blocks, and where a letter is borrowed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from certgen.page.document import Face
from certgen.page.fonts.blocks import BLOCKS
from certgen.page.fonts.cjk_font import load_cjk_font
from certgen.page.fonts.embedding import EmbeddedFont, load_font
from certgen.page.fonts.faces import load_face


def split_by_font(face: Face, text: str) -> Iterator[tuple[EmbeddedFont, str]]:
    """The text in pieces, each with its font.

    What no block has goes to the font of the `cjk` extra, in every face: there is only one. That font raises
    PageError when it is to encode a letter that it lacks too.
    """
    if text.isascii():
        yield load_font(face, "latin"), text
        return
    for match in _block_pattern().finditer(text):
        block = match.lastgroup
        font = load_font(face, block.replace("_", "-")) if block else load_cjk_font()
        yield font, match.group()


@cache
def _block_pattern() -> re.Pattern[str]:
    """One named group for each block, which takes as many letters of the block as follow one another."""
    groups, every = [], ""
    for block in BLOCKS:
        letters = re.escape(load_face(Face.REGULAR).letters_in(block))
        groups.append(f"(?P<{block.replace('-', '_')}>[{letters}]+)")
        every += letters
    return re.compile("|".join([*groups, f"[^{every}]+"]))
