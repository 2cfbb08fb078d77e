"""What a form says of certificates that are replaced."""

from __future__ import annotations

from certgen.forms.kinds import Kind, field_paths, find_kind
from certgen.forms.model import Replacement
from certgen.forms.problems import Problems
from certgen.forms.records import FormFile
from certgen.toml_file import nearest_word


def build_replacement(file: FormFile) -> Replacement | None:
    """What a replacement may change; None where nothing may be replaced."""
    said = file.replacement
    return Replacement(said.fixed, said.confirm, said.confirm_if_more, said.cites) if said else None


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
