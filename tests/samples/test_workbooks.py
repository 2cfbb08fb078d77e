"""The sample workbooks are those that their sources make."""

from __future__ import annotations

from pathlib import Path

import pytest
from make import make_workbooks

from certgen.workbook.formats.load import load_book

MADE = make_workbooks()


@pytest.mark.parametrize("path", MADE, ids=lambda path: path.name)
def test_a_sample_says_what_its_source_says(path: Path, tmp_path: Path) -> None:
    if path.suffix == ".toml":
        assert path.read_bytes() == MADE[path]
        return
    fresh = tmp_path / path.name
    fresh.write_bytes(MADE[path])
    assert load_book(fresh).sheets == load_book(path).sheets


def test_the_same_sources_make_the_same_bytes() -> None:
    again = make_workbooks()
    for path in MADE:
        if path.suffix != ".ods":  # odfpy names every namespace that the process ever met
            assert again[path] == MADE[path], path.name
