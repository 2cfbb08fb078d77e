"""All certificates of a run in one file, for the printer."""

from __future__ import annotations

from pathlib import Path

from certgen.new_file import write_new_file
from certgen.page.printing.merge import merge_pdfs
from certgen.pipeline.files import read_file
from certgen.pipeline.order import Outcome


def merge_certificates(outcome: Outcome, target: Path) -> None:
    """Write every file of the run into one new PDF, in the order of the workbook; raises OutputError.

    The same run may write it again.
    """
    sources = [certificate.path for certificate in outcome.certificates if certificate.path]
    if not sources:
        return
    content = merge_pdfs(sources)
    if not (target.is_file() and read_file(target) == content):
        write_new_file(target, content)
