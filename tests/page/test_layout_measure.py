"""Text breaks at spaces, shrinks before a word is parted, and parts a word only when nothing else is left."""

import pytest

from certgen.page.document import Face
from certgen.page.fonts.faces import load_face
from certgen.page.layout.measure import fit_text, line_height, narrow_text, set_text, sizes_between

FACE = load_face(Face.REGULAR)
SIZES = (8.5, 6.5)


def texts(setting):
    return [line.text for line in setting.lines]


def test_a_text_breaks_at_its_own_line_ends_first():
    assert texts(set_text("Mersey Vale Mills\n\nLiverpool", FACE, 8.5, 90)) == [
        "Mersey Vale Mills",
        "",
        "Liverpool",
    ]


def test_a_long_line_breaks_at_spaces_and_every_line_fits():
    setting = set_text("Organic hard red spring wheat, cleaned, for milling only", FACE, 8.5, 40)
    assert " ".join(texts(setting)) == "Organic hard red spring wheat, cleaned, for milling only"
    assert all(line.width_mm <= 40 for line in setting.lines)
    assert not setting.breaks_words


def test_a_word_shrinks_before_it_is_parted():
    code = "1204 0090".replace(" ", "")
    narrow = FACE.advance(code, 7) + 0.01
    setting = narrow_text(code, FACE, SIZES, narrow)
    assert texts(setting) == [code]
    assert setting.size_pt == 7


def test_a_word_too_long_at_the_smallest_size_is_parted_after_a_hyphen():
    lot = "SASKATOON-2026-OATS-000123456789"
    setting = narrow_text(lot, FACE, SIZES, 30)
    assert "".join(texts(setting)) == lot
    assert setting.size_pt == 6.5
    assert texts(setting)[0].endswith("-")


def test_a_text_takes_the_largest_size_that_fits():
    three_lines = "one\ntwo\nthree"
    room = 3 * line_height(7.5)
    assert fit_text(three_lines, FACE, SIZES, 90, room).size_pt == 7.5


def test_a_text_that_fits_at_no_size_has_no_setting():
    assert fit_text("one\ntwo\nthree", FACE, SIZES, 90, 2 * line_height(6.5)) is None


def test_sizes_never_fall_below_six_and_a_half():
    assert list(sizes_between(8, 5)) == [8, 7.5, 7, 6.5]
    assert list(sizes_between(8.2, 6.5)) == pytest.approx([8.2, 7.7, 7.2, 6.7, 6.5])


def test_all_digits_have_one_width_so_that_one_serial_stands_in_for_another():
    for face in Face:
        assert len({load_face(face).advances[digit] for digit in "0123456789"}) == 1
