"""docs/arrangements.md is what the data say, and every sentence of the source documents is traced."""

from __future__ import annotations

import pytest
from arrangements_page import PAGE, known_ids, load_sentences, make_page

from certgen.forms import load_forms
from certgen.rules.arrangements import load_arrangements

SENTENCES = [
    pytest.param(sentence, id=f"{source['id']}-{number}")
    for source in load_sentences()
    for number, sentence in enumerate(source["sentence"], start=1)
]


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == make_page(), "run: python tools/list_arrangements.py"


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_leads_to_rules_that_are_there_or_says_why_it_is_none(sentence) -> None:
    assert set(sentence) in ({"says", "rules"}, {"says", "not_a_rule"})
    assert set(sentence.get("rules", ())) <= known_ids()
    assert sentence.get("rules") or sentence["not_a_rule"]


def test_every_sentence_stands_once_and_in_the_page() -> None:
    said = [sentence["says"] for source in load_sentences() for sentence in source["sentence"]]
    page = PAGE.read_text(encoding="utf-8")
    assert len(said) == len(set(said))
    assert [words for words in said if f"“{words}”" not in page] == []


def test_every_rule_that_cites_a_source_document_is_traced_from_it() -> None:
    traced = {
        rule
        for source in load_sentences()
        for sentence in source["sentence"]
        for rule in sentence.get("rules", ())
    }
    entries = load_arrangements(load_forms()).entries
    parts = [part for entry in entries for part in (entry, *entry.scope, *entry.papers, *entry.minds)]
    opens = ("CFIA UKCOEA overview", "CCOF, Japan, read", "QCS, imports and exports")
    citing = {part.id for part in parts if part.cites[0].startswith(opens)}
    assert citing - traced == set()
