"""Workbooks of Excel 97 to 2003 (.xls): the sheets, styles and texts that the file begins with."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from certgen.errors import UnreadableInputError
from certgen.workbook.formats.biff import FontRun, RecordStream, TextReader, read_shared_texts
from certgen.workbook.formats.compound_file import read_stream
from certgen.workbook.formats.file_kind import ENCRYPTED, SAVE_AS
from certgen.workbook.formats.number_format import BUILT_IN, language_of, read_format
from certgen.workbook.formats.package import DAMAGED
from certgen.workbook.formats.struck import Run
from certgen.workbook.formats.xls_sheet import BOF, EOF, XlsContext, plain_lines, read_xls_sheet
from certgen.workbook.grid import Grid

UNSEEN_IN_XLS = "what a formula says, and whether it takes its value from another workbook"
_BIFF8 = 0x0600
_FILEPASS, _BOUNDSHEET, _FORMAT, _XF, _FONT = 0x2F, 0x85, 0x41E, 0xE0, 0x31
_STRUCK_OUT = 0x08
_FONT_THAT_IS_NOT = 4
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
        self.styles: list[tuple[int, int]] = []
        self.fonts: list[bool] = []
        self.texts: list[tuple[str, tuple[FontRun, ...]]] = []
        for kind, pieces in stream.records(0):
            if kind == EOF:
                break
            self._hear(kind, pieces)
        self.context.texts = [plain_lines(text) for text, _ in self.texts]
        self.context.runs = {
            place: tuple(self._runs(text, fonts)) for place, (text, fonts) in enumerate(self.texts) if fonts
        }
        self.context.formats = [read_format(self.codes.get(key, "")) for _, key in self.styles]
        self.context.struck = frozenset(
            style for style, (font, _) in enumerate(self.styles) if self._is_struck(font)
        )
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
            self.texts = read_shared_texts(pieces)
        elif kind == _DATE_MODE:
            self.context.from_1904 = struct.unpack_from("<H", record)[0] == 1
        elif kind == _CALCULATED:
            self.context.is_calculated = True
        else:
            self._hear_style(kind, pieces)

    def _hear_style(self, kind: int, pieces: list[bytes]) -> None:
        if kind == _XF:
            self.styles.append(struct.unpack_from("<HH", pieces[0]))
        elif kind == _FONT:
            self.fonts.append(bool(struct.unpack_from("<H", pieces[0], 2)[0] & _STRUCK_OUT))
        elif kind == _FORMAT:
            self.codes[struct.unpack_from("<H", pieces[0])[0]] = TextReader(pieces, start=2).text()

    def _runs(self, text: str, fonts: Sequence[FontRun]) -> Iterator[Run]:
        """The pieces of a text; up to the first font that it names it has that of its cell."""
        ends = [start for start, _ in fonts[1:]] + [len(text)]
        yield plain_lines(text[: fonts[0][0]]), None
        for (start, font), end in zip(fonts, ends, strict=True):
            yield plain_lines(text[start:end]), self._is_struck(font)

    def _is_struck(self, font: int) -> bool:
        """Fonts are counted without a fourth one ([MS-XLS], section 2.5.129)."""
        place = font - 1 if font > _FONT_THAT_IS_NOT else font
        return place < len(self.fonts) and self.fonts[place]

    def _add_sheet(self, pieces: list[bytes]) -> None:
        place, state, kind = struct.unpack_from("<IBB", pieces[0])
        if len(self.sheets) >= _MAX_SHEETS:
            raise UnreadableInputError(DAMAGED)
        if kind == 0:
            name = TextReader(pieces, start=6).text("<B")
            self.sheets.append(_SheetPlace(name, place, is_visible=state & 3 == 0))
