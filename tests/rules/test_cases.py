"""Every rule of every shipped form, on the consignments of its own folder; and what is wrong with cases."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from certgen.errors import FormError
from certgen.forms import load_form, load_forms
from certgen.rules import CaseResult, run_cases

FORMS = load_forms()
RESULTS = [result for form in FORMS.values() for result in run_cases(form)]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: f"{result.rule}: {result.name}")
def test_a_rule_passes_and_fails_where_its_cases_say(result: CaseResult) -> None:
    assert result.is_right, result.sentence


def test_every_rule_has_a_case_that_passes_and_one_that_fails() -> None:
    tried = {(result.rule, result.should_pass) for result in RESULTS}
    rules = [rule.id for form in FORMS.values() for rule in form.rules]
    assert rules
    assert [rule for rule in rules if not {(rule, True), (rule, False)} <= tried] == []


def test_findings_say_what_to_do_in_whole_sentences() -> None:
    told = [sentence for result in RESULTS if not result.should_pass for sentence in result.said]
    assert told
    assert [
        sentence for sentence in told if sentence[-1] != "." or "  " in sentence or "None" in sentence
    ] == []


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FORMS["gb-coi"].folder, tmp_path / "form"))


def test_a_rule_without_cases_is_named(copied: Path) -> None:
    (copied / "cases" / "GB1305.toml").unlink()
    with pytest.raises(FormError, match=r"GB1305\.toml: is missing"):
        run_cases(load_form(copied))


def test_cases_without_a_rule_are_named(copied: Path) -> None:
    shutil.copy(copied / "cases" / "GB1305.toml", copied / "cases" / "GB9999.toml")
    with pytest.raises(FormError, match=r"GB9999\.toml: there is no rule"):
        run_cases(load_form(copied))


def test_a_case_that_changes_an_unknown_field_is_named(copied: Path) -> None:
    path = copied / "cases" / "GB1305.toml"
    path.write_text(path.read_text("utf-8").replace("products.1.cn_code", "products.1.cn"), "utf-8")
    with pytest.raises(FormError, match=r"GB1305\.toml: case '8 digits' cannot be built"):
        run_cases(load_form(copied))


def test_an_unknown_key_in_a_case_is_answered_with_the_right_one(copied: Path) -> None:
    path = copied / "cases" / "GB1305.toml"
    path.write_text(path.read_text("utf-8").replace("passes =", "pass ="), "utf-8")
    with pytest.raises(FormError, match=r"unknown key 'case\.1\.pass' \(did you mean 'passes'\?\)"):
        run_cases(load_form(copied))


def test_a_base_that_is_no_consignment_is_named(copied: Path) -> None:
    (copied / "cases" / "base.toml").write_text('gross_mass = { amount = "heavy", unit = "kg" }\n', "utf-8")
    with pytest.raises(FormError, match=r"base\.toml: is no consignment: an amount is not a number\.$"):
        run_cases(load_form(copied))
    (copied / "cases" / "base.toml").write_text('gros_mass = "1"\n', "utf-8")
    with pytest.raises(
        FormError,
        match=r"is no consignment: there is no place for 'gros_mass' \(did you mean 'gross_mass'\?\)\.$",
    ):
        run_cases(load_form(copied))


def test_a_missing_base_is_told_in_words(copied: Path) -> None:
    (copied / "cases" / "base.toml").unlink()
    with pytest.raises(FormError, match=r"base\.toml: is missing; the cases change the consignment"):
        run_cases(load_form(copied))


def test_what_is_wrong_with_several_cases_is_told_at_once(copied: Path) -> None:
    cases = copied / "cases"
    (cases / "GB1305.toml").write_text("case = 3\n", "utf-8")
    (cases / "GB1306.toml").unlink()
    path = copied / "rules.toml"
    path.write_text(path.read_text("utf-8").replace("<= departure_date", "< departure_date"), "utf-8")
    with pytest.raises(FormError) as told:
        run_cases(load_form(copied))
    for wrong in ("GB1306.toml: is missing", "GB1305.toml: key 'case'", "GB1801.toml: issued on the day"):
        assert wrong in str(told.value)


def test_a_rule_that_is_turned_round_is_found_by_its_cases(copied: Path) -> None:
    path = copied / "rules.toml"
    path.write_text(path.read_text("utf-8").replace("<= departure_date", "< departure_date"), "utf-8")
    wrong = [result for result in run_cases(load_form(copied)) if not result.is_right]
    assert "issued on the day of departure: should pass, but was told" in " ".join(
        item.sentence for item in wrong
    )
