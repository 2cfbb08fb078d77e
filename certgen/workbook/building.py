"""From the cells of one shipment to its typed consignment, with everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from certgen.consignment import Cell, Consignment, ControlBody, Country, Party, Product, Quantity, Transport
from certgen.findings import Finding
from certgen.forms.vocabulary import Vocabulary
from certgen.workbook.entries import Entry, Notebook, Row
from certgen.workbook.implied import complete
from certgen.workbook.lines import LineReader, Readers, cells_of_line
from certgen.workbook.sheets.table_rows import TableRow
from certgen.workbook.values.codes import read_code, read_codes
from certgen.workbook.values.texts import read_items, read_text
from certgen.workbook.values.unread import UNREADABLE

Value = TypeVar("Value")

_PARTS = ("", "name", "address", "country", "eori", "code")
_LISTS = ("containers", "seals", "transport.vessels", "transport.wagons", "transport.documents")
_WORDS = ("transport.flight_number", "transport.train", "transport.road_plate", "transport.trailer_plate")


@dataclass
class Draft:
    """The rows of one shipment: what holds for all of it, and its product lines, both in reading order.

    `unread` are fields that are empty because the place they stand in was not read, with that place.
    """

    rows: list[Row] = field(default_factory=list)
    lines: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unread: dict[str, Cell] = field(default_factory=dict)

    def add_line(self, row: TableRow) -> None:
        """The product line of a row, where it has one, and what is wrong with the row."""
        self.findings.extend(row.findings)
        if row.is_line:
            self.lines.append(row.product)


class Builder:
    """Builds consignments; made once for a workbook."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._readers = Readers.of(vocabulary)
        self._lines = LineReader(self._readers)

    def build(self, draft: Draft) -> tuple[Consignment, tuple[Finding, ...]]:
        """The consignment, and all that is to be told of its cells."""
        return _Building(draft, self._readers, self._lines).finish()


class _Building:
    """One consignment on its way."""

    def __init__(self, draft: Draft, readers: Readers, lines: LineReader) -> None:
        self._draft = draft
        self._readers = readers
        self._line_reader = lines
        self._notes = Notebook(_name_of(draft))
        self._cells: dict[str, Cell] = {}
        self._rows = [self._readable(row) for row in draft.rows]
        self._filled: dict[str, list[Entry]] = {}
        for row in self._rows:
            for path, entries in row.items():
                self._filled.setdefault(path, []).extend(entries)

    def finish(self) -> tuple[Consignment, tuple[Finding, ...]]:
        consignment = self._with_places(self._plain_fields())
        consignment = replace(
            consignment,
            products=tuple(self._products()),
            transport=self._transport(),
            gross_mass=self._gross_mass(),
            extra=self._extra(),
            tables=self._tables(),
        )
        same, unread = self._readers.same_as_importer, self._readers.unread
        consignment = complete(consignment, self._draft, self._cells, self._notes, same, unread)
        self._remember_empty_cells()
        told = dict.fromkeys(self._draft.findings)
        findings = [replace(finding, consignment=self._notes.consignment) for finding in told]
        return replace(consignment, cells=self._cells), (*findings, *self._notes.findings)

    def _plain_fields(self) -> Consignment:
        return Consignment(
            reference=self._one("reference", read_code, ""),
            invoice_number=self._one("invoice_number", read_code, ""),
            forms=self._many("forms", read_items),
            issue_date=self._one("issue_date", self._readers.months.read_date, None),
            departure_date=self._one("departure_date", self._readers.months.read_date, None),
            procedures=self._many("procedures", self._readers.choices.read_choices),
            point_of_entry=self._one("point_of_entry", read_text, ""),
            containers=self._many("containers", read_codes),
            seals=self._many("seals", read_codes),
        )

    def _with_places(self, consignment: Consignment) -> Consignment:
        exporter, importer = self._party("exporter"), self._party("importer")
        consignee = self._party("first_consignee")
        address = consignee.address or importer.address
        bodies = self._parties("control_bodies", self._readers.parties.read_control_bodies)
        issuing = self._readers.parties.read_control_bodies(self._parts_of("issuing_body"), self._notes)
        return replace(
            consignment,
            exporter=exporter,
            importer=importer,
            first_consignee=consignee,
            producers=self._parties("producers", self._readers.parties.read_parties),
            control_bodies=bodies,
            issuing_body=issuing[0] if issuing else ControlBody(),
            countries_of_origin=self._many("countries_of_origin", self._readers.places.read_countries),
            country_of_export=self._one("country_of_export", self._readers.places.read_country, None),
            country_of_destination=self._destination(address),
        )

    def _destination(self, address: str) -> Country | None:
        def read(entry: Entry, notes: Notebook) -> Country | None:
            return self._readers.places.read_country(entry, notes, address, is_place=True)

        return self._one("country_of_destination", read, None)

    def _transport(self) -> Transport:
        lists = {path.removeprefix("transport."): self._many(path, read_codes) for path in _LISTS[2:]}
        words = {path.removeprefix("transport."): self._one(path, read_code, "") for path in _WORDS}
        return Transport(
            modes=self._many("transport.modes", self._readers.choices.read_choices),
            other=self._one("transport.other", read_text, ""),
            vessels=lists["vessels"],
            wagons=lists["wagons"],
            documents=lists["documents"],
            **words,
        )

    def _gross_mass(self) -> Quantity | None:
        unit = next(iter(self._filled.get("gross_mass.unit", ())), None)
        unit = unit or next(iter(self._filled.get("products.net_mass.unit", ())), None)
        return self._one(
            "gross_mass", lambda entry, notes: self._readers.units.read_mass(entry, unit, notes), None
        )

    def _extra(self) -> Mapping[str, object]:
        paths = [path for path in self._filled if path.startswith("extra.")]
        return {
            path.removeprefix("extra."): self._one(path, self._readers.read_plain, None) for path in paths
        }

    def _tables(self) -> Mapping[str, tuple[Mapping[str, object], ...]]:
        """The rows of further sheets that a form asks for (`tables.analyses.laboratory`)."""
        tables: dict[str, list[dict[str, object]]] = {}
        for written, row in zip(self._draft.rows, self._rows, strict=True):
            filled = [path for path in row if path.startswith("tables.")]
            if not filled:
                continue
            rows = tables.setdefault(filled[0].split(".")[1], [])
            for entry in written:
                if entry.path.startswith("tables."):
                    self._cells[_in_row(entry.path, len(rows))] = entry.as_cell()
            rows.append(
                {path.split(".")[2]: self._readers.read_plain(row[path][0], self._notes) for path in filled}
            )
        return {name: tuple(rows) for name, rows in tables.items()}

    def _products(self) -> Iterator[Product]:
        for position, row in enumerate(self._draft.lines):
            self._cells.update(cells_of_line(position, row))
            yield self._line_reader.read_line(self._readable(row), self._notes)

    def _one(self, path: str, read: Callable[[Entry, Notebook], Value], empty: Value) -> Value:
        """The value of a field that has one; cells that say something else are errors."""
        entries = self._filled.get(path)
        if not entries:
            return empty
        self._cells[path] = entries[0].as_cell()
        told = {entries[0].text.strip()}
        for other in entries[1:]:
            if other.text.strip() not in told:
                told.add(other.text.strip())
                self._notes.tell("CG162", other, other=entries[0].text.strip(), place=entries[0].name)
        return read(entries[0], self._notes)

    def _many(self, path: str, read: Callable[[Entry, Notebook], list[Value]]) -> tuple[Value, ...]:
        """The distinct values of a field that may have several, each with its cell."""
        found: dict[Value, None] = {}
        told: set[str] = set()
        for entry in self._filled.get(path, ()):
            if entry.text in told:
                continue
            told.add(entry.text)
            self._cells.setdefault(path, entry.as_cell())
            for value in read(entry, self._notes):
                if value not in found:
                    self._cells[f"{path}.{len(found)}"] = entry.as_cell()
                    found[value] = None
        return tuple(found)

    def _party(self, path: str) -> Party:
        parts = self._parts_of(path)
        return self._readers.parties.read_party(parts, self._notes) if parts else Party()

    def _parts_of(self, path: str) -> dict[str, Entry]:
        """The cells of the only party of its kind."""
        parts = {}
        for part in _PARTS:
            full = f"{path}.{part}" if part else path
            if self._one(full, lambda entry, _: entry.text, ""):
                parts[part] = self._filled[full][0]
        return parts

    def _parties(
        self, path: str, read: Callable[[Mapping[str, Entry], Notebook], list[Value]]
    ) -> tuple[Value, ...]:
        """The distinct parties of all rows, each row's cells read together."""
        found: dict[Value, None] = {}
        told: set[tuple[tuple[str, str], ...]] = set()
        for parts in self._bundles(path):
            key = tuple((part, entry.text) for part, entry in parts.items())
            if key in told:
                continue
            told.add(key)
            for value in read(parts, self._notes):
                if value not in found:
                    self._remember_party(f"{path}.{len(found)}", parts)
                    found[value] = None
        return tuple(found)

    def _bundles(self, path: str) -> Iterator[dict[str, Entry]]:
        """The cells of one party: those of one row whose headers have the same number."""
        for row in self._rows:
            bundles: dict[int, dict[str, Entry]] = {}
            for part in _PARTS:
                for count, entry in enumerate(row.get(f"{path}.{part}" if part else path, ())):
                    position = entry.place.position or count
                    bundles.setdefault(position, {}).setdefault(part, entry)
            yield from (bundles[position] for position in sorted(bundles))

    def _remember_party(self, path: str, parts: Mapping[str, Entry]) -> None:
        for part, entry in parts.items():
            self._cells[f"{path}.{part}" if part else path] = entry.as_cell()

    def _readable(self, row: Row) -> dict[str, list[Entry]]:
        """The cells of a row that say something, by field; the others are told and left out."""
        filled: dict[str, list[Entry]] = {}
        for entry in row:
            if told := self._readers.unread.why(entry):
                self._cells.setdefault(entry.path, entry.as_cell())
                self._notes.tell(told[0], entry, **told[1])
            elif entry.is_filled:
                filled.setdefault(entry.path, []).append(entry)
        return filled

    def _remember_empty_cells(self) -> None:
        """An empty cell has its place too, so that what is missing can be shown there."""
        self._cells |= self._draft.unread
        for row in self._draft.rows:
            for entry in row:
                if entry.path not in self._cells:
                    self._cells[entry.path] = entry.as_cell()


def _in_row(path: str, position: int) -> str:
    """`tables.seals.design` in the third row is `tables.seals.2.design`."""
    head, name, column = path.split(".")
    return f"{head}.{name}.{position}.{column}"


def _name_of(draft: Draft) -> str:
    """The shipment reference, else the invoice number, as findings name the consignment."""
    for path in ("reference", "invoice_number"):
        for row in draft.rows:
            for entry in row:
                if (
                    entry.path == path
                    and entry.is_filled
                    and entry.cell
                    and entry.cell.kind not in UNREADABLE
                ):
                    return read_text(entry, Notebook())
    return ""
