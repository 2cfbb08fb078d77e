"""The structure tree of one certificate: an element for each of its values, in the sections of its form."""

from __future__ import annotations

from collections.abc import Sequence

from certgen.page.document import DocumentPage, Ink, PlacedTable, TextRun, Tick
from certgen.page.printing.compile import CompiledForm
from certgen.page.printing.drawing import PT_PER_MM
from certgen.page.printing.objects import ObjectBook, refer, write_text
from certgen.page.printing.paragraphs import group_paragraphs
from certgen.page.printing.row_elements import write_row
from certgen.page.printing.tags import Kid
from certgen.page.printing.values import ValuesStream

_AFTER_FORM_PAGES = 1000


class Tagging:
    """Puts what is on a page into its stream, with an element in the book for everything it marks."""

    def __init__(self, compiled: CompiledForm, book: ObjectBook) -> None:
        self._compiled = compiled
        self._book = book
        self._kids: dict[str, list[Kid]] = {}
        self._notices: list[int] = []
        self._rows: dict[str, list[int]] = {}
        self._parents: dict[int, bytes] = {}
        self._page = 0
        self._order = 0

    def put_page(self, stream: ValuesStream, page: DocumentPage, page_number: int, key: int) -> None:
        """All of a page; `key` is its place in the parent tree."""
        self._page = page_number
        self._order = page.form_page - 1 if page.form_page else _AFTER_FORM_PAGES + key
        parents = [refer(self._compiled.pages[page.form_page - 1].parents)] if page.form_page else []
        stream.put_strokes(page.strokes)
        stream.begin_text()
        parents += self._put_texts(stream, page)
        stream.end_text()
        parents.append(refer([self._put_tick(stream, tick, page_number) for tick in page.ticks]))
        self._parents[key] = b"".join(parents)

    def write_sections(self) -> dict[int, bytes]:
        """The elements that shared ones point to, by number: document, sections and their tables."""
        compiled = self._compiled
        kept = {compiled.document_element: self._write_document_element()}
        for box, section in compiled.sections.items():
            kids = section.kids
            if box in self._kids:
                kids = sorted([*kids, *self._kids[box]])
            kept[section.number] = b"<</S/Sect/P %d 0 R/K[%s]>>" % (
                compiled.document_element,
                refer([kid[3] for kid in kids]),
            )
            if section.table:
                kept[section.table] = b"<</S/Table/P %d 0 R/K[%s]>>" % (
                    section.number,
                    refer([section.table_head, *self._rows.get(box, ())]),
                )
        return kept

    def write_parent_tree(self) -> bytes:
        """Which element each mark and each field belongs to."""
        parents = dict(self._compiled.parents_of_widgets)
        parents |= {key: b"[%s]" % references for key, references in self._parents.items()}
        entries = b"".join(b"%d %s" % (key, parents[key]) for key in sorted(parents))
        return b"<</Nums[%s]>>" % entries

    def _write_document_element(self) -> bytes:
        compiled = self._compiled
        sections = [section.number for section in compiled.sections.values()]
        kids = refer([*compiled.titles, *self._notices, *sections])
        return b"<</S/Document/P %d 0 R/K[%s]>>" % (compiled.structure_root, kids)

    def _put_table(self, stream: ValuesStream, page: DocumentPage, table: PlacedTable) -> list[bytes]:
        """The cells of a table, row by row; on a form page they go on under the form's column titles.

        Gives the references to those that hold marks, in order.
        """
        section, book = self._compiled.sections[table.box], self._book
        is_first = bool(page.form_page and section.table)
        element = section.table if is_first else book.reserve()
        rows, parents = [], []
        for row, top_mm in zip(table.rows, table.tops_mm, strict=True):
            role, number = b"TH" if row.is_header else b"TD", book.next_number
            form = write_row(role, number, element, self._page, stream.next_mark, row.shape)
            stream.put_row(row, top_mm, form)
            book.written += form.objects
            rows.append(number)
            parents.append(form.parents)
        if is_first:
            self._rows[table.box] = rows
        else:
            book.set(element, b"<</S/Table/P %d 0 R/K[%s]>>" % (section.number, refer(rows)))
            self._note_kid(table, element)
        return parents

    def _put_texts(self, stream: ValuesStream, page: DocumentPage) -> list[bytes]:
        """Paragraphs and tables as they are read; references to what holds marks."""
        parents: list[bytes] = []
        for texts, table in page.stretches():
            parents += self._put_paragraphs(stream, page, texts)
            if table is not None:
                parents += self._put_table(stream, page, table)
        return parents

    def _put_paragraphs(
        self, stream: ValuesStream, page: DocumentPage, texts: Sequence[TextRun]
    ) -> list[bytes]:
        groups = ([texts[index] for index in group] for group in group_paragraphs(texts))
        elements = [self._put_group(stream, page, group) for group in groups]
        return [b"%d 0 R " % element for element in elements if element]

    def _put_group(self, stream: ValuesStream, page: DocumentPage, group: Sequence[TextRun]) -> int:
        """A paragraph in the section of its box; 0 for what only helps the eye."""
        first = group[0]
        section = self._compiled.sections.get(first.box)
        if section is not None:
            element = self._put_paragraph(stream, group, section.number)
            kid = (self._order, round(first.y_mm), first.x_mm, element)
            self._kids.setdefault(first.box, []).append(kid)
        elif first.ink is Ink.NOTICE and page.form_page == 1:
            element = self._put_paragraph(stream, group, self._compiled.document_element)
            self._notices.append(element)
        else:
            stream.put_decoration(group)
            element = 0
        return element

    def _put_paragraph(self, stream: ValuesStream, group: Sequence[TextRun], parent: int) -> int:
        mark, number = stream.put_passage(b"P", group), self._book.next_number
        self._book.written.append(
            b"%d 0 obj\n<</S/P/P %d 0 R/Pg %d 0 R/K %d>>\nendobj\n" % (number, parent, self._page, mark)
        )
        return number

    def _put_tick(self, stream: ValuesStream, tick: Tick, page_number: int) -> int:
        section = self._compiled.sections[tick.box]
        left, bottom = tick.x_mm * PT_PER_MM, stream.height_pt - (tick.y_mm + tick.size_mm) * PT_PER_MM
        side = tick.size_mm * PT_PER_MM
        element = self._book.add(
            b"<</S/Figure/P %d 0 R/Pg %d 0 R/K %d/Alt%s"
            b"/A<</O/Layout/Placement/Block/BBox[%.2f %.2f %.2f %.2f]>>>>"
            % (
                *(section.number, page_number, stream.put_tick(tick)),
                write_text(f"☒ {tick.label}"),
                *(left, bottom, left + side, bottom + side),
            )
        )
        kid = (self._order, round(tick.y_mm + tick.size_mm), tick.x_mm, element)
        self._kids.setdefault(tick.box, []).append(kid)
        return element

    def _note_kid(self, table: PlacedTable, element: int) -> None:
        first = next(table.runs())
        kid = (self._order, round(first.y_mm), first.x_mm, element)
        self._kids.setdefault(table.box, []).append(kid)
