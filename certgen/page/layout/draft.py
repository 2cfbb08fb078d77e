"""A document while it is being laid out: pages that still grow, and what went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from certgen.findings import Finding, make_finding
from certgen.forms.model import Frame
from certgen.forms.paper import Paper
from certgen.page.document import Asked, DocumentPage, PlacedTable, Stroke, TableRow, TextRun, Tick
from certgen.page.fonts.letters import NEEDS_EXTRA, Printable, describe, kind_of, make_printable
from certgen.page.layout.sources import find_holders

Columns = tuple[tuple[float, float], ...]
"""Left ends and widths in mm."""


@dataclass(slots=True)
class PageDraft:
    """One page while it is being filled."""

    form_page: int
    texts: list[TextRun] = field(default_factory=list)
    ticks: list[Tick] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    tables: list[PlacedTable] = field(default_factory=list)

    def add_table(
        self, box: str, columns: Columns, rows: Sequence[TableRow], tops_mm: tuple[float, ...]
    ) -> None:
        """Rows that are read after the texts so far."""
        self.tables.append(PlacedTable(box, columns, tuple(rows), tops_mm, len(self.texts)))

    def finish(self) -> DocumentPage:
        return DocumentPage(
            self.form_page, tuple(self.texts), tuple(self.ticks), tuple(self.strokes), tuple(self.tables)
        )


@dataclass(slots=True)
class Draft:
    """The pages so far, the values asked for with their places, and the findings."""

    paper: Paper
    pages: list[PageDraft]
    asked: list[Asked] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    serial: str = ""

    def ask(self, box: str, text: str, places: Iterable[tuple[int, Frame]]) -> None:
        """Note a value that must be found again.

        A value that was refused is noted too, so that a page without it never passes for whole.
        """
        self.asked.append(Asked(box, text, tuple(places)))

    def gate(self, text: str, box: str, paths: tuple[str, ...]) -> Printable:
        """The text as it can be printed; what cannot be, or was left out, is told at its cell."""
        printable = make_printable(text)
        if printable.is_plain:
            return printable
        self._tell(printable.left_out, "CG604", box, paths)
        for code in ("CG601", "CG602", "CG603", NEEDS_EXTRA):
            self._tell("".join(sign for sign in printable.refused if kind_of(sign) == code), code, box, paths)
        return printable

    def _tell(self, letters: str, code: str, box: str, paths: tuple[str, ...]) -> None:
        """One finding for each value that holds any of the letters."""
        by_path: dict[str, str] = {}
        for letter in letters:
            for path in find_holders(self.paper.consignment, paths, letter):
                by_path[path] = by_path.get(path, "") + letter
        for path, held in by_path.items():
            self.refuse(code, box, path, letters=describe(held))

    def refuse(self, code: str, box: str, path: str, **words: object) -> None:
        """Add a finding of the page room at the cell of a consignment field."""
        consignment = self.paper.consignment
        is_consignment_field = hasattr(consignment, path.partition(".")[0])
        self.findings.append(
            make_finding(
                code,
                cell=consignment.find_cell(path) if is_consignment_field else None,
                field=path,
                form=self.paper.form.id,
                box=box,
                consignment=consignment.name,
                **words,
            )
        )
