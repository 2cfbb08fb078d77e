"""What every test stands on: a desk of its own, the samples, and certgen run as a user runs it."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from desks import lay_desk
from postgres_server import Server, running_server

from certgen.cli.main import run as run_cli

SAMPLES = Path(__file__).parents[1] / "samples"


@dataclass(frozen=True)
class Run:
    """What a command left: its exit code and what it printed."""

    exit_code: int
    out: str
    err: str

    @property
    def record(self) -> dict[str, Any]:
        record: dict[str, Any] = json.loads(self.out)
        return record


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    with running_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Where the register of a test lies: each test that asks runs on both stores."""
    if request.param == "sqlite":
        return f"sqlite:///{request.getfixturevalue('tmp_path') / 'office' / 'register.sqlite'}"
    server: Server = request.getfixturevalue("postgres_server")
    return server.new_database()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, with the user's data and configuration folders beside it."""
    return lay_desk(tmp_path, monkeypatch)


@pytest.fixture
def sample(desk: Path) -> Path:
    """The first sample workbook with its profile beside it, on the desk."""
    shutil.copy(SAMPLES / "certgen.toml", desk)
    return Path(shutil.copy(SAMPLES / "shipment.xlsx", desk))


@pytest.fixture
def season(desk: Path) -> Path:
    """Forty consignments, with the profile of the house that certifies them."""
    shutil.copy(SAMPLES / "certgen.toml", desk)
    return Path(shutil.copy(SAMPLES / "gb-coi" / "season.xlsx", desk))


@pytest.fixture
def certgen(capsys: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """Run the command line in this process."""

    def run(*words: str | Path) -> Run:
        capsys.readouterr()
        exit_code = run_cli([str(word) for word in words])
        printed = capsys.readouterr()
        return Run(exit_code, printed.out, printed.err)

    return run


@pytest.fixture(scope="session")
def certgen_as_seen() -> Callable[..., str]:
    """Run the command line; what a terminal shows of it, answers and findings in their order."""

    def run(*words: str) -> str:
        screen = io.StringIO()
        with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(screen):
            run_cli(list(words))
        return screen.getvalue()

    return run


@pytest.fixture
def edit() -> Callable[..., Path]:
    """Change cells of a workbook, as a user would: `edit(path, {"Products!F3": "1200 kg"})`."""

    def edit_cells(path: Path, changes: Mapping[str, object]) -> Path:
        book = openpyxl.load_workbook(path)
        for place, value in changes.items():
            sheet, _, cell = place.partition("!")
            book[sheet][cell] = value
        book.save(path)
        return path

    return edit_cells


@pytest.fixture
def cell_of() -> Callable[[Path, str, str, int], str]:
    """Where a column stands: `cell_of(path, "Products", "Net weight (kg)", 2)` is `Products!F2`."""

    def find(path: Path, sheet: str, header: str, row: int) -> str:
        for cell in openpyxl.load_workbook(path)[sheet][1]:
            if cell.value == header:
                return f"{sheet}!{cell.column_letter}{row}"
        raise AssertionError(f"{sheet} has no column {header}")

    return find
