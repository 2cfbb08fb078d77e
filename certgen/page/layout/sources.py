"""From a value on the page back to the cell it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from certgen.consignment import Consignment
from certgen.page.fonts.letters import compose


def find_holders(consignment: Consignment, paths: Iterable[str], letter: str) -> list[str]:
    """The paths of the values that hold a letter, else the first of the paths."""
    paths = tuple(paths)
    holders = [
        path for path, text in _all_texts(consignment, paths) if letter in text or letter in compose(text)
    ]
    return holders or [*paths[:1], ""][:1]


def find_longest(consignment: Consignment, paths: Iterable[str]) -> str:
    """The path of the longest value, else the first of the paths."""
    paths = tuple(paths)
    texts = list(_all_texts(consignment, paths))
    if texts:
        return max(texts, key=lambda held: len(held[1]))[0]
    return paths[0] if paths else ""


def find_item(consignment: Consignment, path: str, item: object) -> str:
    """The path of one item of a list (`products.3`), else the list's own."""
    items: Any = consignment
    for step in path.split("."):
        items = _child(items, step)
    if isinstance(items, tuple):
        for position, candidate in enumerate(items):
            if candidate is item:
                return f"{path}.{position}"
    return path


def _all_texts(consignment: Consignment, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    for path in paths:
        yield from _texts(consignment, "", path.split("."))


def _texts(value: Any, path: str, rest: list[str]) -> Iterator[tuple[str, str]]:
    """Every text at the end of a path, with the path that leads to it alone."""
    if isinstance(value, tuple | list):
        position = rest[0] if rest and rest[0].isdigit() else None
        for number, item in enumerate(value):
            if position is None:
                yield from _texts(item, f"{path}.{number}", rest)
            elif int(position) == number:
                yield from _texts(item, f"{path}.{number}", rest[1:])
    elif rest:
        yield from _texts(_child(value, rest[0]), _join(path, rest[0]), rest[1:])
    elif isinstance(value, Mapping) or is_dataclass(value):
        for name in _child_names(value):
            yield from _texts(_child(value, name), _join(path, name), [])
    elif value is not None:
        yield path, str(value)


def _child(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)


def _child_names(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return list(value)
    return [item.name for item in fields(value) if item.name != "cells"]


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
