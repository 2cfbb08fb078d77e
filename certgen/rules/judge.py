"""Judge one paper: the fields its form cannot do without, then every rule of the form."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from certgen.consignment import Consignment
from certgen.findings import Finding
from certgen.forms.model import Rule
from certgen.forms.paper import Paper
from certgen.rules.places import find_cell, is_unread
from certgen.rules.required import find_missing


def judge(paper: Paper, unread: Set[str] = frozenset()) -> tuple[Finding, ...]:
    """Everything that is wrong with this paper, in the order of the form's rules.

    A required field that a rule already refuses is told once, in the words of the rule. Of a field among
    `unread`, whose cell was refused when it was read, nothing more is told: it is empty for that reason.
    Raises FormError when an expression of the form fails.
    """
    names = {**paper.names(), "whole": paper.whole}
    items = {each: items_of(each, names) for each in {rule.each for rule in paper.form.rules}}
    told = [
        tell(rule, paper.consignment, inside, path, paper.form.id)
        for rule in paper.form.rules
        for path, inside in items[rule.each]
        if is_broken(rule, inside)
    ]
    refused = {finding.field for finding in told if finding.is_error}
    missing = [finding for finding in find_missing(paper, names) if finding.field not in refused]
    return tuple(
        finding for finding in (*missing, *told) if not is_unread(paper.consignment, finding.field, unread)
    )


def items_of(each: str, names: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """What a rule is judged on: the path and the names of each item, or of the consignment as a whole."""
    if not each:
        return [("", names)]
    value: Any = names
    for step in each.split("."):
        value = value[step] if isinstance(value, Mapping) else getattr(value, step)
    return [
        (f"{each}.{place}", {**names, "item": item, "number": place + 1}) for place, item in enumerate(value)
    ]


def is_broken(rule: Rule, names: Mapping[str, Any]) -> bool:
    """Whether the rule applies to these names and does not hold."""
    if rule.when is not None and not rule.when.evaluate(names):
        return False
    return not rule.must.evaluate(names)


def tell(
    rule: Rule, consignment: Consignment, names: Mapping[str, Any], item: str, form: str = ""
) -> Finding:
    """What a broken rule says of the consignment, or of its item at this path."""
    path = f"{item}.{rule.field}".strip(".")
    return Finding(
        code=rule.id,
        slug=rule.slug,
        severity=rule.severity,
        message=rule.message.render(names),
        fix=rule.fix.render(names),
        cell=find_cell(consignment, path),
        field=path,
        form=form,
        box=rule.box,
        cites=rule.cites,
        consignment=consignment.name,
    )
