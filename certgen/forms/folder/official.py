"""The official blank of a form: its PDF held against the hash in `form.toml`, its fields as parts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from certgen.errors import FormError
from certgen.forms.folder.box_records import OfficialRecord
from certgen.forms.folder.problems import Problems
from certgen.forms.folder.records import BlankRecord
from certgen.forms.language.expressions import compile_condition, compile_template
from certgen.forms.language.kinds import Scope
from certgen.forms.model import (
    FillPart,
    Frame,
    OfficialBlank,
    OfficialPart,
    Part,
    Room,
    SpacePart,
    TickPart,
)

BLANK = "official.pdf"


def find_blank(folder: Path, record: BlankRecord | None, problems: Problems) -> OfficialBlank | None:
    """The blank that `[official]` names; a blank that is missing, changed or not named is a problem."""
    path, where = folder / BLANK, str(folder / "form.toml")
    if record is None:
        if path.is_file():
            problems.add(where, f"{BLANK} lies in the folder, but there is no [official] that names it.")
        return None
    if not path.is_file():
        problems.add(where, f"official: {path} is missing.")
    else:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != record.sha256:
            problems.add(
                where,
                f"official.sha256: {BLANK} is another file (its hash is {found}). If it is a new edition "
                "of the blank, import it again.",
            )
    return _describe(path, record, where, problems)


def _describe(path: Path, record: BlankRecord, where: str, problems: Problems) -> OfficialBlank:
    """What `[official]` says of the blank; what contradicts itself is a problem."""
    note = record.note
    if note is not None:
        width, height = record.pages_mm[note.page - 1] if note.page <= len(record.pages_mm) else (0.0, 0.0)
        if note.at[0] + note.at[2] > width or note.at[1] + note.at[3] > height:
            problems.add(where, f"official.note: {list(note.at)} is not on page {note.page} of the blank.")
    if record.keep_fields and record.overflow is Room.REPEAT:
        problems.add(
            where,
            "official.keep_fields: the fields of a repeated blank cannot stay fields, since each would be "
            'there twice; choose overflow = "continue".',
        )
    return OfficialBlank(
        path=path,
        sha256=record.sha256,
        page_sizes_mm=record.pages_mm,
        overflow=record.overflow,
        note=(note.page, Frame(*note.at)) if note else None,
        keeps_fields=record.keep_fields,
    )


def build_official_part(record: OfficialRecord, frame: Frame, where: str, values: Scope) -> OfficialPart:
    """A field of the blank; raises FormError for words that contradict one another."""
    if record.text is not None and record.when is not None:
        raise FormError(f"{where}: has both `text` and `when`; a field says something or is ticked.")
    if record.stays_fillable and (record.text is not None or record.when is not None):
        raise FormError(f"{where}: stays_fillable is for a field that certgen leaves empty.")
    if record.option and record.text is not None:
        raise FormError(f"{where}: `option` goes with `when`; a choice field is given its words by `text`.")
    if record.size_pt is not None and record.min_size_pt > record.size_pt:
        raise FormError(f"{where}: min_size_pt {record.min_size_pt:g} is larger than size_pt.")
    text = compile_template(record.text, f"{where}: text", values) if record.text is not None else None
    when = compile_condition(record.when, f"{where}: when", values) if record.when is not None else None
    return OfficialPart(
        frame=frame,
        field=record.field,
        option=record.option,
        text=text,
        when=when,
        size_pt=record.size_pt,
        min_size_pt=record.min_size_pt,
        stays_fillable=record.stays_fillable,
        kind=record.kind,
        choices=record.choices,
        max_length=record.max_length,
    )


def check_official_parts(
    parts: Sequence[Part], where: str, blank: OfficialBlank | None, problems: Problems
) -> None:
    """Fields of a blank need a blank, and a blank brings its own fields and rooms for hands."""
    for part in parts:
        if blank is None and isinstance(part, OfficialPart):
            problems.add(where, f"names the field {part.field!r}, but form.toml has no [official] blank.")
        elif blank is not None and (
            isinstance(part, FillPart | SpacePart) or (isinstance(part, TickPart) and part.field)
        ):
            problems.add(
                where,
                "a form on an official blank has the blank's own fields and rooms; name [[box.official]].",
            )
