"""The list of what lies in a folder to send: its papers, the workbook, the documents, what is still to come.

It ends with the SHA-256 of each file, as `sha256sum` writes them, and with its own: so a later run knows what
an earlier one laid, and whether somebody has changed it since.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from certgen.forms.folder.boxes import ROW_NUMBER
from certgen.forms.model import Box, OfficialPart, TablePart, TextPart
from certgen.forms.paper import Paper
from certgen.pipeline.files import read_file
from certgen.pipeline.order import CertificateResult

LIST_NAME = "enclosures.txt"
_HASHES = "SHA-256 of each file"
_OWN = "This list: "
_HASHED = re.compile(r"([0-9a-f]{64})  (.+)")


def write_list(
    papers: Sequence[tuple[Paper, CertificateResult]],
    workbooks: Sequence[str],
    copied: Mapping[str, str],
    folder: Path,
    telling: Sequence[str],
) -> bytes:
    """The list of one consignment's folder.

    `copied` are the hashes of what is laid there beside the papers made for it; `telling` the ids of the
    forms that list documents, named where none of the papers does.
    """
    made = {result.path.name: result.sha256 for _, result in papers if result.path} | dict(copied)
    first = papers[0][0].consignment
    lines = [
        *_heading(first.name, first.exporter.name),
        *_section("Papers", map(_paper_line, (item for item in papers if item[1].path))),
        *_section("Not made", map(_refused_line, (item for item in papers if not item[1].path))),
        *_section("Workbook, as it was read", workbooks),
        *_documents([paper for paper, _ in papers], telling),
        *_section("Also in this folder", _others(folder, {*made, LIST_NAME})),
        _HASHES,
        *(f"{digest}  {name}" for name, digest in sorted(made.items())),
        "",
    ]
    text = "\n".join(lines) + "\n"
    return f"{text}{_OWN}{_digest(text)}\n".encode()


def is_about(path: Path, consignment: str, exporter: str) -> bool:
    """Whether a list there, if there is one, is about this consignment."""
    heading = "\n".join(_heading(consignment, exporter))
    return not path.exists() or (path.is_file() and read_file(path).startswith(heading.encode()))


def read_hashes(path: Path) -> dict[str, str]:
    """The SHA-256 of each file by name, as an untouched list says them; none of a list that was changed."""
    if not path.is_file():
        return {}
    text, own, digest = read_file(path).decode(errors="replace").rpartition(_OWN)
    if not own or digest != f"{_digest(text)}\n":
        return {}
    lines = text.rpartition(f"\n{_HASHES}\n")[2].splitlines()
    return {found[2]: found[1] for line in lines if (found := _HASHED.fullmatch(line))}


def _heading(consignment: str, exporter: str) -> list[str]:
    return [f"Sent to the certifier: {_one_line(consignment)}", f"Exporter: {_one_line(exporter)}", ""]


def _section(title: str, lines: Iterable[str]) -> list[str]:
    """A title with its lines indented beneath; nothing where there are none."""
    told = [f"  {line}" for line in map(_one_line, lines) if line]
    return [title, *told, ""] if told else []


def _paper_line(item: tuple[Paper, CertificateResult]) -> str:
    paper, result = item
    name = result.path.name if result.path else ""
    pages = f"{result.pages} page{'' if result.pages == 1 else 's'}"
    return f"{name}: {_called(paper)} ({result.serial or result.status}, {pages})"


def _refused_line(item: tuple[Paper, CertificateResult]) -> str:
    paper, result = item
    return f"{_called(paper)}: {result.reason or result.status}"


def _called(paper: Paper) -> str:
    """The form, and which part of the consignment where it makes several papers."""
    return f"{paper.form.title}, {paper.part}" if paper.part else paper.form.title


def _documents(papers: Sequence[Paper], telling: Sequence[str]) -> Iterator[str]:
    """What the papers say of documents, or which paper would."""
    if any(paper.form.id in telling for paper in papers):
        for paper in papers:
            yield from _listed(paper)
    elif telling:
        yield from _section("Documents", [f"none are listed; the form {' or '.join(telling)} lists them"])


def _listed(paper: Paper) -> Iterator[str]:
    """The boxes that the form wants in the list, each under its title."""
    names = paper.names()
    for box in paper.edition.boxes or paper.form.boxes:
        if box.in_enclosures:
            yield from _section(box.title, _lines_of(box, names))


def _lines_of(box: Box, names: Mapping[str, Any]) -> Iterator[str]:
    for part in box.parts:
        if isinstance(part, TablePart):
            yield from _rows_of(part, names)
        elif isinstance(part, TextPart | OfficialPart) and part.text is not None:
            yield from part.text.render(names).splitlines()


def _rows_of(table: TablePart, names: Mapping[str, Any]) -> Iterator[str]:
    for number, item in enumerate(table.rows.evaluate(names) or (), start=1):
        row = {**names, table.row_name: item, ROW_NUMBER: number}
        yield " | ".join(text for column in table.columns if (text := _one_line(column.text.render(row))))


def _others(folder: Path, known: set[str]) -> list[str]:
    """What else lies in the folder: enclosures that were put there, papers of an earlier run."""
    there = (path.name for path in folder.iterdir() if not path.name.startswith("."))
    return sorted(name for name in there if name not in known)


def _one_line(text: str) -> str:
    """A text on one line, without signs that a screen would obey."""
    return "".join(letter if letter.isprintable() else "�" for letter in " ".join(text.split()))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
