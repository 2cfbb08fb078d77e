"""Certgen says everything that is wrong with the sample of mistakes, at its cell, and nothing else."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import certgen
from certgen.forms import load_forms

GB_COI = Path(__file__).parents[2] / "samples" / "gb-coi"
EXPECTED = tomllib.loads((GB_COI / "mistakes.expected.toml").read_text(encoding="utf-8"))["expected"]
GIVEN_BY_OTHERS = {
    "procedure-unknown": "the reader refuses such a word first",
    "transport-unknown": "the reader refuses such a word first",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return certgen.check(
        GB_COI / "mistakes.xlsx",
        profile=GB_COI / "certgen.toml",
        register_url=f"sqlite:///{tmp_path_factory.mktemp('register') / 'register.sqlite'}",
    )


def places(findings: list[dict[str, Any]]) -> set[tuple[str, str, str]]:
    return {(item["slug"], item["sheet"], item["cell"]) for item in findings}


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda item: f"{item['mistake']}-{item['slug']}")
def test_a_mistake_is_found_at_its_cell(expected: dict[str, Any], told: dict[str, Any]) -> None:
    assert (expected["slug"], expected["sheet"], expected["cell"]) in places(told["findings"])


def test_no_error_is_told_that_is_not_expected(told: dict[str, Any]) -> None:
    errors = [item for item in told["findings"] if item["severity"] == "error"]
    assert places(errors) - places(EXPECTED) == set()


def test_every_rule_that_a_workbook_can_break_is_broken_once() -> None:
    rules = {rule.slug for rule in load_forms()["gb-coi"].rules}
    assert rules - {item["slug"] for item in EXPECTED} == set(GIVEN_BY_OTHERS)


def test_what_is_only_a_warning_refuses_nothing(told: dict[str, Any]) -> None:
    wrong = {item["consignment"] for item in told["findings"] if item["severity"] == "error"}
    refused = {item["consignment"] for item in told["certificates"] if item["status"] == "refused"}
    assert refused <= wrong
    assert len(refused) < len(told["certificates"])
