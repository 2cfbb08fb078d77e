"""Which numbers make a serial that holds a text: reckoned from its pattern, without looking at any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from certgen.register.records import NUMBER_RE


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers in which `value` stands, written with `span` digits, before their last `below` digits."""

    value: int
    span: int
    below: int

    @property
    def _unit(self) -> int:
        return int(10**self.below)

    @property
    def _period(self) -> int:
        return int(10 ** (self.span + self.below))

    def count(self, last: int) -> int:
        """At most so many of them are there up to the last number."""
        return min(last, (self.highest(last) + 1) * self._unit)

    def up_to(self, last: int) -> Iterator[int]:
        """Each of them."""
        for high in range(self.highest(last) + 1):
            first = high * self._period + self.value * self._unit
            yield from range(first, min(first + self._unit, last + 1))

    def newest(self, last: int) -> int:
        """The highest of them up to the last number; below 0 where there is none."""
        high = self.highest(last)
        first = high * self._period + self.value * self._unit
        if first > last:
            first -= self._period
        return min(last, first + self._unit - 1)

    def highest(self, last: int) -> int:
        """What can stand before the value at most."""
        return last // self._period


def numbers_with(pattern: str, text: str, last: int) -> set[Numbers]:
    """All numbers up to `last` whose serial may hold the text; capital letters are no matter."""
    found = NUMBER_RE.search(pattern)
    if not found:
        return set()
    before, after = pattern[: found.start()].casefold(), pattern[found.end() :].casefold()
    width = max(1, int(found["width"] or 0))
    lengths = range(width, max(width, len(str(last))) + 1)
    return {each for length in lengths for each in _of_length(before, after, text.casefold(), length)}


def _of_length(before: str, after: str, text: str, length: int) -> Iterator[Numbers]:
    """The text laid on a serial with so many digits, at each place where its other letters agree."""
    if text in before or text in after:
        yield Numbers(0, 0, length)
    for start in range(max(0, len(before) - len(text) + 1), len(before) + length):
        first, end = max(start, len(before)), min(start + len(text), len(before) + length)
        digits = text[first - start : end - start]
        ahead, behind = text[: first - start], text[end - start :]
        is_ours = before.endswith(ahead) and after.startswith(behind)
        if is_ours and digits.isascii() and digits.isdigit():
            yield Numbers(int(digits), len(digits), len(before) + length - end)
