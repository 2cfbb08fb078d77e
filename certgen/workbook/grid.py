"""A sheet as cells: what each file format is read into, before anyone asks what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from certgen.findings import Finding


class CellKind(StrEnum):
    """What a cell holds; the last four are findings of their own, never an empty value or a zero."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    ERROR = "error"
    FORMULA_WITHOUT_VALUE = "formula-without-value"
    EXTERNAL_LINK = "external-link"
    TOO_LONG = "too-long"


@dataclass(frozen=True, slots=True)
class GridCell:
    """One filled cell.

    `name` is the cell as Excel names it (`F14`); `value` is str, Decimal (15 significant digits, as Excel
    shows), date, time or bool; `text` is what a person would call its content; `number_format` is the cell's
    format code (`0.00`, `dd/mm/yyyy`, `00000000`), empty where the file has none; `struck` is the part of the
    text that is struck out.
    """

    name: str
    row: int
    column: int
    kind: CellKind
    value: str | Decimal | date | time | bool
    text: str
    number_format: str = ""
    struck: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its filled cells by (row, column), counting from 1.

    `merged` maps each covered cell to the top left cell of its merged range. `hidden_rows` and
    `hidden_columns` are read like the others, and told. `language` is the workbook's or sheet's language tag
    where the file tells one. `is_visible` is False for a hidden sheet. `is_typed` is False for formats whose
    cells are all text (csv).
    """

    name: str
    cells: Mapping[tuple[int, int], GridCell]
    merged: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    language: str = ""
    is_visible: bool = True
    is_typed: bool = True


@dataclass(frozen=True, slots=True)
class GridBook:
    """All sheets of one file, with its SHA-256.

    `findings` tell what reading this format had to leave out or guess (macros, encoding); `notes` are their
    sentences alone.
    """

    name: str
    sha256: str
    sheets: tuple[Grid, ...]
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
