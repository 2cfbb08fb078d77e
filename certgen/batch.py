"""Many certificates: presses in processes of their own, which print and touch nothing else.

Only the submitting process talks to the register and writes the files, so a worker that dies costs nothing
but its pages.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from certgen.errors import PageError
from certgen.forms import FormShelf, load_forms
from certgen.forms.paper import Paper
from certgen.page import Layout
from certgen.pipeline import Press, Printed, Printer, paper_as_json, paper_from_json

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.process import BaseProcess

SHARE = 10


@dataclass(frozen=True, slots=True)
class Task:
    """A paper as plain data, so that it can travel."""

    templates: tuple[Path, ...]
    paper: str
    form: str
    edition: str
    variant: str
    serial: str


@dataclass(frozen=True, slots=True)
class PressPool:
    """Presses in other processes; proofs are made here."""

    executor: ProcessPoolExecutor
    templates: tuple[Path, ...]
    own: Press

    def proof(self, paper: Paper) -> Layout:
        return self.own.proof(paper)

    def print_all(self, papers: Sequence[Paper]) -> list[Printed | PageError]:
        tasks = [_task(paper, self.templates) for paper in papers]
        return list(self.executor.map(print_task, tasks, chunksize=SHARE))


@contextmanager
def open_press(jobs: int, templates: tuple[Path, ...]) -> Iterator[Printer]:
    """One press in this process, or `jobs` of them in processes of their own (spawned on every system)."""
    if jobs == 1:
        yield Press()
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - only for several processes
    from multiprocessing import get_context  # noqa: PLC0415 - the same

    executor = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_live_with_parent)
    try:
        _start(executor)
        yield PressPool(executor, templates, Press())
    finally:
        executor.shutdown(cancel_futures=True)


def _start(executor: ProcessPoolExecutor) -> None:
    """Start the workers deaf to Ctrl-C, which a terminal sends to all: the parent alone answers it."""
    answer = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        executor.submit(os.getpid)
    finally:
        signal.signal(signal.SIGINT, answer)


def _live_with_parent() -> None:
    """End this worker when the process that asked for it is gone, however it went."""
    from multiprocessing import parent_process  # noqa: PLC0415 - only in a worker

    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_leave_after, args=(parent,), daemon=True).start()


def _leave_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def print_task(task: Task) -> Printed | PageError:
    """What a worker does: the same bytes for the same task, however often it is run."""
    forms, press = _workshop(task.templates)
    paper = paper_from_json(task.paper, forms, task.form, task.edition, task.variant, task.serial)
    return press.print_all([paper])[0]


@cache
def _workshop(templates: tuple[Path, ...]) -> tuple[FormShelf, Press]:
    return load_forms(templates), Press()


def _task(paper: Paper, templates: tuple[Path, ...]) -> Task:
    variant = paper.variant.name if paper.variant else ""
    return Task(templates, paper_as_json(paper), paper.form.id, paper.edition.id, variant, paper.issue.serial)
