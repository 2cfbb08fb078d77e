"""Whatever stands in a text, it is refused when loaded or prints within bounds."""

from __future__ import annotations

import time
from dataclasses import fields
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from certgen.consignment import Consignment
from certgen.errors import FormError
from certgen.forms.language.expressions import compile_expression, compile_template
from certgen.forms.language.functions import FUNCTIONS
from certgen.forms.paper import Issue

WORDS = [
    *FUNCTIONS,
    *(item.name for item in fields(Consignment) if item.name != "cells"),
    *(
        "item",
        "loop",
        "p",
        "issue",
        "issuer",
        "wording",
        "codes",
        "operators",
        "history",
        "self",
        "__class__",
    ),
    *("name", "lots", "net_mass", "amount", "code", "country", "first", "last", "words", "control_bodies"),
    *("'a'", "'name'", "'[a-z]*'", "'kg'", "0", "1", "-1", "2.5", "1e9", "none", "true", "9999999"),
    *(
        "|",
        ".",
        "(",
        ")",
        "[",
        "]",
        ",",
        "~",
        "+",
        "-",
        "*",
        "/",
        "//",
        "**",
        "%",
        "==",
        "<",
        "in",
        "not",
        "and",
    ),
    *("or", "if", "else", "is", "empty", ":", "{", "}", "for", "set", "range", "lipsum", "namespace"),
]
PIECES = [
    *("{{ ", " }}", "{% ", " %}", "{% for p in products %}", "{% for q in producers %}", "{% endfor %}"),
    *("{% if seals %}", "{% else %}", "{% endif %}", "{% set a = 1 %}", "{% macro m() %}", "{% endmacro %}"),
    *("{{ p.name }}", "{{ exporter.name }}", "{% raw %}", "{% include 'x' %}", "\n", "{#", "#}", "é", "\x00"),
]
SOONEST_S = 1.0


def some_expression() -> st.SearchStrategy[str]:
    """Words in any order, and well-formed shapes around some of them."""
    word = st.sampled_from(WORDS)
    chain = st.builds(" | ".join, st.lists(word, min_size=1, max_size=4))
    call = st.builds("{}({}, {})".format, st.sampled_from(list(FUNCTIONS)), chain, word)
    joined = st.builds(
        "{} {} {}".format, chain, st.sampled_from(["and", "==", "<", "in", "+", "~", "*"]), chain
    )
    return st.one_of(st.lists(word, max_size=12).map(" ".join), chain, call, joined)


def check(work: Any) -> None:
    start = time.perf_counter()
    try:
        told = work()
    except FormError as refusal:
        told = str(refusal)
        is_right = told.startswith("here: ")
    else:
        is_right = not isinstance(told, str) or len(told) < 1_000_000
    assert is_right, told
    assert time.perf_counter() - start < SOONEST_S


@settings(max_examples=600, deadline=None)
@given(source=some_expression())
def test_any_expression_is_refused_or_evaluated_soon(source: str, names: dict[str, Any], scope: Any) -> None:
    check(lambda: compile_expression(source, "here", scope).evaluate(names))


@settings(max_examples=600, deadline=None)
@given(
    text=st.lists(
        st.one_of(st.sampled_from(PIECES), some_expression().map("{{{{ {} }}}}".format), st.text(max_size=5)),
        max_size=10,
    ).map("".join)
)
def test_any_text_is_refused_or_printed_soon(text: str, names: dict[str, Any], scope: Any) -> None:
    check(lambda: compile_template(text, "here", scope).render(names))


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=200))
def test_any_letters_are_refused_or_printed_soon(text: str, names: dict[str, Any], scope: Any) -> None:
    check(lambda: compile_template(text, "here", scope).render(names))


def test_an_empty_consignment_fails_no_text(scope: Any) -> None:
    """What was found right when loaded cannot fail for want of data."""
    whole = Consignment()
    names = {item.name: getattr(whole, item.name) for item in fields(whole)}
    names |= {
        "issue": Issue(),
        "issuer": Issue().issuer,
        "wording": {},
        "codes": {},
        "operators": (),
        "history": {},
    }
    for text in (
        "{{ exporter | block }}{{ products | total_net }}{{ gross_mass | mass }}{{ departure_date | date }}",
        "{{ (products | first).net_mass.amount - gross_mass.amount }}",
        "{% if gross_mass.amount >= (products | each('net_mass') | amount_in('kg')) %}x{% endif %}",
        "{{ issue_date | date }}{{ transport.vessels | join }}{{ (products | last).packages | packages }}",
        "{{ 'x' if departure_date < issue.issue_date else '' }}{{ (products | first).trade_name | lower }}",
    ):
        assert compile_template(text, "here", scope).render(names) in ("", "0")
