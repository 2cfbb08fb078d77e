"""How the outcome of a label rule becomes a finding or a question, at the cell it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from certgen.consignment import Cell
from certgen.findings import Finding, Severity, make_finding
from certgen.rules.labels.label import Label, label_vocabulary
from certgen.rules.labels.outcome import Outcome, State
from certgen.rules.labels.ruleset import LabelRule, Standard
from certgen.toml_file import nearest_word

_SLUGS = {"must": "label-must", "must not": "label-must-not", "may": "label-not-permitted"}


def tell(outcome: Outcome, label: Label) -> Finding:
    """What is wrong; of what the sources leave open, a warning."""
    rule, names = outcome.rule, outcome.names
    is_doubt = outcome.state is State.DOUBTFUL
    severity = rule.severity
    if is_doubt and severity is Severity.ERROR:
        severity = Severity.WARNING
    return Finding(
        code=rule.id,
        slug="label-in-doubt" if is_doubt else _SLUGS[rule.modality],
        severity=severity,
        message=(rule.doubt_message if is_doubt else rule.message).render(names),
        fix="Ask the certifier." if is_doubt else rule.fix.render(names),
        cell=label.find_cell(rule.field or "claim", outcome.row),
        field=_path(outcome),
        form=rule.standard,
        cites=rule.cites,
        consignment=label.name,
    )


def tell_question(outcome: Outcome, label: Label) -> Finding:
    """A question that is still open, at the cell that would answer it."""
    rule = outcome.rule
    todo = (
        f"On the sheet of answers, write {rule.id} with yes or no." if rule.ask else "Fill in what is asked."
    )
    told = make_finding(
        "CG475",
        cell=label.find_cell("name" if rule.ask else rule.field, outcome.row),
        field=_path(outcome),
        form=rule.standard,
        consignment=label.name,
        rule=rule.id,
        question=question_of(outcome),
        todo=todo,
    )
    return replace(told, cites=rule.cites)


def question_of(outcome: Outcome) -> str:
    """The question of a rule; where a value is not stated, what the rule would be judged by."""
    rule = outcome.rule
    if rule.ask:
        return rule.ask
    told = rule.open.render(outcome.names)
    where = f" of {outcome.names['item'].get('name', '')}" if outcome.row is not None else ""
    column = label_vocabulary().label(column_of(rule, is_row=outcome.row is not None))
    return told or f"“{column}”{where} is not stated, and this depends on it: {rule.says}"


def column_of(rule: LabelRule, *, is_row: bool) -> str:
    """The path of the column that a rule is about."""
    return f"{'tables.recipe' if is_row else 'extra'}.{rule.field or 'claim'}"


def tell_unjudged(label: Label, *, is_bound: bool, is_claim_known: bool) -> Iterator[Finding]:
    """What no rule looked at: a label that none binds, a market that is not named, a claim none speaks of."""
    unjudged = {
        "CG476": (not is_bound, "standard"),
        "CG479": (not label.fields.get("market"), "market"),
        "CG495": (not is_claim_known, "claim"),
        "CG496": (not label.fields.get("claim"), "claim"),
    }
    for code, (is_so, column) in unjudged.items():
        if is_so:
            cell, path = label.find_cell(column), f"extra.{column}"
            yield make_finding(code, cell=cell, field=path, consignment=label.name, label=label.name)


def find_answer_faults(label: Label, standards: Iterable[Standard]) -> list[Finding]:
    """Answers to questions that no rule asks."""
    asked = [rule.id for standard in standards for rule in standard.rules if rule.ask]
    return [
        make_finding(
            "CG477",
            cell=_answer_cell(label, rule),
            field="tables.answers",
            consignment=label.name,
            rule=rule,
            near=nearest_word(rule, asked),
        )
        for rule in label.answers
        if rule not in asked
    ]


def _answer_cell(label: Label, rule: str) -> Cell | None:
    cells = label.source.cells
    found = (cell for path, cell in cells.items() if path.startswith("tables.answers.") and cell.text == rule)
    return next(found, label.find_cell("name"))


def _path(outcome: Outcome) -> str:
    column = outcome.rule.field
    return f"tables.recipe.{outcome.row}.{column}" if outcome.row is not None else f"extra.{column}"
