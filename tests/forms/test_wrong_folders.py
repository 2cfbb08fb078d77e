"""Every way in which a form folder can be wrong is refused with the file, the key and the right word."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from certgen.errors import FormError
from certgen.forms import load_form

Fault = Callable[[Path], object]


@dataclass(frozen=True)
class Kind:
    """One way to be wrong: how it is made, and the file, the key and the right word that are told."""

    name: str
    make: Fault
    file: str
    key: str
    word: str


def instead(folder: Path, name: str, was: str, says: str) -> None:
    """Another text in a file of the form."""
    text = (folder / name).read_text(encoding="utf-8")
    assert was in text, f"{was!r} is not in {name}"
    (folder / name).write_text(text.replace(was, says, 1), encoding="utf-8")


def write(folder: Path, name: str, content: str | bytes) -> None:
    """A whole file in the form's folder."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def replaced_by_link(folder: Path) -> None:
    target = folder.parent / "elsewhere.md"
    (folder / "README.md").rename(target)
    (folder / "README.md").symlink_to(target)


def written_kinds() -> list[Kind]:
    """The kinds that differ from the guide's form in their texts alone."""
    data = tomllib.loads((Path(__file__).parent / "wrong_folders.toml").read_text(encoding="utf-8"))
    return [Kind(kind["name"], changed_by(kind["change"]), **kind["told"]) for kind in data["kind"]]


def changed_by(changes: list[Mapping[str, Any]]) -> Fault:
    def make(folder: Path) -> None:
        for change in changes:
            if "was" in change:
                instead(folder, change["in"], change["was"], change["says"])
            else:
                write(folder, change["in"], change["says"])

    return make


BOXES, RULES = "boxes.toml", "rules.toml"
CASES, BASE, LIST = "cases/GR0201.toml", "cases/base.toml", "codes/units.csv"
DEEP = f"x = {'[' * 9999}"

KINDS = [
    *written_kinds(),
    Kind("a file missing", lambda f: (f / RULES).unlink(), RULES, "is missing", "every form has one"),
    Kind("a link", replaced_by_link, "README.md", "is a link", "its own files only"),
    Kind("a folder linked", lambda f: (f / "codes").symlink_to("/"), "codes", "is a link", "own files only"),
    Kind("a pipe", lambda f: os.mkfifo(f / "notes.md"), "notes.md", "is no file", "that can be read"),
    Kind("too large", lambda f: write(f, "README.md", b"x" * 20_000_001), "README.md", "is larger", "20 MB"),
    Kind("not text", lambda f: write(f, "form.toml", b"\xff\x00"), "form.toml", "cannot be read", "utf-8"),
    Kind("nested without end", lambda f: write(f, RULES, DEEP), RULES, "too deep", "in one another"),
    Kind("a list of UTF-16", lambda f: write(f, LIST, b"\xff\xfe#\x00"), LIST, "cannot be read", "utf-8"),
    Kind("a rule without cases", lambda f: (f / CASES).unlink(), CASES, "is missing", "a case that passes"),
    Kind("cases without a base", lambda f: (f / BASE).unlink(), BASE, "is missing", "the cases change"),
    Kind("a case without end", lambda f: write(f, CASES, DEEP), CASES, "cannot be read", "recursion"),
    Kind("a base without end", lambda f: write(f, BASE, DEEP), BASE, "no consignment", "recursion"),
    Kind("a dossier missing", lambda f: (f / "README.md").unlink(), "README.md", "is missing", "the sources"),
]


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name.replace(" ", "-") for kind in KINDS])
def test_it_is_refused_with_file_key_and_the_right_word(certgen, guide_form: Path, kind: Kind) -> None:
    kind.make(guide_form)
    refused = certgen("form", "check", guide_form)
    assert refused.exit_code == 5
    told = [line for line in refused.err.splitlines() if str(guide_form / kind.file) in line]
    assert any(kind.key in line and kind.word in line for line in told), refused.err


LOOP_IN_LOOPS = "{% for a in products %}" + "{% for b in seals %}" * 2 + "{% endfor %}" * 3
NEVER = [
    ("counts without end", "{% for i in range(999999999) %}x{% endfor %}", "'range'"),
    ("loops for ever", "{% while true %}{% endwhile %}", "'while'"),
    ("loops three deep", LOOP_IN_LOOPS, "two deep"),
    ("calls itself", "{% for a in products recursive %}{{ loop(products) }}{% endfor %}", "one name"),
    ("grows by powers", "{{ 9 ** 9 ** 9 }}", "**"),
    ("grows by repeating", "{{ 'x' * 999999999 }}", "calculated"),
    ("grows by repeating the other way", "{{ 999 * exporter.name }}", "calculated"),
    ("grows by formatting", "{{ '%999999999d' % 1 }}", "%"),
    ("grows by a filter", "{{ exporter.name | center(999999999) }}", "'center'"),
    ("grows by a method", "{{ exporter.name.ljust(999999999) }}", "not a function"),
    ("formats by a method", "{{ '{0.__class__}'.format(exporter) }}", "not a function"),
    ("formats by a filter", "{{ '%s' | format(exporter) }}", "'format'"),
    ("makes text of nothing", "{{ lipsum(n=99999) }}", "'lipsum'"),
    ("a pattern that runs away", "{{ exporter.name | matches('(a+)+b') }}", "repeats a group"),
    ("reads a file", "{{ open('/etc/passwd').read() }}", "not a function"),
    ("reads a file by a name", "{{ open('/etc/passwd') }}", "'open'"),
    ("includes a file", "{% include '/etc/passwd' %}", "include"),
    ("imports a file", "{% import '/etc/passwd' as x %}", "import"),
    ("imports from a file", "{% from '/etc/passwd' import x %}", "fromimport"),
    ("stands on another file", "{% extends '/etc/passwd' %}", "extends"),
    ("reaches a class", "{{ exporter.__class__ }}", "__class__"),
    ("reaches a class by brackets", "{{ exporter['__class__'] }}", "[…]"),
    ("reaches a class by a filter", "{{ exporter | attr('__class__') }}", "'attr'"),
    ("reaches a class by a list", "{{ products | each('__class__') | join }}", "__class__"),
    ("climbs from a text", "{{ ''.__class__.__mro__[1].__subclasses__() }}", "not a function"),
    ("a name with an underscore", "{{ _secret }}", "'_secret'"),
    ("the loop's own insides", "{% for p in products %}{{ loop.__init__ }}{% endfor %}", "__init__"),
    ("the template itself", "{{ self }}", "'self'"),
    ("defines a macro", "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", "macro"),
    ("calls a block", "{% call again() %}{% endcall %}", "callblock"),
    ("sets a name", "{% set exporter = 1 %}", "assign"),
    ("makes a namespace", "{{ namespace(a=1) }}", "'namespace'"),
    ("filters a block", "{% filter upper %}x{% endfilter %}", "filterblock"),
    ("nests without end", "{{ " + "(" * 1500 + "1" + ")" * 1500 + " }}", "cannot be read"),
    ("chains without end", "{{ exporter" + ".name" * 1000 + " }}", "longer than"),
    ("a number without end", "{{ " + "9" * 3000 + " }}", "too large"),
]


@pytest.mark.parametrize(
    ("text", "word"), [entry[1:] for entry in NEVER], ids=[entry[0].replace(" ", "-") for entry in NEVER]
)
def test_what_would_run_on_or_reach_out_never_loads(guide_form: Path, text: str, word: str) -> None:
    instead(guide_form, BOXES, '"{{ exporter | block }}"', f"'''{text}'''")
    with pytest.raises(FormError) as refused:
        load_form(guide_form)
    told = str(refused.value)
    assert told.startswith(f"{guide_form / BOXES}: box 1: text 1: text: ")
    assert word in told


def test_a_rule_reaches_out_no_further_than_a_text(guide_form: Path) -> None:
    instead(guide_form, RULES, "not (item.lots is empty)", "item.lots.__class__")
    with pytest.raises(FormError, match=r"rule GR0201: must: .*__class__"):
        load_form(guide_form)
