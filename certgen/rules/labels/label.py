"""A label as the workbook tells of it: its fields, its recipe, a person's answers, each with its cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import Any

from certgen.consignment import Cell, Consignment
from certgen.forms.declared import typed_row
from certgen.forms.label_fields import load_label_vocabulary
from certgen.forms.vocabulary import Vocabulary

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Label:
    """One label for one market.

    `fields` are its columns by name, `recipe` the rows of its recipe, `answers` what a person answered by
    rule. `source` is the workbook's record of it, whose cells findings point at.
    """

    name: str
    fields: Row
    recipe: tuple[Row, ...] = ()
    answers: Mapping[str, bool] = field(default_factory=dict)
    source: Consignment = field(default_factory=Consignment)

    @property
    def claim(self) -> str:
        return str(self.fields.get("claim") or "none")

    def with_claim(self, claim: str) -> Label:
        """The same product under another claim, without a seal."""
        return replace(self, fields={**self.fields, "claim": claim, "seals": ()})

    def with_seals(self, seals: Iterable[str]) -> Label:
        """The same label with other seals."""
        return replace(self, fields={**self.fields, "seals": tuple(seals)})

    def find_cell(self, column: str, row: int | None = None) -> Cell | None:
        """The cell of a column of the label, or of a row of its recipe; else that of its name."""
        place = f"extra.{column}" if row is None else f"tables.recipe.{row}.{column}"
        return self.source.cells.get(place) or self.source.find_cell(place if row is not None else "")


def read_label(source: Consignment) -> Label:
    """The label of one row of the workbook, with the rows that name it."""
    types = label_types()
    answers = (typed_row(row, "tables.answers", types) for row in source.tables.get("answers", ()))
    return Label(
        name=source.reference,
        fields={"name": source.reference, **typed_row(source.extra, "extra", types)},
        recipe=tuple(typed_row(row, "tables.recipe", types) for row in source.tables.get("recipe", ())),
        answers={row["rule"]: row["answer"] for row in answers if "rule" in row and "answer" in row},
        source=source,
    )


@cache
def label_types() -> Mapping[str, str]:
    """The type of every field of a label workbook, by path."""
    return MappingProxyType({item.path: item.type for item in label_vocabulary().fields})


@cache
def label_vocabulary() -> Vocabulary:
    """The fields of a label workbook, read once."""
    return load_label_vocabulary()
