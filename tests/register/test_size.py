"""How much room certificates take, measured on a thousand of them as they are really printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from papers import ISSUE, base_consignment, gb_form, press

from certgen.forms.paper import Paper
from certgen.pipeline.identity import field_hashes, fingerprint, key_of
from certgen.pipeline.press import paper_as_json
from certgen.register import Done, Owner, Register, Request
from certgen.register.place import path_of

DOCUMENT = Path(__file__).parents[2] / "docs" / "register.md"
CERTIFICATES, GROUP = 1000, 100


def paper(number: int) -> Paper:
    """A shipment of one to six lines, unlike every other in reference, lots and serial."""
    base = base_consignment()
    lines = [
        replace(product, lots=(f"L{number:04d}-{line}",)) for line, product in enumerate(base.products * 2)
    ]
    consignment = replace(base, reference=f"PL-{number:04d}", products=tuple(lines[: 1 + number % 6]))
    issue = replace(ISSUE, serial=f"COI.CA-ORG-006.2026.{number:07}")
    return Paper(gb_form(), gb_form().editions[-1], consignment, issue)


def request(paper: Paper, ask: Callable[..., Request]) -> Request:
    hashes = field_hashes(paper.form, paper.consignment)
    return replace(
        ask(fields=hashes, fingerprint=fingerprint(hashes), paper=paper_as_json(paper)), key=key_of(paper)
    )


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.long
def test_a_thousand_certificates_take_the_room_that_the_document_says(
    register: Register, url: str, ask: Callable[..., Request], anna: Owner, noon: datetime
) -> None:
    printed_bytes = 0
    for start in range(1, CERTIFICATES + 1, GROUP):
        papers = [paper(number) for number in range(start, start + GROUP)]
        records = register.reserve([request(each, ask) for each in papers], anna, noon, 60)
        assert [record.serial for record in records] == [each.issue.serial for each in papers]
        done = [Done(each.issue.serial, press().print(each).pdf, pages=2) for each in papers]
        register.issue(done, anna, noon)
        printed_bytes += sum(len(each.pdf) for each in done)
    assert register.pdf(done[0].serial) == done[0].pdf
    said = re.search(
        r"(\d+) kB of PDF takes about (\d+) kB", DOCUMENT.read_text(encoding="utf-8").replace("\n", " ")
    )
    assert said is not None
    measured_kb = (printed_bytes / CERTIFICATES / 1000, path_of(url).stat().st_size / CERTIFICATES / 1000)
    assert measured_kb == pytest.approx([float(figure) for figure in said.groups()], rel=0.1)
