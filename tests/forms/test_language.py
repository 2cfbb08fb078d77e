"""What the form language says, and everything that it refuses to say."""

from __future__ import annotations

import time
from typing import Any

import pytest

from certgen.errors import FormError
from certgen.forms.language.expressions import compile_condition, compile_expression, compile_template

PRINTED = [
    ("{{ exporter.name }}", "Prairie Lark Organics Ltd."),
    (
        "{% for p in producers %}{{ p.name }}\n{% endfor %}",
        "Moose Creek Organic Farms Ltd.\nÉrablière du Ruisseau Clair inc.",
    ),
    ("{% for p in products if p.processing %}{{ p.cn_code }}{% endfor %}", "17022010"),
    (
        "{% for p in products %}{% for l in p.lots %}{{ l }} {% endfor %}{% endfor %}",
        "FX26-311 FX26-312 MS-9",
    ),
    ("{% for p in products %}{{ loop.index }}{{ ', ' if not loop.last }}{% endfor %}", "1, 2"),
    ("{% for c in seals %}{{ c }}{% else %}none{% endfor %}", "none"),
    ("{% if importer.name %}a{% elif exporter.name %}b{% else %}c{% endif %}", "b"),
    ("{{ issue_date | date }}|{{ gross_mass | mass }}|{{ importer.country.name }}", "||"),
    ("{{ products | length }} lines ~ {{ 'a' ~ 1 ~ 'b' }}", "2 lines ~ a1b"),
    ("{{ products[0].lots[-1] }} {{ products[9].trade_name }}", "FX26-312"),
    ("{{ products[0].cn_code[:6] }}", "120400"),
    ("{{ codes.control_bodies['CA-ORG-016'].name }}", "Pro-Cert"),
    ("{{ codes.control_bodies['XX-ORG-1'].name }}", ""),
    ("{{ wording['declaration'] }}", "All is organic."),
    ("{{ 1 + 2 * 3 - 4 / 8 }}", "6.5"),
    ("{{ products[0].net_mass.amount + 0.25 }}", "22000.75"),
    ("{{ 7 / 0 }}", ""),
    ("{{ importer.name or exporter.name }}", "Prairie Lark Organics Ltd."),
    ("{# a remark #}{{ '<b>&' }}", "<b>&"),
    ("  kept\n\n inside \n", "kept\n\n inside"),
]


@pytest.mark.parametrize(("text", "printed"), PRINTED)
def test_a_text_prints(text: str, printed: str, names: dict[str, Any], scope: Any) -> None:
    assert compile_template(text, "here", scope).render(names) == printed


HOLDS = [
    ("'33(2)' in procedures", True),
    ("'33(3)' in procedures", False),
    ("procedures | length == 1", True),
    ("exporter.country.code == 'CA'", True),
    ("importer.country.code == 'CA'", False),
    ("importer.country.code != 'CA'", True),
    ("gross_mass.amount > 5", False),
    ("gross_mass.amount <= 5", False),
    ("1 < 2 < 3", True),
    ("departure_date >= issue.issue_date", True),
    ("departure_date < issue_date", False),
    ("importer is empty", True),
    ("importer is not empty", False),
    ("transport is empty", False),
    ("issue_date is none", True),
    ("seals is empty and not (containers is empty)", True),
    ("exporter.country.code in ['CA', 'US']", True),
    ("importer.country.code in ['CA', 'US']", False),
    ("importer.country.code in exporter.name", False),
    ("importer.country.code not in ['CA', 'US']", True),
    ("'CA-ORG-016' in codes.control_bodies", True),
    ("-1 < 0", True),
    ("true and not false", True),
]


@pytest.mark.parametrize(("source", "holds"), HOLDS)
def test_a_condition_holds(source: str, *, holds: bool, names: dict[str, Any], scope: Any) -> None:
    assert compile_condition(source, "here", scope).evaluate(names) is holds


REFUSED = [
    ("{{ exporter.nmae }}", "did you mean exporter.name?"),
    ("{{ exporte.name }}", "did you mean 'exporter'?"),
    ("{{ nothing }}", "unknown name 'nothing'"),
    ("{{ exporter }}", "| block"),
    ("{{ departure_date }}", "| date"),
    ("{{ products[0].net_mass }}", "| mass"),
    ("{{ producers.name }}", "each('name')"),
    ("{{ seals }}", "| join"),
    ("{{ exporter is empty }}", "'yes' if"),
    ("{{ exporter.name.upper() }}", "calls something"),
    ("{{ exporter.__class__ }}", "is not known"),
    ("{{ ''.__class__.__mro__ }}", "has no part"),
    ("{{ products | map(attribute='name') }}", "write each('field')"),
    ("{{ products | totl }}", "did you mean 'total'?"),
    ("{{ mass }}", "write mass(…)"),
    ("{{ range(9) }}", "go through a list"),
    ("{{ cycler('a') }}", "unknown function"),
    ("{{ 'a' * 99999 }}", "text cannot be calculated with"),
    ("{{ '%s' % exporter.name }}", "uses %"),
    ("{{ 9 ** 9 }}", "uses **"),
    ("{{ 9 // 2 }}", "uses //"),
    ("{{ {'a': 1} }}", "uses {"),
    ("{{ 99999999999999 }}", "too large"),
    ("{{ 1e400 }}", "too large"),
    ("{{ exporter.name + 'x' }}", "join texts with ~"),
    ("{{ join(*lots) }}", "without names or stars"),
    ("{{ join(containers, between=', ') }}", "without names or stars"),
    ("{{ products | each(exporter.name) }}", "a text in quotes"),
    ("{{ products | each('nmae') }}", "is not known"),
    ("{{ codes.control_bodies | entries('nmae', lots) | join }}", "did you mean row of a code list.name"),
    ("{{ exporter.name | mass }}", "mass takes a mass"),
    ("{{ exporter.name[seals] }}", "[…] takes"),
    ("{{ exporter.name[0:9:2] }}", "cuts a text"),
    ("{% set a = 1 %}", "assign"),
    ("{% set a %}x{% endset %}", "assignblock"),
    ("{% macro m() %}{% endmacro %}", "macro"),
    ("{% include 'x' %}", "include"),
    ("{% import 'x' as y %}", "import"),
    ("{% extends 'x' %}", "extends"),
    ("{% block x %}{% endblock %}", "block"),
    ("{% call x() %}{% endcall %}", "callblock"),
    ("{% filter lower %}x{% endfilter %}", "filterblock"),
    ("{% do x %}", "cannot be read"),
    ("{% for a, b in products %}{% endfor %}", "with one name"),
    ("{% for p in products recursive %}{% endfor %}", "with one name"),
    ("{% for exporter in products %}{% endfor %}", "is taken"),
    ("{% for p in exporter.name %}{% endfor %}", "goes through lists"),
    (
        "{% for a in seals %}{% for b in seals %}{% for c in seals %}{% endfor %}{% endfor %}{% endfor %}",
        "two deep",
    ),
    (
        "{% for a in products %}{% for b in products %}{{ products | total_net }}{% endfor %}{% endfor %}",
        "two deep",
    ),
    ("{% if exporter %}x{% endif %}", "is empty"),
    ("{{ 'x' if exporter.name == 5 }}", "never the same"),
    ("{{ 'x' if exporter.name > 5 }}", "neither above nor below"),
    ("{{ 'x' if products[0].net_mass > 5 }}", ".amount"),
    ("{{ 'x' if 5 in exporter.name }}", "`in` looks for"),
    ("{{ exporter.name if 1 else departure_date }}", "in one case"),
    ("{{ exporter.name is upper }}", "is empty"),
    ("{{ exporter.name | matches('(a+)+') }}", "repeats a group"),
    ("{{ ", "cannot be read"),
    ("{% if %}", "cannot be read"),
    ("{{ " + "(" * 1900 + " }}", "cannot be read"),
    ("{{ " + "not " * 900 + "1 }}", "deep"),
    ("x" * 4001, "longer than"),
    ("{% if 1 %}" * 99 + "{% endif %}" * 99, "deep"),
]


@pytest.mark.parametrize(("text", "why"), REFUSED, ids=[text[:50] for text, _ in REFUSED])
def test_what_is_not_in_the_language_is_refused_when_loaded(text: str, why: str, scope: Any) -> None:
    with pytest.raises(FormError) as refusal:
        compile_template(text, "boxes.toml: box 5: text", scope)
    assert str(refusal.value).startswith("boxes.toml: box 5: text: ")
    assert why in str(refusal.value)


@pytest.mark.parametrize("source", ["a b", "exporter.name }} {{ 1", "", "{% if 1 %}", "nothing"])
def test_a_broken_expression_is_refused(source: str) -> None:
    with pytest.raises(FormError):
        compile_expression(source, "here")


PATHS = [
    ("{% for p in producers %}{{ p.name }}{% endfor %}", {"producers.name"}),
    ("{{ exporter.country.code }}", {"exporter.country.code"}),
    ("{{ exporter | block }}", {"exporter.name", "exporter.address", "exporter.country"}),
    ("{{ products | total_net }}", {"products.net_mass"}),
    ("{{ products | length }}", {"products"}),
    ("{{ products | each('lots') | join }}", {"products.lots"}),
    ("{{ (products | first).cn_code }}", {"products.cn_code"}),
    ("{{ issuer.name }}{{ issue.serial }}{{ wording.declaration }}", set()),
    ("{% if seals %}{{ containers | join }}{% endif %}", {"seals", "containers"}),
    ("{% for p in products %}{% for l in p.lots %}{{ l }}{% endfor %}{% endfor %}", {"products.lots"}),
    (
        "{{ (producers | find('name', exporter.name)).address }}",
        {"producers.name", "producers.address", "exporter.name"},
    ),
]


@pytest.mark.parametrize(("text", "paths"), PATHS)
def test_the_fields_a_text_reads_are_known(text: str, paths: set[str], scope: Any) -> None:
    assert compile_template(text, "here", scope).paths == paths


def test_a_failure_while_printing_names_the_place(names: dict[str, Any], scope: Any) -> None:
    template = compile_template("{{ departure_date | date('short') }}", "boxes.toml: box 1", scope)
    with pytest.raises(FormError, match=r"^boxes.toml: box 1: .*'short'"):
        template.render(names)


@pytest.mark.parametrize(
    ("text", "why"),
    [("{{ q }}{{ 1 }}", "more than 50000 pieces"), ("x" * 3000, "more than 1000000 characters")],
)
def test_a_text_that_would_print_without_measure_is_refused(
    text: str, why: str, names: dict[str, Any]
) -> None:
    source = f"{{% for p in containers %}}{{% for q in containers %}}{text}{{% endfor %}}{{% endfor %}}"
    template = compile_template(source, "here")
    with pytest.raises(FormError, match=why):
        template.render({**names, "containers": ("ABCU1234567",) * 200})


def test_twenty_five_texts_print_in_well_under_a_millisecond(names: dict[str, Any], scope: Any) -> None:
    texts = [text for text, _ in PRINTED] + [text for text, _ in PRINTED[:5]]
    templates = [compile_template(text, "here", scope) for text in texts]
    times = []
    for _ in range(50):
        start = time.perf_counter()
        for template in templates:
            template.render(names)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.001
