"""Labels with their values beside or below them: a shipment written as a form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from certgen.forms.vocabulary import Field
from certgen.workbook.entries import Place
from certgen.workbook.grid import CellKind, Grid, GridCell
from certgen.workbook.sheets.headers import HeaderIndex, HeaderMatch
from certgen.workbook.sheets.label_columns import LabelColumns, has_colon
from certgen.workbook.sheets.sense import Placed
from certgen.workbook.sheets.tables import Rows, match_of, place_of

_PARTIES = frozenset({"party", "parties", "control-body", "control-bodies"})
_WITH_ADDRESSES = _PARTIES | {"address"}
_SEVERAL_LINES = _WITH_ADDRESSES | {"list", "codes", "countries", "choices", "form-ids"}
_LISTED = frozenset({"list", "codes"})
_READ_EACH = _LISTED | {"countries", "choices", "form-ids"}
_READ_TOGETHER = ("producers", "control_bodies", "issuing_body", "extra.", "products.extra.")
_WITHOUT_REMARKS = frozenset({"unit"})
_FARTHEST_COLUMN = 12
_FEWEST_REMARKS = 2


@dataclass(frozen=True)
class Labels:
    """What the labels of a sheet give: values with their places, and labels without one.

    `unknown` are cells that look like labels with a value, but mean nothing that is known; `listed` are
    further values of a list beside its first one, `unread` cells beside a value that are left over, `cells`
    the labels themselves.
    """

    placed: Sequence[Placed]
    matches: Sequence[HeaderMatch]
    empty: Sequence[Placed]
    unknown: Sequence[GridCell]
    listed: Sequence[Placed] = ()
    unread: Sequence[Placed] = ()
    cells: Sequence[GridCell] = ()

    def with_values(self, values: Sequence[Placed], unread: Sequence[Placed]) -> Labels:
        """These labels and further values that stand elsewhere on their sheet, read or not."""
        return replace(self, placed=[*self.placed, *values], unread=[*self.unread, *unread])


def read_labels(grid: Grid, rows: Rows, index: HeaderIndex) -> Labels:
    """The labels among these rows; the rows of a table are not among them."""
    return _LabelReader(grid, rows, index).read()


class _LabelReader:
    def __init__(self, grid: Grid, rows: Rows, index: HeaderIndex) -> None:
        self._grid = grid
        self._rows = rows
        self._columns = LabelColumns(rows, index)
        self._labels = dict(_find_labels(rows, index, self._columns))
        around = rows.values() if self._labels else ()
        self._by_place = {(cell.row, cell.column): cell for cells in around for cell in cells}
        self._ends = self._labels.keys() | self._columns.strange_labels(rows)
        self._used: set[tuple[int, int]] = set()

    def read(self) -> Labels:
        placed: list[Placed] = []
        empty: list[Placed] = []
        listed: list[Placed] = []
        for place, match in self._labels.items():
            label = self._by_place[place]
            meaning = place_of(match, label.text.strip().rstrip(":："), "shipment")
            if values := self._values_of(label, match):
                self._used.update((cell.row, cell.column) for cell in values)
                placed += _as_placed(meaning, values)
                listed += [
                    (meaning, cell) for cell in values[1:] if cell.row == label.row and _is_list(meaning)
                ]
            else:
                empty.append((meaning, label))
        unread = list(self._unread(placed))
        remarks = _remarks_among(listed, unread)
        return Labels(
            placed=[item for item in placed if item not in remarks],
            matches=list(self._labels.values()),
            empty=empty,
            unknown=list(self._unknown()),
            listed=[item for item in listed if item not in remarks],
            unread=[*unread, *remarks],
            cells=[self._by_place[place] for place in self._labels],
        )

    def _unread(self, placed: Sequence[Placed]) -> Iterator[Placed]:
        """What stands to the right of a value, up to the next label, and is no value of any."""
        for meaning, cell in placed:
            for other in self._beside(cell):
                if meaning.field.type not in _WITHOUT_REMARKS:
                    yield meaning, other

    def _unknown(self) -> Iterator[GridCell]:
        """Texts left over that have another one beside them, or end as a label does."""
        for cells in self._rows.values():
            left = [cell for cell in cells if not self._is_taken(cell)]
            for place, cell in enumerate(left):
                is_label = place + 1 < len(left) or has_colon(cell)
                if is_label and cell.kind is CellKind.TEXT:
                    yield cell

    def _is_taken(self, cell: GridCell) -> bool:
        place = (cell.row, cell.column)
        return place in self._used or place in self._labels

    def _values_of(self, label: GridCell, match: HeaderMatch) -> list[GridCell]:
        """The cells of a label's value: beside it, else below it; an address goes on in the lines beneath."""
        item = match.field_on("shipment")
        beside = self._beside(label)
        if not beside and item.type not in _WITH_ADDRESSES and self._columns.has_values_beside(label.column):
            return list(self._alone_below(label)) if item.type in _LISTED else []
        if not beside:
            return self._below((label.row + 1, label.column), item, limit=_width(self._grid, label))
        if item.type == "mass":
            return beside[:2] if len(beside) > 1 and beside[1].kind is CellKind.TEXT else beside[:1]
        if item.type not in _SEVERAL_LINES:
            return beside[:1]
        taken = beside if item.type in _LISTED else beside[:1]
        return [*taken, *self._continued(taken[0], label)]

    def _alone_below(self, label: GridCell) -> Iterator[GridCell]:
        """Numbers that stand alone in the rows under a label that stands alone (`Containers`)."""
        if len(self._rows[label.row]) > 1:
            return
        row = label.row + 1
        while (cell := self._alone_in(row, label.column)) and (row, label.column) not in self._ends:
            yield cell
            row += 1

    def _alone_in(self, row: int, column: int) -> GridCell | None:
        cells = self._rows.get(row, ())
        is_number = len(cells) == 1 and cells[0].column == column and any(map(str.isdigit, cells[0].text))
        return cells[0] if is_number else None

    def _beside(self, label: GridCell) -> list[GridCell]:
        """The filled cells to the right of a label, up to the next label."""
        found: list[GridCell] = []
        for cell in self._rows[label.row]:
            place = (cell.row, cell.column)
            if cell.column <= label.column or place in self._used:
                continue
            if place in self._ends or cell.column > label.column + _FARTHEST_COLUMN:
                break
            found.append(cell)
        return found

    def _continued(self, first: GridCell, label: GridCell) -> Iterator[GridCell]:
        """The lines under a value as long as no label stands beside them."""
        row = first.row + 1
        while cell := self._by_place.get((row, first.column)):
            columns = range(label.column, first.column + 1)
            if (
                any((row, column) in self._ends for column in columns)
                or (row, label.column) in self._by_place
            ):
                return
            yield cell
            row += 1

    def _below(self, place: tuple[int, int], item: Field, limit: int) -> list[GridCell]:
        """The cells beneath a label, one or as many as a value of its kind may have lines."""
        found: list[GridCell] = []
        row, column = place
        while (cell := self._cell_within(row, column, limit)) and (row, cell.column) not in self._ends:
            is_label = has_colon(cell) and item.type not in _WITH_ADDRESSES
            if is_label or (row, cell.column) in self._used:
                break
            found.append(cell)
            row += 1
            if item.type not in _SEVERAL_LINES:
                break
        return found

    def _cell_within(self, row: int, column: int, limit: int) -> GridCell | None:
        places = ((row, place) for place in range(column, column + limit))
        return next((cell for place in places if (cell := self._by_place.get(place))), None)


def _find_labels(
    rows: Rows, index: HeaderIndex, columns: LabelColumns
) -> Iterator[tuple[tuple[int, int], HeaderMatch]]:
    """Every label; `Name` or `Address` takes its meaning from the party named above it."""
    section: Mapping[int, tuple[int, HeaderMatch]] = {}
    waiting: Mapping[int, HeaderMatch] = {}
    for row, cells in rows.items():
        labels: dict[int, HeaderMatch] = {}
        for place, cell in enumerate(cells):
            before = cells[place - 1] if place else None
            asking = labels.get(before.column) if before else _heading_over(cells, waiting)
            match = match_of(cell, index) or _match_in_section(cell, section, labels, index)
            if match is None or (asking and _is_value(cell, before, asking, index)):
                continue
            if columns.is_answer(cells, place, is_asked=bool(asking)):
                continue
            if match.fields[0].type in _PARTIES:
                section = {**section, cell.column: (row, match)}
            labels[cell.column] = match
            yield (row, cell.column), match
        waiting = {} if len(labels) < len(cells) else labels


def _heading_over(cells: Sequence[GridCell], waiting: Mapping[int, HeaderMatch]) -> HeaderMatch | None:
    """The label above the first cell of a row, if it may be what that cell answers.

    A cell with a value beside it that no label asks for from above is a label itself (`Vessel`, its ship).
    """
    if len(cells) > 1 and cells[1].column not in waiting:
        return None
    return waiting.get(cells[0].column)


def _is_value(cell: GridCell, before: GridCell | None, asking: HeaderMatch, index: HeaderIndex) -> bool:
    """Whether a text that could be a label answers the label before it (`Transport: vessel`)."""
    if index.is_choice(asking.fields[0], cell.text):
        return True
    return before is not None and has_colon(before) and not has_colon(cell)


def _match_in_section(
    cell: GridCell,
    section: Mapping[int, tuple[int, HeaderMatch]],
    beside: Mapping[int, HeaderMatch],
    index: HeaderIndex,
) -> HeaderMatch | None:
    """`Address` is of the party above it, or of the one to its left where that alone can have it.

    Between a party above and another one beside it the choice is open, and nothing is taken.
    """
    if cell.kind is not CellKind.TEXT:
        return None
    mate = next(reversed(list(beside.values())), None)
    groups = [group.fields[0] for group in (_section_of(cell, section), mate) if group]
    parts = [part for group in groups if (part := index.match_part(group, cell.text))]
    paths = {part.fields[0].path for part in parts}
    return parts[0] if len(paths) == 1 else None


def _section_of(cell: GridCell, section: Mapping[int, tuple[int, HeaderMatch]]) -> HeaderMatch | None:
    """The party whose heading stands above a cell, in its own column or the nearest to the left."""
    near = [column for column in section if column <= cell.column]
    return section[max(near)][1] if near else None


def _width(grid: Grid, label: GridCell) -> int:
    """How many columns a label covers."""
    return 1 + sum(
        1
        for (row, _), origin in grid.merged.items()
        if row == label.row and origin == (label.row, label.column)
    )


def _remarks_among(listed: Sequence[Placed], unread: Sequence[Placed]) -> list[Placed]:
    """What stands beside a list in a column of remarks, or has no digit as numbers of seals or lots have."""
    columns = Counter(cell.column for _, cell in unread)
    return [
        (meaning, cell)
        for meaning, cell in listed
        if columns[cell.column] >= _FEWEST_REMARKS or not any(map(str.isdigit, cell.text))
    ]


def _is_list(meaning: Place) -> bool:
    return meaning.field.type in _READ_EACH and not meaning.field.path.startswith(_READ_TOGETHER)


def _as_placed(meaning: Place, values: Sequence[GridCell]) -> list[Placed]:
    """A value with its place; each value of a list keeps its cell, and a number the unit beside it."""
    if _is_list(meaning):
        return [(meaning, cell) for cell in values]
    if meaning.field.type == "mass" and len(values) > 1 and values[0].kind is CellKind.NUMBER:
        return [(replace(meaning, unit=values[1].text.strip()), values[0])]
    return [(meaning, _joined(values))]


def _joined(cells: Sequence[GridCell]) -> GridCell:
    """Several cells of one value as lines of one cell; an amount and its unit as one text."""
    first = cells[0]
    if len(cells) == 1:
        return first
    unreadable = next((cell for cell in cells if cell.kind not in _PLAIN), None)
    if unreadable:
        return unreadable
    mark = " " if cells[1].row == first.row else "\n"
    text = mark.join(cell.text.strip() for cell in cells)
    struck = mark.join(cell.struck for cell in cells if cell.struck)
    return replace(first, kind=CellKind.TEXT, value=text, text=text, struck=struck)


_PLAIN = frozenset({CellKind.TEXT, CellKind.NUMBER, CellKind.DATE, CellKind.BOOLEAN})
