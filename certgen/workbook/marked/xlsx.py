"""The marked copy of an Excel workbook: which parts change, which are new, and all others as they were."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from certgen.findings import Finding, Severity
from certgen.workbook.cell_name import parse_cell_name
from certgen.workbook.formats.package import Package
from certgen.workbook.formats.xlsx import (
    Relation,
    SheetPart,
    WorkbookPart,
    find_part,
    read_relations,
    read_workbook_part,
    read_xlsx,
    relations_part,
)
from certgen.workbook.marked.comments import EMPTY_COMMENTS, EMPTY_DRAWING, add_comments, add_shapes
from certgen.workbook.marked.findings_list import (
    LIST_NAME,
    MAIN_NAMESPACE,
    free_sheet_name,
    is_list_of_findings,
    write_list_sheet,
)
from certgen.workbook.marked.sheet import RELATIONSHIPS, STRICT_RELATIONSHIPS, mark_sheet
from certgen.workbook.marked.styles import EMPTY_STYLES, MarkedStyles
from certgen.workbook.marked.xml_edit import (
    apply_splices,
    as_utf8,
    find_elements,
    first_named,
    insert_last,
    name_at,
)

CONTENT_TYPES = "[Content_Types].xml"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = {
    "comments": f"{_SPREADSHEET}.comments+xml",
    "styles": f"{_SPREADSHEET}.styles+xml",
    "worksheet": f"{_SPREADSHEET}.worksheet+xml",
    "vmlDrawing": "application/vnd.openxmlformats-officedocument.vmlDrawing",
}
_EMPTY_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_MAX_NOTE_CHARACTERS = 4_000
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def mark_package(package: Package, findings: Sequence[Finding]) -> bytes:
    """The workbook with its findings marked, as the bytes of the new file.

    Raises UnreadableInputError for a damaged workbook, OutputError for one without ordinary styles.
    """
    marking = _Marking(package)
    for sheet in marking.workbook.sheets:
        found = _by_cell(finding for finding in findings if finding.cell and finding.cell.sheet == sheet.name)
        if found:
            marking.mark(sheet, found)
    marking.add_list(findings)
    marking.finish()
    return _write_archive(package, marking.changed)


def _by_cell(findings: Iterable[Finding]) -> dict[tuple[int, int], list[Finding]]:
    """The findings of each cell, the gravest first; those that name no cell are only listed."""
    cells: dict[tuple[int, int], list[Finding]] = {}
    for finding in findings:
        try:
            place = parse_cell_name(finding.cell.cell if finding.cell else "")
        except ValueError:
            continue
        cells.setdefault(place, []).append(finding)
    return {place: sorted(cells[place], key=lambda item: _WEIGHT[item.severity]) for place in sorted(cells)}


def describe_findings(findings: Sequence[Finding]) -> str:
    """The note on a cell: code, what is wrong and what to do, for each of its findings."""
    told = [
        f"{item.severity} {item.code} {item.slug}\n{item.message}\n{item.fix}".strip() for item in findings
    ]
    note = "\n\n".join(told)
    if len(note) <= _MAX_NOTE_CHARACTERS:
        return note
    return note[:_MAX_NOTE_CHARACTERS].rstrip() + "…\n(all of it is on the last sheet)"


@dataclass
class _Marking:
    """The parts changed so far; a part not among them is copied as it is."""

    package: Package
    changed: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.workbook: WorkbookPart = read_workbook_part(self.package)
        self.relations: list[Relation] = read_relations(self.package, self.workbook.part)
        self.new_types: dict[str, str] = {}
        main = self.read(self.workbook.part)
        self.namespace = STRICT_RELATIONSHIPS if b"purl.oclc.org/ooxml" in main[:4096] else RELATIONSHIPS
        self.styles_part = find_part(self.relations, "/styles") or self._add_styles()
        self.styles = MarkedStyles(self.read(self.styles_part))

    def read(self, part: str) -> bytes:
        name = self.package.written_name(part)
        return self.changed[name] if name in self.changed else as_utf8(self.package.read(part))

    def write(self, part: str, data: bytes) -> None:
        self.changed[self.package.written_name(part)] = data

    def _native(self, data: bytes) -> bytes:
        """A new part in the namespace of the workbook's own parts, strict or transitional."""
        if self.namespace == STRICT_RELATIONSHIPS:
            return data.replace(MAIN_NAMESPACE.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main", 1)
        return data

    def mark(self, sheet: SheetPart, found: Mapping[tuple[int, int], Sequence[Finding]]) -> None:
        """Colour the cells of one sheet and put their notes on."""
        key = self._free_key(sheet.part)
        colours = {place: findings[0].severity for place, findings in found.items()}
        marked = mark_sheet(self.read(sheet.part), colours, self.styles.marked, key)
        self.write(sheet.part, marked.data)
        notes = {place: describe_findings(findings) for place, findings in found.items()}
        self._add_notes(sheet.part, notes, marked.drawing_key, key)

    def add_list(self, findings: Sequence[Finding]) -> None:
        """The sheet of all findings, after the user's own, or in place of the list of an earlier marking."""
        names = [sheet.name for sheet in self.workbook.sheets]
        if old := self._find_old_list():
            names.remove(old.name)
            self.write(old.part, self._native(write_list_sheet(findings, self.styles.list_style, names)))
            return
        part = self._new_part(posixpath.join(posixpath.dirname(self.workbook.part), "worksheets/certgen.xml"))
        self.write(part, self._native(write_list_sheet(findings, self.styles.list_style, names)))
        key = self._relate(self.workbook.part, "worksheet", part)
        main = self.read(self.workbook.part)
        elements = find_elements(main, {"sheets", "sheet"})
        title = free_sheet_name(item.attributes.get("name", "") for item in elements)
        number = max((int(item.attributes.get("sheetId", "0")) for item in elements), default=0) + 1
        sheets = first_named(elements, "sheets")
        prefix = name_at(main, sheets.start)[: -len("sheets")]
        entry = f'sheet name="{title}" sheetId="{number}" xmlns:r="{self.namespace}" r:id="{key}"/>'
        self.write(
            self.workbook.part,
            apply_splices(main, insert_last(main, sheets, b"<" + prefix + entry.encode())),
        )

    def _find_old_list(self) -> SheetPart | None:
        """Our list in a copy marked before; one that somebody has added to keeps its place."""
        named = [sheet for sheet in self.workbook.sheets if sheet.name.startswith(LIST_NAME)]
        alone = [sheet for sheet in named if relations_part(sheet.part) not in self.package]
        lists = (
            {grid.name for grid in read_xlsx(self.package) if is_list_of_findings(grid)} if alone else set()
        )
        return next((sheet for sheet in alone if sheet.name in lists), None)

    def finish(self) -> None:
        """Write the styles that the marks asked for, and name the new parts in the list of contents."""
        self.write(self.styles_part, self.styles.written())
        data = self.read(CONTENT_TYPES)
        root = first_named(find_elements(data, {"Types"}), "Types")
        prefix = name_at(data, root.start)[: -len("Types")].decode()
        entries = "".join(
            f'<{prefix}Override PartName="/{part}" ContentType="{kind}"/>'
            for part, kind in self.new_types.items()
        )
        self.write(CONTENT_TYPES, apply_splices(data, insert_last(data, root, entries.encode())))

    def _add_styles(self) -> str:
        part = self._new_part(posixpath.join(posixpath.dirname(self.workbook.part), "styles.xml"))
        self.write(part, self._native(EMPTY_STYLES))
        self._relate(self.workbook.part, "styles", part)
        return part

    def _add_notes(
        self, sheet: str, notes: Mapping[tuple[int, int], str], old_drawing: str, new_drawing: str
    ) -> None:
        relations = read_relations(self.package, sheet)
        comments = find_part(relations, "/comments")
        data, new = add_comments(self.read(comments) if comments else self._native(EMPTY_COMMENTS), notes)
        if not comments:
            comments = self._new_part("xl/comments_certgen.xml")
            self._relate(sheet, "comments", comments, key=self._free_key(sheet, besides=new_drawing))
        self.write(comments, data)
        drawing = (
            next((item.target for item in relations if item.key == old_drawing), "") if old_drawing else ""
        )
        shapes = add_shapes(self.read(drawing) if drawing else EMPTY_DRAWING, new)
        if not drawing:
            drawing = self._new_part("xl/drawings/certgen.vml")
            self._relate(sheet, "vmlDrawing", drawing, key=old_drawing or new_drawing)
        self.write(drawing, shapes)

    def _new_part(self, wanted: str) -> str:
        """A part name not yet taken, noted with its content type."""
        stem, ending = posixpath.splitext(wanted)
        part, number = wanted, 1
        while part in self.package or part in self.changed:
            number += 1
            part = f"{stem}{number}{ending}"
        return part

    def _free_key(self, part: str, besides: str = "") -> str:
        taken = {besides, *(relation.key for relation in read_relations(self.package, part))}
        number = 1
        while f"rIdCertgen{number}" in taken or self._is_key_given(part, f"rIdCertgen{number}"):
            number += 1
        return f"rIdCertgen{number}"

    def _is_key_given(self, part: str, key: str) -> bool:
        place = self.package.written_name(relations_part(part))
        return f'"{key}"'.encode() in self.changed.get(place, b"")

    def _relate(self, source: str, kind: str, target: str, key: str = "") -> str:
        """Tie a new part to another; returns the key of the relationship."""
        self.new_types[target] = _TYPES[kind]
        key = key or self._free_key(source)
        place = relations_part(source)
        data = self.read(place) if place in self.package or place in self.changed else _EMPTY_RELATIONS
        root = first_named(find_elements(data, {"Relationships"}), "Relationships")
        prefix = name_at(data, root.start)[: -len("Relationships")]
        entry = f'Relationship Id="{key}" Type="{self.namespace}/{kind}" Target="/{target}"/>'
        self.write(place, apply_splices(data, insert_last(data, root, b"<" + prefix + entry.encode())))
        return key


def _write_archive(package: Package, changed: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in package.entries:
            copy = zipfile.ZipInfo(info.filename, info.date_time)
            copy.compress_type, copy.external_attr = info.compress_type, info.external_attr
            with archive.open(copy, "w") as part:
                if info.filename in changed:
                    part.write(changed[info.filename])
                    continue
                for piece in package.stream(info.filename):
                    part.write(piece)
        present = {info.filename for info in package.entries}
        for name, data in changed.items():
            if name not in present:
                fresh = zipfile.ZipInfo(name, _FIRST_DAY)
                fresh.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(fresh, data)
    return target.getvalue()
