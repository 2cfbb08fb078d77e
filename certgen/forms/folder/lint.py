"""What a form folder should have beyond what loading demands: cases for every rule, and a dossier."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from certgen.errors import FormError
from certgen.forms.folder.extracts import check_extract_form
from certgen.forms.folder.load import load_form
from certgen.forms.model import Form

BASE_CASE = "base"
DOSSIER_SECTIONS = ("legal basis", "sources", "decisions")


def check_form(folder: Path) -> list[str]:
    """Everything wrong with a form folder, a sentence each; none when it is fit to be shipped.

    The cases are only looked for here; `rules` runs them.
    """
    problems: list[str] = []
    form: Form | None = None
    try:
        form = load_form(folder)
    except FormError as error:
        problems = str(error).splitlines()
    if not (folder / "form.toml").is_file():
        return problems
    problems += [*_check_cases(folder), *_check_dossier(folder / "README.md")]
    if form is None:
        return problems
    return [*problems, *_check_wording(form), *_check_boxes(form), *check_extract_form(form)]


def _check_cases(folder: Path) -> list[str]:
    cases, rules = folder / "cases", _rule_ids(folder / "rules.toml")
    if rules is None:
        return []
    problems = [problem for rule in rules for problem in _check_rule(cases / f"{rule}.toml")]
    files = sorted(cases.glob("*.toml"))
    known = {*rules, BASE_CASE}
    problems += [f"{path}: there is no rule {path.stem!r}." for path in files if path.stem not in known]
    if rules and not (cases / f"{BASE_CASE}.toml").is_file():
        problems.append(f"{cases / 'base.toml'}: is missing; the cases change the consignment it holds.")
    return problems


def _rule_ids(path: Path) -> list[str] | None:
    """The ids of all rules, also of those that are wrong; None when the file is no TOML."""
    try:
        rules = tomllib.loads(path.read_text(encoding="utf-8")).get("rule", [])
    except (OSError, ValueError, RecursionError):
        return None
    found = [rule.get("id") for rule in rules if isinstance(rule, dict)] if isinstance(rules, list) else []
    return [str(rule_id) for rule_id in found if rule_id]


def _check_rule(path: Path) -> list[str]:
    if not path.is_file():
        return [f"{path}: is missing; every rule has a case that passes and one that fails."]
    try:
        cases = tomllib.loads(path.read_text(encoding="utf-8")).get("case", [])
    except (OSError, ValueError, RecursionError) as error:
        return [f"{path}: cannot be read ({error})."]
    return [
        f"{path}: has no case that {verb} (passes = {str(outcome).lower()})."
        for outcome, verb in ((True, "passes"), (False, "fails"))
        if outcome not in _outcomes(cases)
    ]


def _outcomes(cases: Any) -> list[Any]:
    found = cases if isinstance(cases, list) else []
    return [case.get("passes") for case in found if isinstance(case, dict)]


def _check_dossier(path: Path) -> list[str]:
    """The dossier says on what law the form stands, where its facts came from and what was decided."""
    if not path.is_file():
        return [f"{path}: is missing; it tells the legal basis, the sources and what was decided."]
    headings = [
        line.lower() for line in path.read_text("utf-8", "replace").splitlines() if line.startswith("#")
    ]
    return [
        f"{path}: has no section {section!r}."
        for section in DOSSIER_SECTIONS
        if not any(section in heading for heading in headings)
    ]


def _check_wording(form: Form) -> Iterable[str]:
    """Wording that no box prints is either forgotten or misspelt."""
    boxes = (form.folder / "boxes.toml").read_text(encoding="utf-8")
    for key in form.editions[0].wording:
        if not re.search(rf"\b{key}\b", boxes):
            yield f"{form.folder / 'form.toml'}: wording {key!r} is printed in no box."


def _check_boxes(form: Form) -> Iterable[str]:
    where = form.folder / "boxes.toml"
    for box in form.boxes:
        if not box.parts:
            yield f"{where}: box {box.number} is empty: it has no text, tick, table, field or space."
