"""Workbooks broken on purpose, and the sentence with which they are refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from certgen.errors import UnreadableInputError
from certgen.workbook.formats.load import load_book


def write_good(path: Path) -> Path:
    """A small workbook with nothing wrong, to be broken."""
    workbook = openpyxl.Workbook()
    workbook.active.append(["Shipment reference", "Net weight (kg)"])
    workbook.active.append(["NW-2026-014", 18000])
    workbook.save(path)
    return path


def refusal(path: Path) -> str:
    """The sentence with which a file is refused; it names the file and ends as a sentence."""
    with pytest.raises(UnreadableInputError) as caught:
        load_book(path)
    sentence = str(caught.value)
    assert path.name in sentence
    assert sentence.endswith(".")
    return sentence


def replace_part(source: Path, target: Path, part: str, text: str | bytes) -> Path:
    """A copy of a package with one part replaced or added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
        if part not in old.namelist():
            new.writestr(part, text)
    return target
