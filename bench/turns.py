"""Makers taking turns, each in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import cycle
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import process_time

from bench.makers import make_bare, make_certgen, make_reportlab
from bench.papers import load_bench_form, make_papers
from bench.simple_layout import Maker
from certgen.forms.paper import Paper
from certgen.page.printing.compile import CompiledForm, compile_form

ROUNDS = 41
ROUND_SECONDS = 0.1
WARM_UP_SECONDS = 1.0
PRODUCT_LINES = 6000
"""Lines in all papers together: their lots and masses are three times what certgen remembers of texts."""

MAKERS: dict[str, Callable[[CompiledForm], Maker]] = {
    "certgen": make_certgen,
    "reportlab, all redrawn": make_reportlab,
    "bare writer": make_bare,
}

Rates = dict[str, list[float]]
"""Documents per second of processor time by each maker, round by round."""


def measure(names: Sequence[str], lines: int, rounds: int = ROUNDS) -> Rates:
    """The makers take turns in short rounds, so that a busy machine slows all of them alike.

    Each has a process of its own, as at work: in one heap the objects of one lie scattered among those that
    another left behind, which costs whoever remembers most.
    """
    rates: Rates = {name: [] for name in names}
    with ExitStack() as processes:
        workers = {name: processes.enter_context(_working(name, lines)) for name in names}
        for _ in range(rounds):
            for name, worker in workers.items():
                worker.send(ROUND_SECONDS)
                rates[name].append(worker.recv())
    return rates


@contextmanager
def _working(name: str, lines: int) -> Iterator[Connection]:
    """A maker in a process of its own, warmed up."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(name, lines, there))
    process.start()
    here.send(WARM_UP_SECONDS)
    here.recv()
    yield here
    here.send(None)
    process.join()


def _work(name: str, lines: int, asked: Connection) -> None:
    """Rounds of as many seconds as are asked for; each goes on with the paper after the last one."""
    form = load_bench_form()
    make = MAKERS[name](compile_form(form, form.editions[-1]))
    papers = cycle(make_papers(form, PRODUCT_LINES // lines, lines))
    while seconds := asked.recv():
        asked.send(_measure_round(make, papers, seconds))


def _measure_round(make: Maker, papers: Iterator[Paper], seconds: float) -> float:
    made, start = 0, process_time()
    while process_time() - start < seconds:
        make(next(papers))
        made += 1
    return made / (process_time() - start)
