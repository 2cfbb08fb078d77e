"""Goods whose label is made for another market: the papers say so, as the containers do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest
from papers import ISSUE, print_paper

from certgen.consignment import consignment_from_plain
from certgen.forms import find_forms_root, load_form
from certgen.forms.paper import Paper
from certgen.rules.cases import load_base

MARK = "For Export Only"
FORMS = (
    "certificate-request",
    "eu-coi",
    "gb-coi",
    "japan-export-request",
    "nop-import-request",
    "transaction-certificate",
    "uk-canada-export",
)


def text_of(form_id: str, folder: Path, *, is_for_export_only: bool | None) -> str:
    form = load_form(find_forms_root() / form_id)
    base = consignment_from_plain(load_base(form.folder / "cases" / "base.toml"))
    first, *rest = base.products
    goods = (replace(first, for_export_only=is_for_export_only), *rest)
    issue = ISSUE if form.legal_status == "document" else replace(ISSUE, serial="")
    paper = Paper(form, form.editions[-1], replace(base, products=goods), issue)
    with pdfplumber.open(print_paper(paper, folder)) as pdf:
        return " ".join(page.extract_text() or "" for page in pdf.pages)


@pytest.mark.parametrize("form_id", FORMS)
def test_the_line_for_export_only_says_so_and_no_other(form_id: str, tmp_path: Path) -> None:
    assert text_of(form_id, tmp_path, is_for_export_only=True).count(MARK) == 1
    assert MARK not in text_of(form_id, tmp_path, is_for_export_only=None)
