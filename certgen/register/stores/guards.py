"""What the tables themselves refuse, whoever writes to them and with whatever program."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """An act (`UPDATE` or `DELETE`) that the database refuses on a table."""

    table: str
    act: str
    done: str

    @property
    def sentence(self) -> str:
        return f"nothing in a register is ever {self.done}"


@dataclass(frozen=True, slots=True)
class Alone:
    """Rows whose place no new row may take, by any of their keys.

    For SQLite, where `INSERT OR REPLACE` deletes such a row and no trigger on deleting is asked. PostgreSQL
    knows no such statement.
    """

    table: str
    keys: tuple[str, ...]
    sentence = "nothing in a register is ever replaced by another row"

    @property
    def condition(self) -> str:
        either = " OR ".join(f"({key})" for key in self.keys)
        return f"EXISTS (SELECT 1 FROM {self.table} WHERE {either})"  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True)
class Fixed:
    """Columns of a table that keep what was first written there; the others follow a certificate's life."""

    table: str
    columns: tuple[str, ...]
    name = "fixed"
    sentence = "nothing in a register is ever rewritten"

    @property
    def condition(self) -> str:
        return " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in self.columns)


@dataclass(frozen=True, slots=True)
class Ended:
    """Rows that nothing changes any more."""

    table: str
    condition: str
    name = "ended"
    sentence = "nothing in a register is ever rewritten once it has ended"


Guard = Kept | Alone | Fixed | Ended

_EXTRACT_IN_FORCE = "serial = NEW.serial AND status = 'issued' AND NEW.status = 'issued'"
_RECORD_IN_FORCE = (
    "issuer = NEW.issuer AND form = NEW.form AND exporter = NEW.exporter AND reference = NEW.reference "
    "AND part = NEW.part AND status IN ('pending', 'issued', 'depleted') "
    "AND NEW.status IN ('pending', 'issued', 'depleted')"
)

NOTHING_GOES: tuple[Guard, ...] = (
    Alone(
        "records",
        (
            *("entry = NEW.entry", "serial = NEW.serial"),
            *("series = NEW.series AND number = NEW.number", _RECORD_IN_FORCE),
        ),
    ),
    Alone("papers", ("rowid = NEW.rowid", "serial = NEW.serial")),
    Alone("pdfs", ("entry = NEW.entry", "serial = NEW.serial AND sha256 = NEW.sha256")),
    Alone("pieces", ("entry = NEW.entry", "sha256 = NEW.sha256")),
    Alone("pdf_pieces", ("pdf = NEW.pdf AND place = NEW.place",)),
    Alone("journal", ("entry = NEW.entry",)),
    Alone("originals", ("rowid = NEW.rowid", "original = NEW.original AND line = NEW.line")),
    Alone("extracts", ("entry = NEW.entry", _EXTRACT_IN_FORCE)),
    Alone("extract_lines", ("rowid = NEW.rowid", "extract = NEW.extract AND line = NEW.line")),
    Alone("exporters", ("rowid = NEW.rowid", "name = NEW.name")),
    Kept("exporters", "UPDATE", "rewritten"),
    Kept("exporters", "DELETE", "deleted"),
    Fixed(
        "records",
        (
            *("entry", "serial", "series", "number", "issuer", "form", "exporter", "reference", "part"),
            *("pattern", "issue_date", "edition", "variant", "form_hash", "output_name", "output_folder"),
            *("made_at", "replaces", "first_issue_date"),
        ),
    ),
    Fixed("papers", ("rowid", "serial")),
    Fixed("extracts", ("entry", "original", "batch", "serial", "fingerprint", "pdf_sha256")),
    Ended("records", "OLD.status = 'void' OR (OLD.status = 'replaced' AND OLD.replaced_by <> '')"),
    Ended("extracts", "OLD.status = 'void'"),
)
"""A journal kept by triggers on `UPDATE` and `DELETE` alone could be emptied by putting rows in its place."""


def quoted(name: str) -> str:
    """A name as both databases read it, whoever chose it."""
    return '"' + name.replace('"', '""') + '"'
