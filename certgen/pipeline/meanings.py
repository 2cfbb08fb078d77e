"""The fields that a header of a workbook may be said to mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from certgen.forms import load_forms, load_vocabulary
from certgen.forms.label_fields import load_label_vocabulary
from certgen.workbook import find_field, require_field


def require_fields(names: Iterable[str], templates: Sequence[Path]) -> None:
    """Raise UsageError for a name that no field has, of labels, of shipments or of any form."""
    common = (load_vocabulary(), load_label_vocabulary())
    for name in names:
        if not any(find_field(name, vocabulary) for vocabulary in common):
            require_field(name, load_vocabulary(load_forms(templates).values()))
