"""The serials nearest to one that is not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgen.register.rows import storable

if TYPE_CHECKING:
    from certgen.register.stores import Store


def nearest_serials(store: Store, serial: str, limit: int = 3) -> list[str]:
    """Serials like this one: among those of the same number, its neighbours in the alphabet, the newest."""
    import difflib  # noqa: PLC0415 - only for a serial that is not there

    wanted = storable(serial.strip().upper())
    number = re.search(r"\d{0,18}$", wanted)
    questions = (
        ("SELECT serial FROM records WHERE number = ? LIMIT 20", int((number and number[0]) or 0)),
        ("SELECT serial FROM records WHERE serial >= ? ORDER BY serial LIMIT 20", wanted),
        ("SELECT serial FROM records WHERE serial < ? ORDER BY serial DESC LIMIT 20", wanted),
    )
    rows = [row for question, value in questions for row in store.rows(question, value)]
    candidates = {_without_zeros(row["serial"]): row["serial"] for row in rows}
    near = difflib.get_close_matches(_without_zeros(wanted), candidates, n=limit, cutoff=0.0)
    return [candidates[each] for each in near]


def _without_zeros(serial: str) -> str:
    """Zeros before a number are what people leave out."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", serial)
