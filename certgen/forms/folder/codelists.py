"""Code lists: CSV files that name their source in `# source: …` lines above the header."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from certgen.errors import FormError
from certgen.forms.model import CodeList
from certgen.forms.roots import COMMON, find_forms_root

_COLUMN = re.compile(r"[a-z][a-z0-9_]*")


def load_code_list(path: Path) -> CodeList:
    """One code list; raises FormError without a source, with a column that is no plain word, or a code twice.

    Its name is the file's with `_` for `-`, so that the form language can say it (`codes.control_bodies`).
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FormError(f"{path}: cannot be read ({error}).") from error
    remarks = [line[1:].strip() for line in text.splitlines() if line.startswith("#")]
    sources = [line.removeprefix("source:").strip() for line in remarks if line.startswith("source:")]
    if not any(sources):
        raise FormError(
            f"{path}: names no source; begin it with a line `# source: …` that says where and when."
        )
    table = csv.reader(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
    rows = [row for row in table if any(cell.strip() for cell in row)]
    return CodeList(path.stem.replace("-", "_"), "; ".join(sources), _by_code(rows, path))


def _by_code(rows: list[list[str]], path: Path) -> dict[str, Mapping[str, str]]:
    header = [title.strip() for title in rows[0]] if rows else []
    if header[:1] != ["code"]:
        raise FormError(f"{path}: the first column must be headed `code`.")
    for title in header:
        if not _COLUMN.fullmatch(title) or header.count(title) > 1:
            raise FormError(f"{path}: column {title!r} must be one word in small letters, and only once.")
    found: dict[str, Mapping[str, str]] = {}
    for row in rows[1:]:
        cells = [cell.strip() for cell in row]
        if len(cells) != len(header) or not cells[0]:
            raise FormError(f"{path}: the row {', '.join(cells)!r} has not the columns of the header.")
        if cells[0] in found:
            raise FormError(f"{path}: code {cells[0]!r} stands there twice.")
        found[cells[0]] = dict(zip(header, cells, strict=True))
    return found


@cache
def load_common_code_lists() -> Mapping[str, CodeList]:
    """The lists that all forms share, by name."""
    folder = find_forms_root() / COMMON / "codes"
    lists = [load_code_list(path) for path in sorted(folder.glob("*.csv"))]
    return {item.name: item for item in lists}
