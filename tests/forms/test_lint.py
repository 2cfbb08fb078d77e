"""What a form should have beyond loading is told, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from certgen.errors import FormError
from certgen.forms import check_form, find_forms_root, load_form
from certgen.rules import run_cases


def test_the_form_of_the_guide_is_whole(guide_form: Path) -> None:
    assert check_form(guide_form) == []
    results = run_cases(load_form(guide_form))
    assert len(results) == 3
    assert all(result.is_right for result in results)


def test_what_does_not_load_is_told_line_by_line(change: Callable[..., Path], guide_form: Path) -> None:
    change("rules.toml", 'field = "lots"', 'field = "lot"')
    change("rules.toml", "item.trade_name", "item.trade_nam")
    assert len(check_form(guide_form)) == 2


def test_everything_wrong_is_told_in_one_run(change: Callable[..., Path], guide_form: Path) -> None:
    change("form.toml", "title =", "titel =")
    change("boxes.toml", "at = [12, 50, 186, 120]", "at = [12, 45, 186, 120]")
    change("boxes.toml", 'caption = "Signature"', 'captain = "Signature"')
    change("rules.toml", 'cites = "Grain Act, section 4 (invented for this page)"', "")
    (guide_form / "cases" / "base.toml").unlink()
    (guide_form / "README.md").unlink()
    told = "\n".join(check_form(guide_form))
    for wrong in (
        "unknown key 'titel' (did you mean 'title'?)",
        "overlaps box 2",
        "unknown key 'box.3.space.1.captain' (did you mean 'caption'?)",
        "key 'rule.1.cites' is missing",
        "base.toml: is missing",
        "README.md: is missing",
    ):
        assert wrong in told
    assert len(told.splitlines()) == 6


def test_a_misspelt_key_never_makes_a_form(change: Callable[..., Path], guide_form: Path) -> None:
    change("rules.toml", "message =", "mesage =")
    with pytest.raises(FormError, match=r"unknown key 'rule\.1\.mesage' .did you mean 'message'") as told:
        load_form(guide_form)
    assert len(str(told.value).splitlines()) == 1


def test_the_folder_above_a_form_is_answered_with_the_form(guide_form: Path) -> None:
    (told,) = check_form(guide_form.parent)
    assert "is no form but holds gr-demo; name the form" in told


def test_every_rule_needs_a_case_of_each_kind(guide_form: Path) -> None:
    case = guide_form / "cases" / "GR0201.toml"
    case.write_text('[[case]]\nname = "x"\npasses = true\n', encoding="utf-8")
    assert [problem.partition(": ")[2] for problem in check_form(guide_form)] == [
        "has no case that fails (passes = false)."
    ]
    case.write_text("case = 3\n", encoding="utf-8")
    assert len(check_form(guide_form)) == 2
    case.rename(case.with_name("GR0202.toml"))
    told = " ".join(check_form(guide_form))
    assert "GR0201.toml: is missing" in told
    assert "there is no rule 'GR0202'" in told


def test_cases_need_a_base(guide_form: Path) -> None:
    (guide_form / "cases" / "base.toml").unlink()
    assert any("base.toml: is missing" in problem for problem in check_form(guide_form))


def test_the_dossier_has_its_sections(guide_form: Path) -> None:
    (guide_form / "README.md").write_text("# Legal basis and sources\n", encoding="utf-8")
    assert [problem.partition(": ")[2] for problem in check_form(guide_form)] == [
        "has no section 'decisions'."
    ]
    (guide_form / "README.md").unlink()
    assert any("README.md: is missing" in problem for problem in check_form(guide_form))


def test_wording_that_is_never_printed_is_told(change: Callable[..., Path], guide_form: Path) -> None:
    change("form.toml", "[[edition]]", '[wording]\nforgotten = "x"\n\n[[edition]]')
    assert any("'forgotten' is printed in no box" in problem for problem in check_form(guide_form))


@pytest.mark.parametrize(
    "folder", [path.parent for path in find_forms_root().glob("*/form.toml")], ids=lambda path: path.name
)
def test_every_shipped_form_is_right(folder: Path) -> None:
    assert check_form(folder) == []
