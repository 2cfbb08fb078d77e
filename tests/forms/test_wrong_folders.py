"""Every way in which a form folder can be wrong is refused with the file, the key and the right word."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

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


def instead(name: str, old: str, new: str) -> Fault:
    def make(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return make


def file_of(name: str, content: str | bytes) -> Fault:
    def make(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    return make


def also(text: str) -> Fault:
    """Further tables in `form.toml`."""
    return instead("form.toml", "[[edition]]", f"{text}\n[[edition]]")


def key(line: str) -> Fault:
    """A further key of `form.toml` itself."""
    return instead("form.toml", "[fields]", f"{line}\n[fields]")


def says(text: str) -> Fault:
    """Another text in box 1."""
    return instead("boxes.toml", '"{{ exporter | block }}"', f"'''{text}'''")


def case(text: str) -> Fault:
    """The case of the rule that should fail."""
    passing = '[[case]]\nname = "a lot is named"\npasses = true\n'
    return file_of("cases/GR0201.toml", f'{passing}[[case]]\nname = "no lot"\npasses = false\n{text}\n')


def both(*faults: Fault) -> Fault:
    return lambda folder: [make(folder) for make in faults]


def replaced_by_link(folder: Path) -> None:
    target = folder.parent / "elsewhere.md"
    (folder / "README.md").rename(target)
    (folder / "README.md").symlink_to(target)


UNITS = "# source: our list, 2026-11-01\ncode,name\nKG,kilogram\n"
HASH = f'[official]\nsha256 = "{"0" * 64}"\npages_mm = [[210, 297]]'
SPACE = '[[box.space]]\n  at = [2, 26, 90, 30]\n  caption = "Signature"'
TEXT = '[[box.text]]\n  at = [2, 6, 182, 22]\n  text = "{{ exporter | block }}"'
EXTRA = '[[extra]]\npath = "extra.permit"\nlabels = { en = "Permit" }'
COLUMN = '[[table.column]]\nname = "design"\nlabels = { en = "Design" }'

FORM = "form.toml"
BOXES = "boxes.toml"
RULES = "rules.toml"
CASES = "cases/GR0201.toml"
BASE = "cases/base.toml"
LIST = "codes/units.csv"

KINDS = [
    Kind("a file misnamed", file_of("box.toml", ""), "box.toml", "no file of a form", "'boxes.toml'"),
    Kind("a folder misnamed", file_of("code/a.csv", UNITS), "code", "no folder of a form", "'codes'"),
    Kind("a file missing", lambda f: (f / RULES).unlink(), RULES, "is missing", "every form has one"),
    Kind("a link", replaced_by_link, "README.md", "is a link", "its own files only"),
    Kind("a folder linked", lambda f: (f / "codes").symlink_to("/"), "codes", "is a link", "own files only"),
    Kind("a pipe", lambda f: os.mkfifo(f / "notes.md"), "notes.md", "is no file", "that can be read"),
    Kind("too large", file_of("README.md", b"x" * 20_000_001), "README.md", "is larger", "20 MB"),
    Kind("not text", file_of(FORM, b"\xff\xfe\x00"), FORM, "cannot be read", "utf-8"),
    Kind("not TOML", instead(FORM, "[fields]", "[fields"), FORM, "not valid TOML", "line"),
    Kind("nested without end", file_of(RULES, f"x = {'[' * 9999}"), RULES, "too deep", "in one another"),
    Kind("a key twice", instead(FORM, "format = 1", "format = 1\nformat = 1"), FORM, "TOML", "line 2"),
    Kind("of the future", instead(FORM, "format = 1", "format = 2"), FORM, "format 2", "upgrade certgen"),
    Kind("a key misspelt", instead(FORM, "issued_by", "isued_by"), FORM, "'isued_by'", "'issued_by'"),
    Kind(
        "a choice misspelt", instead(FORM, '"document"', '"documnet"'), FORM, "'legal_status'", "'document'?"
    ),
    Kind("an id with spaces", instead(FORM, '"gr-demo"', '"gr demo"'), FORM, "'id'", "'gr demo'"),
    Kind("a date as text", instead(FORM, "2025-12-31", '"2025"'), FORM, "valid_until", "valid date"),
    Kind(
        "a field misspelt",
        instead(FORM, '"exporter.name"', '"exporter.nmae"'),
        FORM,
        "fields.required",
        "'exporter.name'?",
    ),
    Kind("a field not used", instead(FORM, '"products.lots", ', ""), FORM, "fields.used", "'products.lots'"),
    Kind("a serial word misspelt", instead(FORM, "{year}", "{yaer}"), FORM, "serial", "{year}"),
    Kind("a file name of nothing", instead(FORM, "{serial}.pdf", "{serail}.pdf"), FORM, "output", "{serial}"),
    Kind(
        "a way out of the folder", instead(FORM, "{serial}.pdf", "../{serial}.pdf"), FORM, "output", "plain"
    ),
    Kind("a gap between editions", instead(FORM, "2026-01-01", "2026-02-01"), FORM, "'2026'", "2025-12-31"),
    Kind(
        "wording of one edition alone",
        instead(FORM, "declaration", "declaraton"),
        FORM,
        "'declaraton'",
        "'declaration'",
    ),
    Kind("a caption misspelt", also('[captions]\ndraf = "x"'), FORM, "captions", "'draft'?"),
    Kind(
        "a scheme misspelt", key('category_scheme = "equivalnce"'), FORM, "category_scheme", "'equivalence'?"
    ),
    Kind("a division misspelt", key('one_per = "consignmnet"'), FORM, "one_per", "'consignment'?"),
    Kind("gathered by nothing", also('[gather]\nby = ["exporter.nam"]'), FORM, "gather", "'exporter.name'?"),
    Kind(
        "a default misspelt",
        also('[defaults]\n"point_of_entyr" = "Hull"'),
        FORM,
        "defaults",
        "'point_of_entry'?",
    ),
    Kind("a default of another kind", also("[defaults]\npoint_of_entry = 5"), FORM, "defaults", "a text"),
    Kind(
        "replaced without such a field",
        also('[replacement]\nfixed = ["producrs"]\ncites = "x"'),
        FORM,
        "replacement.fixed",
        "'producers'?",
    ),
    Kind(
        "a history of no field",
        also('[[history]]\nname = "h"\nsame = "products.cn_cod"'),
        FORM,
        "history 'h': same",
        "'products.cn_code'?",
    ),
    Kind(
        "a variant of no standing",
        also('[[variant]]\nname = "v"\nband = "x"\nlegal_status = "requst"'),
        FORM,
        "variant.1.legal_status",
        "'request'?",
    ),
    Kind("an own field twice", also(f"{EXTRA}\n{EXTRA}"), FORM, "extra 'extra.permit'", "twice"),
    Kind("an own field of no type", also(f'{EXTRA}\ntype = "nubmer"'), FORM, "extra.1.type", "'number'?"),
    Kind("an own field without English", also(EXTRA.replace("en =", "fr =")), FORM, "labels", "English"),
    Kind(
        "a column twice",
        also(f'[[table]]\nname = "t"\nsheets = {{ en = "T" }}\n{COLUMN}\n{COLUMN}'),
        FORM,
        "table 't'",
        "column 'design'",
    ),
    Kind("a blank not named", file_of("official.pdf", "%PDF-1.4"), FORM, "official.pdf", "no [official]"),
    Kind("a blank missing", also(HASH), FORM, "official", "is missing"),
    Kind(
        "another blank",
        both(file_of("official.pdf", "%PDF-1.4"), also(HASH)),
        FORM,
        "official.sha256",
        "import it again",
    ),
    Kind(
        "a box off the page",
        instead(BOXES, "[12, 20, 186, 30]", "[12, 20, 199, 30]"),
        BOXES,
        "box 1",
        "210 x 297 mm",
    ),
    Kind(
        "boxes that overlap",
        instead(BOXES, "[12, 20, 186, 30]", "[12, 20, 186, 31]"),
        BOXES,
        "box 1",
        "overlaps box 2",
    ),
    Kind(
        "a box without a place", instead(BOXES, "at = [12, 20, 186, 30]", ""), BOXES, "'box.1.at'", "missing"
    ),
    Kind(
        "a place of three numbers",
        instead(BOXES, "[12, 20, 186, 30]", "[12, 20, 186]"),
        BOXES,
        "box.1.at.4",
        "missing",
    ),
    Kind("a number twice", instead(BOXES, 'number = "2"', 'number = "1"'), BOXES, "box 1", "twice"),
    Kind(
        "letters too small",
        instead(BOXES, "[[box.text]]", "[[box.text]]\nmin_size_pt = 4"),
        BOXES,
        "box.1.text.1.min_size_pt",
        "6.5",
    ),
    Kind(
        "a fit misspelt",
        instead(BOXES, "[[box.text]]", '[[box.text]]\noverflow = "contine"'),
        BOXES,
        "box.1.text.1.overflow",
        "'continue'?",
    ),
    Kind(
        "columns too wide", instead(BOXES, "width_mm = 66", "width_mm = 67"), BOXES, "box 2: table", "187 mm"
    ),
    Kind(
        "a blank's field without a blank",
        instead(BOXES, SPACE, '[[box.official]]\nfield = "a"'),
        BOXES,
        "box 3",
        "no [official]",
    ),
    Kind("an empty box", instead(BOXES, TEXT, ""), BOXES, "box 1", "is empty"),
    Kind("a text misspelt", says("{{ exporter.nmae }}"), BOXES, "box 1: text 1", "exporter.name?"),
    Kind(
        "wording misspelt",
        instead(BOXES, "wording.declaration", "wording.declaratoin"),
        BOXES,
        "box 3: label 1",
        "wording.declaration?",
    ),
    Kind("a list without source", file_of(LIST, "code\nKG\n"), LIST, "names no source", "# source:"),
    Kind("a list without codes", file_of(LIST, "# source: x\nname\nKG\n"), LIST, "first column", "`code`"),
    Kind("a code twice", file_of(LIST, f"{UNITS}KG,kilo\n"), LIST, "'KG'", "twice"),
    Kind("a row too short", file_of(LIST, f"{UNITS}G\n"), LIST, "'G'", "columns of the header"),
    Kind("a list not in UTF-8", file_of(LIST, UNITS.encode("utf-16")), LIST, "cannot be read", "utf-8"),
    Kind(
        "a list misspelt",
        both(file_of(LIST, UNITS), says("{{ codes.unts['KG'].name }}")),
        BOXES,
        "box 1",
        "codes.units?",
    ),
    Kind(
        "a column misspelt",
        both(file_of(LIST, UNITS), says("{{ codes.units['KG'].nmae }}")),
        BOXES,
        "box 1",
        "name?",
    ),
    Kind("a rule without source", instead(RULES, "cites =", "cite ="), RULES, "'rule.1.cite'", "'cites'?"),
    Kind("a rule of no weight", instead(RULES, '"error"', '"warnign"'), RULES, "severity", "'warning'?"),
    Kind("a rule of no box", instead(RULES, 'box = "2"', 'box = "22"'), RULES, "rule GR0201: box", "'22'"),
    Kind(
        "a rule of no field",
        instead(RULES, 'field = "lots"', 'field = "lot"'),
        RULES,
        "rule GR0201",
        "'lots'?",
    ),
    Kind("a rule of certgen's own", instead(RULES, "GR0201", "CG201"), RULES, "CG201", "certgen's own"),
    Kind(
        "a message misspelt",
        instead(RULES, "item.trade_name", "item.trade_nmae"),
        RULES,
        "rule GR0201: message",
        "item.trade_name?",
    ),
    Kind("a rule without cases", lambda f: (f / CASES).unlink(), CASES, "is missing", "a case that passes"),
    Kind("cases without a base", lambda f: (f / BASE).unlink(), BASE, "is missing", "the cases change"),
    Kind("cases without a rule", file_of("cases/GR9.toml", "[[case]]"), "cases/GR9.toml", "no rule", "'GR9'"),
    Kind(
        "a case of one kind only",
        instead(CASES, "passes = true", "passes = false"),
        CASES,
        "has no case that passes",
        "passes = true",
    ),
    Kind("a case that is not so", case(""), CASES, "no lot", "but passed"),
    Kind(
        "a case misspelt",
        case('[case.chnages]\n"products.0.lots" = []'),
        CASES,
        "case.2.chnages",
        "'changes'?",
    ),
    Kind(
        "a case of no field",
        case('[case.changes]\n"product.0.lots" = []'),
        CASES,
        "'product.0.lots'",
        "'products.0.lots'?",
    ),
    Kind(
        "a case of no line",
        case('without = ["products.7.lots"]'),
        CASES,
        "'products.7.lots'",
        "'products.0.lots'?",
    ),
    Kind(
        "a case of no setting", case("[case.settings]\nuntil = 1"), CASES, "settings.until", "no such setting"
    ),
    Kind(
        "a case of no history",
        case('[[case.history.reports]]\nreference = "R"'),
        CASES,
        "history",
        "'reports'",
    ),
    Kind(
        "a case nested without end", file_of(CASES, f"x = {'[' * 9999}"), CASES, "cannot be read", "recursion"
    ),
    Kind("a base misspelt", instead(BASE, "trade_name", "trade_nmae"), BASE, "'trade_nmae'", "'trade_name'?"),
    Kind(
        "a base nested without end", file_of(BASE, f"x = {'[' * 9999}"), BASE, "no consignment", "recursion"
    ),
    Kind("a dossier missing", lambda f: (f / "README.md").unlink(), "README.md", "is missing", "the sources"),
    Kind(
        "a dossier without sources",
        instead("README.md", "## Sources", "## Quellen"),
        "README.md",
        "section",
        "'sources'",
    ),
    Kind("wording never printed", also('[wording]\nforgotten = "x"'), FORM, "'forgotten'", "in no box"),
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
    says(text)(guide_form)
    with pytest.raises(FormError) as refused:
        load_form(guide_form)
    told = str(refused.value)
    assert told.startswith(f"{guide_form / BOXES}: box 1: text 1: text: ")
    assert word in told


def test_a_rule_reaches_out_no_further_than_a_text(guide_form: Path) -> None:
    instead(RULES, "not (item.lots is empty)", "item.lots.__class__")(guide_form)
    with pytest.raises(FormError, match=r"rule GR0201: must: .*__class__"):
        load_form(guide_form)
