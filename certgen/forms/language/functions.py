"""The functions of the form language: plain Python over the consignment, in the words of the trade.

To add one, write a function under `@form_function`, with its meaning as docstring: `takes` names the kinds of
its arguments (see `_TAKES` in `calls.py`), `gives` the kind of its result; then add an example to the
table in `tests/forms/test_functions.py` (a test fails while one is missing) and a line to
`docs/forms-reference.md` (a test fails too). Every function can be written `f(x, y)` or `x | f(y)`. Given an
empty field, a function gives nothing ("" for a text, no for a question, an empty list) without being called.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812  (the form language calls its own function date)
from decimal import Decimal
from typing import Any

from certgen.consignment import ControlBody, Packages, Party, Product, Quantity, write_digits
from certgen.forms.language.patterns import LONGEST_TEXT
from certgen.forms.language.words import find_longest_words, fold
from certgen.forms.paper import Issue

_NOTHING = Decimal(0)

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class Function:
    """One word of the form language.

    Its last `optional` arguments may be left out; `reads` are the fields it takes from its first argument
    (all of it, if none are named).
    """

    name: str
    apply: Callable[..., Any]
    takes: tuple[str, ...]
    gives: str
    optional: int
    meaning: str
    reads: tuple[str, ...] = ()


FUNCTIONS: dict[str, Function] = {}


def form_function(
    *takes: str, gives: str, optional: int = 0, reads: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Put a function into the form language under its own name."""

    def enter(apply: Callable[..., Any]) -> Callable[..., Any]:
        meaning = " ".join((apply.__doc__ or "").split())
        FUNCTIONS[apply.__name__] = Function(apply.__name__, apply, takes, gives, optional, meaning, reads)
        return apply

    return enter


@form_function("date", "constant", gives="text", optional=1)
def date(value: Date | str, style: str = "long") -> str:
    """The date as `8 December 2026`, or with 'iso' as `2026-12-08`."""
    day = Date.fromisoformat(value) if isinstance(value, str) else value
    if style == "iso":
        return day.isoformat()
    if style != "long":
        raise ValueError(f"{style!r} is no way to print a date; there are 'long' and 'iso'")
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@form_function("mass", gives="text")
def mass(value: Quantity) -> str:
    """The amount with its unit, digits as in the cell, no separator but the decimal point: `1234.50 kg`."""
    return f"{write_digits(value.amount)} {value.unit}"


@form_function("packages", gives="text")
def packages(value: Packages) -> str:
    """The count and the kind of packages: `880 bags`, or the kind alone: `in bulk`."""
    return value.kind if value.count is None else f"{value.count} {value.kind}".rstrip()


@form_function("masses", gives="text")
def total(values: Iterable[Quantity]) -> str:
    """The sum of masses, kilograms and litres apart: `12000 kg`, or `12000 kg and 40 l`."""
    sums: dict[str, Decimal] = {}
    for value in values:
        sums[value.unit] = sums.get(value.unit, _NOTHING) + value.amount
    return " and ".join([f"{write_digits(sums[unit])} {unit}" for unit in sorted(sums)])


@form_function("products", gives="text", reads=("net_mass",))
def total_net(products: Iterable[Product]) -> str:
    """The sum of the net masses of these product lines, as `total` prints it."""
    return str(total([line.net_mass for line in products if line.net_mass is not None]))


@form_function("masses", "constant", gives="number")
def amount_in(values: Iterable[Quantity], unit: str) -> Decimal:
    """The sum of those masses that are in this unit ('kg' or 'l'), as a number."""
    return sum((value.amount for value in values if value.unit == unit), Decimal(0))


@form_function("party", gives="text", reads=("name", "address", "country", "code"))
def block(party: Party | ControlBody) -> str:
    """Name, address and country of a party in lines as on a letter; a country that the address names is not
    repeated. Of a control body: name, address and code.
    """
    last_line = _country_line(party) if isinstance(party, Party) else party.code
    return "\n".join(line for line in (party.name, party.address, last_line) if line)


@form_function("text", gives="text")
def lower(text: str) -> str:
    """The text in small letters."""
    return text.lower()


@form_function("text", gives="text")
def digits(text: str) -> str:
    """Only the digits of a text: `1204 00 90` gives `12040090`."""
    return "".join(letter for letter in text if letter in "0123456789")


@form_function("text", "text", gives="yes or no")
def starts_with(text: str, beginning: str) -> bool:
    """Whether the text begins so."""
    return text.startswith(beginning)


@form_function("text", "text", gives="yes or no")
def ends_with(text: str, ending: str) -> bool:
    """Whether the text ends so."""
    return text.endswith(ending)


@form_function("text", "pattern", gives="yes or no")
def matches(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether the whole text is as the pattern says: `matches('[A-Z]{2}-[A-Z]{3}-[0-9]{2,3}')`."""
    return len(text) <= LONGEST_TEXT and pattern.fullmatch(text) is not None


@form_function("text", "search pattern", gives="yes or no")
def holds(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether a part of the text is as the pattern says, as a postcode in an address; the pattern has no
    `*` or `+`.
    """
    return pattern.search(text) is not None


@form_function("any", "any", gives="yes or no")
def same(one: Any, other: Any) -> bool:
    """Whether two texts or parties say the same, letter case, accents and signs aside."""
    return are_same(one, other)


@form_function("text", "codes", gives="yes or no")
def contains_word(text: str, codes: Mapping[str, Any]) -> bool:
    """Whether a word (or words) of the code list stands in the text as whole words."""
    return bool(find_words(text, codes))


@form_function("text", "codes", gives="list of text")
def find_words(text: str, codes: Mapping[str, Any]) -> list[str]:
    """The words of the code list that stand in the text as whole words; of two that overlap the longer."""
    return find_longest_words(text, codes)


@form_function("text", "codes", gives="yes or no")
def known(code: str, codes: Mapping[str, Any]) -> bool:
    """Whether the code list has this code, written exactly so."""
    return code in codes


@form_function("text", gives="yes or no")
def valid_container(text: str) -> bool:
    """Whether a container number is four letters and seven digits of which the last checks the others
    (ISO 6346, annex A: letters count 10 to 38 without the multiples of 11, weights are powers of two).
    """
    number = re.sub(r"[\s\-/.]", "", text).upper()
    if not re.fullmatch(r"[A-Z]{3}[UJZ][0-9]{7}", number):
        return False
    values = (_container_value(letter) << place for place, letter in enumerate(number[:10]))
    return sum(values) % 11 % 10 == int(number[10])


@form_function("issue", gives="yes or no")
def is_successor(issue: Issue) -> bool:
    """Whether this certificate takes the place of an earlier one."""
    return issue.first_issue_date is not None and issue.first_issue_date != issue.issue_date


def _container_value(letter: str) -> int:
    if letter.isdigit():
        return int(letter)
    place = ord(letter) - ord("A")
    return 10 + place + (place + 9) // 10


def _country_line(party: Party) -> str:
    country = party.country.name if party.country else ""
    return "" if f" {fold(country)} " in f" {fold(party.address)} " else country


def are_same(one: Any, other: Any) -> bool:
    """Whether two values say the same; of texts and parties letter case, accents and signs aside."""
    if isinstance(one, Party) and isinstance(other, Party):
        return fold(f"{one.name} {one.address}") == fold(f"{other.name} {other.address}")
    if isinstance(one, str) and isinstance(other, str):
        return fold(one) == fold(other)
    return bool(one == other)
