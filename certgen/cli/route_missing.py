"""What the workbook lacks for the papers owed: a hundred lines without a code are one remark."""

from __future__ import annotations

from collections.abc import Sequence

from certgen.cli.route_words import place
from certgen.findings import Finding

PLACES_SHOWN = 3


def gather_missing(missing: Sequence[Finding], *, is_several: bool) -> list[tuple[str, list[str]]]:
    """Cells with what to do there, and the fields that are empty; of several forms the form is named."""
    fields: dict[tuple[str, str, str], list[str]] = {}
    for finding in missing:
        todo, quote, labels = finding.fix.partition("“")
        label = f"{quote}{labels.rstrip('.')}"
        fields.setdefault((todo, label, _feeds(finding, is_several=is_several)), []).append(place(finding))
    groups: dict[str, list[str]] = {}
    for (todo, label, feeds), places in fields.items():
        count = f"{len(places)} times" if len(places) > 1 else ""
        words = ", ".join(word for word in (feeds, count) if word)
        groups.setdefault(f"{_where(places)}{todo}", []).append(f"{label} ({words})" if words else label)
    return [*groups.items()]


def _feeds(finding: Finding, *, is_several: bool) -> str:
    words = [f"box {finding.box}" if finding.box else "", finding.form if is_several else ""]
    return " of ".join(word for word in words if word)


def _where(places: Sequence[str]) -> str:
    """The first cells, each once, and how many more."""
    cells = [cell.removesuffix(": ") for cell in dict.fromkeys(places) if cell]
    more = f" and {len(cells) - PLACES_SHOWN} more" if len(cells) > PLACES_SHOWN else ""
    return f"{', '.join(cells[:PLACES_SHOWN])}{more}: " if cells else ""
