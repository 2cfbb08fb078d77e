"""What is wrong with the user's data: a code, the cell it stands in, the box it feeds and what to do.

The words of certgen's own findings are data (`messages/<language>/*.toml`), looked up by code, so that
they can be translated; a form's rules bring their own words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from certgen.consignment import Cell, Consignment


class Severity(StrEnum):
    """How much a finding weighs: an error refuses the consignment, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell the user.

    `cell` is where it stands in the workbook (None when it concerns no single cell); `field` is the path of
    the consignment field, `form` and `box` what the field feeds, `cites` the source of the rule and
    `consignment` the reference of the consignment it belongs to ("" when it concerns the whole workbook).
    """

    code: str
    slug: str
    severity: Severity
    message: str
    fix: str
    cell: Cell | None = None
    field: str = ""
    form: str = ""
    box: str = ""
    cites: str = ""
    consignment: str = ""

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    def as_record(self) -> dict[str, Any]:
        """The finding as `--json` prints it."""
        cell = self.cell or Cell()
        return {
            "code": self.code,
            "slug": self.slug,
            "severity": str(self.severity),
            "workbook": cell.workbook,
            "sheet": cell.sheet,
            "cell": cell.cell,
            "header": cell.header,
            "value": cell.text,
            "field": self.field,
            "form": self.form,
            "box": self.box,
            "message": self.message,
            "fix": self.fix,
            "cites": self.cites,
            "consignment": self.consignment,
        }


def make_finding(
    code: str,
    *,
    cell: Cell | None = None,
    field: str = "",
    form: str = "",
    box: str = "",
    consignment: str = "",
    **words: object,
) -> Finding:
    """Build one of certgen's own findings; `words`, form, box and consignment fill the braces of its text.

    Raises KeyError for a code that the catalogue does not hold or a word that its sentence lacks.
    """
    entry = load_catalogue()[code]
    words |= {"form": form, "box": box, "consignment": consignment}
    return Finding(
        code=code,
        slug=entry["slug"],
        severity=Severity(entry["severity"]),
        message=entry["message"].format(**words),
        fix=entry["fix"].format(**words),
        cell=cell,
        field=field,
        form=form,
        box=box,
        cites=entry.get("cites", ""),
        consignment=consignment,
    )


def make_finding_at(
    consignment: Consignment, path: str, code: str, *, form: str = "", box: str = "", **words: object
) -> Finding:
    """One of certgen's own findings about a field of a consignment, at its cell or the nearest one."""
    return make_finding(
        code,
        cell=consignment.find_cell(path),
        field=path,
        form=form,
        box=box,
        consignment=consignment.name,
        **words,
    )


@cache
def load_catalogue(language: str = "en") -> dict[str, dict[str, str]]:
    """All sentences of certgen's own findings in one language, by code."""
    catalogue: dict[str, dict[str, str]] = {}
    for source in sorted((files("certgen") / "messages" / language).iterdir(), key=lambda entry: entry.name):
        for code, entry in tomllib.loads(source.read_text(encoding="utf-8")).items():
            if code in catalogue:
                raise ValueError(f"{source.name}: {code} is already taken")
            catalogue[code] = entry
    return catalogue


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of these findings refuses its consignment."""
    return any(finding.is_error for finding in findings)
