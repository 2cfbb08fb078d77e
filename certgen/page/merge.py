"""Several finished certificates in one file, for printing them together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def merge_pdfs(sources: Sequence[Path], target: Path) -> None:
    """Write the pages of all sources into `target`, in order; raises OSError when it cannot be written.

    The merged file is for the printer: it carries the pages as they look, not the attachments and fields.
    """
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - only for this command

    writer = PdfWriter()
    for source in sources:
        for page in PdfReader(source).pages:
            writer.add_page(page)
    writer.compress_identical_objects()
    writer.write(target)
