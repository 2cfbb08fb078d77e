"""What a table row needs beside its texts: its structure elements, and the marks that lead to them.

Both depend on where the row stands and on how many lines each of its cells has, not on what is in the cells,
so that what was written for one certificate serves the next.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from certgen.page.printing.objects import refer, write_object

_COLUMN_SCOPE = b"/A<</O/Table/Scope/Column>>"
_REMEMBERED = 4000


class RowForm(NamedTuple):
    """A row but for its texts.

    `objects` are the element of the row and those of its cells, `parents` the references to the cells that
    hold something. `content` takes for each line its place across, its place down and its string.
    """

    objects: tuple[bytes, ...]
    parents: bytes
    content: bytes
    marks: int


@lru_cache(maxsize=_REMEMBERED)
def write_row(role: bytes, number: int, table: int, page: int, mark: int, shape: tuple[int, ...]) -> RowForm:
    """A row whose element is `number`, with the cells after it.

    `shape` tells how many lines each cell has; the marks count from `mark` on the page object `page`.
    """
    cells = range(number + 1, number + 1 + len(shape))
    scope = _COLUMN_SCOPE if role == b"TH" else b""
    objects = [write_object(number, b"<</S/TR/P %d 0 R/K[%s]>>" % (table, refer(cells)))]
    marked: list[int] = []
    content: list[bytes] = []
    for cell, lines in zip(cells, shape, strict=True):
        place = b""
        if lines:
            cell_mark = mark + len(marked)
            place = b"/Pg %d 0 R/K %d" % (page, cell_mark)
            marked.append(cell)
            begin = b"/%s<</MCID %d>>BDC" % (role, cell_mark)
            content += (b"%b%b", begin, b"%bTj\n", b"%b%b%bTj\n" * (lines - 1), b"EMC\n")
        objects.append(write_object(cell, b"<</S/%s/P %d 0 R%s%s>>" % (role, number, place, scope)))
    return RowForm(tuple(objects), refer(marked), b"".join(content), len(marked))
