"""The serials nearest to one that is not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgen.register.rows import storable

if TYPE_CHECKING:
    from certgen.register.stores import Store


def hint_at(store: Store, serial: str) -> str:
    """What to say where a certificate is not found: that its extracts stand here, or the nearest serials."""
    sql = "SELECT DISTINCT serial FROM extracts WHERE original = ? ORDER BY serial LIMIT 3"
    extracts = [row["serial"] for row in store.rows(sql, storable(serial))]
    if extracts:
        return f"It is numbered elsewhere, and only its extracts stand here: {', '.join(extracts)}."
    near = nearest_serials(store, serial)
    return f"Did you mean {', '.join(near)}?" if near else "The register is empty."


def nearest_serials(store: Store, serial: str, limit: int = 3) -> list[str]:
    """Serials like this one: among those of the same number, its neighbours in the alphabet, the newest."""
    import difflib  # noqa: PLC0415 - only for a serial that is not there

    wanted = storable(serial.strip().upper())
    number = re.search(r"\d{0,18}$", wanted)
    questions = (
        ("SELECT serial FROM records WHERE number = ? LIMIT 20", int((number and number[0]) or 0)),
        ("SELECT serial FROM records WHERE serial >= ? ORDER BY serial LIMIT 20", wanted),
        ("SELECT serial FROM records WHERE serial < ? ORDER BY serial DESC LIMIT 20", wanted),
        ("SELECT serial FROM extracts WHERE original >= ? ORDER BY original LIMIT 20", wanted),
        ("SELECT serial FROM extracts WHERE original < ? ORDER BY original DESC LIMIT 20", wanted),
    )
    rows = [row for question, value in questions for row in store.rows(question, value)]
    candidates = {_without_zeros(row["serial"]): row["serial"] for row in rows}
    near = difflib.get_close_matches(_without_zeros(wanted), candidates, n=limit, cutoff=0.0)
    return [candidates[each] for each in near]


def _without_zeros(serial: str) -> str:
    """Zeros before a number are what people leave out."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", serial)
