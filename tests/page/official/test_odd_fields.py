"""Fields as careless makers leave them: right on paper, or refused with the reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from blank_maker import RADIO, Maker
from official_blanks import CONSIGNMENT
from pikepdf import Dictionary, Name, String

from certgen.errors import FormError
from certgen.forms.model import Form, OfficialPart
from certgen.page import Layout, compile_form
from certgen.page.document import Document

Import = Callable[..., Form]
Fill = Callable[..., tuple[bytes, Document]]
IN_UNISON, COMB, READ_ONLY = 1 << 25, 1 << 24, 1
BY_VESSEL = "when = \"'vessel' in transport.modes\""
BLACK = b"0 g 0 0 40 12 re f"


def box(number: int, field: str, says: str) -> str:
    return (
        f'[[box]]\nnumber = "{number}"\ntitle = "Box {number}"\npage = 1\nat = [10, 10, 50, 10]\n'
        f'  [[box.official]]\n  field = "{field}"\n  {says}\n'
    )


def options(form: Form) -> list[str]:
    return [part.option for box in form.boxes for part in box.parts if isinstance(part, OfficialPart)]


def test_radio_buttons_of_one_state_are_ticked_one_by_one(
    tmp_path: Path, import_form: Import, fill: Fill
) -> None:
    maker = Maker()
    maker.radio("means", "YYN")
    path = maker.save(tmp_path)
    assert options(import_form(path)) == ["Y", "Y (2)", "N"]
    form = import_form(
        path, box(1, "means", 'option = "Y (2)"\n  when = "\'vessel\' in transport.modes"'), '"transport"'
    )
    (tick,) = fill(form)[1].pages[0].ticks
    assert tick.y_mm == pytest.approx((842 - 682) * 25.4 / 72, abs=0.01)


def test_radio_buttons_in_unison_are_ticked_together(tmp_path: Path, import_form: Import, fill: Fill) -> None:
    maker = Maker()
    maker.radio("means", "YYN", RADIO | IN_UNISON)
    says = 'option = "Y"\n  when = "\'vessel\' in transport.modes"'
    form = import_form(maker.save(tmp_path), box(1, "means", says), '"transport"')
    assert len(fill(form)[1].pages[0].ticks) == 2


def test_two_buttons_of_one_state_do_not_contradict(
    tmp_path: Path, import_form: Import, lay_out_form: Callable[..., Layout]
) -> None:
    maker = Maker()
    maker.radio("means", "YYN")
    path = maker.save(tmp_path)
    for other, found in (("Y (2)", []), ("N", ["CG643"])):
        both = f'option = "Y"\n  {BY_VESSEL}\n  [[box.official]]\n  field = "means"\n  option = "{other}"\n  '
        form = import_form(path, box(1, "means", both + BY_VESSEL), '"transport"')
        assert [finding.code for finding in lay_out_form(form).findings] == found


def test_no_word_is_parted_in_a_field(
    tmp_path: Path, import_form: Import, lay_out_form: Callable[..., Layout]
) -> None:
    maker = Maker()
    maker.field("narrow", [50, 500, 70, 700])
    form = import_form(maker.save(tmp_path), box(1, "narrow", 'text = "{{ reference }}"'), '"reference"')
    assert [finding.code for finding in lay_out_form(form).findings] == ["CG640"]


def test_the_picture_of_a_signature_is_left_behind(tmp_path: Path, import_form: Import, fill: Fill) -> None:
    darkness = []
    for entries in ({}, {"V": Dictionary(Type=Name.Sig, Contents=String("x"))}):
        maker = Maker()
        maker.field("reference", [50, 600, 250, 620])
        maker.field("seal", [300, 600, 340, 612], Name.Sig, AP=Dictionary(N=maker.look(BLACK)), **entries)
        image = pypdfium2.PdfDocument(fill(import_form(maker.save(tmp_path)))[0])[0].render().to_pil()
        darkness.append(image.convert("L").crop((302, 232, 338, 240)).getextrema())
    assert darkness == [(0, 0), (255, 255)]


def test_what_the_blank_has_settled_is_not_proposed_anew(tmp_path: Path, import_form: Import) -> None:
    maker = Maker()
    maker.field("reference", [50, 600, 250, 620], Ff=READ_ONLY, V=String("EDITION 7"))
    maker.field("invoice_number", [50, 500, 250, 520], Ff=READ_ONLY)
    proposed = {
        part.field: part.text for box in import_form(maker.save(tmp_path)).boxes for part in box.parts
    }
    assert proposed["reference"] is None
    assert proposed["invoice_number"] is not None


@pytest.mark.parametrize("entries", [{}, {"MaxLen": 0}])
def test_a_comb_without_cells_is_a_text(
    entries: dict[str, int], tmp_path: Path, import_form: Import, fill: Fill
) -> None:
    maker = Maker()
    maker.field("eori", [50, 600, 250, 620], Ff=COMB, **entries)
    (run,) = fill(import_form(maker.save(tmp_path)))[1].pages[0].runs
    assert run.text == CONSIGNMENT.importer.eori


def test_a_field_called_as_a_group_cannot_stay_a_field(tmp_path: Path, import_form: Import) -> None:
    maker = Maker()
    maker.field("exporter", [50, 600, 250, 650])
    maker.field("exporter.name", [50, 500, 250, 520])
    path = maker.save(tmp_path)
    assert import_form(path)
    form = import_form(path, official='overflow = "continue"\nkeep_fields = true')
    with pytest.raises(FormError, match=r"'exporter' is called as the group of 'exporter\.name'"):
        compile_form(form, form.editions[-1])
