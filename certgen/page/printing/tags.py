"""The structure tree that screen readers follow: the part of it that all certificates of a form share.

A document holds a section for each box; a section holds its title, its captions, its values and its fields
in the order in which the eye meets them (ISO 14289-1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from certgen.page.document import TextRun
from certgen.page.printing.drawing import Passage
from certgen.page.printing.fields import Widget
from certgen.page.printing.objects import ObjectBook, refer
from certgen.page.printing.passages import COLUMN_TITLE

Kid = tuple[int, int, float, int]
"""A child of a section in reading order: page from 0, whole mm from top, mm from left, its object."""


@dataclass(slots=True)
class Section:
    """A box in the structure tree: its element, its static children, and its table where it has one.

    `table` is 0 without a table; `table_head` is the row of its column titles.
    """

    number: int
    table: int = 0
    table_head: int = 0
    kids: list[Kid] = field(default_factory=list)


class StaticTags:
    """The shared elements on their way into the book."""

    def __init__(
        self, book: ObjectBook, sections: dict[str, Section], document_element: int, parent_tree: int
    ) -> None:
        self._book = book
        self._sections = sections
        self._document_element = document_element
        self.titles: list[int] = []
        self._heads: dict[str, list[int]] = {}
        self.root = book.add(
            f"<</Type/StructTreeRoot/K {document_element} 0 R/ParentTree {parent_tree} 0 R>>"
        )

    def add_passages(
        self, passages: Sequence[Passage], runs: Sequence[TextRun], page: int, page_number: int
    ) -> list[int]:
        """An element for each passage of a page, in the order of their marks."""
        return [self._add_passage(passage, runs[passage.runs[0]], page, page_number) for passage in passages]

    def add_form_element(self, widget: Widget, page: int, page_number: int) -> int:
        """The element of a fillable field."""
        section = self._sections[widget.box]
        number = self._book.add(
            f"<</S/Form/P {section.number} 0 R/Pg {page_number} 0 R"
            f"/K<</Type/OBJR/Obj {widget.number} 0 R/Pg {page_number} 0 R>>>>"
        )
        bottom = round(widget.frame.y_mm + widget.frame.height_mm)
        section.kids.append((page, bottom, widget.frame.x_mm, number))
        return number

    def finish(self) -> None:
        """The rows of column titles, once all of them are entered."""
        for box, cells in self._heads.items():
            section = self._sections[box]
            self._book.set(section.table_head, b"<</S/TR/P %d 0 R/K[%s]>>" % (section.table, refer(cells)))

    def _add_passage(self, passage: Passage, first: TextRun, page: int, page_number: int) -> int:
        if passage.role == COLUMN_TITLE:
            return self._add_column_title(passage, first, page, page_number)
        section = self._sections.get(passage.box)
        parent = section.number if section else self._document_element
        number = self._book.add(f"<</S/{passage.role}/P {parent} 0 R/Pg {page_number} 0 R/K {passage.mcid}>>")
        if section:
            section.kids.append((page, round(first.y_mm), first.x_mm, number))
        else:
            self.titles.append(number)
        return number

    def _add_column_title(self, passage: Passage, first: TextRun, page: int, page_number: int) -> int:
        section = self._sections[passage.box]
        if not section.table_head:
            section.table_head = self._book.reserve()
            section.kids.append((page, round(first.y_mm), first.x_mm, section.table))
        number = self._book.add(
            f"<</S/TH/P {section.table_head} 0 R/Pg {page_number} 0 R/K {passage.mcid}"
            "/A<</O/Table/Scope/Column>>>>"
        )
        self._heads.setdefault(passage.box, []).append(number)
        return number
