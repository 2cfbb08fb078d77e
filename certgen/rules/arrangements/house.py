"""The files of arrangements: those that are shipped, and those that a house adds beside its forms."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from certgen.errors import FormError
from certgen.forms.folder.problems import Problems
from certgen.forms.roots import ARRANGEMENTS
from certgen.rules.arrangements.records import ArrangementFile
from certgen.toml_file import load_toml, nearest_word

FACTS = "facts.toml"
CASES = "cases"


def find_house_folders(templates: Sequence[Path]) -> tuple[Path, ...]:
    """The folders of arrangements that lie beside a house's own forms, in the order of its folders."""
    return tuple(root / ARRANGEMENTS for root in templates if (root / ARRANGEMENTS).is_dir())


def read_arrangements(folder: Path) -> dict[Path, ArrangementFile]:
    """Every arrangement of a folder by its file; raises FormError listing everything wrong."""
    problems, files = Problems(), dict[Path, ArrangementFile]()
    for path in _list_files(folder, problems):
        with problems.gathered():
            files[path] = load_toml(path, ArrangementFile, FormError)
            _check_letters(path, problems)
    problems.raise_if_any()
    return files


def _check_letters(path: Path, problems: Problems) -> None:
    """No sentence may hold what steers a terminal: it is printed there."""
    for text in _texts(tomllib.loads(path.read_text(encoding="utf-8"))):
        steering = next(
            (letter for letter in text if unicodedata.category(letter) == "Cc" and letter != "\n"), ""
        )
        if steering:
            problems.add(f"{path}", f"a text holds the control character U+{ord(steering):04X}; take it out.")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(item)


def _list_files(folder: Path, problems: Problems) -> list[Path]:
    """The files of arrangements; a link, or a file that is none, is told and not passed over."""
    found: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name in (FACTS, "README.md"):
            continue
        if path.is_symlink():
            problems.add(f"{path}", "is a link; a folder of arrangements holds its own files only.")
        elif path.is_file() and path.suffix == ".toml":
            found.append(path)
        elif path.name != CASES or not path.is_dir():
            problems.add(f"{path}", f"is no arrangement; here lie .toml files, and the folder {CASES}.")
    return found


def check_house_folder(folder: Path) -> None:
    """Raise FormError for facts of a house: its rules use the shipped ones, so that both mean the same."""
    if (folder / FACTS).exists():
        raise FormError(
            f"{folder / FACTS}: a house has no facts of its own; write the condition into the rule."
        )


def without_replaced(
    shipped: Mapping[Path, ArrangementFile], own: Mapping[Path, ArrangementFile], problems: Problems
) -> dict[Path, ArrangementFile]:
    """The shipped arrangements save those that a house replaces by its own."""
    ids = [file.id for file in shipped.values()]
    for path, name in _replaced(own):
        if name not in ids:
            near = nearest_word(name, ids)
            problems.add(f"{path}", f"replaces: there is no shipped arrangement {name!r}{near}.")
    gone = {name for _, name in _replaced(own)}
    return {path: file for path, file in shipped.items() if file.id not in gone}


def _replaced(own: Mapping[Path, ArrangementFile]) -> Iterable[tuple[Path, str]]:
    return ((path, name) for path, file in own.items() for name in file.replaces)
