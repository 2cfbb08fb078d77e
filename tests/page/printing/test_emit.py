"""A finished certificate as other programs see it: values in their boxes, fonts, fields, tags, bytes."""

import io
import re
import subprocess
import zlib
from dataclasses import replace

import page as judge
import pdfplumber
import pypdf
import pypdfium2
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from certgen.errors import PageError
from certgen.forms.model import TablePart
from certgen.page import compile_form, lay_out, print_document
from certgen.page.document import Face
from certgen.page.fonts.blocks import BLOCKS
from certgen.page.fonts.embedding import FIELD_FONT, load_field_font, load_font
from certgen.page.fonts.faces import load_face
from certgen.page.fonts.runs import split_by_font
from certgen.page.printing.archive import describe_certificate
from certgen.page.printing.objects import write_offsets

MANY_SCRIPTS = {
    "producers": [
        {"name": "Ελαιουργείο Μεσσηνίας", "address": "Καλαμάτα", "country": {"name": "Greece", "code": "GR"}},
        {"name": "Органічний Лан", "address": "Київ", "country": {"name": "Ukraine", "code": "UA"}},
        {
            "name": "Güneş Organik Gıda İşletmesi",
            "address": "Şişli",
            "country": {"name": "Türkiye", "code": "TR"},
        },
        {
            "name": "Nông trại Đắk Lắk",
            "address": "Buôn Ma Thuột",
            "country": {"name": "Viet Nam", "code": "VN"},
        },
        {"name": "Łąka (Eko) \\ Sp. z o.o.", "address": "Łódź", "country": {"name": "Poland", "code": "PL"}},
    ]
}


@pytest.fixture(scope="module")
def three_lines(make_paper, print_paper):
    return print_paper(make_paper())


@pytest.fixture(scope="module")
def hundred_lines(make_paper, many_lines, print_paper):
    return print_paper(make_paper(many_lines(100) | MANY_SCRIPTS))


@pytest.fixture(scope="module")
def draft(make_paper, print_paper):
    return print_paper(make_paper(issue_date=None, serial="", is_draft=True))


@pytest.fixture(params=["three_lines", "hundred_lines", "draft"])
def printed(request):
    return request.getfixturevalue(request.param)


def squeezed(text):
    return "".join(text.split())


def text_inside(page, frame):
    points = 72 / 25.4
    sides = (frame.x_mm, frame.y_mm, frame.x_mm + frame.width_mm, frame.y_mm + frame.height_mm)
    left, top, right, bottom = (side * points for side in sides)
    inside = [
        char
        for char in page.chars
        if left - 0.2 <= char["x0"]
        and char["x1"] <= right + 0.2
        and top <= (char["top"] + char["bottom"]) / 2 <= bottom
    ]
    return squeezed("".join(char["text"] for char in inside))


def test_an_independent_reader_finds_each_value_in_its_box(printed):
    pdf, document = printed
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        for asked in document.each_asked():
            found = "".join(text_inside(file.pages[number - 1], frame) for number, frame in asked.places)
            assert squeezed(asked.text) in found, asked


@pytest.mark.parametrize("profile", ["3b", "ua1"])
def test_judges_of_archives_and_of_accessibility_find_nothing(printed, profile):
    report = judge.validate_pdf_bytes(printed[0], profile=judge.ValidationProfile(profile))
    assert [failure.message for failure in report.failures] == []


@pytest.mark.parametrize(("profile", "level"), [("3a", b"A"), ("3u", b"U")])
def test_it_would_pass_the_higher_levels_that_it_does_not_claim(printed, profile, level):
    claimed = b"<pdfaid:conformance>%s</pdfaid:conformance>"
    assert printed[0].count(claimed % b"B") == 1
    pdf = printed[0].replace(claimed % b"B", claimed % level)
    report = judge.validate_pdf_bytes(pdf, profile=judge.ValidationProfile(profile))
    assert [failure.message for failure in report.failures] == []


@pytest.mark.system
def test_qpdf_finds_no_fault(printed, tmp_path):
    path = tmp_path / "certificate.pdf"
    path.write_bytes(printed[0])
    run = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.system
def test_poppler_finds_each_line_whole(printed, tmp_path):
    pdf, document = printed
    path = tmp_path / "certificate.pdf"
    path.write_bytes(pdf)
    run = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True)
    text = squeezed(run.stdout)
    for page in document.pages:
        for line in page.runs:
            assert squeezed(line.text) in text


def name_of_weight(weight):
    """Eleven capitals whose codes add up to so much more than eleven times A."""
    full, rest = divmod(weight, 25)
    return "Z" * full + chr(ord("A") + rest) + "A" * (10 - full)


def test_a_stream_whose_last_byte_is_a_carriage_return_has_the_length_it_says(make_paper, print_paper):
    papers = [make_paper(signatory=name_of_weight(weight)) for weight in range(256)]
    sums = [zlib.adler32(describe_certificate(paper).encode()) % 256 for paper in papers]
    pdf, _ = print_paper(papers[sums.index(ord("\r"))])
    report = judge.validate_pdf_bytes(pdf, profile=judge.ValidationProfile("3b"))
    assert [failure.message for failure in report.failures] == []


def test_the_same_paper_gives_the_same_bytes(form, make_paper, three_lines):
    paper = make_paper()
    again = compile_form(form, form.editions[-1])
    assert print_document(again, lay_out(again, paper).document, paper) == three_lines[0]


def test_two_papers_have_different_identities(three_lines, make_paper, print_paper):
    other, _ = print_paper(make_paper(serial="COI.CA-ORG-016.2026.0000148"))
    identities = [pypdf.PdfReader(io.BytesIO(pdf)).trailer["/ID"] for pdf in (three_lines[0], other)]
    assert identities[0] != identities[1]


def test_fonts_are_embedded_and_only_those_of_the_scripts_used(three_lines, hundred_lines):
    for (pdf, _), blocks in ((three_lines, {"0"}), (hundred_lines, {"0", "1", "2", "3", "4"})):
        pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
        fonts = pages[0]["/Resources"]["/Font"]
        assert {name[2:] for name in fonts} == blocks
        for font in fonts.values():
            assert "/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"]


@pytest.mark.parametrize("face", list(Face))
@pytest.mark.parametrize("block", list(BLOCKS))
def test_a_subset_draws_each_letter_as_the_face_does(face, block):
    font = load_font(face, block)
    packed = re.search(rb"stream\n(.*)\nendstream", font.font_file, re.DOTALL)[1]
    subset = TTFont(io.BytesIO(zlib.decompress(packed)), checkChecksums=2)
    whole = TTFont(load_face(face).path)
    for code_point, code in font.codes.items():
        drawn = draw(subset, subset.getGlyphName(code))
        assert drawn == draw(whole, whole.getBestCmap()[code_point]), chr(code_point)
        assert subset["hmtx"][subset.getGlyphName(code)] == whole["hmtx"][whole.getBestCmap()[code_point]]


def draw(font, glyph):
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[glyph].draw(pen)
    return pen.value


@pytest.mark.parametrize("text", ["ไทย", "a\tb", "e\u0301", "plain\u00a0space"])
def test_a_letter_without_a_font_is_never_printed_as_another(text):
    with pytest.raises(PageError, match="none of the fonts"):
        [font.encode(part) for font, part in split_by_font(Face.REGULAR, text)]


def test_boxes_that_others_complete_are_fields_and_nothing_else_is(compiled, three_lines):
    reader = pypdf.PdfReader(io.BytesIO(three_lines[0]))
    wanted = {field.name for page in compiled.static_pages for field in page.fields}
    wanted |= {square.field for page in compiled.static_pages for square in page.squares if square.field}
    assert set(reader.get_fields()) == wanted != set()
    assert "/NeedAppearances" not in reader.trailer["/Root"]["/AcroForm"]


def test_every_field_says_what_it_is_for(three_lines):
    reader = pypdf.PdfReader(io.BytesIO(three_lines[0]))
    for field in reader.get_fields().values():
        assert re.match(r"\d+\. \w", field["/TU"])


@pytest.mark.parametrize("typed", ["Zoë Müller-Ñandú", "Łukasz Ελένη Олена"])
def test_an_officer_can_type_any_letter(compiled, three_lines, typed):
    field = next(field for field in compiled.static_pages[1].fields if field.kind == "text")
    reader = pypdf.PdfReader(type_into(three_lines[0], 1, field.frame, typed))
    assert reader.get_fields()[field.name]["/V"] == typed


def test_what_an_officer_types_shows_in_the_embedded_face(compiled, three_lines):
    field = next(field for field in compiled.static_pages[1].fields if field.kind == "text")
    reader = pypdf.PdfReader(type_into(three_lines[0], 1, field.frame, "Zoë Müller-Ñandú"))
    widget = next(note for note in reader.pages[1]["/Annots"] if note["/T"] == field.name)
    shown = widget["/AP"]["/N"].get_data()
    assert set(re.findall(rb"/(\w+) 9 Tf", shown)) == {FIELD_FONT}
    assert load_field_font().encode("Zoë Müller-Ñandú") in shown


def type_into(pdf, page_index, frame, text):
    """The file as a viewer saves it after somebody clicked into a field and typed."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    sheet, viewer = document[page_index], pypdfium2.raw
    x = (frame.x_mm + 2) * 72 / 25.4
    y = sheet.get_height() - (frame.y_mm + frame.height_mm / 2) * 72 / 25.4
    viewer.FORM_OnLButtonDown(document.formenv.raw, sheet.raw, 0, x, y)
    viewer.FORM_OnLButtonUp(document.formenv.raw, sheet.raw, 0, x, y)
    for letter in text:
        viewer.FORM_OnChar(document.formenv.raw, sheet.raw, ord(letter), 0)
    viewer.FORM_ForceToKillFocus(document.formenv.raw)
    saved = io.BytesIO()
    document.save(saved)
    return saved


def test_a_ticked_square_holds_ink_and_an_empty_one_does_not(compiled, three_lines):
    sheet = pypdfium2.PdfDocument(three_lines[0])[0].render(scale=4, grayscale=True).to_pil()
    ticked = {tick.label for tick in three_lines[1].pages[0].ticks}
    assert ticked
    for square in compiled.static_pages[0].squares:
        dots = 4 * 72 / 25.4
        left, top = round((square.x_mm + 0.5) * dots), round((square.y_mm + 0.5) * dots)
        side = round((square.size_mm - 1) * dots)
        darkest, _ = sheet.crop((left, top, left + side, top + side)).getextrema()
        assert (darkest < 80) == (square.label in ticked), square.label


def test_draft_is_seen_across_every_page_but_is_no_text(draft, three_lines):
    for number in range(2):
        drafted = pypdfium2.PdfDocument(draft[0])[number]
        issued = pypdfium2.PdfDocument(three_lines[0])[number]
        assert count_grey(drafted) > count_grey(issued) + 5000
        assert "DRAFT" not in drafted.get_textpage().get_text_range()


def test_a_notice_that_no_font_can_write_is_refused(compiled, make_paper, draft):
    with pytest.raises(PageError, match="ร่าง"):
        print_document(compiled, replace(draft[1], notice="ร่าง"), make_paper())


def test_a_table_without_column_titles_is_still_a_table(form, make_paper, many_lines):
    boxes = tuple(replace(box, parts=tuple(map(without_titles, box.parts))) for box in form.boxes)
    untitled = compile_form(replace(form, boxes=boxes), form.editions[-1])
    paper = make_paper(many_lines(60))
    pdf = print_document(untitled, lay_out(untitled, paper).document, paper)
    report = judge.validate_pdf_bytes(pdf, profile=judge.ValidationProfile("ua1"))
    assert [failure.message for failure in report.failures if "TH" not in failure.message] == []


def without_titles(part):
    if not isinstance(part, TablePart):
        return part
    return replace(part, columns=tuple(replace(column, title="") for column in part.columns))


def count_grey(sheet):
    return sum(sheet.render(grayscale=True).to_pil().histogram()[:250])


def test_a_screen_reader_meets_the_boxes_in_order_each_with_its_title_first(form, printed):
    root = pypdf.PdfReader(io.BytesIO(printed[0])).trailer["/Root"]["/StructTreeRoot"]
    document = root["/K"].get_object()
    sections = [kid for kid in document["/K"] if kid["/S"] == "/Sect"]
    assert document["/K"][0]["/S"] == "/H1"
    assert len(sections) == len(form.boxes)
    assert all(section["/K"][0]["/S"] == "/H2" for section in sections)


def test_every_mark_on_every_page_belongs_to_an_element(printed):
    reader = pypdf.PdfReader(io.BytesIO(printed[0]))
    entries = list(reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"])
    parents = dict(zip(entries[::2], entries[1::2], strict=True))
    assert list(parents) == sorted(parents)
    for sheet in reader.pages:
        marks = [int(mark) for mark in re.findall(rb"/MCID (\d+)", sheet.get_contents().get_data())]
        assert sorted(marks) == list(range(len(parents[sheet["/StructParents"]].get_object())))
        for mark in marks:
            element = parents[sheet["/StructParents"]].get_object()[mark]
            assert element["/K"] == mark
            assert element.raw_get("/Pg") == sheet.indirect_reference


def test_tables_are_rows_of_as_many_cells_with_titles_that_head_columns(form, hundred_lines):
    root = pypdf.PdfReader(io.BytesIO(hundred_lines[0])).trailer["/Root"]["/StructTreeRoot"]
    tables = [
        kid
        for section in root["/K"]["/K"]
        if section["/S"] == "/Sect"
        for kid in section["/K"]
        if kid["/S"] == "/Table"
    ]
    assert len(tables) > 1
    for table in tables:
        rows = [[cell["/S"] for cell in row["/K"]] for row in table["/K"]]
        assert set(rows[0]) == {"/TH"}
        assert {len(row) for row in rows} == {len(rows[0])}


def test_what_stands_in_the_catalogue(form, three_lines):
    root = pypdf.PdfReader(io.BytesIO(three_lines[0])).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/Lang"] == form.language


def test_pages_laid_out_twice_are_refused(compiled, make_paper, three_lines):
    document = replace(three_lines[1], pages=three_lines[1].pages[:1] * 2)
    with pytest.raises(PageError, match="twice"):
        print_document(compiled, document, make_paper())


@pytest.mark.parametrize("start", [9, 99_990, 100_000])
def test_each_line_of_the_cross_reference_table_says_where_its_object_begins(start):
    objects = [b"x" * 30, b"y", b"z" * 900]
    offsets = (start, start + 30, start + 31)
    assert write_offsets(objects, start) == b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    assert write_offsets([], start) == b""
