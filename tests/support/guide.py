"""The form author's guide read as a walk: the files it shows, the cells it fills, the commands it runs.

What the guide's words mean to whoever follows it:

* "`path`:" and a block: the file with these words
* "At the end of `path`:" and a block: added to the file
* "In `path`, instead of" a block, "write" a block: the one replaced by the other
* "On the sheet `Products` of `shipment.xlsx`:" and a table: these cells below their headers, from row 2
* a link to `examples/…`: that file, taken into the folder
* a `console` block: what is typed after `$ `, and what is then printed; `…` stands for what differs each time
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
from PIL.Image import Image

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = DOCS / "forms.md"
PICTURES = {
    "grain-draft.png": "certificates/DRAFT gr-demo PL-1 Prairie Lark Organics Ltd.pdf",
    "application-proof.png": "proof.pdf",
    "application-filled.png": "certificates/application PL-1.pdf",
}
"""What the guide shows pictures of, as they are when it has been followed to its end."""

_BLOCK = r"```(?:toml|markdown)\n(?P<{}>.*?)```"
_STEP = re.compile(
    "|".join(
        (
            r"At\s+the\s+end\s+of\s+`(?P<longer>[\w./-]+)`:\n\n" + _BLOCK.format("added"),
            r"`(?P<file>[\w./-]+)`:\n\n" + _BLOCK.format("content"),
            r"`(?P<changed>[\w./-]+)`,\s+instead\s+of\n\n"
            + _BLOCK.format("old")
            + r"\n\nwrite\n\n"
            + _BLOCK.format("new"),
            r"On\s+the\s+sheet\s+`(?P<sheet>\w+)`\s+of\s+`(?P<book>[\w.]+)`:\n\n(?P<table>(?:\|[^\n]*\n)+)",
            r"\(examples/(?P<example>[\w.]+)\)",
            r"^```console\n(?P<console>.*?)```",
        )
    ),
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Command:
    """What the guide types, and what it says is printed."""

    words: list[str]
    printed: str

    def is_as_said(self, printed: str) -> bool:
        """Whether this was printed, save for what the guide leaves open with `…`."""
        pattern = ".*?".join(re.escape(piece) for piece in self.printed.strip().split("…"))
        return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


def read_steps(text: str) -> list[dict[str, str]]:
    """The steps of the guide in its order."""
    return [
        {name: said for name, said in found.groupdict().items() if said is not None}
        for found in _STEP.finditer(text)
    ]


def commands_of(console: str) -> Iterator[Command]:
    """The commands of a console block, each with what is printed below it."""
    for piece in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        typed, _, printed = piece.partition("\n")
        yield Command(shlex.split(typed), printed)


def follow(steps: list[dict[str, str]], folder: Path, run: Callable[[Command], None]) -> None:
    """Do what the guide says, in this folder."""
    for step in steps:
        match step:
            case {"file": name, "content": content}:
                _write(folder / name, content)
            case {"longer": name, "added": added}:
                _write(folder / name, (folder / name).read_text(encoding="utf-8") + "\n" + added)
            case {"changed": name, "old": old, "new": new}:
                text = (folder / name).read_text(encoding="utf-8")
                assert text.count(old) == 1, f"{name} has not once:\n{old}"
                _write(folder / name, text.replace(old, new))
            case {"book": book, "sheet": sheet, "table": table}:
                _fill_sheet(folder / book, sheet, table)
            case {"example": name}:
                shutil.copy(DOCS / "examples" / name, folder)
            case {"console": console}:
                for command in commands_of(console):
                    run(command)


def write_form(folder: Path, form_id: str) -> Path:
    """The folder of one form as the guide leaves it, made without its commands."""
    below = f"my-forms/{form_id}/"
    steps = [
        step
        for step in read_steps(GUIDE.read_text(encoding="utf-8"))
        if any(step.get(key, "").startswith(below) for key in ("file", "longer", "changed"))
    ]
    follow(steps, folder, lambda _command: None)
    return folder / below


def picture(pdf: Path) -> Image:
    """The first page as the guide shows it."""
    return pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _fill_sheet(path: Path, sheet: str, table: str) -> None:
    headers, _, *rows = ([cell.strip() for cell in line[1:-1].split("|")] for line in table.splitlines())
    book = openpyxl.load_workbook(path)
    columns = {str(cell.value).removesuffix(" *"): cell.column for cell in book[sheet][1]}
    for number, row in enumerate(rows, start=2):
        for header, words in zip(headers, row, strict=True):
            book[sheet].cell(number, columns[header]).value = _typed(words)
    book.save(path)


def _typed(words: str) -> Any:
    """What a spreadsheet program makes of what is typed in."""
    if re.fullmatch(r"\d+", words):
        return int(words)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
        return date.fromisoformat(words)
    return words or None
