"""The styles of a marked workbook: a marked cell keeps its own and takes the colour of its finding."""

from __future__ import annotations

from certgen.errors import OutputError
from certgen.findings import Severity
from certgen.workbook.marked.xml_edit import (
    Element,
    Splice,
    apply_splices,
    find_elements,
    first_named,
    insert_last,
    with_attribute,
)

FILL_COLOURS = {Severity.ERROR: "FFF4B0A8", Severity.WARNING: "FFFFE08A", Severity.NOTE: "FFC9DFF5"}
LIST_STYLES = ("header", "text", "link", *map(str, FILL_COLOURS))
EMPTY_STYLES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill>'
    b'<fill><patternFill patternType="gray125"/></fill></fills>'
    b'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    b"</styleSheet>"
)
_FONTS = (
    b'<{p}font><{p}b/><{p}sz val="11"/><{p}name val="Calibri"/></{p}font>',
    b'<{p}font><{p}u/><{p}sz val="11"/><{p}color rgb="FF0563C1"/><{p}name val="Calibri"/></{p}font>',
)
_FILL = (
    '<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{colour}"/>'
    '<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
)
_LIST_FORMAT = (
    '<{p}xf numFmtId="49" fontId="{font}" fillId="{fill}" borderId="0" quotePrefix="1" applyNumberFormat="1"'
    ' applyFont="1" applyFill="1" applyAlignment="1"><{p}alignment vertical="top" wrapText="1"/></{p}xf>'
)


class MarkedStyles:
    """The styles part of the user's workbook, growing by what the marks need."""

    def __init__(self, data: bytes) -> None:
        """Raises OutputError for a styles part that lacks what a spreadsheet program always writes."""
        self._data = data
        found = find_elements(data, {"styleSheet", "fonts", "fills", "cellXfs", "font", "fill", "xf"})
        root = first_named(found, "styleSheet")
        self._sections = {element.name: element for element in found if element.depth == 1}
        if not {"fonts", "fills", "cellXfs"} <= set(self._sections):
            raise OutputError("The workbook's styles are incomplete. Save it once in Excel or LibreOffice.")
        self._children = {
            name: [element for element in found if element.parent is section]
            for name, section in self._sections.items()
        }
        prefix = data[root.start + 1 : root.inner].split(b"styleSheet", 1)[0]
        self._prefix = prefix.decode("ascii", "replace")
        self._new_formats: list[bytes] = []
        self._marked: dict[tuple[int, Severity], int] = {}
        self._list = [self._add_list_format(style) for style in LIST_STYLES]

    def marked(self, base: int, severity: Severity) -> int:
        """The style like `base` in the colour of this severity."""
        formats = self._children["cellXfs"]
        base = base if base < len(formats) else 0
        if (base, severity) not in self._marked:
            self._marked[base, severity] = self._add_format(self._coloured(formats, base, severity))
        return self._marked[base, severity]

    def list_style(self, style: str) -> int:
        """The style of the list's `header`, `text` or `link` cells, or of those that name a severity."""
        return self._list[LIST_STYLES.index(style)]

    def written(self) -> bytes:
        """The part with what was added."""
        fonts = [font.replace(b"{p}", self._prefix.encode()) for font in _FONTS]
        fills = [_FILL.format(p=self._prefix, colour=colour).encode() for colour in FILL_COLOURS.values()]
        added = {"fonts": fonts, "fills": fills, "cellXfs": self._new_formats}
        splices = [splice for name, items in added.items() for splice in self._grow(name, items)]
        return apply_splices(self._data, splices)

    def _grow(self, name: str, items: list[bytes]) -> list[Splice]:
        section = self._sections[name]
        count = len(self._children[name]) + len(items)
        tag = with_attribute(self._data[section.start : section.inner], "count", count)
        if section.is_self_closed:
            closing = f"</{self._prefix}{name}>".encode()
            return [
                Splice(section.start, section.inner, tag.replace(b"/>", b">") + b"".join(items) + closing)
            ]
        return [Splice(section.start, section.inner, tag), *insert_last(self._data, section, b"".join(items))]

    def _add_format(self, text: bytes) -> int:
        self._new_formats.append(text)
        return len(self._children["cellXfs"]) + len(self._new_formats) - 1

    def _add_list_format(self, style: str) -> int:
        fonts = len(self._children["fonts"])
        font = {"header": fonts, "link": fonts + 1}.get(style, 0)
        colours = [str(severity) for severity in FILL_COLOURS]
        fill = len(self._children["fills"]) + colours.index(style) if style in colours else 0
        return self._add_format(_LIST_FORMAT.format(p=self._prefix, font=font, fill=fill).encode())

    def _coloured(self, formats: list[Element], base: int, severity: Severity) -> bytes:
        fill = len(self._children["fills"]) + list(FILL_COLOURS).index(severity)
        if not formats:
            plain = 'numFmtId="0" fontId="0" borderId="0"'
            return f'<{self._prefix}xf {plain} fillId="{fill}" applyFill="1"/>'.encode()
        element = formats[base]
        tag = with_attribute(self._data[element.start : element.inner], "fillId", fill)
        return with_attribute(tag, "applyFill", 1) + self._data[element.inner : element.end]
