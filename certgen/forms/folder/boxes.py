"""The boxes of a form, built from `boxes.toml` and found to stand on the page without overlap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from certgen.errors import FormError
from certgen.forms.folder.box_records import (
    BoxesFile,
    BoxRecord,
    ColumnRecord,
    FillRecord,
    FitRecord,
    LabelRecord,
    OfficialRecord,
    SpaceRecord,
    TableRecord,
    TextRecord,
    TickRecord,
)
from certgen.forms.folder.official import build_official_part, check_official_parts
from certgen.forms.folder.problems import Problems
from certgen.forms.language.expressions import compile_condition, compile_expression, compile_template
from certgen.forms.language.kinds import NUMBER, Scope
from certgen.forms.model import (
    Box,
    Column,
    FillPart,
    Fit,
    Frame,
    LabelPart,
    OfficialBlank,
    OfficialPart,
    Part,
    SpacePart,
    TablePart,
    TextPart,
    TickPart,
)

PAGE_SIZES_MM = {"A4": (210.0, 297.0)}
TOLERANCE_MM = 0.01
ROW_NUMBER = "number"
"""What the columns of a table call the place of their row, counted from 1."""


@dataclass(frozen=True, slots=True)
class BoxScopes:
    """The names that what is made from the consignment may use, those of what is always printed, and the
    wording that settles the latter in this edition.
    """

    values: Scope
    labels: Scope
    wording: Mapping[str, str]


def build_boxes(
    file: BoxesFile,
    where: str,
    page_size: str,
    scopes: BoxScopes,
    problems: Problems,
    blank: OfficialBlank | None = None,
) -> tuple[Box, ...]:
    """The boxes in the order of the file; what is wrong with them goes to `problems`."""
    boxes = [_build_box(record, f"{where}: box {record.number}", scopes, problems) for record in file.box]
    for box in boxes:
        check_official_parts(box.parts, f"{where}: box {box.number}", blank, problems)
    if blank is None:
        _check_places(boxes, where, page_size, problems)
        _check_pages(boxes, where, problems)
    else:
        _check_places_on_blank(boxes, where, blank, problems)
    _check_names(file.box, where, problems)
    return tuple(boxes)


def _build_box(record: BoxRecord, where: str, scopes: BoxScopes, problems: Problems) -> Box:
    frame = Frame(*record.at)
    parts: list[Part] = []
    for key, piece in _pieces(record):
        with problems.gathered():
            parts.append(_build_piece(piece, frame, f"{where}: {key}", scopes))
    _check_parts(parts, frame, where, problems)
    title = record.title
    with problems.gathered():
        title = _worded(record.title, f"{where}: title", scopes)
    return Box(
        record.number, title, record.page, frame, record.completed_by, tuple(parts), record.in_enclosures
    )


PlacedPiece = TextRecord | LabelRecord | TickRecord | FillRecord | SpaceRecord | TableRecord
Piece = PlacedPiece | OfficialRecord


def _pieces(record: BoxRecord) -> Iterable[tuple[str, Piece]]:
    for key in ("label", "text", "tick", "table", "fill", "space", "official"):
        value: Piece | Sequence[Piece] | None = getattr(record, key)
        if isinstance(value, TableRecord):
            yield key, value
        elif isinstance(value, tuple):
            yield from ((f"{key} {place}", piece) for place, piece in enumerate(value, start=1))


def _build_piece(piece: Piece, box: Frame, where: str, scopes: BoxScopes) -> Part:
    """A part at its own place, or a field of the blank, whose place the blank knows."""
    if isinstance(piece, OfficialRecord):
        return build_official_part(piece, Frame(0, 0, box.width_mm, box.height_mm), where, scopes.values)
    return _build_part(piece, where, scopes)


def _build_part(piece: PlacedPiece, where: str, scopes: BoxScopes) -> Part:
    frame = Frame(*piece.at)
    if not (frame.width_mm > 0 and frame.height_mm > 0):
        raise FormError(f"{where}: at = [x, y, width, height] needs a width and a height.")
    match piece:
        case TableRecord():
            return _build_table(piece, frame, where, scopes)
        case TextRecord():
            text = compile_template(piece.text, f"{where}: text", scopes.values)
            fit = replace(_fit(piece, where), may_run_on=piece.may_run_on)
            return TextPart(frame, text, fit, piece.style)
        case LabelRecord():
            label = compile_template(piece.text, f"{where}: text", scopes.labels)
            return LabelPart(frame, label, piece.size_pt, piece.style)
        case TickRecord():
            return _build_tick(piece, frame, where, scopes)
        case FillRecord():
            return FillPart(frame, piece.name, piece.caption, piece.kind)
        case SpaceRecord():
            return SpacePart(frame, piece.caption)


def _build_tick(piece: TickRecord, frame: Frame, where: str, scopes: BoxScopes) -> TickPart:
    if (piece.when is None) == (piece.field is None):
        raise FormError(f"{where}: needs either `when` (certgen ticks it) or `field` (others tick it).")
    when = compile_condition(piece.when, f"{where}: when", scopes.values) if piece.when else None
    label = _worded(piece.label, f"{where}: label", scopes)
    return TickPart(frame, label, when, piece.field or "")


def _worded(text: str, where: str, scopes: BoxScopes) -> str:
    """A title or label as this edition words it."""
    return compile_template(text, where, scopes.labels).render({"wording": scopes.wording})


def _build_table(piece: TableRecord, frame: Frame, where: str, scopes: BoxScopes) -> TablePart:
    rows = compile_expression(piece.rows, f"{where}: rows", scopes.values)
    if not rows.kind.is_list or rows.kind.item is None:
        raise FormError(
            f"{where}: rows: {piece.rows} is {rows.kind.name}; a table has a row for each item of a list."
        )
    if piece.row in (*scopes.values.kinds, ROW_NUMBER):
        raise FormError(f"{where}: row: the name {piece.row!r} is taken; choose another.")
    width = sum(column.width_mm for column in piece.column)
    if width > frame.width_mm + TOLERANCE_MM:
        raise FormError(f"{where}: the columns are {width:g} mm wide, the table only {frame.width_mm:g} mm.")
    inside = scopes.values.with_name(piece.row, rows.kind.item, rows.path).with_name(ROW_NUMBER, NUMBER)
    columns = [
        _build_column(column, f"{where}: column {column.title!r}", inside, scopes) for column in piece.column
    ]
    _check_totals(columns, rows.source, where)
    return TablePart(frame, rows, piece.row, tuple(columns), _fit(piece, where))


def _check_totals(columns: Iterable[Column], source: str, where: str) -> None:
    """Refuse a total that could not be carried to the next sheet: it is made of the rows above it alone."""
    is_plain = source.removeprefix("tables.").isidentifier()
    for column in columns:
        if column.total is None:
            continue
        if not is_plain or not any(f"{path}.".startswith(f"{source}.") for path in column.total.paths):
            raise FormError(
                f"{where}: column {column.title!r}: total: adds up something else than the rows, {source}. "
                "It is carried from sheet to sheet: let rows be a list, as products or tables.seals, and the "
                "total read that list."
            )


def _build_column(record: ColumnRecord, where: str, inside: Scope, scopes: BoxScopes) -> Column:
    """A column: its text reads the row, its total only the whole."""
    title = _worded(record.title, f"{where}: title", scopes)
    text = compile_template(record.text, f"{where}: text", inside)
    total = compile_template(record.total, f"{where}: total", scopes.values) if record.total else None
    return Column(title, record.width_mm, text, record.align, total)


def _fit(record: FitRecord, where: str) -> Fit:
    if record.min_size_pt > record.size_pt:
        raise FormError(
            f"{where}: min_size_pt {record.min_size_pt:g} is larger than size_pt {record.size_pt:g}."
        )
    return Fit(record.size_pt, record.min_size_pt, record.overflow)


def _check_parts(parts: Sequence[Part], frame: Frame, where: str, problems: Problems) -> None:
    for part in parts:
        if not _is_inside(part.frame, frame.width_mm, frame.height_mm):
            problems.add(
                where, f"the {_kind(part)} at {_at(part.frame)} reaches out of the box {_at(frame)}."
            )
    placed = [part for part in parts if not isinstance(part, OfficialPart)]
    for one, other in combinations(placed, 2):
        if _overlap(one.frame, other.frame):
            problems.add(
                where,
                f"the {_kind(one)} at {_at(one.frame)} and the {_kind(other)} at {_at(other.frame)} overlap.",
            )


def _check_places(boxes: Sequence[Box], where: str, page_size: str, problems: Problems) -> None:
    for box in boxes:
        _check_on_page(box, PAGE_SIZES_MM[page_size], where, problems)
    for one, other in combinations(boxes, 2):
        if one.page == other.page and _overlap(one.frame, other.frame):
            problems.add(
                f"{where}: box {one.number}",
                f"{_at(one.frame)} overlaps box {other.number} {_at(other.frame)}.",
            )


def _check_pages(boxes: Sequence[Box], where: str, problems: Problems) -> None:
    pages = {box.page for box in boxes}
    if pages != set(range(1, len(pages) + 1)):
        problems.add(
            where, f"the boxes stand on pages {sorted(pages)}; pages are counted from 1 without gaps."
        )


def _check_places_on_blank(
    boxes: Sequence[Box], where: str, blank: OfficialBlank, problems: Problems
) -> None:
    """Boxes stand on pages that the blank has; how its own fields lie is the blank's matter."""
    for box in boxes:
        if box.page > len(blank.page_sizes_mm):
            problems.add(f"{where}: box {box.number}", f"page {box.page} is not in the official blank.")
        else:
            _check_on_page(box, blank.page_sizes_mm[box.page - 1], where, problems)


def _check_on_page(box: Box, page_mm: tuple[float, float], where: str, problems: Problems) -> None:
    width, height = page_mm
    if not (box.frame.width_mm > 0 and box.frame.height_mm > 0):
        problems.add(f"{where}: box {box.number}", "needs a width and a height.")
    elif not _is_inside(box.frame, width, height):
        problems.add(
            f"{where}: box {box.number}",
            f"{_at(box.frame)} is off the page of {width:g} x {height:g} mm.",
        )


def _check_names(records: Iterable[BoxRecord], where: str, problems: Problems) -> None:
    numbers, fields = set[str](), set[str]()
    for record in records:
        if record.number in numbers:
            problems.add(f"{where}: box {record.number}", "stands there twice; box numbers are unique.")
        numbers.add(record.number)
        for name in [fill.name for fill in record.fill] + [tick.field for tick in record.tick if tick.field]:
            if name in fields:
                problems.add(
                    f"{where}: box {record.number}", f"the fillable field {name!r} stands there twice."
                )
            fields.add(name)


def _is_inside(frame: Frame, width_mm: float, height_mm: float) -> bool:
    return (
        frame.x_mm + frame.width_mm <= width_mm + TOLERANCE_MM
        and frame.y_mm + frame.height_mm <= height_mm + TOLERANCE_MM
    )


def _overlap(one: Frame, other: Frame) -> bool:
    """Whether two frames share more than an edge."""
    across = min(one.x_mm + one.width_mm, other.x_mm + other.width_mm) - max(one.x_mm, other.x_mm)
    down = min(one.y_mm + one.height_mm, other.y_mm + other.height_mm) - max(one.y_mm, other.y_mm)
    return across > TOLERANCE_MM and down > TOLERANCE_MM


def _kind(part: Part) -> str:
    return type(part).__name__.removesuffix("Part").lower()


def _at(frame: Frame) -> str:
    return f"[{frame.x_mm:g}, {frame.y_mm:g}, {frame.width_mm:g}, {frame.height_mm:g}]"
