"""The text of one OpenDocument cell: its paragraphs as lines, its spaces, and what of it is struck out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from certgen.workbook.formats.limits import MAX_CELL_CHARACTERS
from certgen.workbook.formats.struck import Run
from certgen.workbook.formats.xml_stream import CellText

_SPACES = re.compile(r"[ \t\r\n]+")


class OdsText:
    """Hears what stands inside a cell; only what is in its paragraphs counts."""

    def __init__(self, struck_styles: Mapping[str, bool]) -> None:
        self.runs: list[Run] = []
        self._struck_styles = struck_styles
        self._text = CellText()
        self._open: list[bool | None] = []
        self._paragraphs = 0
        self._is_in_paragraph = False

    def clear(self) -> None:
        """Ready for the next cell."""
        self._text.clear()
        self.runs.clear()
        self._open.clear()
        self._paragraphs = 0
        self._is_in_paragraph = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element within the cell opens."""
        own = self._open[-1] if self._open else None
        if name == "text:p" and not self._open:
            self._begin_paragraph()
        elif name == "text:span":
            own = self._struck_styles.get(attributes.get("text:style-name", ""), own)
        elif self._is_in_paragraph:
            self._add_white_space(name, attributes)
        self._open.append(own)

    def end(self) -> None:
        """The innermost element closes."""
        self._open.pop()
        self._is_in_paragraph = self._is_in_paragraph and bool(self._open)

    def add(self, text: str) -> None:
        """Letters as the file has them: white space counts once."""
        if self._is_in_paragraph:
            self._keep(_SPACES.sub(" ", text))

    def take(self) -> str:
        """The whole text, at most one character longer than a cell may be once cut."""
        return self._text.take()

    def _begin_paragraph(self) -> None:
        self._is_in_paragraph = True
        if self._paragraphs:
            self._keep("\n")
        self._paragraphs += 1

    def _add_white_space(self, name: str, attributes: dict[str, str]) -> None:
        if name == "text:s":
            self._keep(" " * min(count_of(attributes, "text:c"), MAX_CELL_CHARACTERS + 1))
        elif name == "text:tab":
            self._keep("\t")
        elif name == "text:line-break":
            self._keep("\n")

    def _keep(self, text: str) -> None:
        """A piece more, as the span around it has it."""
        self._text.add(text)
        if self._text.length <= MAX_CELL_CHARACTERS:
            self.runs.append((text, self._open[-1] if self._open else None))


def count_of(attributes: dict[str, str], name: str) -> int:
    """A count that an attribute gives, one where it does not."""
    return max(1, int(attributes.get(name, "1")))
