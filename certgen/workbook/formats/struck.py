"""What of a cell's text is struck out: its writer meant it to be gone, though it still stands there."""

from __future__ import annotations

from collections.abc import Iterable

Run = tuple[str, bool | None]
"""A piece of a text and whether it is struck out; None where it is as its cell is."""


def struck_out(text: str, runs: Iterable[Run], *, is_cell_struck: bool) -> str:
    """The part of a text that is struck out; empty where none is."""
    pieces = list(runs)
    if all(own is None for _, own in pieces):
        return text.strip() if is_cell_struck else ""
    return "".join(piece for piece, own in pieces if (is_cell_struck if own is None else own)).strip()
