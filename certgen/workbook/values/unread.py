"""Cells whose content cannot be taken as it stands: no value, struck out, or only holding a place."""

from __future__ import annotations

from collections.abc import Mapping

from certgen.forms.value_words import Words
from certgen.workbook.entries import Entry, shown
from certgen.workbook.folding import squeeze
from certgen.workbook.grid import CellKind
from certgen.workbook.values.ditto import Dittos
from certgen.workbook.values.texts import split_items, split_parties

UNREADABLE = {
    CellKind.FORMULA_WITHOUT_VALUE: "CG153",
    CellKind.ERROR: "CG154",
    CellKind.EXTERNAL_LINK: "CG155",
    CellKind.TOO_LONG: "CG156",
}
_LISTED = frozenset({"list", "codes"})
_PARTIES = frozenset({"parties", "control-bodies", "name"})
_FEWEST_VALUES = 2
_MAY_BE_SAME = "first_consignee"

Told = tuple[str, Mapping[str, str]]
"""The code of a finding and the words of its sentence."""


class Unread:
    """Says why a cell is not read; made once for a workbook.

    Some words only hold a place ("TBA"), others only point to another cell ("as above").
    """

    def __init__(self, words: Words) -> None:
        self._unsaid = frozenset(word.casefold() for word in words.unsaid)
        self._dittos = Dittos(words)
        self._same = frozenset(map(squeeze, words.same_as_importer))

    def why(self, entry: Entry) -> Told | None:
        """What keeps a cell from being read; None where nothing does, or where it is empty."""
        if entry.cell is None:
            return None
        if code := UNREADABLE.get(entry.cell.kind):
            return code, {}
        if entry.cell.struck:
            return "CG181", {"struck": shown(entry.cell.struck)}
        return self._why_unsaid(entry) or self._why_elsewhere(entry)

    def _why_elsewhere(self, entry: Entry) -> Told | None:
        """Where words are expected one of them may look so, and a first consignee may be the importer."""
        field = entry.place.field
        is_importer = field.path.startswith(_MAY_BE_SAME) and squeeze(entry.text) in self._same
        if field.choices or field.type == "yes-no" or is_importer:
            return None
        pointing = next(filter(self._dittos.is_ditto, _values_of(entry) or [entry.text]), "")
        return ("CG189", {"pointing": shown(pointing)}) if pointing.strip() else None

    def says_nothing(self, entry: Entry) -> bool:
        """Whether a cell only holds a place, so that nothing is implied by it."""
        return self._only_holds_place(entry.text)

    def _why_unsaid(self, entry: Entry) -> Told | None:
        """What a form asks for itself may be answered by such words."""
        if entry.path.startswith(("extra.", "tables.", "products.extra.")):
            return None
        if self._only_holds_place(entry.text):
            return "CG229", {}
        unsaid = next(filter(self._only_holds_place, _values_of(entry)), "")
        return ("CG183", {"unsaid": unsaid}) if unsaid else None

    def _only_holds_place(self, text: str) -> bool:
        return text.strip().casefold() in self._unsaid


def _values_of(entry: Entry) -> list[str]:
    """The values of a cell that may list several, where it does."""
    kind = entry.place.field.type
    if kind in _PARTIES:
        values = split_parties(entry.text)
    else:
        values = split_items(entry.text) if kind in _LISTED else []
    return values if len(values) >= _FEWEST_VALUES else []
