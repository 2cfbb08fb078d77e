"""Nothing leaves the house that does not say what was asked: every way of going wrong is caught."""

import re
import zlib
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certgen.errors import PageError
from certgen.forms.model import Frame
from certgen.page import print_document, read_back
from certgen.page.document import Asked
from certgen.page.printing.objects import write_object, write_offsets


def utf16(text):
    return text.encode("utf-16-be")


class Bench:
    """A finished file taken apart: change a stream, put it together again."""

    def __init__(self, pdf):
        self.table = int(re.search(rb"startxref\n(\d+)", pdf[-100:]).group(1))
        offsets = [int(line[:10]) for line in pdf[self.table :].splitlines()[3:] if line.endswith(b" n ")]
        self.trailer = pdf[pdf.index(b"trailer", self.table) :].partition(b"startxref")[0]
        self.bodies = {}
        for number, offset in enumerate(offsets, 1):
            end = min([other for other in offsets if other > offset] or [self.table])
            body = pdf[offset:end].removeprefix(b"%d 0 obj\n" % number).removesuffix(b"\nendobj\n")
            self.bodies[number] = body

    def values_of(self, page):
        """The number of the values stream of a page (from 1)."""
        pages = [body for body in self.bodies.values() if b"/Type/Page/" in body]
        pages.sort(key=lambda body: int(re.search(rb"/StructParents (\d+)", body).group(1)))
        contents = re.search(rb"/Contents\[([^\]]*)\]", pages[page - 1]).group(1)
        return int(re.findall(rb"(\d+) 0 R", contents)[-1])

    def stream(self, number):
        return zlib.decompress(re.search(rb"stream\n(.*)\nendstream", self.bodies[number], re.DOTALL)[1])

    def set_stream(self, number, content):
        packed = zlib.compress(content)
        self.bodies[number] = b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\r\nendstream" % (
            len(packed),
            packed,
        )

    def change(self, old, new, page=1):
        number = self.values_of(page)
        content = self.stream(number)
        assert content.count(old) == 1, old
        self.set_stream(number, content.replace(old, new))
        return self.assemble()

    def assemble(self):
        objects = [write_object(number, body) for number, body in sorted(self.bodies.items())]
        body = b"%PDF-1.7\n" + b"".join(objects)
        lines = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + write_offsets(objects, 9)
        return body + lines + self.trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)


@pytest.fixture(scope="module")
def printed(make_paper, print_paper):
    return print_paper(make_paper())


@pytest.fixture
def bench(printed):
    return Bench(printed[0])


@pytest.fixture
def document(printed):
    return printed[1]


def statement_of(bench, text):
    content = bench.stream(bench.values_of(1))
    place = rb"1 0 0 1 [\d.]+ [\d.]+ Tm(?:/\w+<<[^>]*>>BDC)?(?:/\w+ [\d.]+ Tf)?\("
    return re.search(place + re.escape(utf16(text)) + rb"\)Tj\n", content).group()


def test_a_file_put_together_again_unchanged_still_passes(bench, document):
    read_back(bench.assemble(), document)


def test_a_single_wrong_letter_is_caught(bench, document):
    pdf = bench.change(utf16("HLBU1794609"), utf16("HLBU1794608"))
    with pytest.raises(PageError, match="HLBU1794609"):
        read_back(pdf, document)


def test_a_lost_line_is_caught(bench, document):
    with pytest.raises(PageError, match="Liverpool"):
        read_back(bench.change(statement_of(bench, "Great Britain / Port of Liverpool"), b""), document)


def test_a_line_printed_twice_is_caught(bench, document):
    line = statement_of(bench, "Montreal Express")
    with pytest.raises(PageError, match="Montreal Express"):
        read_back(bench.change(line, line + line), document)


def test_a_line_that_nothing_asked_for_is_caught(bench, document):
    line = statement_of(bench, "Montreal Express")
    with pytest.raises(PageError, match="though nothing asked for it"):
        read_back(bench.change(line, line + line.replace(utf16("Express"), utf16("Pioneer"))), document)


@pytest.mark.parametrize(("across", "down"), [(0.5, 0), (180, 0), (0, -0.5), (0, 40)])
def test_a_value_that_stands_elsewhere_is_caught(bench, document, across, down):
    line = statement_of(bench, "Great Britain / Port of Liverpool")
    x, y = re.match(rb"1 0 0 1 ([\d.]+) ([\d.]+)", line).groups()
    moved = b"1 0 0 1 %.2f %.2f Tm" % (float(x) + across, float(y) - down)
    with pytest.raises(PageError, match="Liverpool"):
        read_back(bench.change(line, re.sub(rb"^.* Tm", moved, line)), document)


def test_two_values_that_changed_places_are_caught(bench, document):
    content = bench.stream(bench.values_of(1))
    one, other = utf16("FX26-311"), utf16("MS-0426-07")
    swapped = content.replace(one, b"@").replace(other, one).replace(b"@", other)
    bench.set_stream(bench.values_of(1), swapped)
    with pytest.raises(PageError, match="FX26-311"):
        read_back(bench.assemble(), document)


def move_line(row, text, x_mm):
    lines = ((said, x_mm if said == text else x, *rest) for said, x, *rest in row.lines)
    return row._replace(lines=tuple(lines))


def test_a_cell_in_the_column_beside_is_caught(bench, document):
    line = statement_of(bench, "FX26-311")
    moved = re.sub(rb"^1 0 0 1 [\d.]+ ", b"1 0 0 1 303.31 ", line)
    page = document.pages[0]
    (table,) = page.tables
    rows = tuple(move_line(row, "FX26-311", 107.0) for row in table.rows)
    pages = (replace(page, tables=(table._replace(rows=rows),)), *document.pages[1:])
    with pytest.raises(PageError, match="FX26-311"):
        read_back(bench.change(line, moved), replace(document, pages=pages))


def test_a_text_that_grew_out_of_its_frame_is_caught(bench, document):
    content = bench.stream(bench.values_of(1))
    bench.set_stream(bench.values_of(1), re.sub(rb"(/R\d) [\d.]+ Tf", rb"\1 40 Tf", content))
    with pytest.raises(PageError, match="Box"):
        read_back(bench.assemble(), document)


def test_a_font_that_spells_a_letter_wrongly_is_caught(bench, document):
    for number, body in list(bench.bodies.items()):
        if b"stream\n" in body and b"/Filter" in body and b"begincmap" in bench.stream(number):
            changed = bench.stream(number).replace(b"<004D> <004D>", b"<004D> <004E>")
            bench.set_stream(number, changed)
    with pytest.raises(PageError, match="Box"):
        read_back(bench.assemble(), document)


def test_a_glyph_that_spells_nothing_is_caught(bench, document):
    with pytest.raises(PageError, match="no letter"):
        read_back(bench.change(utf16("Montreal Express"), utf16("Montreal Expres") + b"\x07\x00"), document)


def test_a_lost_space_is_caught(bench, document):
    with pytest.raises(PageError, match="Montreal Express"):
        read_back(bench.change(utf16("Montreal Express"), utf16("MontrealExpress")), document)


CROSS = rb"1\.2 w .* S\n"


def test_a_lost_tick_is_caught(bench, document):
    content = bench.stream(bench.values_of(1))
    bench.set_stream(bench.values_of(1), re.sub(CROSS, b"", content, count=1))
    with pytest.raises(PageError, match="was to be ticked and is not"):
        read_back(bench.assemble(), document)


def test_a_tick_in_the_next_square_is_caught(bench, document):
    content = bench.stream(bench.values_of(1))
    first = re.search(CROSS, content).group()
    second = re.sub(rb"([\d.]+) ([ml])", lambda m: b"%.2f %s" % (float(m[1]) - 17, m[2]), first)
    bench.set_stream(bench.values_of(1), content.replace(first, second))
    with pytest.raises(PageError, match="was to be ticked and is not"):
        read_back(bench.assemble(), document)


def test_a_tick_too_many_is_caught(bench, document):
    content = bench.stream(bench.values_of(1))
    extra = b"1.2 w 10 10 m 14 14 l 10 14 m 14 10 l S\n"
    bench.set_stream(bench.values_of(1), content + extra)
    with pytest.raises(PageError, match="nothing asked for"):
        read_back(bench.assemble(), document)


def test_an_operator_that_certgen_does_not_write_is_refused(bench, document):
    bench.set_stream(bench.values_of(1), b"3 Tr\n" + bench.stream(bench.values_of(1)))
    with pytest.raises(PageError, match="does not write"):
        read_back(bench.assemble(), document)


@pytest.mark.parametrize("place", [b"%de0", b"+%d.00", b"%d_0.00", b"inf", b"%d"])
def test_a_place_that_programs_read_differently_is_refused(bench, document, place):
    statement = statement_of(bench, "Great Britain / Port of Liverpool")
    across = statement.split()[4]
    other = place % int(float(across)) if b"%" in place else place
    content = bench.stream(bench.values_of(1)).replace(statement, statement.replace(across, other, 1))
    bench.set_stream(bench.values_of(1), content)
    with pytest.raises(PageError, match="no place"):
        read_back(bench.assemble(), document)


def test_a_value_asked_for_but_never_laid_out_is_caught(printed):
    pdf, document = printed
    asked = (*document.asked, Asked("9", "Tilbury", ((1, Frame(10, 100, 90, 10)),)))
    with pytest.raises(PageError, match="Tilbury"):
        read_back(pdf, replace(document, asked=asked))


def test_a_page_too_few_is_caught(printed):
    pdf, document = printed
    with pytest.raises(PageError, match="pages"):
        read_back(pdf, replace(document, pages=document.pages[:1]))


def test_printing_reads_back(compiled, make_paper, printed):
    document = printed[1]
    wrong = replace(document, asked=(*document.asked, Asked("1", "Nobody", ((1, Frame(0, 0, 5, 5)),))))
    with pytest.raises(PageError, match="Nobody"):
        print_document(compiled, wrong, make_paper())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_damage_gives_a_page_error_or_none(printed, data):
    pdf, document = printed
    start = int(len(pdf) * 0.8)
    at = data.draw(st.integers(start, len(pdf) - 1))
    damaged = pdf[:at] + bytes([data.draw(st.integers(0, 255))]) + pdf[at + 1 :]
    for candidate in (damaged, pdf[:at]):
        with suppress(PageError):
            read_back(candidate, document)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_letter_changed_on_the_page_is_caught(printed, data):
    pdf, document = printed
    bench = Bench(pdf)
    content = bench.stream(bench.values_of(1))
    letters = [match.start() for match in re.finditer(rb"(?<=\x00)[A-Za-z0-9](?=[\x00)])", content)]
    at = data.draw(st.sampled_from(letters))
    other = data.draw(st.sampled_from(b"QZ7").filter(lambda letter: letter != content[at]))
    bench.set_stream(bench.values_of(1), content[:at] + bytes([other]) + content[at + 1 :])
    with pytest.raises(PageError):
        read_back(bench.assemble(), document)
