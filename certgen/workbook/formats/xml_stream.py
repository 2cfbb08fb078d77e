"""XML read as a stream with flat memory; document types and entities are refused outright."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol
from xml.parsers import expat

from certgen.errors import UnreadableInputError
from certgen.workbook.formats.limits import MAX_CELL_CHARACTERS, MAX_XML_TOKEN_BYTES
from certgen.workbook.formats.package import DAMAGED

DOCTYPE = (
    "declares an XML document type, which no spreadsheet program writes, so it was not opened."
    " Copy the sheet's cells into a new workbook and send that."
)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class XmlHandler(Protocol):
    """What hears a stream: elements by local name as they open and close, and their text."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def characters(self, text: str) -> None: ...


def stream_xml(pieces: Iterable[bytes], handler: XmlHandler) -> None:
    """Feed one XML part to `handler`, names as written in the file.

    Raises UnreadableInputError when it is not well formed, declares a document type, or holds a tag so long
    that only an attack writes it.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 64 * 1024
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.characters
    fed = 0
    try:
        for piece in pieces:
            parser.Parse(piece, False)  # noqa: FBT003  expat takes no keyword
            fed += len(piece)
            if fed - parser.CurrentByteIndex > MAX_XML_TOKEN_BYTES:
                raise UnreadableInputError(DAMAGED)
        parser.Parse(b"", True)  # noqa: FBT003  expat takes no keyword
    except (expat.ExpatError, ValueError, LookupError) as error:  # LookupError: an encoding nobody knows
        raise UnreadableInputError(DAMAGED) from error


def local_name(name: str) -> str:
    """An element or attribute name without its namespace prefix."""
    return name.rpartition(":")[2]


class CellText:
    """Collects the text of one cell and stops keeping it once it is too long to be one."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0

    def clear(self) -> None:
        self.pieces.clear()
        self.length = 0

    def add(self, text: str) -> None:
        if self.length <= MAX_CELL_CHARACTERS:
            self.pieces.append(text)
        self.length += len(text)

    def take(self) -> str:
        """The text, at most one character longer than a cell may be once cut."""
        return "".join(self.pieces)


def refuse_doctype(*_declaration: object) -> None:
    """Hears a document type and refuses the file."""
    raise UnreadableInputError(DOCTYPE)


def decode_escapes(text: str) -> str:
    """Text of an Office part with its `_x0007_` escapes read and every line end a plain newline.

    ECMA-376 part 1, section 22.9.2.19 (ST_Xstring). Control characters stay in the text, to be found.
    """
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text
