"""What a form says of certificates that are replaced or split."""

from __future__ import annotations

from certgen.forms.folder.problems import Problems
from certgen.forms.folder.records import FormFile
from certgen.forms.language.kinds import Kind, field_paths, find_kind
from certgen.forms.model import Extraction, Replacement
from certgen.toml_file import nearest_word


def build_replacement(file: FormFile) -> Replacement | None:
    """What a replacement may change; None where nothing may be replaced."""
    said = file.replacement
    return Replacement(said.fixed, said.confirm, said.confirm_if_more, said.cites) if said else None


def build_extraction(file: FormFile) -> Extraction | None:
    """Where an extract form says what is split; None for any other form."""
    said = file.extract
    return Extraction(said.original, said.line, said.amount) if said else None


def check_succession(file: FormFile, whole: Kind, where: str, problems: Problems) -> None:
    """What is wrong with `[replacement]` and `[extract]` goes to `problems`."""
    check_replacement(file, whole, where, problems)
    if file.extract is None:
        return
    if not file.one_per or file.one_per == "consignment":
        problems.add(where, "extract: an extract form names the field of the batch number in one_per.")
    for key in ("original", "line", "amount"):
        path = getattr(file.extract, key)
        if find_kind(whole, path) is None:
            near = nearest_word(path, field_paths(whole))
            problems.add(where, f"extract.{key}: there is no field {path!r}{near}.")


def check_replacement(file: FormFile, whole: Kind, where: str, problems: Problems) -> None:
    """What is wrong with `[replacement]` goes to `problems`."""
    said = file.replacement
    if said is None:
        return
    for key, paths in (
        ("fixed", said.fixed),
        ("confirm", said.confirm),
        ("confirm_if_more", said.confirm_if_more),
    ):
        for path in paths:
            if find_kind(whole, path) is None:
                near = nearest_word(path, field_paths(whole))
                problems.add(where, f"replacement.{key}: there is no field {path!r}{near}.")
