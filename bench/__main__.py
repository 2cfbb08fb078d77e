"""Make the same certificates three ways, side by side, and print how many each makes in a second."""

from __future__ import annotations

import sys
from time import perf_counter

from bench.makers import make_bare, make_certgen, make_reportlab
from bench.papers import load_bench_form, make_papers
from bench.simple_layout import Maker
from certgen.forms.paper import Paper
from certgen.page import compile_form

ROUNDS = 9
ROUND_SECONDS = 0.4


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
        print_table(lines, measure(makers, make_papers(form, 200, lines)))


def measure(makers: dict[str, Maker], papers: list[Paper], rounds: int = ROUNDS) -> dict[str, float]:
    """Documents per second by each maker: its best round, the makers taking turns."""
    best = dict.fromkeys(makers, 0.0)
    for _ in range(rounds):
        for name, make in makers.items():
            best[name] = max(best[name], _measure_round(make, papers))
    return best


def _measure_round(make: Maker, papers: list[Paper]) -> float:
    made, start = 0, perf_counter()
    while perf_counter() - start < ROUND_SECONDS:
        make(papers[made % len(papers)])
        made += 1
    return made / (perf_counter() - start)


def print_table(lines: int, rates: dict[str, float]) -> None:
    """Rates, and certgen beside the others."""
    sys.stdout.write(f"\n{lines} product lines           documents/s   certgen makes\n")
    for name, rate in rates.items():
        share = f"{rates['certgen'] / rate:6.2f} of it"
        sys.stdout.write(f"  {name:24s} {rate:10.0f}   {share}\n")


if __name__ == "__main__":
    main()
