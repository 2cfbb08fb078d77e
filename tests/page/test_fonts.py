"""The faces say of themselves what their fonts say, and hold every letter that is promised."""

import unicodedata

import pytest
from fontTools.ttLib import TTFont

from certgen.page.document import Face
from certgen.page.fonts.blocks import BLOCKS, block_of
from certgen.page.fonts.faces import list_blocks, load_face

FRENCH = "Coopérative Œuvres d’Été – Saint-Hyacinthe, Québec «çàèùâêîôûëïüÿ»"
TURKISH = "Şişli İğdır Çağlayan Ünye öğütülmüş ıspanak"
VIETNAMESE = "Công ty Hữu Cơ Đắk Lắk, Thành phố Hồ Chí Minh ẵộửỹ"
GREEK = "Ελαιόλαδο εξαιρετικό παρθένο Καλαμάτα ΐΰ ἀρχή"
CYRILLIC = "Органічне насіння льону, Київ; Вологодское масло №5 ћџ"
POLISH = "Łódź Świętokrzyskie żółć ąęń"


@pytest.fixture(params=list(Face))
def face(request):
    return load_face(request.param)


@pytest.mark.parametrize("text", [FRENCH, TURKISH, VIETNAMESE, GREEK, CYRILLIC, POLISH])
def test_every_promised_script_is_there(face, text):
    assert face.missing(text) == ""


def test_missing_letters_are_told_once_and_in_order(face):
    assert face.missing("A 有機 B 有") == "有機"


def test_metrics_file_equals_the_font(face):
    with TTFont(face.path) as font:
        letters = {chr(code): glyph for code, glyph in font.getBestCmap().items()}
        assert face.glyphs == {letter: font.getGlyphID(glyph) for letter, glyph in letters.items()}
        assert face.advances == {letter: font["hmtx"][glyph][0] for letter, glyph in letters.items()}
        assert face.units_per_em == font["head"].unitsPerEm
        assert (face.ascent, face.descent) == (font["hhea"].ascent, font["hhea"].descent)
        assert face.cap_height == font["OS/2"].sCapHeight


def test_no_two_letters_share_a_glyph_so_that_text_can_be_read_back(face):
    assert len(set(face.glyphs.values())) == len(face.glyphs)


def test_every_letter_is_visible_composed_and_in_a_block(face):
    for letter in face.glyphs:
        assert unicodedata.normalize("NFC", letter) == letter
        assert letter == " " or unicodedata.category(letter) not in {"Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp"}
        assert block_of(letter) in BLOCKS


def test_blocks_part_the_letters_among_them(face):
    assert list_blocks()[0] == "latin"
    together = "".join(face.letters_in(block) for block in list_blocks())
    assert sorted(together) == sorted(face.glyphs)


def test_both_faces_hold_the_same_letters():
    assert load_face(Face.REGULAR).glyphs.keys() == load_face(Face.BOLD).glyphs.keys()


def test_advance_is_the_sum_of_the_letters_in_millimetres(face):
    units = face.advances["A"] + face.advances["V"]
    assert face.advance("AV", 10) == pytest.approx(units / face.units_per_em * 10 / 72 * 25.4)


def test_a_letter_without_a_block_has_none():
    assert block_of("有") == ""


def test_the_licence_lies_beside_the_fonts(face):
    licence = (face.path.parent / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL Open Font License, Version 1.1" in " ".join(licence.split())
    assert "Noto Project Authors" in licence


def test_fonts_may_be_embedded(face):
    with TTFont(face.path) as font:
        assert font["OS/2"].fsType == 0
        assert not {"GSUB", "GPOS", "fvar"} & set(font.keys())
