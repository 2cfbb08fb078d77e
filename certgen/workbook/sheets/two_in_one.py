"""Headers that name two things at once (`Container / Seal`), whose cells hold the one and the other."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"[/|\n／&＆+,;]|\b(?:and|et|y|und)\b", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


def divide_header(header: str) -> list[str]:
    """The things a header may name, as written; one where nothing parts them."""
    return [part.strip() for part in _BETWEEN.split(header) if part.strip()]


def as_written(header: str) -> str:
    """A header with its signs, to tell `Vessel / flight`, which is one thing, from `Container / Seal`."""
    return _SPACES.sub("", header).casefold()
