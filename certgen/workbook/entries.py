"""A value where it stands in the workbook, and the findings made while reading it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from certgen.consignment import Cell
from certgen.findings import Finding, make_finding
from certgen.forms.vocabulary import Field
from certgen.workbook.grid import CellKind, GridCell


@dataclass(frozen=True, slots=True)
class Place:
    """What a header says of the values under or beside it.

    `unit` and `kind` are words as written, `date_order` is `day`, `month`, `year` or empty, `position`
    numbers equal headers (`Producer 2`), `is_shared` says that the header could also mean the other level
    (a gross weight of the line or of the shipment).
    """

    field: Field
    header: str
    unit: str = ""
    kind: str = ""
    date_order: str = ""
    position: int = 0
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class SheetSense:
    """What a sheet tells of how its values are to be understood.

    `decimal_mark` is `.`, `,` or empty when nothing settles it, and `is_mark_shown` says that cells show it.
    `date_orders` gives `day` or `month` by column where its cells settle it (`open` where they disagree),
    `written_orders` what the texts among them show, `date_order` what the sheet's language says. `language`
    is that of most of its headers (`fr`), empty where two are as likely.
    """

    workbook: str
    name: str
    position: int
    decimal_mark: str = ""
    is_mark_shown: bool = False
    date_order: str = ""
    date_orders: Mapping[int, str] = field(default_factory=dict)
    written_orders: Mapping[int, str] = field(default_factory=dict)
    is_typed: bool = True
    language: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of one field: its cell (None where it is empty), what its header says, its sheet."""

    place: Place
    sheet: SheetSense
    name: str
    cell: GridCell | None

    @property
    def path(self) -> str:
        return self.place.field.path

    @property
    def text(self) -> str:
        return self.cell.text if self.cell else ""

    @property
    def is_filled(self) -> bool:
        return self.cell is not None and (self.cell.kind is not CellKind.TEXT or not self.cell.text.isspace())

    def as_cell(self) -> Cell:
        """The cell as findings and certificates name it."""
        return Cell(self.sheet.workbook, self.sheet.name, self.name, self.place.header, shown(self.text))


Row = Sequence[Entry]


class Notebook:
    """Collects findings while one consignment, or the workbook as a whole, is read."""

    def __init__(self, consignment: str = "") -> None:
        self.consignment = consignment
        self.findings: list[Finding] = []

    def tell(self, code: str, entry: Entry, **words: Any) -> None:
        """A finding at the cell of an entry; its header and value may be used in the sentence."""
        cell = entry.as_cell()
        self.findings.append(
            make_finding(
                code,
                cell=cell,
                field=entry.path,
                consignment=self.consignment,
                **{"header": cell.header, "value": cell.text, **words},
            )
        )

    def tell_of(self, code: str, cell: Cell | None, **words: Any) -> None:
        """A finding at a cell that belongs to no field."""
        self.findings.append(make_finding(code, cell=cell, consignment=self.consignment, **words))


def is_plain(text: str) -> bool:
    """Whether a text holds nothing but printable letters, spaces and line breaks."""
    return text.isprintable() or text.replace("\n", "").isprintable()


def shown(text: str) -> str:
    """A text with every control and direction mark made visible, so that it can be shown anywhere."""
    if is_plain(text):
        return text
    return "".join(_visible(letter) for letter in text)


def _visible(letter: str) -> str:
    if letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs"):
        return letter
    return f"<U+{ord(letter):04X}>"
