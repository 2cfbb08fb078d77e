from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from certgen.forms.vocabulary import Vocabulary, load_vocabulary
from certgen.workbook.cell_name import cell_name
from certgen.workbook.formats.number_format import describe_number, read_format
from certgen.workbook.grid import CellKind, Grid, GridBook, GridCell
from certgen.workbook.reading import Reading, read_book
from certgen.workbook.sheets.headers import HeaderIndex

Table = Sequence[Sequence[Any]]


def as_cell(row: int, column: int, value: Any) -> GridCell | None:
    """A literal as a cell: text, number, date, `(number, format)`, or a cell kind that cannot be read."""
    number_format = ""
    if isinstance(value, tuple):
        value, number_format = value
    name = cell_name(row, column)
    if value is None or value == "":
        return None
    if isinstance(value, CellKind):
        return GridCell(name, row, column, value, "#REF!", "#REF!")
    if isinstance(value, bool):
        return GridCell(name, row, column, CellKind.BOOLEAN, value, str(value).upper())
    if isinstance(value, date):
        return GridCell(name, row, column, CellKind.DATE, value, value.isoformat(), number_format)
    if isinstance(value, int | float | Decimal):
        number = Decimal(str(value))
        text = describe_number(number, read_format(number_format))
        return GridCell(name, row, column, CellKind.NUMBER, number, text, number_format)
    return GridCell(name, row, column, CellKind.TEXT, value, value, number_format)


def make_grid(rows: Table, name: str = "Sheet1", **about: Any) -> Grid:
    cells = {
        (row, column): cell
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if (cell := as_cell(row, column, value))
    }
    return Grid(name, cells, **about)


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="session")
def index(vocabulary: Vocabulary) -> HeaderIndex:
    return HeaderIndex(vocabulary, {})


Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def read(vocabulary: Vocabulary, index: HeaderIndex) -> Read:
    """Read sheets given as tables: `read(table)` or `read(Shipments=table, Products=table)`."""

    def read_tables(
        *tables: Table | Grid,
        maps: Mapping[str, str] | None = None,
        about: Mapping[str, Any] | None = None,
        **named: Table,
    ) -> Reading:
        grids = [
            table if isinstance(table, Grid) else make_grid(table, f"Sheet{number}", **(about or {}))
            for number, table in enumerate(tables, start=1)
        ]
        grids += [make_grid(table, name, **(about or {})) for name, table in named.items()]
        book = GridBook("shipment.xlsx", "0" * 64, tuple(grids))
        known = HeaderIndex(vocabulary, maps) if maps else index
        return read_book(book, Path("shipment.xlsx"), vocabulary, known)

    return read_tables


@pytest.fixture(scope="session")
def grid() -> Callable[..., Grid]:
    return make_grid
