"""All certificates of a run in one file, for the printer."""

from __future__ import annotations

from pathlib import Path

from certgen.errors import OutputError
from certgen.page.printing.merge import merge_pdfs
from certgen.pipeline.files import write_files
from certgen.pipeline.order import Outcome


def merge_certificates(outcome: Outcome, target: Path) -> None:
    """Write every file of the run into one PDF, in the order of the workbook; raises OutputError."""
    sources = [certificate.path for certificate in outcome.certificates if certificate.path]
    if not sources:
        return
    content = merge_pdfs(sources)
    if not target.exists():
        write_files([(target, content)])
    elif target.read_bytes() != content:
        raise OutputError(
            f"{target}: stands already and is left as it is. Move it away, or choose another name."
        )
