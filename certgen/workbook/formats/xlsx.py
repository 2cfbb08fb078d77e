"""Workbooks of Excel (.xlsx, .xlsm): the parts of the package, its texts, its styles and its sheets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from certgen.errors import UnreadableInputError
from certgen.workbook.formats.limits import CellBudget
from certgen.workbook.formats.number_format import language_of
from certgen.workbook.formats.package import DAMAGED, Package, resolve_target
from certgen.workbook.formats.xlsx_sheet import SheetContext, read_sheet
from certgen.workbook.formats.xlsx_styles import CellStyles, CellStylesReader
from certgen.workbook.formats.xlsx_texts import SharedTexts, SharedTextsReader
from certgen.workbook.formats.xml_stream import decode_escapes, local_name, stream_xml
from certgen.workbook.grid import Grid

_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
_OFFICE_DOCUMENT = "/officedocument"
_WORKSHEET = "/worksheet"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet of the workbook: its name as shown and the part that holds it."""

    name: str
    part: str
    is_visible: bool


@dataclass(slots=True)
class WorkbookPart:
    """What the main part says: the sheets in their order, how dates count, whether values are stale."""

    part: str
    sheets: list[SheetPart] = field(default_factory=list)
    counts_from_1904: bool = False
    must_recalculate: bool = False


def read_xlsx(package: Package) -> tuple[Grid, ...]:
    """All worksheets of an Excel package; raises UnreadableInputError when it is damaged or too large."""
    workbook = read_workbook_part(package)
    relations = read_relations(package, workbook.part)
    styles = _read_styles(package, find_part(relations, "/styles"))
    shared = _read_shared_texts(package, find_part(relations, "/sharedstrings"))
    context = SheetContext(
        shared=shared,
        styles=styles,
        from_1904=workbook.counts_from_1904,
        must_recalculate=workbook.must_recalculate,
        budget=CellBudget(),
    )
    language = _read_language(package) or language_of(styles.formats)
    return tuple(
        read_sheet(package.stream(sheet.part), sheet.name, context, language, is_visible=sheet.is_visible)
        for sheet in workbook.sheets
    )


@dataclass(frozen=True, slots=True)
class Relation:
    """One arrow from a part to another: its id, the end of its type (lower case), the part it points at."""

    key: str
    kind: str
    target: str


def read_relations(package: Package, part: str) -> list[Relation]:
    """The relationships of a part, without those that lead outside the package."""
    place = relations_part(part)
    handler = _Relations(part)
    if place in package:
        stream_xml(package.stream(place), handler)
    return handler.relations


def relations_part(part: str) -> str:
    """The part that lists the relationships of this one; of the package itself for ""."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def find_part(relations: list[Relation], kind: str) -> str:
    """The part of this kind, else ""."""
    return next((relation.target for relation in relations if relation.kind.endswith(kind)), "")


def read_workbook_part(package: Package) -> WorkbookPart:
    """The main part of the package with its worksheets in the order of their tabs."""
    part = find_part(read_relations(package, ""), _OFFICE_DOCUMENT) or "xl/workbook.xml"
    handler = _Workbook(part, {relation.key: relation for relation in read_relations(package, part)})
    stream_xml(package.stream(part), handler)
    if not handler.workbook.sheets:
        raise UnreadableInputError(
            "has no worksheet. Put the shipment into a sheet with cells and save it again."
        )
    return handler.workbook


class _Silent:
    """The parts of a handler that most small files do not need."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def characters(self, text: str) -> None: ...


class _Relations(_Silent):
    def __init__(self, part: str) -> None:
        self.part = part
        self.relations: list[Relation] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2].lower()
            target = resolve_target(self.part, attributes.get("Target", ""))
            self.relations.append(Relation(attributes.get("Id", ""), f"/{kind}", target))


class _Workbook(_Silent):
    def __init__(self, part: str, relations: dict[str, Relation]) -> None:
        self.workbook = WorkbookPart(part)
        self.relations = relations

    def start(self, name: str, attributes: dict[str, str]) -> None:
        plain = local_name(name)
        if plain == "sheet":
            self._add_sheet(attributes)
        elif plain == "workbookPr":
            self.workbook.counts_from_1904 = is_true(attributes.get("date1904"))
        elif plain == "calcPr":
            self.workbook.must_recalculate = is_true(attributes.get("fullCalcOnLoad"))

    def _add_sheet(self, attributes: dict[str, str]) -> None:
        key = next((value for name, value in attributes.items() if local_name(name) == "id"), "")
        relation = self.relations.pop(key, None)
        if relation is None:
            raise UnreadableInputError(DAMAGED)
        if relation.kind == _WORKSHEET:
            is_visible = attributes.get("state", "visible") == "visible"
            name = decode_escapes(attributes.get("name", ""))
            self.workbook.sheets.append(SheetPart(name, relation.target, is_visible))


def is_true(value: str | None) -> bool:
    """An XML boolean; absent means no."""
    return value in {"1", "true", "on"}


def _read_shared_texts(package: Package, part: str) -> SharedTexts:
    reader = SharedTextsReader()
    if part and part in package:
        stream_xml(package.stream(part), reader)
    return reader.shared


def _read_styles(package: Package, part: str) -> CellStyles:
    reader = CellStylesReader()
    if part and part in package:
        stream_xml(package.stream(part), reader)
    return reader.collected()


def _read_language(package: Package) -> str:
    """The language that the document's properties name."""
    part = find_part(read_relations(package, ""), "/core-properties")
    handler = _Language()
    if part and part in package:
        stream_xml(package.stream(part), handler)
    language = handler.language.strip()
    return language if _LANGUAGE_TAG.fullmatch(language) else ""


class _Language(_Silent):
    def __init__(self) -> None:
        self.language = ""
        self.is_listening = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self.is_listening = local_name(name) == "language"

    def end(self, _name: str) -> None:
        self.is_listening = False

    def characters(self, text: str) -> None:
        if self.is_listening and len(self.language) < 20:
            self.language += text
