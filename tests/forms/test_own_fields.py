"""Fields and sheets that a form declares for itself: typed in texts and rules, and after being kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from certgen.consignment import Consignment, Country, Product, Quantity, as_plain, consignment_from_plain
from certgen.errors import FormError
from certgen.forms import check_form, load_form
from certgen.forms.model import Form, TablePart
from certgen.forms.paper import Issue, Paper
from certgen.rules import run_cases

SMALL = Path(__file__).parent / "small"
TYPED = Consignment(
    reference="J-1",
    extra={"contract": "C-7", "signed_on": date(2026, 1, 15), "way": "contract"},
    products=(
        Product(
            trade_name="Syrup", extra={"units": Decimal(20), "drained": Quantity(Decimal("12.50"), "kg")}
        ),
    ),
    tables={
        "seals": (
            {
                "design": "A",
                "attached": Decimal(20),
                "attached_on": date(2026, 12, 1),
                "weight": Quantity(Decimal("240.0"), "kg"),
                "made_in": Country("Japan", "JP"),
                "is_printed": False,
                "lots": ("L1", "L2"),
            },
        )
    },
)


@pytest.fixture(scope="module")
def form() -> Form:
    return load_form(SMALL / "seal-report")


def _paper(form: Form, consignment: Consignment) -> Paper:
    return Paper(form, form.editions[-1], consignment, Issue())


@pytest.mark.parametrize("folder", sorted(path.name for path in SMALL.iterdir()))
def test_the_small_form_is_right_and_its_cases_come_out(folder: str) -> None:
    assert check_form(SMALL / folder) == []
    assert [result.sentence for result in run_cases(load_form(SMALL / folder)) if not result.is_right] == []


def test_what_was_kept_as_plain_data_has_its_types_again(form: Form) -> None:
    kept = consignment_from_plain(as_plain(TYPED))
    assert kept != TYPED
    assert _paper(form, kept).consignment == TYPED
    assert _paper(form, TYPED).consignment == TYPED


def test_a_missing_sheet_is_an_empty_table(form: Form) -> None:
    assert _paper(form, Consignment()).consignment.tables == {"seals": ()}


def test_what_another_form_declared_is_left_out(form: Form) -> None:
    strange = replace(
        TYPED, extra={**TYPED.extra, "permit": "P-1"}, tables={**TYPED.tables, "papers": ({"kind": "x"},)}
    )
    assert _paper(form, strange).consignment == TYPED


def test_a_table_is_printed_row_by_row_with_its_sum(form: Form) -> None:
    names = _paper(form, TYPED).names()
    table = form.boxes[1].parts[0]
    assert isinstance(table, TablePart)
    row = {**names, "stock": table.rows.evaluate(names)[0]}
    assert [column.text.render(row) for column in table.columns] == [
        "A\nL1\nL2",
        "20 on 1 December 2026",
        "240.0 kg Japan",
    ]
    assert table.columns[1].total is not None
    assert table.columns[1].total.render(names) == "20"
    assert "tables.seals.attached" in form.boxes[1].paths


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("contract", 7),
        ("signed_on", "soon"),
        ("signed_on", 7),
        ("way", True),
    ],
)
def test_a_value_of_another_type_is_refused_with_its_path(form: Form, path: str, value: object) -> None:
    with pytest.raises(FormError, match=rf"extra\.{path}: "):
        _paper(form, Consignment(extra={path: value}))


@pytest.mark.parametrize("value", [1.5, True, "NaN", "many", {"amount": "1"}])
def test_a_number_is_a_decimal_or_refused(form: Form, value: object) -> None:
    with pytest.raises(FormError, match=r"tables\.seals\.attached: .* is no number"):
        _paper(form, Consignment(tables={"seals": ({"attached": value},)}))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('path = "extra.signed_on"', 'path = "extra.contract"', "extra 'extra.contract' stands there twice"),
        ('name = "closing"', 'name = "opening"', "column 'opening' stands there twice"),
        (
            'labels = { en = "Seal design" }',
            'labels = { ja = "x" }',
            "column 'design': labels: needs a header",
        ),
        ('sheets = { en = "Seals", ', "sheets = { ", "table 'seals': sheets: needs a name in English"),
        ('type = "choice"', 'type = "text"', "only a choice, has `choices`"),
        ('type = "country"', 'type = "land"', "key 'table.1.column.7.type'"),
        ('"tables.seals.design"]', '"tables.seals.desing"]', "did you mean 'tables.seals.design'"),
        ('"extra", "tables.seals"]', '"extra"]', "'tables.seals.attached' is shown in box 2"),
    ],
)
def test_a_wrong_declaration_names_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = tmp_path / "wrong"
    for path in (SMALL / "seal-report").rglob("*.*"):
        copy = folder / path.relative_to(SMALL / "seal-report")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FormError) as raised:
        load_form(folder)
    assert said in str(raised.value)
