"""Several finished certificates in one file, for printing them together."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path


def merge_pdfs(sources: Sequence[Path]) -> bytes:
    """The pages of all sources in order, in one PDF; the same sources give the same bytes.

    The merged file is for the printer: it carries the pages as they look, not the attachments and fields.
    """
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - only for this command

    writer = PdfWriter()
    for source in sources:
        for page in PdfReader(source).pages:
            writer.add_page(page)
    writer.compress_identical_objects()
    merged = BytesIO()
    writer.write(merged)
    return merged.getvalue()
