"""Values put at their places by hand: a layout for this one form, with no fitting and no findings.

The bare writer and the redrawing one both use it, so that they differ from each other in the writing alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from certgen.consignment import ControlBody, Party
from certgen.forms.paper import Paper
from certgen.page.document import Face
from certgen.page.fonts.faces import MM_PER_PT, load_face
from certgen.page.layout.plan import TableSlot, TextSlot
from certgen.page.printing.compile import CompiledForm

Line = tuple[float, float, float, bool, str]
"""Left end and baseline in points from the bottom left, size, whether bold, text."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its lines, the heights of the rules under rows, the squares to tick (left, bottom, side)."""

    lines: list[Line] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)
    ticks: list[tuple[float, float, float]] = field(default_factory=list)


ROW_PT = 13.0
CELL_PT = 8.0
SPACE = 260.0
_LABELS = {"33(2)": "Article 33(2)", "vessel": "Vessel"}
LAST_ROW_PT = 60.0
_ADVANCES = {face: load_face(face).advances for face in Face}


class SimpleLayout:
    """The places of the form's values, taken from its frames once."""

    def __init__(self, compiled: CompiledForm) -> None:
        self.height_pt = compiled.pages[0].height_pt
        self.form_pages = len(compiled.pages)
        slots = compiled.plan.slots
        self._texts = [slot for slot in slots if isinstance(slot, TextSlot)]
        self._table = next(slot for slot in slots if isinstance(slot, TableSlot))
        self.rule_ends = (self._table.header.x_mm / MM_PER_PT, self._table.header.width_mm / MM_PER_PT)
        self._squares = [
            (
                square.label,
                (
                    square.x_mm / MM_PER_PT,
                    self.height_pt - (square.y_mm + square.size_mm) / MM_PER_PT,
                    square.size_mm / MM_PER_PT,
                ),
            )
            for square in compiled.static_pages[0].squares
        ]
        self._columns = [
            (
                column.frame.x_mm / MM_PER_PT + 2,
                column.frame.width_mm / MM_PER_PT - 4,
                column.align == "right",
            )
            for column in self._table.columns
        ]

    def place(self, paper: Paper) -> list[Sheet]:
        """Every page with its values."""
        pages = [Sheet() for _ in range(self.form_pages)]
        ticked = {
            _LABELS.get(key) for key in (*paper.consignment.procedures, *paper.consignment.transport.modes)
        }
        pages[0].ticks.extend(place for label, place in self._squares if label in ticked)
        for slot, text in zip(self._texts, _texts_of(paper), strict=True):
            if text:
                pages[slot.page - 1].lines.extend(self._wrap(slot, text))
        self._place_rows(pages, paper)
        for number, page in enumerate(pages, 1):
            page.lines.append((34.0, 19.8, 7.0, False, "Serial number"))
            page.lines.append((83.0, 19.8, 7.0, True, paper.issue.serial))
            page.lines.append((520.0, 19.8, 7.0, False, f"Page {number} of {len(pages)}"))
        return pages

    def _wrap(self, slot: TextSlot, text: str) -> Iterator[Line]:
        size = slot.fit.size_pt
        x, room = slot.frame.x_mm / MM_PER_PT, slot.frame.width_mm / MM_PER_PT
        y = self.height_pt - slot.frame.y_mm / MM_PER_PT - 0.93 * size
        for paragraph in text.split("\n"):
            for line, _ in _break(paragraph, _ADVANCES[slot.face], room * 1000 / size):
                yield x, y, size, slot.face is Face.BOLD, line
                y -= 1.2 * size

    def _place_rows(self, pages: list[Sheet], paper: Paper) -> None:
        page = pages[self._table.page - 1]
        header = self._table.header
        y = self.height_pt - (header.y_mm + header.height_mm) / MM_PER_PT - 9
        last = self.height_pt - self._table.bottom_mm / MM_PER_PT + 4
        for cells, bold in _rows_of(paper):
            if y < last:
                page = Sheet()
                pages.append(page)
                y, last = self.height_pt - 90, LAST_ROW_PT
            deepest = y
            advances = _ADVANCES[Face.BOLD if bold else Face.REGULAR]
            for text, (x, room, is_right) in zip(cells, self._columns, strict=True):
                line_y = y
                for line, width in _break(text, advances, room * 1000 / CELL_PT):
                    left = x + room - width * CELL_PT / 1000 if is_right else x
                    page.lines.append((left, line_y, CELL_PT, bold, line))
                    deepest = min(deepest, line_y)
                    line_y -= 1.2 * CELL_PT
            page.rules.append(deepest - 4)
            y = deepest - ROW_PT


def _break(text: str, advances: Mapping[str, int], limit: float) -> list[tuple[str, float]]:
    """The lines of a text and their advances in thousandths of an em."""
    advance = sum(map(advances.__getitem__, text))
    if advance <= limit:
        return [(text, advance)] if text else []
    lines, line, width = [], "", 0.0
    for word in text.split(" "):
        advance = sum(map(advances.__getitem__, word))
        if line and width + SPACE + advance > limit:
            lines.append((line, width))
            line, width = word, advance
        else:
            line, width = (f"{line} {word}", width + SPACE + advance) if line else (word, advance)
    lines.append((line, width))
    return lines


def _rows_of(paper: Paper) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The cells of each product line, and those of the total in bold."""
    total = Decimal(0)
    for product in paper.consignment.products:
        packages, mass = product.packages, product.net_mass
        if packages is None or mass is None:
            raise ValueError("the bench makes papers with packages and masses only")
        total += mass.amount
        yield (
            (
                product.cn_code,
                product.trade_name,
                f"{packages.count} {packages.kind}",
                ", ".join(product.lots),
                f"{mass.amount} {mass.unit}",
            ),
            False,
        )
    yield ("", "", "", "Total", f"{total} kg"), True


def _texts_of(paper: Paper) -> list[str]:
    """What stands in the text parts of the form, in their order."""
    goods, issue, transport = paper.consignment, paper.issue, paper.consignment.transport
    country = _country_name
    day = issue.issue_date
    return [
        _body_block(issue.issuer),
        issue.serial,
        _party_block(goods.exporter),
        "\n\n".join(map(_party_block, goods.producers)),
        "\n\n".join(map(_body_block, goods.control_bodies)),
        ", ".join(origin.name for origin in goods.countries_of_origin),
        country(goods.country_of_export),
        f"Great Britain / {goods.point_of_entry}",
        country(goods.country_of_destination),
        f"{_party_block(goods.importer)}\nEORI {goods.importer.eori}",
        _party_block(goods.first_consignee),
        ", ".join(goods.containers),
        ", ".join(goods.seals),
        f"{goods.gross_mass.amount} {goods.gross_mass.unit}" if goods.gross_mass else "",
        transport.flight_number,
        ", ".join(transport.vessels),
        transport.train,
        transport.road_plate,
        transport.other,
        "\n".join(transport.documents),
        f"{day.day} {day:%B} {day.year}" if day else "",
        issue.signatory,
    ]


def _country_name(country: object) -> str:
    return getattr(country, "name", "")


def _party_block(party: Party) -> str:
    return f"{party.name}\n{party.address}\n{_country_name(party.country)}"


def _body_block(body: ControlBody) -> str:
    return f"{body.name}\n{body.address}\n{body.code}"


Maker = Callable[[Paper], bytes]
