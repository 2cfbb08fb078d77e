"""The field that a user confirmed for a header, found by its name."""

from __future__ import annotations

from certgen.errors import UsageError
from certgen.forms.vocabulary import Field, Vocabulary
from certgen.toml_file import nearest_word
from certgen.workbook.folding import squeeze


def find_field(word: str, vocabulary: Vocabulary) -> Field | None:
    """The field that the right side of `--map` names, by path or label; None when no field is called so."""
    wanted = squeeze(word)
    for item in vocabulary.fields:
        if wanted in {squeeze(item.path), *(squeeze(label) for label in item.labels.values())}:
            return item
    return None


def require_field(word: str, vocabulary: Vocabulary) -> Field:
    """The field that `find_field` finds; raises UsageError with the nearest name where it finds none."""
    found = find_field(word, vocabulary)
    if found:
        return found
    near = nearest_word(word, [item.label() for item in vocabulary.fields])
    raise UsageError(
        f"There is no field {word!r}{near}. A header is mapped to a field by its name, "
        "in --map or in the .map.toml beside the workbook."
    )
