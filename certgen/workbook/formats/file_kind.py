"""What a file is, told by its content; a file that is no workbook is refused by its right name."""

from __future__ import annotations

from enum import Enum, auto

from certgen.errors import UnreadableInputError
from certgen.workbook.formats.package import Package


class FileKind(Enum):
    """The formats that certgen reads."""

    EXCEL = auto()
    OPEN_DOCUMENT = auto()
    OLD_EXCEL = auto()
    TEXT = auto()


SAVE_AS = "Open it in the program that made it and save it as .xlsx."
ENCRYPTED = (
    "is protected with a password. Open it, remove the password (Excel: File, Info, Protect Workbook,"
    " Encrypt with Password) and save it again."
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS = (
    (b"%PDF-", "is a PDF. Give the workbook that it was printed from."),
    (b"{\\rtf", "is a text document (RTF). Put the shipment into a workbook."),
    (b"\x89PNG", "is a picture. Give the workbook itself."),
    (b"\xff\xd8\xff", "is a picture. Give the workbook itself."),
    (b"GIF8", "is a picture. Give the workbook itself."),
    (b"\x1f\x8b", "is a compressed archive. Unpack it and give the workbook inside."),
    (b"7z\xbc\xaf", "is a compressed archive. Unpack it and give the workbook inside."),
    (b"Rar!", "is a compressed archive. Unpack it and give the workbook inside."),
)
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_MARKUP_BYTES = 2048


def find_kind(data: bytes) -> FileKind:
    """The format of a file that may be a workbook; raises UnreadableInputError for anything else."""
    if not data:
        raise UnreadableInputError("is empty. Ask for it again, or save the workbook again.")
    for beginning, sentence in _BEGINNINGS:
        if data.startswith(beginning):
            raise UnreadableInputError(sentence)
    if data.startswith(_OLE):
        return _refuse_other_ole(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _find_package_kind(Package(data))
    _refuse_markup(data[:_MARKUP_BYTES])
    return FileKind.TEXT


def _refuse_other_ole(data: bytes) -> FileKind:
    """An OLE container: an old workbook, an encrypted new one, or an old document."""
    if _has_stream(data, "EncryptedPackage"):
        raise UnreadableInputError(ENCRYPTED)
    if _has_stream(data, "WordDocument"):
        raise UnreadableInputError("is a Word document. Put the shipment into a workbook.")
    if not (_has_stream(data, "Workbook") or _has_stream(data, "Book")):
        raise UnreadableInputError(f"holds no old Excel workbook, or was cut short. {SAVE_AS}")
    return FileKind.OLD_EXCEL


def _has_stream(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") + b"\0\0" in data


def _find_package_kind(package: Package) -> FileKind:
    names = package.names
    if "mimetype" in names or "content.xml" in names:
        return _find_open_document(package)
    if any(name.startswith("word/") for name in names):
        raise UnreadableInputError("is a Word document. Put the shipment into a workbook.")
    if any(name.startswith("ppt/") for name in names):
        raise UnreadableInputError("is a presentation. Put the shipment into a workbook.")
    if any(name.endswith(".iwa") or name == "index.zip" for name in names):
        raise UnreadableInputError("is a Numbers document. Export it from Numbers to Excel (.xlsx).")
    if "xl/workbook.bin" in names:
        raise UnreadableInputError(f"is a binary Excel workbook (.xlsb). {SAVE_AS}")
    if "[content_types].xml" not in names:
        raise UnreadableInputError("is a zip archive. Unpack it and give the workbook inside.")
    return FileKind.EXCEL


def _find_open_document(package: Package) -> FileKind:
    kind = package.read_beginning("mimetype") if "mimetype" in package else _OPEN_DOCUMENT + b"spreadsheet"
    if not kind.startswith(_OPEN_DOCUMENT + b"spreadsheet"):
        raise UnreadableInputError(
            "is a document of another kind than a spreadsheet. Put the shipment into one."
        )
    if "encrypted-package" in package or _is_manifest_encrypted(package):
        raise UnreadableInputError(
            'is protected with a password. Open it, save it again without "Save with password".'
        )
    return FileKind.OPEN_DOCUMENT


def _is_manifest_encrypted(package: Package) -> bool:
    place = "meta-inf/manifest.xml"
    return place in package and b"encryption-data" in package.read_beginning(place)


def _refuse_markup(beginning: bytes) -> None:
    text = beginning.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if text.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<body", b"<style")):
        raise UnreadableInputError(f"is a web page with the name of a workbook. {SAVE_AS}")
    if text.startswith((b"<?xml", b"<office:", b"<workbook")):
        raise UnreadableInputError(f"is an XML file, not a workbook certgen reads. {SAVE_AS}")
    if text.startswith(b"mime-version:"):
        raise UnreadableInputError(f"is a saved web page. {SAVE_AS}")
