"""Many runs of certgen at once, each a process of its own that has not to start Python first."""

from __future__ import annotations

import json
import multiprocessing
import os
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from certgen.cli.main import run as run_cli

_NEEDED = (
    *("certgen.cli.fill", "openpyxl", "pypdf", "reportlab.pdfgen.canvas"),
    *("certgen.register.stores.sqlite", "certgen.register.stores.postgres.store"),
)


def start_run(*words: str | Path, told: str | Path = os.devnull) -> BaseProcess:
    """`certgen` with these words; all that it prints goes to the file `told`."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["many_runs", *_NEEDED])
    run = context.Process(target=_run, args=([str(word) for word in words], str(told)))
    run.start()
    return run


def finish_runs(runs: list[BaseProcess]) -> list[int | None]:
    """Their exit codes, once all have ended."""
    for run in runs:
        run.join(timeout=240)
    return [run.exitcode for run in runs]


def read_told(told: Path) -> dict[str, Any]:
    """What a run printed with `--json`; sentences on stderr stand before it."""
    text = told.read_text(encoding="utf-8")
    record: dict[str, Any] = json.loads(text[text.index("\n{") if not text.startswith("{") else 0 :])
    return record


def _run(words: list[str], told: str) -> None:
    file = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(file, 1)
    os.dup2(file, 2)
    raise SystemExit(run_cli(words))
