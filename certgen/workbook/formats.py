"""Any spreadsheet file as plain sheets: told apart by its content, read within bounds, refused in words."""

from __future__ import annotations

import hashlib
from pathlib import Path

from certgen.errors import UnreadableInputError
from certgen.workbook.csv_text import decode_text, read_csv
from certgen.workbook.grid import Grid, GridBook
from certgen.workbook.limits import MAX_FILE_BYTES
from certgen.workbook.package import Package
from certgen.workbook.xlsx import read_xlsx


def load_book(path: Path) -> GridBook:
    """Read a workbook file of any supported format.

    Raises UnreadableInputError with a sentence that names the file, what is wrong with it and what to do.
    """
    data = _read_bytes(path)
    try:
        sheets, notes = _read_sheets(data, path)
        _refuse_empty(sheets)
    except UnreadableInputError as error:
        raise UnreadableInputError(f"{path.name} {error}") from error
    return GridBook(path.name, hashlib.sha256(data).hexdigest(), sheets, notes)


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableInputError(f"{path} is a folder. Name the workbook file inside it.")
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise UnreadableInputError(f"{path} does not exist. Check the name and the folder.") from error
    except OSError as error:
        raise UnreadableInputError(f"{path} cannot be read: {error.strerror or error}.") from error
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableInputError(f"{path.name} is larger than 64 MB. Split it into several workbooks.")
    return data


def _refuse_empty(sheets: tuple[Grid, ...]) -> None:
    if not any(sheet.cells for sheet in sheets):
        raise UnreadableInputError("has no filled cell. Put the shipment into a sheet and save it again.")


def _read_sheets(data: bytes, path: Path) -> tuple[tuple[Grid, ...], tuple[str, ...]]:
    if data.startswith(b"PK"):
        return read_xlsx(Package(data)), ()
    text, _ = decode_text(data)
    return (read_csv(text, path.stem),), ()
