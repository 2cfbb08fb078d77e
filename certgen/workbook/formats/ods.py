"""Workbooks of LibreOffice (.ods): the package, its number formats and language."""

from __future__ import annotations

import re
from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass, field

from certgen.workbook.formats.number_format import NumberFormat, read_format
from certgen.workbook.formats.ods_sheet import OdsSheets, OdsStyles
from certgen.workbook.formats.package import Package
from certgen.workbook.formats.xml_stream import stream_xml
from certgen.workbook.grid import Grid

_DATA_STYLES = {
    "number:number-style",
    "number:percentage-style",
    "number:currency-style",
    "number:date-style",
    "number:time-style",
}
_LINE_THROUGH = frozenset({"style:text-line-through-style", "style:text-line-through-type"})
_MAX_DIGITS = 40
_SIGN_ONLY = re.compile(r"value\(\)\s*(?:[<>]=?|=|!=)\s*0(?:\.0+)?")
"""A format that differs only for numbers below, at or above zero shows the same amount."""
# LibreOffice in English writes it wherever the user sits, so it tells nothing of how dates are meant
_DEFAULT_OF_MANY = "en-US"


def read_ods(package: Package) -> tuple[Grid, ...]:
    """All sheets of an OpenDocument package; raises UnreadableInputError when it is damaged or too large."""
    styles = _Styles()
    if "styles.xml" in package:
        stream_xml(package.stream("styles.xml"), styles)
    with suppress(_StylesEnd):
        stream_xml(package.stream("content.xml"), styles)
    sheets = OdsSheets(styles.collected())
    stream_xml(package.stream("content.xml"), sheets)
    return tuple(sheets.grids)


class _StylesEnd(Exception):  # noqa: N818  not an error: the rest is cells
    """Nothing further in this part concerns styles."""


@dataclass(slots=True)
class _DataStyle:
    """One number format while it is being read."""

    kind: str
    pieces: list[str] = field(default_factory=list)


class _Styles:
    """Cell styles with the number format each one names, hidden table styles, the default language."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.data_style_of: dict[str, str] = {}
        self.parent_of: dict[str, str] = {}
        self.hidden_tables: set[str] = set()
        self.struck: dict[str, bool] = {}
        self.language = ""
        self.style = ""
        self.is_default = False
        self.data_name = ""
        self.data: _DataStyle | None = None
        self.is_in_words = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "office:body":
            raise _StylesEnd
        if name in _DATA_STYLES:
            self.data_name = attributes.get("style:name", "")
            self.data = _DataStyle(name)
        elif self.data is not None:
            self._add_data(self.data, name, attributes)
        else:
            self._start_style(name, attributes)

    def _start_style(self, name: str, attributes: dict[str, str]) -> None:
        if name in {"style:style", "style:default-style"}:
            self.is_default = name == "style:default-style" and attributes.get("style:family") == "table-cell"
            self.style = attributes.get("style:name", "")
            self.parent_of[self.style] = attributes.get("style:parent-style-name", "")
            if "style:data-style-name" in attributes:
                self.data_style_of[self.style] = attributes["style:data-style-name"]
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden_tables.add(self.style)
        elif name == "style:text-properties" and self.is_default:
            parts = (attributes.get("fo:language", ""), attributes.get("fo:country", ""))
            language = "-".join(part for part in parts if part not in {"", "none", "zxx"})
            self.language = "" if language == _DEFAULT_OF_MANY else language
        elif name == "style:text-properties" and _LINE_THROUGH & attributes.keys():
            self.struck[self.style] = all(attributes.get(key) != "none" for key in _LINE_THROUGH)

    def end(self, name: str) -> None:
        self.is_in_words = False
        if self.data is not None and name == self.data.kind:
            self.codes[self.data_name] = "".join(self.data.pieces)
            self.data = None

    def characters(self, text: str) -> None:
        if self.data is not None and self.is_in_words:
            self.data.pieces.append(f'"{text.replace(chr(34), "")}"')

    def _add_data(self, data: _DataStyle, name: str, attributes: dict[str, str]) -> None:
        if data.kind == "number:date-style":
            data.pieces[:] = ["yyyy-mm-dd"]
        elif data.kind == "number:time-style":
            data.pieces[:] = ["hh:mm:ss"]
        elif name == "number:text":
            self.is_in_words = data.kind == "number:number-style"
        elif name == "style:map" and not _SIGN_ONLY.fullmatch(attributes.get("style:condition", "")):
            data.pieces.insert(0, f"[{attributes.get('style:condition', '').removeprefix('value()')}]")
        elif name == "number:number":
            data.pieces.append(_digits(attributes) + "," * _thousands(attributes))
            if data.kind == "number:percentage-style":
                data.pieces.append("%")

    def collected(self) -> OdsStyles:
        return OdsStyles(
            formats={style: self._format(style) for style in self.parent_of},
            struck={style: struck for style in self.parent_of if (struck := self._struck(style)) is not None},
            hidden_tables=frozenset(self.hidden_tables),
            language=self.language,
        )

    def _format(self, style: str) -> NumberFormat:
        named = self._nearest(style, self.data_style_of)
        return read_format(self.codes.get(self.data_style_of.get(named, ""), ""))

    def _struck(self, style: str) -> bool | None:
        """Whether a style strikes out; None where neither it nor those it builds on say so."""
        return self.struck.get(self._nearest(style, self.struck))

    def _nearest(self, style: str, told: Container[str]) -> str:
        """The style itself or the nearest one it builds on that says something."""
        seen: set[str] = set()
        while style and style not in told and style not in seen:
            seen.add(style)
            style = self.parent_of.get(style, "")
        return style


def _thousands(attributes: dict[str, str]) -> int:
    """By how many thousands a number is shown smaller than it is."""
    factor = attributes.get("number:display-factor", "1")
    return max(len(factor.partition(".")[0]) - 1, 0) // 3 if factor.startswith("1") else 0


def _digits(attributes: dict[str, str]) -> str:
    whole = min(int(attributes.get("number:min-integer-digits", "1")), _MAX_DIGITS)
    decimals = min(int(attributes.get("number:decimal-places", "0")), _MAX_DIGITS)
    if decimals and attributes.get("number:min-decimal-places", "1") == "0":
        decimals = 0
    return f"{'0' * whole or '#'}{'.' if decimals else ''}{'0' * decimals}"
