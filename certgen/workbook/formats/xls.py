"""Workbooks of Excel 97 to 2003 (.xls): the sheets, styles and texts that the file begins with."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from certgen.errors import UnreadableInputError
from certgen.workbook.formats.biff import RecordStream, TextReader, read_shared_texts
from certgen.workbook.formats.compound_file import read_stream
from certgen.workbook.formats.file_kind import ENCRYPTED, SAVE_AS
from certgen.workbook.formats.number_format import BUILT_IN, language_of, read_format
from certgen.workbook.formats.package import DAMAGED
from certgen.workbook.formats.xls_sheet import BOF, EOF, XlsContext, read_xls_sheet
from certgen.workbook.grid import Grid

UNSEEN_IN_XLS = "what a formula says, and whether it takes its value from another workbook"
_BIFF8 = 0x0600
_FILEPASS, _BOUNDSHEET, _FORMAT, _XF = 0x2F, 0x85, 0x41E, 0xE0
_SHARED_TEXTS, _DATE_MODE, _CALCULATED = 0xFC, 0x22, 0x1C1
_MAX_SHEETS = 1_000


@dataclass(frozen=True, slots=True)
class _SheetPlace:
    """A worksheet by where its records begin."""

    name: str
    place: int
    is_visible: bool


def read_xls(data: bytes) -> tuple[Grid, ...]:
    """All worksheets of an old Excel file; raises UnreadableInputError when it is damaged or encrypted.

    Read by our own code: the library at hand stops the whole process at a few wrong bytes.
    """
    try:
        stream = RecordStream(read_stream(data, ("Workbook", "Book")))
        book = _Globals(stream)
        return tuple(
            read_xls_sheet(stream, sheet.place, sheet.name, book.context, is_visible=sheet.is_visible)
            for sheet in book.sheets
        )
    except (struct.error, IndexError) as error:
        raise UnreadableInputError(DAMAGED) from error


class _Globals:
    """The first part of the stream."""

    def __init__(self, stream: RecordStream) -> None:
        self.sheets: list[_SheetPlace] = []
        self.context = XlsContext()
        self.codes = dict(BUILT_IN)
        self.styles: list[int] = []
        for kind, pieces in stream.records(0):
            if kind == EOF:
                break
            self._hear(kind, pieces)
        self.context.formats = [read_format(self.codes.get(key, "")) for key in self.styles]
        self.context.language = language_of(self.context.formats)

    def _hear(self, kind: int, pieces: list[bytes]) -> None:
        record = pieces[0]
        if kind == BOF and struct.unpack_from("<H", record)[0] != _BIFF8:
            raise UnreadableInputError(f"was made by Excel 95 or an older one. {SAVE_AS}")
        if kind == _FILEPASS:
            raise UnreadableInputError(ENCRYPTED)
        if kind == _BOUNDSHEET:
            self._add_sheet(pieces)
        elif kind == _SHARED_TEXTS:
            self.context.texts = [
                text.replace("\r\n", "\n").replace("\r", "\n") for text in read_shared_texts(pieces)
            ]
        elif kind == _DATE_MODE:
            self.context.from_1904 = struct.unpack_from("<H", record)[0] == 1
        elif kind == _CALCULATED:
            self.context.is_calculated = True
        else:
            self._hear_style(kind, pieces)

    def _hear_style(self, kind: int, pieces: list[bytes]) -> None:
        if kind == _XF:
            self.styles.append(struct.unpack_from("<H", pieces[0], 2)[0])
        elif kind == _FORMAT:
            self.codes[struct.unpack_from("<H", pieces[0])[0]] = TextReader(pieces, start=2).text()

    def _add_sheet(self, pieces: list[bytes]) -> None:
        place, state, kind = struct.unpack_from("<IBB", pieces[0])
        if len(self.sheets) >= _MAX_SHEETS:
            raise UnreadableInputError(DAMAGED)
        if kind == 0:
            name = TextReader(pieces, start=6).text("<B")
            self.sheets.append(_SheetPlace(name, place, is_visible=state & 3 == 0))
