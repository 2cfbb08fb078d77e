"""Make the same certificates three ways, side by side, and print how many each makes in a second."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import cycle
from statistics import median
from time import process_time

from bench.makers import make_bare, make_certgen, make_reportlab
from bench.papers import load_bench_form, make_papers
from bench.simple_layout import Maker
from certgen.forms.paper import Paper
from certgen.page.printing.compile import compile_form

ROUNDS = 41
ROUND_SECONDS = 0.1
PRODUCT_LINES = 6000
"""Lines in all papers together: their lots and masses are three times what certgen remembers of texts."""

Rates = dict[str, list[float]]
"""Documents per second of processor time by each maker, round by round."""


def main() -> None:
    """One table for certificates of 3 lines, one for 60."""
    form = load_bench_form()
    compiled = compile_form(form, form.editions[-1])
    makers = {
        "certgen": make_certgen(compiled),
        "reportlab, all redrawn": make_reportlab(compiled),
        "bare writer": make_bare(compiled),
    }
    for lines in (3, 60):
        print_table(lines, measure(makers, make_papers(form, PRODUCT_LINES // lines, lines)))


def measure(makers: dict[str, Maker], papers: list[Paper], rounds: int = ROUNDS) -> Rates:
    """The makers take turns in short rounds, so that a busy machine slows all of them alike.

    Each goes on with the paper after its last one.
    """
    rates: Rates = {name: [] for name in makers}
    supplies = {name: cycle(papers) for name in makers}
    for _ in range(rounds):
        for name, make in makers.items():
            rates[name].append(_measure_round(make, supplies[name]))
    return rates


def compare(rates: Rates, other: str) -> float:
    """How much of another maker's rate certgen reaches: the median over the rounds."""
    return median(ours / theirs for ours, theirs in zip(rates["certgen"], rates[other], strict=True))


def _measure_round(make: Maker, papers: Iterator[Paper]) -> float:
    made, start = 0, process_time()
    while process_time() - start < ROUND_SECONDS:
        make(next(papers))
        made += 1
    return made / (process_time() - start)


def print_table(lines: int, rates: Rates) -> None:
    """Rates, and certgen beside the others."""
    sys.stdout.write(f"\n{lines} product lines           documents/s   certgen makes\n")
    for name in rates:
        share = f"{compare(rates, name):6.2f} of it"
        sys.stdout.write(f"  {name:24s} {median(rates[name]):10.0f}   {share}\n")


if __name__ == "__main__":
    main()
