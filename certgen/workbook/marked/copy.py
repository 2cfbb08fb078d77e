"""The marked copy: the user's own workbook with every finding at its cell, and all of them on a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from certgen.errors import OutputError, UnreadableInputError
from certgen.findings import Finding
from certgen.new_file import check_free, write_new_file
from certgen.workbook.formats.file_kind import FileKind, find_kind
from certgen.workbook.formats.load import load_book, read_bytes
from certgen.workbook.formats.package import Package
from certgen.workbook.marked.values import titles_for, write_values
from certgen.workbook.marked.xlsx import CONTENT_TYPES, mark_package

_WITH_MACROS = b"macroEnabled"


def mark_workbook(source: Path, findings: Sequence[Finding], target: Path) -> None:
    """Write a copy of `source` with its findings marked: coloured cells, notes, a list on its own sheet.

    An .xlsx or .xlsm keeps every other part byte for byte; other formats become an .xlsx of their values.
    A copy that was marked before gets a new list in place of the old one, but cells that are right by now
    keep their colour: mark the workbook itself. Findings of other workbooks are left out.

    Raises OutputError when `target` exists, has the wrong ending or cannot be written,
    UnreadableInputError when `source` cannot be read.
    """
    check_free(target)
    own = [finding for finding in findings if _concerns(source, finding)]
    data = read_bytes(source)
    try:
        marked = _mark(source, data, own, target)
    except UnreadableInputError as error:
        told = str(error)
        raise UnreadableInputError(
            told if told.startswith(source.name) else f"{source.name} {told}"
        ) from error
    write_new_file(target, marked)


def _concerns(source: Path, finding: Finding) -> bool:
    return finding.cell is None or finding.cell.workbook in {"", source.name, str(source)}


def _mark(source: Path, data: bytes, findings: Sequence[Finding], target: Path) -> bytes:
    if find_kind(data) is FileKind.EXCEL:
        package = Package(data)
        _check_ending(target, ".xlsm" if _WITH_MACROS in package.read(CONTENT_TYPES) else ".xlsx")
        return mark_package(package, findings)
    _check_ending(target, ".xlsx")
    book = load_book(source)
    titles = titles_for(book)
    return mark_package(
        Package(write_values(book, titles)), [_on_tab(finding, titles) for finding in findings]
    )


def _check_ending(target: Path, ending: str) -> None:
    if target.suffix.lower() != ending:
        raise OutputError(
            f"{target}: the marked copy of this workbook must be named {ending}, or Excel refuses it."
        )


def _on_tab(finding: Finding, titles: dict[str, str]) -> Finding:
    """The finding with the sheet as its tab is called in the copy."""
    if finding.cell is None:
        return finding
    return replace(
        finding, cell=replace(finding.cell, sheet=titles.get(finding.cell.sheet, finding.cell.sheet))
    )
