"""What a form always prints fits where it stands, or the form is refused with the box named."""

from dataclasses import replace

import pytest

from certgen.errors import FormError
from certgen.forms import load_forms
from certgen.forms.model import Frame, LegalStatus, SpacePart, TablePart, TickPart, Variant
from certgen.page.fonts.faces import MM_PER_PT
from certgen.page.layout.certificate import lay_out
from certgen.page.layout.furniture import table_header
from certgen.page.layout.plan import plan_form
from certgen.page.layout.static import place_static


def with_box(form, number, **changes):
    """The form with one of its boxes changed."""
    edition = form.editions[-1]
    boxes = tuple(replace(box, **changes) if box.number == number else box for box in edition.boxes)
    return replace(form, boxes=boxes, editions=(replace(edition, boxes=boxes),))


def box_of(form, number):
    return next(box for box in form.editions[-1].boxes if box.number == number)


def place(form):
    return place_static(form, form.editions[-1])


def test_every_box_is_outlined_and_titled(form, plan):
    outlined = [number for page in plan.static for number, _ in page.outlines]
    assert outlined == [box.number for box in form.boxes]
    words = " ".join(run.text for page in plan.static for run in page.runs)
    for box in form.boxes:
        assert box.title in words


def test_the_declarations_are_printed_word_by_word(form, plan):
    words = " ".join(run.text for page in plan.static for run in page.runs)
    assert form.editions[-1].wording["box_18_declaration"] in words
    assert form.editions[-1].wording["box_21_declaration"] in words


def test_boxes_19_to_21_are_left_to_others_as_fields(plan):
    fields = [field.box for page in plan.static for field in page.fields]
    ticks = [square.box for page in plan.static for square in page.squares if square.field]
    assert set(fields) == {"19", "20", "21"}
    assert ticks == ["19", "19"]


def test_every_field_has_a_caption_for_those_who_do_not_see_the_page(plan):
    assert all(field.caption for page in plan.static for field in page.fields)


def test_words_of_the_form_stand_inside_their_boxes(plan):
    for page in plan.static:
        outlines = dict(page.outlines)
        for run in page.runs:
            if run.box:
                box = outlines[run.box]
                assert box.x_mm < run.x_mm
                assert run.x_mm + run.width_mm < box.x_mm + box.width_mm
                assert box.y_mm < run.y_mm < box.y_mm + box.height_mm


def test_no_two_words_of_the_form_overlap(plan):
    for page in plan.static:
        for position, one in enumerate(page.runs):
            for other in page.runs[position + 1 :]:
                across = min(one.x_mm + one.width_mm, other.x_mm + other.width_mm) - max(one.x_mm, other.x_mm)
                assert across <= 0 or abs(one.y_mm - other.y_mm) > 2.2, (one.text, other.text)


def test_a_title_that_runs_into_the_values_is_refused(form):
    with pytest.raises(FormError, match="box 7: its title ends"):
        place(with_box(form, "7", title="Country of origin " * 12))


def test_a_label_that_does_not_fit_is_refused(form):
    tick = TickPart(Frame(3, 6, 10, 4.5), "A label much too long for ten millimetres", None, "name")
    with pytest.raises(FormError, match="box 2: the text 'A label much too long"):
        place(with_box(form, "2", parts=(tick,)))


def test_a_caption_that_does_not_fit_is_refused(form):
    space = SpacePart(Frame(3, 6, 8, 10), "Stamp of issuing authority or body and more")
    with pytest.raises(FormError, match="box 2: the text 'Stamp"):
        place(with_box(form, "2", parts=(space,)))


def test_a_column_title_that_does_not_fit_is_refused(form):
    table = box_of(form, "13").parts[0]
    columns = (replace(table.columns[0], title="Combinednomenclaturecode"), *table.columns[1:])
    with pytest.raises(FormError, match="box 13: the column title"):
        place(with_box(form, "13", parts=(replace(table, columns=columns),)))


TABLES = [
    pytest.param(form, box, id=f"{form.id} {box.number}")
    for form in load_forms().values()
    for box in form.boxes
    if any(isinstance(part, TablePart) for part in box.parts)
]


@pytest.mark.parametrize(("shipped", "box"), TABLES)
def test_column_titles_stand_clear_of_the_rules_above_and_below_them(shipped, box):
    [table] = [part for part in box.parts if isinstance(part, TablePart)]
    header = table_header(box, table)
    page = plan_form(shipped, shipped.editions[-1]).static[box.page - 1]
    bottom = header.y_mm + header.height_mm
    titles = [run for run in page.runs if run.box == box.number and header.y_mm < run.y_mm < bottom]
    assert titles
    for run in titles:
        capital, tail = 0.72 * run.size_pt * MM_PER_PT, 0.24 * run.size_pt * MM_PER_PT
        assert run.y_mm - capital > header.y_mm + 0.5
        assert run.y_mm + tail < bottom - 0.5


@pytest.mark.parametrize("changes", [{"title": "ไทย certificate"}, {"captions": {"page": "หน้า {page}"}}])
def test_words_of_the_form_that_no_font_has_are_refused(form, changes):
    changed = replace(form, **changes)
    with pytest.raises(FormError, match="no font has"):
        plan_form(changed, changed.editions[-1])


def test_a_request_says_on_every_page_that_it_is_no_certificate(form, make_paper, many_lines):
    request = replace(form, legal_status=LegalStatus.REQUEST)
    document = lay_out(plan_form(request, request.editions[-1]), make_paper(many_lines(100))).document
    assert len(document.pages) > 2
    for page in document.pages:
        assert any("not a certificate" in run.text for run in page.runs)


def test_a_variant_brings_its_own_band(form, make_paper):
    variant = Variant("contingency", LegalStatus.DOCUMENT, "produced during contingency")
    document = lay_out(plan_form(form, form.editions[-1], variant), make_paper()).document
    assert all("produced during contingency" in [run.text for run in page.runs] for page in document.pages)


def test_an_edition_words_its_declarations_itself(form):
    wording = dict(form.editions[-1].wording) | {"box_18_declaration": "Another declaration."}
    changed = replace(form.editions[-1], wording=wording)
    words = [run.text for page in place_static(form, changed) for run in page.runs]
    assert "Another declaration." in words
