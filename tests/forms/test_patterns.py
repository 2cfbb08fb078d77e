"""Patterns of a form match what they should, and can never run away."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certgen.errors import FormError
from certgen.forms.language.patterns import LONGEST_TEXT, compile_pattern


@pytest.mark.parametrize(
    "pattern",
    [
        "[A-Z]{2}-(BIO|ORG)-[0-9]{1,3}",
        "[0-9]{12}([0-9]{3})?",
        r"\d+\s?\w*",
        "",
        "a|b",
        r"\(\.\*",
        "[^a-z]",
    ],
)
def test_a_plain_pattern_is_taken(pattern: str) -> None:
    assert compile_pattern(pattern).pattern == pattern


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+", "(a|a)*", "(a?){9}", "a?" * 30, "a*" * 3, "(a|aa)?" * 20, "(?=a)", "(?P<x>a)", r"(a)\1", "a**",
     "a{2}{3}", "(a", "a)", "[a", "[]", "*a", "^a", "a$", "\\", r"\b", "a{99999}", "[a--b]",
     "a{3,2}", "((((((a))))))"],
)  # fmt: skip
def test_a_pattern_that_could_run_away_is_refused(pattern: str) -> None:
    with pytest.raises(FormError, match="the pattern"):
        compile_pattern(pattern)


@settings(max_examples=300, deadline=None)
@given(
    pattern=st.lists(
        st.sampled_from(
            ["a", "b", "(", ")", "|", "?", "*", "+", "{1,3}", "{2}", "[ab]", ".", r"\d", "(a", ")?"]
        ),
        max_size=14,
    ).map("".join),
    text=st.text("ab1", min_size=0, max_size=LONGEST_TEXT),
)
def test_whatever_is_taken_ends_soon(pattern: str, text: str) -> None:
    try:
        compiled = compile_pattern(pattern)
    except FormError:
        return
    start = time.perf_counter()
    assert compiled.fullmatch(text + "!") is None or "." in pattern
    assert (compiled.fullmatch(text) is not None) == (re.fullmatch(pattern, text) is not None)
    assert time.perf_counter() - start < 1
