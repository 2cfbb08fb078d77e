"""The rules of a form, built from `rules.toml`."""

from __future__ import annotations

import re
from collections.abc import Collection

from certgen.errors import FormError
from certgen.findings import Severity
from certgen.forms.folder.problems import Problems
from certgen.forms.folder.records import RuleRecord, RulesFile
from certgen.forms.language.expressions import (
    CompiledExpression,
    compile_condition,
    compile_expression,
    compile_template,
)
from certgen.forms.language.kinds import NUMBER, Kind, Scope, field_paths, find_kind
from certgen.forms.model import Rule
from certgen.toml_file import nearest_word


def build_rules(
    file: RulesFile, where: str, scope: Scope, boxes: Collection[str], problems: Problems
) -> tuple[Rule, ...]:
    """The rules in the order of the file; what is wrong with them goes to `problems`."""
    rules: list[Rule] = []
    taken = set[str]()
    for record in file.rule:
        place = f"{where}: rule {record.id}"
        if record.id in taken:
            problems.add(place, "stands there twice; rule ids are unique.")
        taken.add(record.id)
        if re.match(r"CG\d", record.id):
            problems.add(place, "ids that begin with CG and a digit are certgen's own; choose another.")
        if record.box and record.box not in boxes:
            problems.add(
                place, f"box: there is no box {record.box!r}{nearest_word(record.box, list(boxes))}."
            )
        with problems.gathered():
            rules.append(_build_rule(record, place, scope))
    return tuple(rules)


def _build_rule(record: RuleRecord, where: str, scope: Scope) -> Rule:
    problems = Problems()
    root = Kind("consignment", {name: scope.kinds[name] for name in scope.paths})
    with problems.gathered():
        if record.each:
            items = _items(record.each, where, scope)
            root = items.kind.item or root
            scope = scope.with_name("item", root, items.path).with_name("number", NUMBER)
    with problems.gathered():
        _check_field(record.field, root, where)
    rule: Rule | None = None
    with problems.gathered():
        rule = _compiled(record, where, scope)
    problems.raise_if_any()
    if rule is None:
        raise FormError(f"{where}: cannot be built.")
    return rule


def _items(each: str, where: str, scope: Scope) -> CompiledExpression:
    items = compile_expression(each, f"{where}: each", scope)
    if not items.kind.is_list or items.path != each:
        raise FormError(
            f"{where}: each: {each} is {items.kind.name}; name a list of the consignment, as products."
        )
    return items


def _check_field(path: str, root: Kind, where: str) -> None:
    if path and find_kind(root, path) is None:
        raise FormError(f"{where}: field: there is no field {path!r}{nearest_word(path, field_paths(root))}.")


def _compiled(record: RuleRecord, where: str, scope: Scope) -> Rule:
    return Rule(
        id=record.id,
        slug=record.slug,
        box=record.box,
        severity=Severity(record.severity),
        each=record.each,
        field=record.field,
        when=compile_condition(record.when, f"{where}: when", scope) if record.when else None,
        must=compile_condition(record.must, f"{where}: must", scope),
        message=compile_template(record.message, f"{where}: message", scope),
        fix=compile_template(record.fix, f"{where}: fix", scope),
        cites=record.cites,
    )
