"""Extracts that are printed by `fill`, which keeps no count of what they take: told, or refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from certgen.errors import RegisterError
from certgen.findings import Finding, make_finding_at
from certgen.forms.model import Extraction
from certgen.pipeline.identity import field_hashes, fingerprint, value_at
from certgen.pipeline.papers.making import Candidate
from certgen.pipeline.papers.parts import dividing_field
from certgen.pipeline.takings import amounts_of, find_kept, original_of
from certgen.register import Register, Status
from certgen.register.acts.splitting import Amount

_IN_FORCE = (Status.ISSUED, Status.DEPLETED)


def judge_extracts(candidates: Iterable[Candidate], register: Register | None) -> list[Candidate]:
    """The candidates; an extract is refused that takes more than remains, and told which is not kept."""
    remains = _Remains(register)
    return [
        candidate.with_findings(_judge(candidate, fields, remains))
        if (fields := candidate.paper.form.extraction) and not candidate.draft_reason
        else candidate
        for candidate in candidates
    ]


@dataclass(slots=True)
class _Remains:
    """What the register has left of each original, less what this run takes of it."""

    register: Register | None
    left: dict[str, dict[int, Amount]] = field(default_factory=dict)

    def of(self, original: str) -> dict[int, Amount]:
        """What remains line by line; nothing where the register has not heard of a split."""
        if original not in self.left:
            found = self.register.remaining(original) if self.register else ()
            self.left[original] = {amount.line: amount for amount in found}
        return self.left[original]

    def take(self, original: str, wanted: Sequence[Amount]) -> Amount | None:
        """Take this from what remains; the first amount of which there is not enough, None when there is."""
        left = self.of(original)
        for amount in wanted if left else ():
            there = left.get(amount.line)
            if there is None or there.unit != amount.unit or there.amount < amount.amount:
                return amount
            left[amount.line] = replace(there, amount=there.amount - amount.amount)
        return None


def _judge(candidate: Candidate, fields: Extraction, remains: _Remains) -> list[Finding]:
    paper, original = candidate.paper, original_of(candidate.paper, fields)
    if not original or not _can_be_counted(candidate, fields):
        return []
    kept = find_kept(paper, fields, remains.register) if remains.register else None
    if kept:
        hashes = field_hashes(paper.form, paper.consignment)
        return [] if kept.fingerprint == fingerprint(hashes) else [_tell("CG448", candidate, original)]
    record = remains.register.find_serial(original) if remains.register else None
    if record and record.status not in _IN_FORCE:
        return [_tell("CG449", candidate, original, status=str(record.status))]
    try:
        lacking = remains.take(original, amounts_of(paper, fields))
    except RegisterError:
        return []
    if lacking:
        return [_tell("CG447", candidate, original, **_words(lacking, remains.of(original)))]
    return [_tell("CG446", candidate, original, workbook=candidate.workbook)]


def _can_be_counted(candidate: Candidate, fields: Extraction) -> bool:
    """Whether every row of the batch says of which line it takes how much; else its own finding tells."""
    consignment = candidate.paper.consignment
    values = (*value_at(consignment, fields.line), *value_at(consignment, fields.amount))
    return all(value is not None for value in values)


def _words(wanted: Amount, left: dict[int, Amount]) -> dict[str, str]:
    there = left.get(wanted.line)
    return {
        "taken": f"{wanted.amount:f} {wanted.unit} of line {wanted.line}",
        "left": f"{there.amount:f} {there.unit}" if there else "no such line",
    }


def _tell(code: str, candidate: Candidate, original: str, **words: str) -> Finding:
    paper = candidate.paper
    return make_finding_at(
        paper.consignment,
        dividing_field(paper.form),
        code,
        form=paper.form.id,
        box="",
        original=original,
        batch=paper.part,
        **words,
    )
