"""Functions of the form language about goods, codes and certified operators: what a name or code says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from certgen.consignment import Party, Product
from certgen.forms.language.functions import form_function
from certgen.forms.language.words import find_longest_words, fold
from certgen.profile import Operator

_NUMBERED_CODE = re.compile(r"(.*\D)0*(\d+)")
_LEGAL_FORMS = frozenset(
    {
        "ltd",
        "limited",
        "inc",
        "incorporated",
        "corp",
        "corporation",
        "co",
        "company",
        "llc",
        "llp",
        "lp",
        "plc",
        "gmbh",
        "mbh",
        "ag",
        "kg",
        "ev",
        "sa",
        "sas",
        "sarl",
        "srl",
        "spa",
        "bv",
        "nv",
        "pty",
        "ltda",
        "dba",
    }
)


@form_function("text", "codes", gives="text")
def listed_as(code: str, codes: Mapping[str, Any]) -> str:
    """The code as the list writes it: exactly so, else with the same last number (`US-ORG-62` is listed as
    `US-ORG-062`); "" when it is not listed.
    """
    if code in codes:
        return code
    wanted = _numbered(code)
    return next((listed for listed in codes if _numbered(listed) == wanted), "")


@form_function("text", "text", gives="yes or no")
def is_called(name: str, listed: str) -> bool:
    """Whether two names mean the same body: all words of one stand in the other, or a short name in brackets
    does; letter case, accents, signs and legal forms (Ltd, Inc, GmbH) aside.
    """
    return any(
        set(one) <= set(other) or set(other) <= set(one) or "".join(one) == "".join(other)
        for one in _called(name)
        for other in _called(listed)
    )


@form_function("text", "codes", "constant", gives="text")
def category_of(category: str, codes: Mapping[str, Any], scheme: str) -> str:
    """The category's code in the list, for a letter of this scheme, the code itself, or one of its words."""
    wanted = fold(category)
    letters = [code for code, row in codes.items() if row[scheme] and fold(row[scheme]) == wanted]
    named = [code for code, row in codes.items() if wanted in _names(code, row["name"], row["words"])]
    return next(iter(letters + named), "") if wanted else ""


@form_function("codes", "field", "texts", gives="list of text")
def entries(codes: Mapping[str, Any], get: Callable[[Any], str], wanted: Iterable[str]) -> list[str]:
    """What this column says for each of these codes; empty cells and unknown codes are left out."""
    return [entry for code in wanted if code in codes and (entry := get(codes[code]))]


@form_function("product", "text", "codes", gives="text")
def processing_of(product: Product, stated: str, codes: Mapping[str, Any]) -> str:
    """`processed` or `unprocessed`: as stated, else as the words of the trade name say (their `standing`);
    `contradicted` when all its words say otherwise, `unknown` when nothing or both is said.
    """
    words = find_longest_words(product.trade_name, codes)
    told = {codes[word]["standing"] for word in words} & {"processed", "unprocessed"}
    if stated in ("processed", "unprocessed"):
        return stated if not told or stated in told else "contradicted"
    return told.pop() if len(told) == 1 else "unknown"


@form_function("list", "any", gives="number")
def place_of(items: Sequence[Any], value: Any) -> int | None:
    """The place of the first item that is exactly like this one, counted from 1; nothing when none is."""
    try:
        return items.index(value) + 1
    except ValueError:
        return None


@form_function("operators", "date", gives="same")
def valid_on(operators: Iterable[Operator], day: date) -> list[Operator]:
    """The certified operators whose certificate still holds on this day; its last day counts."""
    return [operator for operator in operators if day <= operator.valid_until]


@form_function("operators", "parties", gives="same")
def held_by(operators: Iterable[Operator], parties: Iterable[Party]) -> list[Operator]:
    """The certified operators that are one of these parties, by name."""
    names = {fold(party.name) for party in parties}
    return [operator for operator in operators if fold(operator.name) in names]


@form_function("operators", "product", gives="same")
def covering(operators: Iterable[Operator], product: Product) -> list[Operator]:
    """The certified operators whose list has this product: by words of its trade name, or by the first
    digits of its CN code; an empty list has every product.
    """
    return [item for item in operators if not item.products or _is_listed(product, item.products)]


def _is_listed(product: Product, entries: Iterable[str]) -> bool:
    name = f" {fold(product.trade_name)} "
    code = "".join(letter for letter in product.cn_code if letter.isdigit())
    return any(
        code.startswith(digits)
        if (digits := re.sub(r"[ .]", "", entry)).isdigit()
        else f" {fold(entry)} " in name
        for entry in entries
    )


@lru_cache(maxsize=4096)
def _numbered(code: str) -> tuple[str, str]:
    """A code as its beginning and its last number without leading zeros."""
    found = _NUMBERED_CODE.fullmatch(code)
    return (found[1], found[2]) if found else (code, "")


@lru_cache(maxsize=512)
def _called(name: str) -> tuple[tuple[str, ...], ...]:
    """The words of a name and of each short name in its brackets, and the initials of the name as a word."""
    short = re.findall(r"\(([^()]*)\)", name)
    whole = _words_of_name(re.sub(r"\([^()]*\)", " ", name))
    initials = "".join(word[0] for word in whole)
    found = [whole, *map(_words_of_name, short), (initials,) if len(initials) > 2 else ()]
    return tuple(words for words in found if words)


def _words_of_name(name: str) -> tuple[str, ...]:
    """Its words without signs (`Pro-Cert` is procert, `S.A.` is sa) and without those of a legal form."""
    words = ("".join(fold(word).split()) for word in name.split())
    return tuple(word for word in words if word and word not in _LEGAL_FORMS)


@lru_cache(maxsize=256)
def _names(code: str, name: str, words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in (code, name, *words.split("|")))
