"""The cell styles of an Excel workbook: the number format of each, and whether its letters are struck out."""

from __future__ import annotations

from dataclasses import dataclass, field

from certgen.workbook.formats.number_format import BUILT_IN, NumberFormat, read_format
from certgen.workbook.formats.xlsx_texts import is_struck
from certgen.workbook.formats.xml_stream import local_name


@dataclass(slots=True)
class CellStyles:
    """By the number of a style: its number format, and the styles whose font is struck out."""

    formats: list[NumberFormat] = field(default_factory=list)
    struck: frozenset[int] = frozenset()


class CellStylesReader:
    """Hears the part of styles (`fonts`, `numFmts`, `cellXfs`)."""

    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._fonts: list[bool] = []
        self._styles: list[tuple[int, int]] = []
        self._within = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        plain = local_name(name)
        if plain in {"fonts", "cellXfs"}:
            self._within = plain
        elif plain == "numFmt" and "numFmtId" in attributes:
            self._codes.setdefault(int(attributes["numFmtId"]), attributes.get("formatCode", ""))
        elif self._within == "cellXfs" and plain == "xf":
            self._styles.append((int(attributes.get("numFmtId", "0")), int(attributes.get("fontId", "0"))))
        elif self._within == "fonts":
            self._start_in_fonts(plain, attributes)

    def _start_in_fonts(self, plain: str, attributes: dict[str, str]) -> None:
        if plain == "font":
            self._fonts.append(False)
        elif plain == "strike" and self._fonts:
            self._fonts[-1] = is_struck(attributes)

    def end(self, name: str) -> None:
        if local_name(name) in {"fonts", "cellXfs"}:
            self._within = ""

    def characters(self, text: str) -> None: ...

    def collected(self) -> CellStyles:
        """The styles as far as they matter for reading."""
        struck_fonts = {number for number, is_out in enumerate(self._fonts) if is_out}
        return CellStyles(
            [read_format(self._codes.get(key, BUILT_IN.get(key, ""))) for key, _ in self._styles],
            frozenset(style for style, (_, font) in enumerate(self._styles) if font in struck_fonts),
        )
