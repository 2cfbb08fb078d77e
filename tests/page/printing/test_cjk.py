"""A finished certificate with Chinese, Japanese and Korean names, as other programs see it."""

import io
import os
import re
import subprocess
import sys
import zlib
from dataclasses import replace
from functools import cache
from pathlib import Path

import page as judge
import pdfplumber
import pypdf
import pypdfium2
import pytest
from cjk_extra import LETTERS, without_cjk
from fontTools.cffLib import CFFFontSet
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from certgen.errors import FormError, PageError
from certgen.page import compile_form, lay_out, print_document
from certgen.page.document import Face
from certgen.page.fonts.cjk_face import PACKAGE, load_cjk_face
from certgen.page.fonts.cjk_font import RESOURCE, cut_to_letters
from certgen.page.fonts.faces import load_face
from certgen.page.fonts.runs import split_by_font

NAMES = {
    "exporter": {
        "name": "한살림유기농식품 주식회사 (Hansalim)",
        "address": "경기도 안성시 미양면 474-12\n17601",
    },
    "importer": {
        "name": "株式会社やまなみ有機農産物輸入センター",
        "address": "〒107-0052 東京都港区赤坂一丁目２番３号、やまなみビル「みどり」館4階\n𠮷田 次郎 様",
        "eori": "GB123456789000",
    },
    "producers": [
        {"name": "北京绿色田野有机农业发展有限公司", "address": "北京市海淀区中关村南大街12号院"},
        {"name": "Łąka Żytnia 有機", "address": "Київ, Καλαμάτα"},
    ],
}


@pytest.fixture(scope="module")
def long_names(many_lines):
    lines = many_lines(60)["products"]
    return NAMES | {"products": [line | {"trade_name": "有機レンズ豆（赤）・" * 6} for line in lines]}


@pytest.fixture(scope="module", params=["names", "sheets", "draft"])
def printed(request, make_paper, print_paper, long_names):
    if request.param == "draft":
        return print_paper(make_paper(NAMES, serial="", issue_date=None, is_draft=True))
    return print_paper(make_paper(long_names if request.param == "sheets" else NAMES))


def squeezed(text):
    return "".join(text.split())


def test_pdfplumber_finds_each_value_in_its_place(printed):
    pdf, document = printed
    points = 72 / 25.4
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        for asked in document.each_asked():
            found = ""
            for number, frame in asked.places:
                left, top = frame.x_mm * points - 0.3, frame.y_mm * points - 0.3
                right, bottom = left + frame.width_mm * points + 0.6, top + frame.height_mm * points + 0.6
                for char in file.pages[number - 1].chars:
                    middle = (char["top"] + char["bottom"]) / 2
                    if left <= char["x0"] and char["x1"] <= right and top <= middle <= bottom:
                        found += char["text"]
            assert squeezed(asked.text) in squeezed(found)


def test_pdfium_reads_each_line_as_it_was_laid_out(printed):
    pdf, document = printed
    file = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document.pages):
        text = squeezed(file[number].get_textpage().get_text_range())
        for run in page.runs:
            assert squeezed(run.text) in text


@pytest.mark.system
def test_poppler_and_qpdf_read_it_too(printed, tmp_path):
    path = tmp_path / "certificate.pdf"
    path.write_bytes(printed[0])
    subprocess.run(["qpdf", "--check", path], capture_output=True, check=True)
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    for page in printed[1].pages:
        for run in page.runs:
            assert squeezed(run.text) in squeezed(text)


@pytest.mark.parametrize("profile", ["3b", "ua1"])
def test_judges_of_archives_and_of_accessibility_find_nothing(printed, profile):
    report = judge.validate_pdf_bytes(printed[0], profile=judge.ValidationProfile(profile))
    assert [failure.message for failure in report.failures] == []


@pytest.mark.parametrize(("profile", "level"), [("3a", b"A"), ("3u", b"U")])
def test_it_would_pass_the_higher_levels_that_it_does_not_claim(printed, profile, level):
    claimed = b"<pdfaid:conformance>%s</pdfaid:conformance>"
    pdf = printed[0].replace(claimed % b"B", claimed % level)
    report = judge.validate_pdf_bytes(pdf, profile=judge.ValidationProfile(profile))
    assert [failure.message for failure in report.failures] == []


def test_only_the_letters_that_are_printed_are_embedded(printed):
    pdf, document = printed
    font = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"]["/" + RESOURCE.decode()]
    descendant = font["/DescendantFonts"][0]
    assert (descendant["/Subtype"], font["/Encoding"]) == ("/CIDFontType0", "/Identity-H")
    assert descendant["/FontDescriptor"]["/FontFile3"]["/Subtype"] == "/CIDFontType0C"
    _, *maps = font["/ToUnicode"].get_data().decode().split("beginbfchar")
    mapped = re.findall(r"<\w{4}> <(\w+)>\n", "".join(maps))
    embedded = {bytes.fromhex(letter).decode("utf-16-be") for letter in mapped}
    printed_letters = {letter for page in document.pages for run in page.runs for letter in run.text}
    assert embedded == (printed_letters & set(LETTERS)) - set(load_face(Face.REGULAR).glyphs)


def test_a_certificate_without_such_letters_carries_no_such_font(make_paper, print_paper):
    pdf, _ = print_paper(make_paper())
    assert b"NotoSansCJK" not in pdf


def test_nor_does_it_make_certgen_read_the_face():
    code = (
        "import sys\nfrom certgen.page.fonts.letters import make_printable\n"
        "from certgen.page.fonts.faces import load_face\n"
        "assert make_printable('Łąka Київ Que\\u0301bec').text; assert load_face('bold').advance('Łąka', 8)\n"
        f"print({PACKAGE!r} in sys.modules or 'fontTools' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def test_the_same_paper_gives_the_same_bytes_whatever_was_printed_before(
    compiled, form, make_paper, print_paper
):
    paper = make_paper(NAMES)
    first, _ = print_paper(paper)
    print_paper(make_paper(NAMES | {"exporter": {"name": "株式会社", "address": "東京"}}))
    cut_to_letters.cache_clear()
    again = compile_form(form, form.editions[-1])
    assert print_document(again, lay_out(again, paper).document, paper) == first


def test_so_does_another_process(tmp_path):
    code = (
        "import sys; from hashlib import sha256; from certgen.page.fonts.cjk_font import cut_to_letters\n"
        "print(sha256(b''.join(cut_to_letters('ア有機유\\U00020bb7').objects(7))).hexdigest())"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(hashes) == 1


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(LETTERS), min_size=1, max_size=40, unique=True))
def test_a_subset_draws_each_letter_as_the_face_does(letters):
    font = cut_to_letters("".join(sorted(letters)))
    packed = re.search(rb"stream\n(.*)\nendstream", font.font_file, re.DOTALL)[1]
    subset = CFFFontSet()
    subset.decompile(io.BytesIO(zlib.decompress(packed)), None)
    [program] = subset.topDictIndex
    whole, names = whole_face()
    assert len(program.CharStrings) == len(letters) + 1
    for letter in letters:
        glyph = f"cid{font.codes[ord(letter)]:05d}"
        drawn = drawing(program.CharStrings, glyph)
        assert drawn == drawing(whole, names[ord(letter)])
        assert program.CharStrings[glyph].width == load_cjk_face().advances[letter]


@cache
def whole_face():
    path = Path(sys.modules[PACKAGE].__file__).parent / "NotoSansCJKjp-Regular.otf"
    whole = TTFont(io.BytesIO(path.read_bytes()))
    return whole["CFF "].cff.topDictIndex[0].CharStrings, whole.getBestCmap()


def drawing(glyphs, name):
    """What a glyph draws; two lines on in one direction are one."""
    pen = DecomposingRecordingPen(None)
    glyphs[name].draw(pen)
    drawn, before = [], (None, None)
    for step, points in pen.value:
        here = points[-1] if points else before
        if step == "lineTo" and drawn[-1][0] == "lineTo" and goes_on(drawn[-2][1][-1], before, here):
            drawn.pop()
        drawn.append((step, points))
        before = here
    return drawn


def goes_on(*points):
    return len({x for x, _ in points}) == 1 or len({y for _, y in points}) == 1


def test_letters_beyond_the_first_plane_have_codes_of_their_own():
    font = cut_to_letters("有\U00020bb7")
    assert font.codes[ord("有")] == ord("有")
    assert 0xE000 <= font.codes[0x20BB7] < 0xF900
    every = cut_to_letters("".join(LETTERS[:50] + LETTERS[-50:])).codes
    assert len(set(every.values())) == 100


def test_a_letter_that_the_face_lacks_is_never_printed_as_another(compiled, make_paper):
    with pytest.raises(PageError, match="none of the fonts"):
        [font.encode(part) for font, part in split_by_font(Face.REGULAR, "有\U00031350")]


def test_without_the_extra_a_page_with_such_a_letter_never_passes_for_whole(form, make_paper):
    paper = make_paper({"exporter": {"name": "有機", "address": "x"}})
    with without_cjk():
        compiled = compile_form(form, form.editions[-1])
        with pytest.raises(PageError):
            print_document(compiled, lay_out(compiled, paper).document, paper)


words = st.text(st.sampled_from(LETTERS) | st.sampled_from("Kyoto 12-3（）、。"), min_size=1, max_size=80)


@settings(max_examples=15, deadline=None)
@given(words.filter(str.strip), st.lists(words.filter(str.strip), min_size=1, max_size=12))
def test_whatever_is_written_another_reader_finds_it(print_paper, make_paper, shipment, importer, goods):
    lines = [shipment["products"][0] | {"trade_name": name} for name in goods]
    changes = {"importer": shipment["importer"] | {"name": importer}, "products": lines}
    pdf, _ = print_paper(make_paper(changes))
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        found = squeezed("".join(char["text"] for page in file.pages for char in page.chars))
    for text in (importer, *goods):
        assert squeezed(text) in found


@pytest.fixture(scope="module")
def japanese_form(form):
    edition = form.editions[-1]
    first, *others = edition.boxes or form.boxes
    boxes = (replace(first, title="発行機関"), *others)
    captions = {"page": "第{page}頁（全{pages}頁）", "draft": "下書き"}
    editions = (replace(edition, boxes=boxes),)
    return replace(form, title="有機農産物証明書", editions=editions, captions=captions)


@pytest.mark.parametrize("names", [{}, NAMES])
def test_a_form_in_japanese_shares_its_font_with_the_values(japanese_form, make_paper, names):
    paper = make_paper(names)
    compiled = compile_form(japanese_form, japanese_form.editions[-1])
    pdf = print_document(compiled, lay_out(compiled, paper).document, paper)
    text = squeezed(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range())
    for words in ("有機農産物証明書", "発行機関", "第1頁（全2頁）", paper.consignment.exporter.name):
        assert squeezed(words) in text
    report = judge.validate_pdf_bytes(pdf, profile=judge.ValidationProfile("3b"))
    assert [failure.message for failure in report.failures] == []


def test_its_drafts_say_so_in_japanese(japanese_form, make_paper):
    paper = make_paper(serial="", issue_date=None, is_draft=True)
    compiled = compile_form(japanese_form, japanese_form.editions[-1])
    document = lay_out(compiled, paper).document
    plain, drafted = (
        pypdfium2.PdfDocument(print_document(compiled, replace(document, notice=notice), paper))[0]
        .render(grayscale=True)
        .to_pil()
        for notice in ("", "下書き")
    )
    assert sum(drafted.histogram()[:250]) > sum(plain.histogram()[:250]) + 5000


def test_without_the_extra_a_form_in_japanese_is_refused_with_what_to_install(japanese_form):
    with without_cjk(), pytest.raises(FormError, match=r"頁 \(U\+9801\).*certgen\[cjk\]"):
        compile_form(japanese_form, japanese_form.editions[-1])
