"""Saving a workbook so that the same content gives the same bytes: no clock, no order of the moment."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook

FIXED_TIME = (2026, 1, 1, 0, 0, 0)
"""The date every part of a written file carries."""

_STAMPS = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def workbook_bytes(book: Workbook) -> bytes:
    """The xlsx file of a workbook, with fixed times in place of the clock's."""
    written = io.BytesIO()
    book.save(written)
    return with_fixed_times(written.getvalue())


def with_fixed_times(archive: bytes) -> bytes:
    """The same zip archive with every time stamp fixed; works for xlsx and ods alike."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(fixed, "w") as target:
        for entry in source.infolist():
            part = zipfile.ZipInfo(entry.filename, FIXED_TIME)
            part.compress_type = entry.compress_type
            part.external_attr = 0o644 << 16
            target.writestr(part, _without_stamps(entry.filename, source.read(entry)))
    return fixed.getvalue()


def _without_stamps(name: str, content: bytes) -> bytes:
    if name != "docProps/core.xml":
        return content
    return _STAMPS.sub(rb"\g<1>2026-01-01T00:00:00Z", content)
