"""The fields that a header of a workbook may be said to mean, and what was said of no header there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from certgen.findings import Finding, make_finding
from certgen.forms import load_forms, load_vocabulary
from certgen.forms.label_fields import load_label_vocabulary
from certgen.toml_file import nearest_word
from certgen.workbook import Reading, find_field, require_field, squeeze


def require_fields(names: Iterable[str], templates: Sequence[Path]) -> None:
    """Raise UsageError for a name that no field has, of labels, of shipments or of any form."""
    common = (load_vocabulary(), load_label_vocabulary())
    for name in names:
        if not any(find_field(name, vocabulary) for vocabulary in common):
            require_field(name, load_vocabulary(load_forms(templates).values()))


def find_unused_maps(maps: Iterable[str], readings: Sequence[Reading]) -> list[Finding]:
    """A warning for each header given a meaning that no sheet of these workbooks has, with the nearest."""
    headers = list({header for reading in readings for sheet in reading.sheets for header in sheet.headers})
    known = {squeeze(header) for header in headers}
    files = ", ".join(f"{reading.path.name}.map.toml" for reading in readings)
    return [
        make_finding("CG192", header=header, near=nearest_word(header, headers), files=files)
        for header in maps
        if squeeze(header) not in known
    ]
