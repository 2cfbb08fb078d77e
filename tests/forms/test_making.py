"""How papers come from consignments: what may be declared, and what is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from certgen.errors import FormError
from certgen.forms import load_form, load_forms, load_vocabulary
from certgen.forms.file_names import open_file_name

SMALL = Path(__file__).parent / "small"

WRONG = [
    (
        "part-request",
        'band = "REQUEST',
        'serial = "X.{number}"\nband = "REQUEST',
        "serial: a request takes none",
    ),
    ("part-request", "{reference} {form} {part}.pdf", "{reference}.pdf", "with {reference} and {part}"),
    ("part-request", "{part}.pdf", "{part} {serial}.pdf", "holds {serial}, and the paper takes none"),
    ("part-request", "{part}.pdf", "{part} {buyer}.pdf", "{buyer} is no word of a file name"),
    ("part-request", '"products.cn_code"]\n\n', '"products.cn_cod"]\n\n', "did you mean 'products.cn_code'"),
    ("part-request", '"products.cn_code"]\n\n', '"reference"]\n\n', "divided by fields of one of its lists"),
    ("part-request", '"products.cn_code"]\n\n', '"products.net_mass"]\n\n', "'products.net_mass' is mass"),
    ("part-request", 'legal_status = "document"', 'legal_status = "worksheet"', "a worksheet takes none"),
    ("part-request", "CONT.{code}.{year}", "CONT.{year}", "must begin with 'CONT.{code}.'"),
    ("part-request", "needs_reason = true", "needs_reasons = true", "did you mean 'needs_reason'"),
    ("buyer-certificate", "extra.certificate", "extra.certificat", "did you mean 'extra.certificate'"),
    ("buyer-certificate", 'by = ["extra.certificate"]', 'by = ["products.lots"]', "may have several values"),
    ("buyer-certificate", '"importer", "extra', '"improter", "extra', "did you mean 'importer'"),
    (
        "buyer-certificate",
        'tied_by = "extra.certificate"',
        'tied_by = "extra.licence"',
        "tied_by: 'extra.licence' is no field of the form's own by which shipments are gathered",
    ),
    ("buyer-certificate", "most = 3", "most = 1", "gather.most"),
    ("seal-report", '"SEAL.{year}', '"SEAL.{code}.{year}', "{code} is that of a control body"),
    (
        "seal-report",
        'same = "tables.seals.design"',
        'same = "tables.seals.desing"',
        "history 'reports': same",
    ),
    ("seal-report", 'year_begins = "04-01"\n', "", "history 'year': year_begins and by go together"),
    ("seal-report", '"04-01"', '"02-29"', "'02-29' is no day of every year"),
    ("seal-report", '"04-01"', '"April"', "year_begins"),
    ("seal-report", 'by = "departure_date"', 'by = "reference"', "'reference' is no date of the shipment"),
    (
        "seal-report",
        'by = "departure_date"',
        'by = "tables.seals.attached_on"',
        "'tables.seals.attached_on' is no date of the shipment",
    ),
    ("seal-report", 'by = "departure_date"', 'by = "departure"', "did you mean 'departure_date'"),
]


@pytest.mark.parametrize(("folder", "old", "new", "said"), WRONG)
def test_a_wrong_declaration_names_its_place(
    tmp_path: Path, folder: str, old: str, new: str, said: str
) -> None:
    for path in (SMALL / folder).rglob("*.toml"):
        copy = tmp_path / "wrong" / path.relative_to(SMALL / folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        assert old in text or path.name != "form.toml"
        copy.write_text(text.replace(old, new, 1) if path.name == "form.toml" else text, encoding="utf-8")
    with pytest.raises(FormError) as raised:
        load_form(tmp_path / "wrong")
    assert said in str(raised.value)


def test_a_box_never_shows_history(tmp_path: Path) -> None:
    for path in (SMALL / "seal-report").rglob("*.toml"):
        copy = tmp_path / "wrong" / path.relative_to(SMALL / "seal-report")
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8").replace("{{ extra.way }}", "{{ history.reports | length }}")
        copy.write_text(text, encoding="utf-8")
    with pytest.raises(FormError, match="unknown name 'history'"):
        load_form(tmp_path / "wrong")


def test_a_file_name_keeps_its_serial_whole_and_is_no_pattern_again() -> None:
    name = open_file_name("{reference} {serial}.pdf", form="x", reference="{serial} " + "long " * 40)
    assert name == "serial long long long long long long lon {serial}.pdf"
    assert open_file_name("{form} {part}.pdf", form="x") == "x.pdf"


def test_two_forms_may_not_give_one_field_two_types(tmp_path: Path) -> None:
    form = load_form(SMALL / "seal-report")
    other = tmp_path / "other"
    for path in (SMALL / "seal-report").rglob("*.toml"):
        copy = other / path.relative_to(SMALL / "seal-report")
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8").replace('id = "small-seal-report"', 'id = "other"')
        copy.write_text(text.replace('type = "mass"', 'type = "text"'), encoding="utf-8")
    (other / "boxes.toml").write_text(
        (other / "boxes.toml").read_text(encoding="utf-8").replace("stock.weight | mass", "stock.weight"),
        "utf-8",
    )
    with pytest.raises(FormError, match=r"products\.extra\.drained is mass in the form small-seal-report"):
        load_vocabulary([form, load_form(other)])


def test_the_files_of_one_consignment_stand_together_by_its_reference() -> None:
    unnumbered = [form for form in load_forms().values() if not form.serial_pattern]
    assert unnumbered
    assert {form.id for form in unnumbered if not form.output_name.startswith("{reference} ")} == set()
