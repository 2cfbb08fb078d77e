"""The tables of docs/labels.md are what the rules say, and every sentence of the sources is accounted for."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from certgen.rules.labels import load_label_rules
from certgen.rules.labels.load import UNVERIFIED

PROJECT = Path(__file__).parents[3]
RULES = {rule.id: rule for standard in load_label_rules() for rule in standard.rules}


@pytest.fixture(scope="module")
def tables() -> ModuleType:
    spec = importlib.util.spec_from_file_location("label_tables", PROJECT / "tools" / "label_tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_are_current(tables: ModuleType) -> None:
    document = (PROJECT / "docs" / "labels.md").read_text(encoding="utf-8")
    assert document == tables.with_tables(document), "run python tools/label_tables.py"


def test_every_sentence_has_a_rule_or_a_reason(tables: ModuleType) -> None:
    for sentence in tables.load_sentences():
        assert bool(sentence.get("rules")) != bool(sentence.get("reason")), sentence
        assert set(sentence.get("rules", ())) <= set(RULES), sentence


def test_every_rule_from_the_five_documents_has_its_sentence(tables: ModuleType) -> None:
    traced = {rule for sentence in tables.load_sentences() for rule in sentence.get("rules", ())}
    own = {rule for rule in RULES if not rule.endswith(("-X", UNVERIFIED))}
    asked_for_want_of_text = {"IBD-50-01", "NZ-95-01"}
    assert own - traced <= asked_for_want_of_text


def test_what_nobody_has_seen_warns_at_most() -> None:
    unverified = [rule for name, rule in RULES.items() if name.endswith(UNVERIFIED)]
    assert unverified
    assert not [rule.id for rule in unverified if str(rule.severity) == "error"]


def test_no_label_is_judged_by_two_publishers_of_one_standard() -> None:
    by_scheme: dict[str, list[str]] = {}
    for standard in load_label_rules():
        for scheme in standard.schemes:
            by_scheme.setdefault(scheme, []).append(standard.applies.source)
    doubled = {scheme: sources for scheme, sources in by_scheme.items() if len(sources) > 1}
    assert list(doubled) == ["nop"]
    first, second = sorted(doubled["nop"], key=len)
    assert second == first.replace("and is_called", "and not is_called")
