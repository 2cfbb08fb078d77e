"""Patterns that a form may match texts against: regular expressions that cannot run away.

A pattern is read before it is compiled. The ways in which it can be tried are counted (each choice
multiplies), and a pattern with too many is refused; so are repeated groups, backreferences and lookarounds,
whose ways cannot be counted like this.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from certgen.errors import FormError

LONGEST_TEXT = 100
"""Characters of a text that is matched from end to end; the codes of the trade are shorter."""
MOST_WAYS_MATCHED = 200_000
MOST_WAYS_SEARCHED = 100
"""A search begins at every letter of the text, so that it must be cheap at each."""

_REPEAT = re.compile(r"\*|\+|\?|\{(\d{1,4})(?:(,)(\d{0,4}))?\}")
_SET_OPERATION = re.compile(r"--|&&|~~|\|\|")
_CLASS = re.compile(r"\[\^?(?:\\.|[^\]\\\[])+\]")


def compile_pattern(pattern: str, most_ways: int = MOST_WAYS_MATCHED) -> re.Pattern[str]:
    """The compiled pattern; raises FormError saying what a pattern of a form may not hold."""
    reader = _Reader(pattern)
    end, ways = reader.read_choices(0, depth=0)
    if end != len(pattern):
        raise FormError(f"the pattern {pattern!r} closes a group that it never opened.")
    if ways > most_ways:
        raise FormError(f"the pattern {pattern!r} can be tried in too many ways; use fewer of * + ? {{,}}.")
    try:
        return re.compile(pattern, re.ASCII)
    except (re.error, OverflowError) as error:
        raise FormError(f"the pattern {pattern!r} is not a pattern: {error}.") from error


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads a pattern from left to right, counting in how many ways its parts can be tried."""

    pattern: str

    def read_choices(self, position: int, depth: int) -> tuple[int, int]:
        """Read alternatives up to the end of their group; where that is, and their ways."""
        pattern, ways, total = self.pattern, 1, 0
        while position < len(pattern) and pattern[position] != ")":
            if pattern[position] == "|":
                position, total, ways = position + 1, total + ways, 1
                continue
            is_group = pattern[position] == "("
            position, inner = self._read_atom(position, depth)
            position, times = self._read_repeat(position, is_group=is_group)
            ways = min(ways * inner * times, MOST_WAYS_MATCHED * 1000)
        if depth and position >= len(pattern):
            raise self._refusal("opens a group that it never closes")
        return position, total + ways

    def _read_atom(self, position: int, depth: int) -> tuple[int, int]:
        letter = self.pattern[position]
        if letter == "(":
            return self._read_group(position, depth)
        if letter == "[":
            found = _CLASS.match(self.pattern, position)
            if not found:
                raise self._refusal("has a [ without its ]; write \\[ for the sign")
            if _SET_OPERATION.search(found[0]):
                raise self._refusal(f"has two signs alike in {found[0]}; write each once")
            return found.end(), 1
        if letter == "\\":
            follower = self.pattern[position + 1 : position + 2]
            if not follower or (follower.isalnum() and follower not in "dDwWsS"):
                raise self._refusal(f"uses \\{follower}; \\d \\w \\s and signs are known")
            return position + 2, 1
        if letter in "^$*+?{":
            raise self._refusal(f"has {letter!r} out of place; write \\{letter} for the sign")
        return position + 1, 1

    def _read_group(self, position: int, depth: int) -> tuple[int, int]:
        if self.pattern[position + 1 : position + 2] == "?":
            raise self._refusal("uses (?…, which a form may not; use a plain group (…)")
        if depth >= 5:
            raise self._refusal("has groups more than five deep")
        end, ways = self.read_choices(position + 1, depth + 1)
        return end + 1, ways

    def _read_repeat(self, position: int, *, is_group: bool) -> tuple[int, int]:
        found = _REPEAT.match(self.pattern, position)
        if not found:
            return position, 1
        if is_group and found[0] != "?":
            raise self._refusal("repeats a group; only (…)? is possible")
        if self.pattern[found.end() : found.end() + 1] in ("*", "+", "?", "{"):
            raise self._refusal("repeats a repetition")
        return found.end(), _lengths_of(found)

    def _refusal(self, why: str) -> FormError:
        return FormError(f"the pattern {self.pattern!r} {why}.")


def _lengths_of(repeat: re.Match[str]) -> int:
    """In how many lengths a repetition can be tried."""
    if repeat[0] == "?":
        return 2
    if repeat[0] in "*+":
        return LONGEST_TEXT + 1
    least = int(repeat[1])
    most = least if not repeat[2] else int(repeat[3] or LONGEST_TEXT)
    return max(most - least, 0) + 1
