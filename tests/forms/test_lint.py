"""What a form should have beyond loading is told, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from certgen.forms import check_form, find_forms_root

DOSSIER = "# Grain\n\n## Legal basis\n\n## Sources\n\n## Decisions\n"


@pytest.fixture
def whole_form(guide_form: Path) -> Path:
    (guide_form / "README.md").write_text(DOSSIER, encoding="utf-8")
    (guide_form / "cases" / "base.toml").write_text('reference = "X"\n', encoding="utf-8")
    return guide_form


def test_a_whole_form_has_nothing_wrong(whole_form: Path) -> None:
    assert check_form(whole_form) == []


def test_what_does_not_load_is_told_line_by_line(change: Callable[..., Path], whole_form: Path) -> None:
    change("rules.toml", 'field = "lots"', 'field = "lot"')
    change("rules.toml", "item.trade_name", "item.trade_nam")
    assert len(check_form(whole_form)) == 2


def test_every_rule_needs_a_case_of_each_kind(whole_form: Path) -> None:
    case = whole_form / "cases" / "GR0201.toml"
    case.write_text('[[case]]\nname = "x"\npasses = true\n', encoding="utf-8")
    assert [problem.partition(": ")[2] for problem in check_form(whole_form)] == [
        "has no case that fails (passes = false)."
    ]
    case.write_text("case = 3\n", encoding="utf-8")
    assert len(check_form(whole_form)) == 2
    case.rename(case.with_name("GR0202.toml"))
    told = " ".join(check_form(whole_form))
    assert "GR0201.toml: is missing" in told
    assert "there is no rule 'GR0202'" in told


def test_cases_need_a_base(whole_form: Path) -> None:
    (whole_form / "cases" / "base.toml").unlink()
    assert any("base.toml: is missing" in problem for problem in check_form(whole_form))


def test_the_dossier_has_its_sections(whole_form: Path) -> None:
    (whole_form / "README.md").write_text("# Legal basis and sources\n", encoding="utf-8")
    assert [problem.partition(": ")[2] for problem in check_form(whole_form)] == [
        "has no section 'decisions'."
    ]
    (whole_form / "README.md").unlink()
    assert any("README.md: is missing" in problem for problem in check_form(whole_form))


def test_wording_that_is_never_printed_is_told(change: Callable[..., Path], whole_form: Path) -> None:
    change("form.toml", "[[edition]]", '[wording]\nforgotten = "x"\n\n[[edition]]')
    assert any("'forgotten' is printed in no box" in problem for problem in check_form(whole_form))


@pytest.mark.parametrize(
    "folder", [path.parent for path in find_forms_root().glob("*/form.toml")], ids=lambda path: path.name
)
def test_every_shipped_form_is_right(folder: Path) -> None:
    assert check_form(folder) == []
