"""TOML files as typed records, with errors that name file, key and the nearest right word."""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from certgen.errors import CertgenError

__all__ = [
    "ConfigDict",
    "Field",
    "Record",
    "StringConstraints",
    "Words",
    "load_mended",
    "load_toml",
    "nearest_word",
    "parse_record",
]

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""A text that says something."""


class Record(BaseModel):
    """A table of a TOML file: frozen, no key beyond those named, no silent change of type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


RecordType = TypeVar("RecordType", bound=Record)


def load_toml(path: Path, kind: type[RecordType], refuse: type[CertgenError]) -> RecordType:
    """Read a TOML file into `kind`; raises `refuse` with one line for each thing that is wrong."""
    return parse_record(_load_data(path, refuse), kind, refuse, str(path))


def load_mended(
    path: Path, kind: type[RecordType], refuse: type[CertgenError], problems: list[str], spare: str = ""
) -> RecordType | None:
    """Read a TOML file as far as it goes, so that everything wrong is told at once; faults go to `problems`.

    An unknown key is taken for the nearest one, else left out, as is a wrong table of the list `spare`; None
    when even that makes no record.
    """
    try:
        data = _load_data(path, refuse)
    except refuse as error:
        problems += str(error).splitlines()
        return None
    found = [*_mend_keys(data, kind), *_drop_wrong(data, kind, spare)]
    problems += [f"{path}: {sentence}" for sentence in found]
    try:
        return parse_record(data, kind, refuse, str(path))
    except refuse as error:
        problems += str(error).splitlines()
        return None


def _load_data(path: Path, refuse: type[CertgenError]) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise refuse(f"{path}: cannot be read ({error}).") from error
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise refuse(f"{path}: its tables lie too deep in one another.") from error
    except ValueError as error:  # not TOML, or a number longer than Python reads
        raise refuse(f"{path}: not valid TOML: {error}.") from error


def _mend_keys(data: dict[str, Any], kind: type[BaseModel]) -> list[str]:
    """Rename misspelt keys and leave out unknown ones; what was wrong with them."""
    unknown = [problem for problem in _faults(data, kind) if problem["type"] == "extra_forbidden"]
    for problem in unknown:
        *way, last = problem["loc"]
        table = _table_at(data, way)
        near = difflib.get_close_matches(str(last), _known_keys(kind, way), n=1, cutoff=0.6)
        value = table.pop(last)
        if near:
            table.setdefault(near[0], value)
    return [_sentence(problem, kind) for problem in unknown]


def _drop_wrong(data: dict[str, Any], kind: type[BaseModel], spare: str) -> list[str]:
    """Leave out what is wrong in a list of tables; what was wrong with them."""
    wrong = [
        problem for problem in _faults(data, kind) if len(problem["loc"]) > 1 and problem["loc"][0] == spare
    ]
    for place in sorted({problem["loc"][1] for problem in wrong}, reverse=True):
        del data[spare][place]
    return [_sentence(problem, kind) for problem in wrong]


def _faults(data: dict[str, Any], kind: type[BaseModel]) -> list[Any]:
    try:
        kind.model_validate(data)
    except ValidationError as error:
        return list(error.errors())
    return []


def _table_at(data: Any, way: list[Any]) -> dict[str, Any]:
    for step in way:
        data = data[step]
    return cast("dict[str, Any]", data)


def parse_record(
    data: dict[str, Any], kind: type[RecordType], refuse: type[CertgenError], source: str
) -> RecordType:
    """Check one table against `kind`; `source` is named in the errors."""
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        problems = [_sentence(problem, kind) for problem in error.errors()]
        raise refuse("\n".join(f"{source}: {problem}" for problem in problems)) from error


def nearest_word(word: str, words: list[str]) -> str:
    """` (did you mean …?)` when one of the words is near, else nothing."""
    near = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    return f" (did you mean {near[0]!r}?)" if near else ""


def _sentence(problem: Any, kind: type[BaseModel]) -> str:
    location = list(problem["loc"])
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in location)
    if problem["type"] == "extra_forbidden":
        words = _known_keys(kind, location[:-1])
        return f"unknown key {key!r}{nearest_word(str(location[-1]), words)}"
    if problem["type"] == "missing":
        return f"key {key!r} is missing"
    return f"key {key!r}: {_fault(problem)}"


def _fault(problem: Any) -> str:
    """What is wrong with a value, in words, with the right word that is nearest to it."""
    found, more = problem["input"], problem.get("ctx", {})
    if problem["type"] in ("literal_error", "enum"):
        words = re.findall(r"'([^']*)'", more["expected"])
        return f"{found!r} is not {more['expected']}{nearest_word(str(found), words)}"
    if problem["type"] == "string_pattern_mismatch":
        return f"{found!r} is not written as {more['pattern']} says"
    return str(problem["msg"]).removeprefix("Value error, ").replace("Input should", "should")


def _known_keys(kind: Any, location: list[Any]) -> list[str]:
    """The keys of the table at this place; array positions and the keys of free tables are passed over."""
    for part in location:
        if isinstance(part, str) and _is_record(kind) and part in _aliases(kind):
            kind = _inner_record(_aliases(kind)[part].annotation)
    return list(_aliases(kind)) if _is_record(kind) else []


def _aliases(kind: type[BaseModel]) -> dict[str, Any]:
    return {item.alias or name: item for name, item in kind.model_fields.items()}


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _inner_record(annotation: Any) -> Any:
    """The record inside `tuple[X, ...]`, `dict[str, X]` or `X | None`."""
    if _is_record(annotation):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _inner_record(inner)
        if found is not None:
            return found
    return None
