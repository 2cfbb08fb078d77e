"""`[replacement]`: what a form says of certificates that are replaced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from certgen.errors import FormError
from certgen.forms import load_form, load_forms

FIRST_TABLE = "[fields]\n"
SAID = '[replacement]\nfixed = ["{path}"]\nconfirm_if_more = ["products.net_mass"]\ncites = "a rule"\n\n'


def test_a_form_without_the_table_lets_nothing_be_replaced(guide_form: Path) -> None:
    form = load_form(guide_form)
    assert form.replacement is None
    assert form.extract_form == ""


def test_fixed_fields_and_the_citation_are_read(change: Callable[[str, str, str], Path]) -> None:
    said = SAID.format(path="products.trade_name")
    folder = change("form.toml", FIRST_TABLE, f'extract_form = "gr-part"\n\n{said}{FIRST_TABLE}')
    form = load_form(folder)
    assert form.replacement is not None
    assert form.replacement.fixed == ("products.trade_name",)
    assert form.replacement.confirm_if_more == ("products.net_mass",)
    assert form.replacement.cites == "a rule"
    assert form.extract_form == "gr-part"


def test_a_field_that_does_not_exist_is_told_with_the_nearest(
    change: Callable[[str, str, str], Path],
) -> None:
    folder = change("form.toml", FIRST_TABLE, SAID.format(path="products.trade_nam") + FIRST_TABLE)
    with pytest.raises(FormError, match=r"replacement\.fixed: .*'products\.trade_nam'.*products\.trade_name"):
        load_form(folder)


def test_a_rule_without_its_source_is_refused(change: Callable[[str, str, str], Path]) -> None:
    said = SAID.format(path="products.trade_name").replace('cites = "a rule"\n', "")
    with pytest.raises(FormError, match="cites"):
        load_form(change("form.toml", FIRST_TABLE, said + FIRST_TABLE))


def test_forms_are_loaded_only_with_the_forms_of_their_extracts(
    change: Callable[[str, str, str], Path],
) -> None:
    folder = change("form.toml", FIRST_TABLE, f'extract_form = "eu-coi-extrcat"\n\n{FIRST_TABLE}')
    with pytest.raises(FormError, match=r"form\.toml: extract_form: there is no form .*'eu-coi-extract'"):
        load_forms([folder])
    change("form.toml", "eu-coi-extrcat", "eu-coi-extract")
    assert load_forms([folder])[load_form(folder).id].extract_form == "eu-coi-extract"
