"""The structure elements of a table row: the same bytes for the same row of the same form.

What they say depends on where the row stands and on which of its cells are empty, not on what is in the
cells, so that a row written for one certificate serves the next.
"""

from __future__ import annotations

from functools import lru_cache

from certgen.page.objects import refer, write_object

_COLUMN_SCOPE = b"/A<</O/Table/Scope/Column>>"
_REMEMBERED = 4000


@lru_cache(maxsize=_REMEMBERED)
def write_row(
    role: bytes, number: int, table: int, page: int, mark: int, shape: tuple[bool, ...]
) -> tuple[tuple[bytes, ...], bytes]:
    """A row numbered `number` and its cells after it, as objects, and references to the cells with marks.

    `shape` tells which cells hold something; their marks count from `mark` on the page object `page`.
    """
    cells = range(number + 1, number + 1 + len(shape))
    scope = _COLUMN_SCOPE if role == b"TH" else b""
    objects = [write_object(number, b"<</S/TR/P %d 0 R/K[%s]>>" % (table, refer(cells)))]
    marked: list[int] = []
    for cell, is_filled in zip(cells, shape, strict=True):
        place = b""
        if is_filled:
            place = b"/Pg %d 0 R/K %d" % (page, mark + len(marked))
            marked.append(cell)
        objects.append(write_object(cell, b"<</S/%s/P %d 0 R%s%s>>" % (role, number, place, scope)))
    return tuple(objects), refer(marked)
