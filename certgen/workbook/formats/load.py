"""Any spreadsheet file as plain sheets: told apart by its content, read within bounds, refused in words."""

from __future__ import annotations

import hashlib
from pathlib import Path

from certgen.errors import UnreadableInputError
from certgen.findings import Finding, make_finding
from certgen.workbook.formats.csv_text import WINDOWS_1252, decode_text, read_csv
from certgen.workbook.formats.encoding_doubts import find_accented_words, find_strange_words
from certgen.workbook.formats.file_kind import FileKind, find_kind
from certgen.workbook.formats.limits import MAX_FILE_BYTES, MAX_TEXT_BYTES
from certgen.workbook.formats.ods import read_ods
from certgen.workbook.formats.package import Package
from certgen.workbook.formats.xls import UNSEEN_IN_XLS, read_xls
from certgen.workbook.formats.xlsx import read_xlsx
from certgen.workbook.grid import Grid, GridBook
from certgen.workbook.marked.findings_list import is_list_of_findings

_NAMES_OF_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
TEXT_UNDER_ANOTHER_NAME = (
    "holds plain text and is not the workbook that its name says."
    " Rename it to .csv if it is a table, else ask for the workbook again."
)


def load_book(path: Path) -> GridBook:
    """Read a workbook file of any supported format.

    Raises UnreadableInputError with a sentence that names the file, what is wrong with it and what to do.
    """
    data = read_bytes(path)
    try:
        sheets, findings = _without_lists(*_read_sheets(data, path))
        _refuse_empty(sheets)
    except UnreadableInputError as error:
        raise UnreadableInputError(f"{path.name} {error}") from error
    notes = tuple(finding.message for finding in findings)
    return GridBook(path.name, hashlib.sha256(data).hexdigest(), sheets, notes, findings)


def read_bytes(path: Path) -> bytes:
    """The whole file; raises UnreadableInputError when it is not there, not readable or too large."""
    try:
        if path.is_dir():
            raise UnreadableInputError(f"{path} is a folder. Name the workbook file inside it.")
        if path.exists() and not path.is_file():
            raise UnreadableInputError(f"{path} is no file but a pipe or a device. Name a workbook file.")
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise UnreadableInputError(f"{path} does not exist. Check the name and the folder.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnreadableInputError(f"{path} cannot be read: {reason}.") from error
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableInputError(f"{path.name} is larger than 64 MB. Split it into several workbooks.")
    return data


def _without_lists(
    sheets: tuple[Grid, ...], findings: tuple[Finding, ...]
) -> tuple[tuple[Grid, ...], tuple[Finding, ...]]:
    """A marked copy that comes back corrected is read without the list of what was wrong with it."""
    lists = [sheet for sheet in sheets if is_list_of_findings(sheet)]
    told = [make_finding("CG103", sheet=sheet.name) for sheet in lists]
    return tuple(sheet for sheet in sheets if not is_list_of_findings(sheet)), (*findings, *told)


def _refuse_empty(sheets: tuple[Grid, ...]) -> None:
    if not any(sheet.cells for sheet in sheets):
        raise UnreadableInputError("has no filled cell. Put the shipment into a sheet and save it again.")


def _read_sheets(data: bytes, path: Path) -> tuple[tuple[Grid, ...], tuple[Finding, ...]]:
    match find_kind(data):
        case FileKind.EXCEL:
            return _read_excel(Package(data))
        case FileKind.OPEN_DOCUMENT:
            return read_ods(Package(data)), ()
        case FileKind.OLD_EXCEL:
            return read_xls(data), (make_finding("CG102", unseen=UNSEEN_IN_XLS),)
        case FileKind.TEXT:
            if len(data) > MAX_TEXT_BYTES:
                raise UnreadableInputError(
                    "holds more than 16 MB of text. Split it into several, or save it as .xlsx."
                )
            text, encoding = decode_text(data)
            if path.suffix.lower() in _NAMES_OF_WORKBOOKS:
                raise UnreadableInputError(TEXT_UNDER_ANOTHER_NAME)
            return (read_csv(text, path.stem),), _tell_encoding(text, encoding)


def _read_excel(package: Package) -> tuple[tuple[Grid, ...], tuple[Finding, ...]]:
    has_macros = any(name.endswith("vbaproject.bin") for name in package.names)
    return read_xlsx(package), (make_finding("CG101"),) if has_macros else ()


def _tell_encoding(text: str, encoding: str) -> tuple[Finding, ...]:
    """A guess shows what it made; a file that names its encoding, or is plain UTF-8, needs no word."""
    if encoding != WINDOWS_1252:
        return ()
    if strange := find_strange_words(text):
        return (make_finding("CG104", encoding="Windows-1252", words=", ".join(strange)),)
    return (make_finding("CG100", encoding="Windows-1252", words=", ".join(find_accented_words(text))),)
