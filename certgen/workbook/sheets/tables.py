"""The table of a sheet: where its header stands, what each column means, and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from certgen.workbook.entries import Place
from certgen.workbook.grid import CellKind, Grid, GridCell
from certgen.workbook.sheets.headers import HeaderIndex, HeaderMatch

GOODS = frozenset({"products.cn_code", "products.trade_name", "products.lots", "products.net_mass"})
_PACKAGES = frozenset({"products.packages", "products.packages.count"})
KEYS = frozenset({"reference", "invoice_number"})
_ROWS_SEARCHED = 200
_FEWEST_GOODS = 2
_FEWEST_COLUMNS = 3
_MOST_LABELS_IN_A_ROW = 4

Rows = Mapping[int, Sequence[GridCell]]


@dataclass(frozen=True)
class Table:
    """A header and what it says: `top` and `bottom` are its rows, `columns` its places by column.

    `unknown` are headers without a meaning, `doubled` columns whose field another column has already,
    `set_aside` columns that another one makes needless, each with the finding that tells of it.
    """

    top: int
    bottom: int
    columns: Mapping[int, Place]
    matches: Sequence[HeaderMatch]
    unknown: Sequence[GridCell] = ()
    doubled: Sequence[tuple[GridCell, Place]] = ()
    set_aside: Sequence[tuple[GridCell, str]] = ()
    paths: frozenset[str] = field(default=frozenset())

    @property
    def has_goods(self) -> bool:
        return len({path for path in self.paths if path.startswith("products.")}) >= _FEWEST_GOODS

    @property
    def names_goods(self) -> bool:
        return self.has_goods and bool(self.paths & GOODS)

    @property
    def has_key(self) -> bool:
        return bool(self.paths & KEYS)


def rows_of(grid: Grid) -> dict[int, list[GridCell]]:
    """The filled cells of each row, from left to right, rows from the top."""
    rows: dict[int, list[GridCell]] = {}
    for (row, _), cell in sorted(grid.cells.items()):
        if cell.kind is not CellKind.TEXT or not cell.text.isspace():
            rows.setdefault(row, []).append(cell)
    return rows


def find_table(grid: Grid, rows: Rows, index: HeaderIndex) -> Table | None:
    """The first table of goods, else the first table of shipments; None when a sheet has neither."""
    shipments: Table | None = None
    for row in list(rows)[:_ROWS_SEARCHED]:
        if _looks_like_labels(rows[row], index):
            continue
        table = _read_header(grid, rows, row, index)
        if table.names_goods:
            return _with_row_below(table, grid, rows, index)
        if shipments is None and (
            len(table.columns) >= _FEWEST_COLUMNS or _is_short_list(table, rows, index)
        ):
            shipments = table
    return shipments


def _with_row_below(table: Table, grid: Grid, rows: Rows, index: HeaderIndex) -> Table:
    """A header that only heads the next row's (`Packages` over `Number` and `Kind`) gives way to it."""
    below = _read_header(grid, rows, table.bottom + 1, index)
    if not below.names_goods or len(below.columns) <= len(table.columns):
        return table
    return replace(below, top=table.top)


def match_of(cell: GridCell, index: HeaderIndex) -> HeaderMatch | None:
    """What a cell means as a header or label."""
    return index.match(cell.text) if cell.kind is CellKind.TEXT else None


def _looks_like_labels(row: Sequence[GridCell], index: HeaderIndex) -> bool:
    """A row of labels with their values: each label is followed by something that is none."""
    known = [match_of(cell, index) is not None for cell in row]
    count = sum(known)
    followed = all(
        place + 1 < len(known) and not known[place + 1] for place, is_label in enumerate(known) if is_label
    )
    return count == 0 or (count <= _MOST_LABELS_IN_A_ROW and followed)


def _read_header(grid: Grid, rows: Rows, row: int, index: HeaderIndex) -> Table:
    """The header at this row, with the row above or below it when that groups or divides its columns."""
    for top, bottom in ((row - 1, row), (row, row + 1)):
        below = {cell.column: cell for cell in rows.get(bottom, ()) if cell.kind is CellKind.TEXT}
        groups = {column: _group_of(grid, rows, top, column, index) for column in below}
        parts = {
            column: found
            for column, group in groups.items()
            if group and (found := index.match_part(group.fields[0], below[column].text))
        }
        if parts:
            return _grouped_table(grid, rows, (top, bottom), parts, index)
    cells = _without_counters(rows.get(row, ()), grid, rows, index)
    matches = _headers(cells, grid, index)
    aside = _needless_among(matches, index)
    left = [cell for cell in cells if cell.column not in aside]
    table = _table(
        (row, row), {cell.column: matches[cell.column] for cell in left if cell.column in matches}, left
    )
    told = [(cell, aside[cell.column]) for cell in cells if cell.column in aside]
    table = replace(table, set_aside=told)
    return _without_neighbour(table, rows)


def _needless_among(matches: Mapping[int, HeaderMatch], index: HeaderIndex) -> dict[int, str]:
    """Columns that another one makes needless, with what is to be told: pallets, pounds beside kilograms."""
    pallets, pounds = _load_units_among(matches, index), _other_units_among(matches, index)
    return dict.fromkeys(pallets, "CG187") | dict.fromkeys(pounds, "CG191")


def _other_units_among(matches: Mapping[int, HeaderMatch], index: HeaderIndex) -> set[int]:
    """The columns of a weight in other units than kg, where one column gives the same in kg."""
    by_field: dict[str, dict[int, HeaderMatch]] = {}
    for column, match in matches.items():
        if match.unit:
            by_field.setdefault(match.field_on("product").path, {})[column] = match
    return {
        column
        for found in by_field.values()
        for column, match in found.items()
        if not index.is_in_kg(match) and any(map(index.is_in_kg, found.values()))
    }


def _load_units_among(matches: Mapping[int, HeaderMatch], index: HeaderIndex) -> set[int]:
    """The columns that count pallets, where another column counts the packages."""
    counting = {
        column: match for column, match in matches.items() if match.field_on("product").path in _PACKAGES
    }
    pallets = {column for column, match in counting.items() if index.counts_load_units(match)}
    return pallets if len(pallets) < len(counting) else set()


def _match_under(cell: GridCell, grid: Grid, index: HeaderIndex) -> HeaderMatch | None:
    """What a header means, by itself or with the words of the merged cell above it (`Packages`, `Number`).

    A weight takes its unit from there too (`Weights (kg)`, `Net`).
    """
    known, above = match_of(cell, index), _merged_over(cell, grid)
    if above is None or above.kind is not CellKind.TEXT or cell.kind is not CellKind.TEXT:
        return known
    if known:
        return index.with_unit_of(known, above.text)
    if match_of(above, index) is None:
        return None
    return index.match(f"{cell.text} {above.text}") or index.match(f"{above.text} {cell.text}")


def _merged_over(cell: GridCell, grid: Grid) -> GridCell | None:
    """The cell that is merged over this one's column and others in the row above."""
    place = (cell.row - 1, cell.column)
    is_first = grid.merged.get((cell.row - 1, cell.column + 1)) == place
    return grid.cells.get(place if is_first else grid.merged.get(place, (0, 0)))


def _without_counters(
    header: Sequence[GridCell], grid: Grid, rows: Rows, index: HeaderIndex
) -> Sequence[GridCell]:
    """The cells of a header without a column called like the goods (`Item`) that only numbers their lines."""
    named = [cell for cell in header if _is_trade_name(match_of(cell, index))]
    if len(named) == 1:
        return header
    counters = [cell for cell in named if _counts_lines(cell, grid, rows)]
    return [cell for cell in header if cell not in counters]


def _is_trade_name(match: HeaderMatch | None) -> bool:
    return match is not None and match.field_on("product").path == "products.trade_name"


def _counts_lines(header: GridCell, grid: Grid, rows: Rows) -> bool:
    """Whether what stands under a header are the numbers 1, 2, 3."""
    under = islice((row for row in rows if row > header.row), _ROWS_SEARCHED)
    texts = [grid.cells[row, header.column].text for row in under if (row, header.column) in grid.cells]
    numbers = [text.strip(" .)") for text in texts if text.strip(" .)").isdecimal()]
    return bool(numbers) and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _without_neighbour(table: Table, rows: Rows) -> Table:
    """A header that comes again beyond an empty column is another table's; its values are not joined."""
    columns, first = dict(table.columns), dict[str, int]()
    again = [
        (first[place.field.path], column)
        for column, place in table.columns.items()
        if first.setdefault(place.field.path, column) != column and not place.position
    ]
    if not again:
        return table
    filled = {cell.column for row, cells in rows.items() if row >= table.top for cell in cells}
    apart = {right for left, right in again if not filled.issuperset(range(left, right))}
    doubled = [(cell, columns.pop(cell.column)) for cell in rows[table.bottom] if cell.column in apart]
    return replace(table, columns=columns, doubled=[*table.doubled, *doubled])


def _grouped_table(
    grid: Grid, rows: Rows, span: tuple[int, int], parts: Mapping[int, HeaderMatch], index: HeaderIndex
) -> Table:
    top, bottom = span
    below = {cell.column for cell in rows.get(bottom, ())}
    upper = [cell for cell in rows.get(top, ()) if cell.column not in below]
    cells = sorted([*upper, *rows.get(bottom, ())], key=lambda cell: cell.column)
    return _table(span, {**_headers(cells, grid, index), **parts}, cells)


def _group_of(grid: Grid, rows: Rows, row: int, column: int, index: HeaderIndex) -> HeaderMatch | None:
    """The heading above a column: its own cell, the merged cell over it, else the nearest to the left."""
    origin = grid.merged.get((row, column))
    above = grid.cells.get(origin or (row, column))
    if above is None:
        above = next((cell for cell in reversed(rows.get(row, ())) if cell.column <= column), None)
    return match_of(above, index) if above else None


def _headers(cells: Sequence[GridCell], grid: Grid, index: HeaderIndex) -> dict[int, HeaderMatch]:
    return {cell.column: match for cell in cells if (match := _match_under(cell, grid, index))}


def _table(span: tuple[int, int], matches: Mapping[int, HeaderMatch], cells: Sequence[GridCell]) -> Table:
    has_goods = any(item.path in GOODS for match in matches.values() for item in match.fields)
    columns: dict[int, Place] = {}
    doubled: list[tuple[GridCell, Place]] = []
    for cell in cells:
        if match := matches.get(cell.column):
            place = place_of(match, cell.text, "product" if has_goods else "shipment")
            if _is_taken(place, columns):
                doubled.append((cell, place))
            else:
                columns[cell.column] = place
    unknown = [cell for cell in cells if cell.column not in matches and cell.kind is CellKind.TEXT]
    paths = frozenset(place.field.path for place in columns.values())
    return Table(*span, columns, list(matches.values()), unknown, doubled, paths=paths)


_SEVERAL = frozenset({"list", "codes", "countries", "parties", "control-bodies", "form-ids"})


def _is_taken(place: Place, columns: Mapping[int, Place]) -> bool:
    """Two columns of one field are a doubt, save where a field may have several values."""
    is_listed = place.field.path.startswith(("producers", "control_bodies")) or place.field.type in _SEVERAL
    return not is_listed and any(other.field.path == place.field.path for other in columns.values())


def place_of(match: HeaderMatch, header: str, on: str) -> Place:
    """A header as written with what it means in a table of lines or of shipments."""
    return Place(
        field=match.field_on(on),
        header=header.strip(),
        unit=match.unit,
        kind=match.kind,
        date_order=match.date_order,
        position=match.position,
        is_shared=len(match.fields) > 1,
    )


def _is_short_list(table: Table, rows: Rows, index: HeaderIndex) -> bool:
    """Two columns, one of them a key, and no labels beneath: a list that adds to shipments."""
    if not table.has_key or table.unknown or len(table.columns) != _FEWEST_COLUMNS - 1:
        return False
    below = [cells for _, cells in rows_below(rows, table)]
    return not any(match_of(cells[0], index) for cells in below[:_ROWS_SEARCHED])


def rows_below(rows: Rows, table: Table) -> Iterator[tuple[int, Sequence[GridCell]]]:
    """The filled rows under a header."""
    return ((row, cells) for row, cells in rows.items() if row > table.bottom)
