"""The answer for each label in plain text, on stdout."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import click

from certgen.rules.labels import BASES, LabelAnswer, shown

_STATUS_COLOURS = {"right": "green", "open": "yellow", "wrong": "red"}
_PARTS = (
    ("must", "wording", "Must say"),
    ("may", "wording", "May say"),
    ("must not", "wording", "Must not say"),
    ("must", "appearance", "Must look so"),
    ("must not", "appearance", "Must not look so"),
    ("must", "procedure", "Must be done"),
    ("may", "procedure", "May be done"),
    ("must not", "procedure", "Must not be done"),
)


def tell_answers(answers: Sequence[LabelAnswer]) -> None:
    """Each label with its percentages, claims, duties, questions and what would make it right."""
    for answer in answers:
        _tell_head(answer)
        _tell_claims(answer)
        for modality, about, title in _PARTS:
            found = [item for item in answer.sayings if (item.modality, item.about) == (modality, about)]
            _tell_list(title, (f"{item.says}  [{item.rule}, {item.state}]" for item in found))
        _tell_list(
            "For a person to see",
            (": ".join(filter(None, (item.rule, item.question))) for item in answer.questions),
        )
        _tell_list("What would make it right", answer.remedies)
        click.echo()
    counts = [
        f"{sum(item.status == status for item in answers)} {status}"
        for status in _STATUS_COLOURS
        if any(item.status == status for item in answers)
    ]
    click.echo(f"{len(answers)} label{'s' if len(answers) != 1 else ''}: {', '.join(counts) or 'none'}")


def _tell_head(answer: LabelAnswer) -> None:
    status = click.style(answer.status, fg=_STATUS_COLOURS[answer.status], bold=True)
    record = answer.as_record()
    words = [answer.label.name, record["product"], f"for {record['market']}" if record["market"] else ""]
    click.echo(f"{status}  {'  '.join(word for word in words if word)}")
    for standard in answer.standards:
        click.echo(f"  by {standard.title}")
    notes = dict.fromkeys(standard.note for standard in answer.standards if standard.note)
    _tell_list("To know", notes)
    _tell_list("Organic", _percent_lines(answer))


def _percent_lines(answer: LabelAnswer) -> Iterable[str]:
    """A line for each percentage with the bases that come to it, in the words of the first."""
    bases: dict[Fraction | None, list[str]] = {}
    for basis, percent in answer.percents.items():
        bases.setdefault(percent, []).append(basis)
    unknown = bases.pop(None, [])
    for percent, found in bases.items():
        yield f"{shown(percent):>10}  {BASES[found[0]]} ({', '.join(found)})"
    if unknown:
        yield f"not known  for want of an answer or an amount ({', '.join(unknown)})"


def _tell_claims(answer: LabelAnswer) -> None:
    _tell_list("Claims of this recipe", _claim_lines(answer))
    _tell_list("Seals", (f"{item.verdict:<9} {item.seal}{_cited(item.rules)}" for item in answer.seals))


def _claim_lines(answer: LabelAnswer) -> Iterable[str]:
    """A line for each claim; those of which nothing is known, and which nobody entered, share one."""
    untold = [item for item in answer.claims if not item.rules and item.because]
    shared = [item for item in untold if item.claim != answer.label.claim]
    for item in answer.claims:
        mark = " (the claim entered)" if item.claim == answer.label.claim else ""
        because = f": {' '.join(item.because)}" if item.because else ""
        if item not in shared:
            yield f"{item.verdict:<9} {item.title}{mark}{because}{_cited(item.rules)}"
    if shared:
        titles = "; ".join(item.title for item in shared)
        yield f"{shared[0].verdict:<9} {titles}: {shared[0].because[0]}"


def _cited(rules: Sequence[str]) -> str:
    return f" [{', '.join(rules)}]" if rules else ""


def _tell_list(title: str, lines: Iterable[str]) -> None:
    shown = list(lines)
    if shown:
        click.echo(f"  {title}:")
    for line in shown:
        click.echo(f"    {line}")
