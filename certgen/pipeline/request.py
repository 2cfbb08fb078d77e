"""A paper as the request for its number: everything the register must hold to finish it alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from certgen.errors import OutputError
from certgen.pipeline.files import output_name_of
from certgen.pipeline.identity import field_hashes, fingerprint, key_of
from certgen.pipeline.papers.making import Candidate
from certgen.pipeline.press import paper_as_json
from certgen.register import Request


def request_for(candidate: Candidate, output_folder: Path) -> Request:
    """The request of one candidate; raises OutputError when it has no issue date."""
    paper = candidate.paper
    hashes = field_hashes(paper.form, paper.consignment)
    return Request(
        key=key_of(paper),
        pattern=candidate.open_serial,
        issue_date=_issue_date(candidate),
        edition=paper.edition.id,
        form_hash=paper.form.folder_hash,
        fingerprint=fingerprint(hashes),
        fields=hashes,
        paper=paper_as_json(paper),
        input_sha256=candidate.input_sha256,
        workbook=candidate.workbook,
        output_name=output_name_of(paper),
        output_folder=str(output_folder.absolute()),
        variant=paper.variant.name if paper.variant else "",
        first_issue_date=paper.issue.first_issue_date,
    )


def _issue_date(candidate: Candidate) -> date:
    issue_date = candidate.paper.issue.issue_date
    if issue_date is None:
        name = candidate.paper.consignment.name
        raise OutputError(f"{name}: a certificate needs an issue date. Give --issue-date.")
    return issue_date
