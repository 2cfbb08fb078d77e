"""What differs between a certificate and its successor, and whether the form lets it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from certgen.consignment import Consignment
from certgen.forms.model import Form, Replacement
from certgen.pipeline.identity import field_hashes, value_at
from certgen.pipeline.known import lies_in
from certgen.register import compare_fields

LINES = "the number of product lines"


@dataclass(frozen=True, slots=True)
class Correction:
    """The fields that differ, those of them that may not, and those that an officer must confirm."""

    changed: tuple[str, ...]
    forbidden: tuple[str, ...]
    to_confirm: tuple[str, ...]


def compare(form: Form, rules: Replacement, old: Consignment, new: Consignment) -> Correction:
    """Judge a correction by the form's own rules for replacements."""
    changes = compare_fields(field_hashes(form, old), field_hashes(form, new))
    changed = tuple(sorted({*changes.filled, *changes.changed}))
    forbidden = [path for path in changed if lies_in(path, rules.fixed)]
    if len(old.products) != len(new.products):
        forbidden.insert(0, LINES)
    to_confirm = [path for path in changed if lies_in(path, rules.confirm)]
    to_confirm += [path for path in rules.confirm_if_more if _has_risen(old, new, path)]
    return Correction(changed, tuple(forbidden), tuple(to_confirm))


def _has_risen(old: Consignment, new: Consignment, path: str) -> bool:
    """Whether an amount is more than it was, or cannot be compared with what it was."""
    before, after = list(_amounts(value_at(old, path))), list(_amounts(value_at(new, path)))
    if len(before) != len(after):
        return True
    return any(
        now != was and (None in (now, was) or now[1] != was[1] or now[0] > was[0])
        for was, now in zip(before, after, strict=True)
    )


def _amounts(value: Any) -> Iterable[Any]:
    """The amounts of a value with their units, in their order; None where there is none."""
    if isinstance(value, tuple):
        for item in value:
            yield from _amounts(item)
    elif isinstance(value, Decimal):
        yield value, ""
    else:
        yield (value.amount, value.unit) if value is not None else None
