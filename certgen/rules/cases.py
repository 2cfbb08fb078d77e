"""A form's own trials: each rule with consignments that pass and fail, as data in the form's `cases/`."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from certgen.consignment import Consignment, ControlBody, as_plain, consignment_from_plain
from certgen.errors import FormError
from certgen.findings import Finding
from certgen.forms.folder.cases import Case, CaseIssue, load_cases
from certgen.forms.folder.problems import Problems
from certgen.forms.language.kinds import consignment_kind, field_paths
from certgen.forms.model import Form, Rule
from certgen.forms.paper import Issue, Paper
from certgen.forms.settings import settle
from certgen.rules.judge import judge
from certgen.toml_file import nearest_word

BASE = "base.toml"
_MISFITS = (OSError, AttributeError, LookupError, TypeError, ValueError, ArithmeticError, RecursionError)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How one trial came out: whether it should have passed, and what was said where it did not.

    `where` is the file of the trial.
    """

    where: Path
    rule: str
    name: str
    should_pass: bool
    said: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        return self.should_pass == (not self.said)

    @property
    def sentence(self) -> str:
        """The result in words, for the author of the form."""
        if self.is_right:
            return f"{self.where}: {self.name}: as it should be."
        if self.should_pass:
            return f"{self.where}: {self.name}: should pass, but was told: {' '.join(self.said)}"
        return f"{self.where}: {self.name}: should be told, but passed."


def run_cases(form: Form) -> list[CaseResult]:
    """Try every rule of the form on its cases; the base consignment comes first, which no rule may tell of.

    Raises FormError for a rule without cases, for cases without a rule, and for a case that cannot be built;
    it then tells too which cases came out wrong.
    """
    if not form.rules:
        return []
    folder, problems, results = form.folder / "cases", Problems(), list[CaseResult]()
    with problems.gathered():
        _check_names(form, folder)
    with problems.gathered():
        base = load_base(folder / BASE)
        results.append(_try_base(form, base))
        for rule in form.rules:
            with problems.gathered():
                results += _try_all(form, rule, base, folder / f"{rule.id}.toml")
    if problems.sentences:
        problems.sentences += [result.sentence for result in results if not result.is_right]
    problems.raise_if_any()
    return results


def load_base(path: Path) -> dict[str, Any]:
    """The base consignment as complete plain data; raises FormError when the file is no consignment."""
    if not path.is_file():
        raise FormError(f"{path}: is missing; the cases change the consignment it holds.")
    try:
        data = as_plain(tomllib.loads(path.read_text(encoding="utf-8")))
        return dict(as_plain(consignment_from_plain(data)))
    except _MISFITS as error:
        raise FormError(f"{path}: is no consignment: {_reason(error)}.") from error


def _reason(error: Exception) -> str:
    """Why data make no consignment, in words."""
    if isinstance(error, tomllib.TOMLDecodeError | UnicodeDecodeError | OSError):
        return f"it cannot be read ({error})"
    if isinstance(error, LookupError):
        word = str(error.args[0]) if error.args else ""
        return f"there is no place for {error}{nearest_word(word, _field_names())}"
    if isinstance(error, ArithmeticError):
        return "an amount is not a number"
    return f"a field holds what it cannot ({error})"


def _field_names() -> list[str]:
    return sorted({path.rpartition(".")[2] for path in field_paths(consignment_kind())})


def _check_names(form: Form, folder: Path) -> None:
    ids = {rule.id for rule in form.rules}
    names = {path.stem for path in folder.glob("*.toml")} - {Path(BASE).stem}
    problems = [
        f"{folder / f'{name}.toml'}: is missing; every rule has a case that passes and one that fails."
        for name in ids - names
    ]
    problems += [f"{folder / f'{name}.toml'}: there is no rule {name!r}." for name in names - ids]
    if problems:
        raise FormError("\n".join(sorted(problems)))


def _try_base(form: Form, base: Mapping[str, Any]) -> CaseResult:
    found = judge(_paper(form, base, Case(name="base", passes=True)))
    return CaseResult(
        form.folder / "cases" / BASE, "base", "the base consignment", should_pass=True, said=_told(found)
    )


def _try_all(form: Form, rule: Rule, base: Mapping[str, Any], path: Path) -> list[CaseResult]:
    cases = load_cases(path) if path.is_file() else ()
    return [_try(form, rule, case, base, path) for case in cases]


def _try(form: Form, rule: Rule, case: Case, base: Mapping[str, Any], path: Path) -> CaseResult:
    where = f"{path}: case {case.name!r}"
    _check_history(form, case, where)
    data = copy.deepcopy(dict(base))
    for place, value in (*case.changes.items(), *((place, None) for place in case.without)):
        _change(data, place, value, where)
    try:
        found = judge(_paper(form, data, case))
    except FormError as error:
        raise FormError(f"{where}: {error}") from error
    except _MISFITS as error:
        raise FormError(f"{where} cannot be built: {_reason(error)}.") from error
    return CaseResult(path, rule.id, case.name, case.passes, _told(found, rule.id))


def _told(found: tuple[Finding, ...], code: str = "") -> tuple[str, ...]:
    return tuple(finding.message for finding in found if code in ("", finding.code))


def _check_history(form: Form, case: Case, where: str) -> None:
    known = [earlier.name for earlier in form.history]
    for name in case.history:
        if name not in known:
            raise FormError(f"{where}: history: the form asks for no {name!r}{nearest_word(name, known)}.")


def _change(data: dict[str, Any], place: str, value: Any, where: str) -> None:
    try:
        _put(data, place.split("."), value)
    except (LookupError, TypeError, ValueError) as error:
        near = nearest_word(place, list(_places(data)))
        raise FormError(f"{where}: there is no field {place!r}{near}.") from error


def _places(data: Any, above: str = "") -> Iterator[str]:
    """The paths of all fields in plain data, with positions from 0."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, item in items:
        yield f"{above}{step}"
        yield from _places(item, f"{above}{step}.")


def _put(data: Any, steps: list[str], value: Any) -> None:
    """Set the value at a path; None empties it, and the place after the last item of a list adds one.

    A field that is left out gets its own empty value; a count or a yes has none but None itself.
    """
    *way, last = steps
    for step in way:
        data = data[int(step)] if isinstance(data, list) else data[step]
    if isinstance(data, list):
        data[int(last) : int(last) + 1] = [] if value is None else [value]
    elif value is None and not isinstance(data[last], int):
        del data[last]
    else:
        data[last] = value


def _paper(form: Form, data: Mapping[str, Any], case: Case) -> Paper:
    consignment = consignment_from_plain(as_plain(data))
    return Paper(
        form=form,
        edition=form.edition_for(consignment.departure_date),
        consignment=consignment,
        issue=_issue(case.issue, consignment),
        operators=case.operators,
        history=case.history,
        settings=settle(form, case.settings),
    )


def _issue(given: CaseIssue, consignment: Consignment) -> Issue:
    return Issue(
        issuer=consignment.issuing_body if given.issuer is None else ControlBody(**given.issuer),
        issue_date=given.issue_date or consignment.issue_date or consignment.departure_date,
        first_issue_date=given.first_issue_date,
        is_draft=given.is_draft,
        reason=given.reason,
    )
