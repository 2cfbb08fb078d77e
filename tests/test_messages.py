"""Every finding certgen can tell: what is wrong and what to do, under a code and a slug of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from certgen.findings import Severity, load_catalogue

PACKAGE = Path(__file__).parents[1] / "certgen"
CATALOGUE = load_catalogue()
ENDS_WELL = re.compile(r'[.?!]["”]?$|\}$|: certgen [\w {}.-]+$')


@pytest.mark.parametrize("code", CATALOGUE)
def test_it_says_in_whole_sentences_what_is_wrong_and_what_to_do(code: str) -> None:
    entry = CATALOGUE[code]
    assert Severity(entry["severity"])
    for sentence in (entry["message"], entry["fix"]):
        assert re.match(r'["“]?[A-Z{]', sentence), sentence
        assert ENDS_WELL.search(sentence), sentence


def test_no_two_codes_share_a_slug() -> None:
    slugs = [entry["slug"] for entry in CATALOGUE.values()]
    assert sorted(slugs) == sorted(set(slugs))


def test_the_program_tells_every_finding_of_the_catalogue_and_no_other() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    assert set(re.findall(r"\bCG\d{3}\b", source)) == set(CATALOGUE)
