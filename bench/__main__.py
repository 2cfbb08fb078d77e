"""Make the same certificates three ways, side by side, and print how many each makes in a second."""

from __future__ import annotations

import sys
from statistics import median

from bench.turns import MAKERS, Rates, measure


def main() -> None:
    """One table for certificates of 3 lines, one for 60."""
    for lines in (3, 60):
        print_table(lines, measure(list(MAKERS), lines))


def compare(rates: Rates, other: str) -> float:
    """How much of another maker's rate certgen reaches: the median over the rounds."""
    return median(ours / theirs for ours, theirs in zip(rates["certgen"], rates[other], strict=True))


def print_table(lines: int, rates: Rates) -> None:
    """Rates, and certgen beside the others."""
    sys.stdout.write(f"\n{lines} product lines           documents/s   certgen makes\n")
    for name in rates:
        share = f"{compare(rates, name):6.2f} of it"
        sys.stdout.write(f"  {name:24s} {median(rates[name]):10.0f}   {share}\n")


if __name__ == "__main__":
    main()
