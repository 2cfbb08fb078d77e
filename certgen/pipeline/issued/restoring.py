"""`register restore`: a backup in its place, and the certificates that it does not know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from certgen.findings import Finding, make_finding
from certgen.pipeline.files import safe_name
from certgen.pipeline.order import Order
from certgen.pipeline.results import file_name
from certgen.pipeline.run import register_url
from certgen.register import Register, open_register
from certgen.register.journal import Head
from certgen.register.keeping import restore

SHOWN = 5
NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Restored:
    """Where the register stands again, the head of its journal, and what it does not know."""

    register: str
    head: Head
    findings: tuple[Finding, ...]


def restore_register(backup: Path, order: Order, folders: Iterable[Path] = ()) -> Restored:
    """Put a backup where no register stands, and look for certificates issued after it was made.

    They are looked for by their file names in the folders that the register knows and in `folders`. Raises
    CertgenError when there is nothing to restore, or something in the way.
    """
    url = register_url(order)
    head = restore(backup, url)
    with open_register(url, must_exist=True) as register:
        return Restored(register.name, head, tuple(_find_unknown(register, folders)))


def _find_unknown(register: Register, folders: Iterable[Path]) -> Iterator[Finding]:
    """Files named as certificates of its series are named, which it never numbered."""
    places = {folder.absolute() for folder in folders}
    shapes: set[str] = set()
    for record in register.each_record(is_whole=False):
        places.add(Path(record.output_folder))
        shapes.add(NUMBER.sub(r"\\d+", re.escape(safe_name(record.serial))))
    shape = re.compile("|".join(sorted(shapes)) or r"(?!)")
    found = {folder: set(_named_like(shape, folder)) for folder in sorted(places)}
    for name in _known_names(register) if any(found.values()) else ():
        for names in found.values():
            names.discard(name)
    for folder, unknown in found.items():
        if unknown:
            yield make_finding("CG444", folder=folder, count=len(unknown), named=_first_of(unknown))


def _known_names(register: Register) -> Iterator[str]:
    yield from map(file_name, register.each_record(is_whole=False))
    yield from map(file_name, register.each_extract())


def _named_like(shape: re.Pattern[str], folder: Path) -> Iterator[str]:
    names = (path.name for path in folder.glob("*.pdf"))
    return (name for name in names if shape.search(name[:-4]) and not name.endswith(" COPY.pdf"))


def _first_of(names: set[str]) -> str:
    more = len(names) - SHOWN
    return ", ".join(sorted(names)[:SHOWN]) + (f" and {more} more" if more > 0 else "")
