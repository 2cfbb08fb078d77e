"""The code lists that label rules read: words for organic, water, salt and honey, food groups, countries."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from certgen.forms.folder.codelists import load_code_list
from certgen.forms.label_fields import labels_folder
from certgen.forms.language.words import fold
from certgen.forms.model import CodeList


@cache
def label_codes() -> Mapping[str, CodeList]:
    """The code lists by name."""
    lists = [load_code_list(path) for path in sorted((labels_folder() / "codes").glob("*.csv"))]
    return {item.name: item for item in lists}


@cache
def kinds_by_name() -> Mapping[str, str]:
    """What a row of a recipe plainly is by its name alone, folded: `eau` is water, `sea salt` is salt."""
    lists = {"water": "water_words", "salt": "salt_words"}
    return MappingProxyType(
        {fold(word): kind for kind, name in lists.items() for word in label_codes()[name].rows}
    )
