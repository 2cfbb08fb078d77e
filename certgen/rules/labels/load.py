"""The label standards that are shipped, read from their files and found right."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from certgen.errors import FormError
from certgen.findings import Severity
from certgen.forms.folder.problems import Problems
from certgen.forms.label_fields import labels_folder
from certgen.forms.language.expressions import (
    CompiledExpression,
    CompiledTemplate,
    compile_condition,
    compile_expression,
    compile_template,
)
from certgen.forms.language.kinds import Scope
from certgen.rules.labels.names import label_scope, row_scope
from certgen.rules.labels.recipe import BASES
from certgen.rules.labels.records import LabelRuleRecord, StandardFile
from certgen.rules.labels.ruleset import Claim, LabelRule, Standard
from certgen.toml_file import load_toml

UNVERIFIED = "-M"
"""How the id of a rule ends whose source nobody has seen."""


@cache
def load_label_rules() -> tuple[Standard, ...]:
    """Every shipped standard, in the order of their files; raises FormError with all that is wrong."""
    problems, standards = Problems(), list[Standard]()
    for path in sorted((labels_folder() / "rules").glob("*.toml")):
        with problems.gathered():
            standards.append(load_standard(path))
    seen = set[str]()
    for rule in (rule for standard in standards for rule in standard.rules):
        if rule.id in seen:
            problems.add(rule.standard, f"rule {rule.id} stands there twice; rule ids are unique.")
        seen.add(rule.id)
    problems.raise_if_any()
    return tuple(standards)


def load_standard(path: Path) -> Standard:
    """The standard of one file; raises FormError naming file, rule and key."""
    file = load_toml(path, StandardFile, FormError)
    problems, rules = Problems(), list[LabelRule]()
    ids = {record.id for record in file.rule}
    for claim in file.claim:
        for rule in (rule for rule in claim.rests_on if rule not in ids):
            problems.add(f"{path}: claim {claim.key}", f"rests_on: there is no rule {rule!r} in this file.")
    for record in file.rule:
        with problems.gathered():
            rules.append(_build(record, file.standard.id, f"{path}: rule {record.id}"))
    problems.raise_if_any()
    return Standard(
        id=file.standard.id,
        title=file.standard.title,
        schemes=file.standard.schemes,
        applies=compile_condition(file.standard.applies, f"{path}: applies", label_scope()),
        note=file.standard.note,
        claims=tuple(Claim(record.key, record.title, record.rests_on) for record in file.claim),
        rules=tuple(rules),
    )


def _build(record: LabelRuleRecord, standard: str, where: str) -> LabelRule:
    _check(record, where)
    scope = row_scope() if record.each else label_scope()
    return LabelRule(
        id=record.id,
        standard=standard,
        category=record.category,
        modality=record.modality,
        severity=Severity(record.severity),
        about=record.about,
        claims=record.claims,
        basis=record.basis,
        seals=record.seals,
        each=record.each,
        field=record.field,
        when=_condition(record.when, f"{where}: when", scope),
        needs=tuple(compile_expression(need, f"{where}: needs", scope) for need in record.needs),
        check=_condition(record.check, f"{where}: check", scope),
        uses=_condition(record.uses, f"{where}: uses", scope),
        ask=record.ask,
        doubt=_condition(record.doubt, f"{where}: doubt", scope),
        doubt_message=_text(record.doubt_message, f"{where}: doubt_message", scope),
        open=_text(record.open, f"{where}: open", scope),
        says=record.says,
        message=_text(record.message or f"This rule is not kept: {record.says}", f"{where}: message", scope),
        fix=_text(record.fix, f"{where}: fix", scope),
        quote=record.quote,
        cites=record.cites,
        valid_from=record.valid_from,
        valid_until=record.valid_until,
    )


def _check(record: LabelRuleRecord, where: str) -> None:
    """Refuse what makes no rule: a duty that nothing judges, an unverified fact that refuses a label."""
    problems = Problems()
    if record.modality != "may" and bool(record.check) == bool(record.ask):
        problems.add(where, "has either a check or a question (ask).")
    if record.id.endswith(UNVERIFIED) and record.severity == "error":
        problems.add(where, "is not verified, so that it warns at most.")
    if record.basis and record.basis not in BASES:
        problems.add(where, f"basis: there are {', '.join(BASES)}.")
    if bool(record.doubt) != bool(record.doubt_message):
        problems.add(where, "doubt and doubt_message go together.")
    if (record.check or record.ask) and record.severity == "error" and not record.fix:
        problems.add(where, "says no fix.")
    problems.raise_if_any()


def _condition(source: str | None, where: str, scope: Scope) -> CompiledExpression | None:
    return compile_condition(source, where, scope) if source else None


def _text(source: str, where: str, scope: Scope) -> CompiledTemplate:
    return compile_template(source, where, scope)
