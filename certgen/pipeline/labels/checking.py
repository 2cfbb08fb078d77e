"""The steps of `label check`: read the label workbook, judge every label, order what is to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from certgen.errors import UnreadableInputError
from certgen.findings import Finding, has_errors
from certgen.forms.label_fields import load_label_vocabulary
from certgen.pipeline.labels.telling import exit_code_of, record_of
from certgen.pipeline.meanings import find_unused_maps
from certgen.pipeline.reading_order import in_reading_order
from certgen.rules.labels import LabelAnswer, answer_label, load_label_rules, read_label
from certgen.workbook import Reading, SheetReading, find_example, read_workbook


@dataclass(frozen=True, slots=True)
class LabelOutcome:
    """What a label workbook comes to: an answer for each label, all findings, how sheets were read."""

    answers: tuple[LabelAnswer, ...]
    findings: tuple[Finding, ...]
    sheets: tuple[SheetReading, ...]

    @property
    def exit_code(self) -> int:
        return exit_code_of(self.findings)

    def as_record(self) -> dict[str, Any]:
        """What `--json` prints."""
        return record_of([answer.as_record() for answer in self.answers], self.findings, self.sheets)


def check_labels(workbook: Path, maps: Mapping[str, str], day: date) -> LabelOutcome:
    """Judge every label of a workbook by the rules in force on this day; the example row is passed over.

    Raises UnreadableInputError for a file that cannot be read or holds no labels, FormError for rules that
    are wrong.
    """
    reading = read_workbook(workbook, load_label_vocabulary(), maps)
    _check_holds_labels(reading)
    examples = [note for source in reading.consignments if (note := find_example(source))]
    standards = load_label_rules()
    answers = tuple(
        replace(answer_label(read_label(source), standards, day), is_misread=has_errors(misread))
        for source, misread in zip(reading.consignments, reading.findings_of, strict=True)
        if find_example(source) is None
    )
    told = [
        *find_unused_maps(maps, [reading]),
        *reading.findings,
        *examples,
        *(item for answer in answers for item in answer.findings),
    ]
    return LabelOutcome(answers, tuple(in_reading_order(told, [reading])), reading.sheets)


def _check_holds_labels(reading: Reading) -> None:
    """Refuse a workbook that is about something else: no row of it has a claim or a recipe."""
    if any("claim" in source.extra or source.tables.get("recipe") for source in reading.consignments):
        return
    raise UnreadableInputError(
        f"{reading.path.name} holds no labels: no row has a claim or a recipe. Start with: certgen new label"
    )
