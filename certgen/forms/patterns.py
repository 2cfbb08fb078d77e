"""Patterns that a form may match texts against: regular expressions that cannot run away.

A pattern is read before it is compiled. The ways it can be tried against the longest text it may see are
counted (each choice multiplies), and a pattern with too many is refused; so are repeated groups,
backreferences and lookarounds, whose ways cannot be counted like this.
"""

from __future__ import annotations

import re

from certgen.errors import FormError

LONGEST_TEXT = 100
"""Characters; the codes of the trade are shorter, and a longer text matches nothing."""
MOST_WAYS = 200_000

_REPEAT = re.compile(r"\*|\+|\?|\{(\d+)(?:(,)(\d*))?\}")
_CLASS = re.compile(r"\[\^?(?:\\.|[^\]\\\[])+\]")


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """The compiled pattern; raises FormError saying what a pattern of a form may not hold."""
    end, ways = _read_choices(pattern, 0, inside_group=False)
    if end != len(pattern):
        raise FormError(f"the pattern {pattern!r} closes a group that it never opened.")
    if ways > MOST_WAYS:
        raise FormError(f"the pattern {pattern!r} can be tried in too many ways; use fewer of * + ? {{,}}.")
    try:
        return re.compile(pattern, re.ASCII)
    except (re.error, OverflowError) as error:
        raise FormError(f"the pattern {pattern!r} is not a pattern: {error}.") from error


def _read_choices(pattern: str, start: int, *, inside_group: bool) -> tuple[int, int]:
    """Read alternatives up to the end of the group; where it ends, and in how many ways it can be tried."""
    position, ways, total = start, 1, 0
    while position < len(pattern) and pattern[position] != ")":
        if pattern[position] == "|":
            position, total, ways = position + 1, total + ways, 1
            continue
        is_group = pattern[position] == "("
        position, inner = _read_atom(pattern, position)
        position, times = _read_repeat(pattern, position, is_group=is_group)
        ways *= inner * times
        if ways > MOST_WAYS**2:
            raise FormError(f"the pattern {pattern!r} can be tried in too many ways; make it simpler.")
    if inside_group and position >= len(pattern):
        raise FormError(f"the pattern {pattern!r} opens a group that it never closes.")
    return position, total + ways


def _read_atom(pattern: str, position: int) -> tuple[int, int]:
    letter = pattern[position]
    if letter == "(":
        if pattern[position + 1 : position + 2] == "?":
            raise FormError(f"the pattern {pattern!r} uses (?…, which a form may not; use a plain group (…).")
        if pattern.count("(", 0, position) > 20:
            raise FormError(f"the pattern {pattern!r} has more than twenty groups.")
        end, ways = _read_choices(pattern, position + 1, inside_group=True)
        return end + 1, ways
    if letter == "[":
        found = _CLASS.match(pattern, position)
        if not found:
            raise FormError(f"the pattern {pattern!r} has a [ without its ]; write \\[ for the character.")
        return found.end(), 1
    if letter == "\\":
        follower = pattern[position + 1 : position + 2]
        if not follower or (follower.isalnum() and follower not in "dDwWsS"):
            raise FormError(
                f"the pattern {pattern!r} uses \\{follower}; only \\d \\w \\s and signs are known."
            )
        return position + 2, 1
    if letter in "^$*+?{":
        raise FormError(
            f"the pattern {pattern!r} has {letter!r} out of place; it is matched from end to end."
        )
    return position + 1, 1


def _read_repeat(pattern: str, position: int, *, is_group: bool) -> tuple[int, int]:
    found = _REPEAT.match(pattern, position)
    if not found:
        return position, 1
    if is_group and found[0] != "?":
        raise FormError(f"the pattern {pattern!r} repeats a group; only (…)? is possible.")
    if _REPEAT.match(pattern, found.end()) or pattern[found.end() : found.end() + 1] == "{":
        raise FormError(f"the pattern {pattern!r} repeats a repetition.")
    return found.end(), _count_of(found)


def _count_of(repeat: re.Match[str]) -> int:
    """In how many lengths a repetition can be tried."""
    if repeat[0] == "?":
        return 2
    if repeat[0] in "*+":
        return LONGEST_TEXT + 1
    least = int(repeat[1])
    if not repeat[2]:
        return 1
    most = int(repeat[3]) if repeat[3] else LONGEST_TEXT
    return max(min(most, LONGEST_TEXT) - least, 0) + 1
