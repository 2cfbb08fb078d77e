"""A certificate laid out: what fits stands in its box, what does not goes whole to numbered sheets."""

import re
from decimal import Decimal
from itertools import pairwise

import pytest

from certgen.page.document import Face, Ink
from certgen.page.layout.certificate import lay_out

LONG = "Organic hard red spring wheat, cleaned, in big bags, for milling only, not for sowing. " * 4


def texts(page, box=None):
    return [run.text for run in page.runs if box is None or run.box == box]


def values(document, box):
    return [asked.text for asked in document.each_asked() if asked.box == box]


def test_a_plain_certificate_has_the_forms_two_pages(plan, make_paper):
    layout = lay_out(plan, make_paper())
    assert layout.findings == ()
    assert [page.form_page for page in layout.document.pages] == [1, 2]


def test_every_page_bears_serial_and_page_number(plan, make_paper, many_lines):
    document = lay_out(plan, make_paper(many_lines(100))).document
    pages = len(document.pages)
    for number, page in enumerate(document.pages, 1):
        assert document.serial in texts(page, "")
        assert f"Page {number} of {pages}" in texts(page, "")


def test_a_draft_says_so_and_has_no_serial(plan, make_paper):
    document = lay_out(plan, make_paper(serial="", is_draft=True)).document
    assert (document.serial, document.notice) == ("", "DRAFT")
    assert "Draft without a serial number" in texts(document.pages[0], "")
    assert values(document, "3") == []


def test_a_copy_says_so(plan, make_paper):
    assert lay_out(plan, make_paper(is_copy=True)).document.notice == "COPY"


@pytest.mark.parametrize(
    ("procedures", "marked"), [(["33(2)"], ["Article 33(2) or"]), (["33(3)"], ["Article 33(3)"]), ([], [])]
)
def test_the_ticks_of_box_two_follow_the_procedure(plan, make_paper, procedures, marked):
    page = lay_out(plan, make_paper({"procedures": procedures})).document.pages[0]
    assert [tick.label for tick in page.ticks if tick.box == "2"] == marked


def test_a_ferry_is_ticked_as_vessel_and_road_with_both_identified(plan, make_paper):
    transport = {
        "modes": ["vessel", "road"],
        "vessels": ["Stena Adventurer"],
        "road_plate": "191-D-2044",
        "trailer_plate": "TR 88",
    }
    page = lay_out(plan, make_paper({"transport": transport})).document.pages[0]
    assert [tick.label for tick in page.ticks if tick.box == "17"] == ["Vessel", "Road vehicle"]
    assert texts(page, "17") == ["Stena Adventurer", "191-D-2044 / TR 88"]


def test_ticks_stand_in_the_squares_of_the_static_page(plan, make_paper):
    squares = {(square.box, square.x_mm, square.y_mm) for square in plan.static[0].squares}
    ticks = lay_out(plan, make_paper()).document.pages[0].ticks
    assert ticks
    assert all((tick.box, tick.x_mm, tick.y_mm) in squares for tick in ticks)


def test_a_text_that_does_not_fit_goes_whole_to_a_sheet(plan, make_paper, shipment):
    document = lay_out(plan, make_paper({"producers": shipment["producers"] * 4})).document
    assert texts(document.pages[0], "5") == ["see sheet 2 (page 3)"]
    assert document.pages[2].form_page == 0
    assert "Sheet 2: continuation" in texts(document.pages[2])
    assert texts(document.pages[2], "5").count("Moose Creek Organic Farms Ltd.") == 4


def test_a_text_of_a_box_with_several_is_told_by_its_label(plan, make_paper):
    ships = [f"Stena Adventurer {number}" for number in range(9)]
    transport = {
        "modes": ["vessel"],
        "vessels": ships,
        "documents": [f"B/L {number}" for number in range(30)],
    }
    document = lay_out(plan, make_paper({"transport": transport})).document
    heads = [text for text in texts(document.pages[2], "17") if text.startswith("17.")]
    assert heads == [
        "17. Means of transport before point of entry into Great Britain: Ship name(s)",
        "17. Means of transport before point of entry into Great Britain: International transport document",
    ]


def test_a_sheet_repeats_title_and_serial(plan, make_paper, shipment):
    document = lay_out(plan, make_paper({"producers": shipment["producers"] * 4})).document
    assert document.title in " ".join(texts(document.pages[2], ""))
    assert texts(document.pages[2], "").count(document.serial) == 2


def test_a_text_longer_than_a_sheet_goes_on_under_a_repeated_heading(plan, make_paper):
    address = "\n".join(f"{number} Long Lane" for number in range(200))
    paper = make_paper({"exporter": {"name": "Prairie Lark", "address": address}})
    document = lay_out(plan, paper).document
    sheets = document.pages[2:]
    assert len(sheets) == 3
    assert all("4. Exporter (name and address) (continued)" in texts(sheet) for sheet in sheets[1:])
    found = [text for sheet in sheets for text in texts(sheet, "4") if text.endswith("Lane")]
    assert found == address.split("\n")


@pytest.mark.parametrize("count", [1, 9, 10, 11, 40, 100, 300])
def test_every_product_line_is_printed_once_and_in_order(plan, make_paper, many_lines, count):
    document = lay_out(plan, make_paper(many_lines(count))).document
    printed = [text for page in document.pages for text in texts(page, "13") if text.startswith("LOT-")]
    assert printed == [f"LOT-{number:04d}" for number in range(count)]


def test_totals_are_carried_from_sheet_to_sheet(plan, make_paper, many_lines):
    changes = many_lines(100)
    document = lay_out(plan, make_paper(changes)).document
    pages = [document.pages[0], *document.pages[2:]]
    sums = [
        [Decimal(text.split()[0]) for text in texts(page, "13") if re.fullmatch(r"\d+ kg", text)]
        for page in pages
    ]
    for before, after in pairwise(sums):
        assert before[-1] == after[0]
    assert sums[0][-1] == sum(sums[0][:-1])
    assert all(found[-1] == sum(found[:-1]) for found in sums)
    assert sums[-1][-1] == sum(Decimal(line["net_mass"]["amount"]) for line in changes["products"])


def test_each_page_but_the_last_says_where_the_table_goes_on(plan, make_paper, many_lines):
    document = lay_out(plan, make_paper(many_lines(100))).document
    assert "2 (page 3)" in " ".join(texts(document.pages[0], "13"))
    assert "3 (page 4)" in " ".join(texts(document.pages[2], "13"))
    assert "Total" in texts(document.pages[-1], "13")


def test_every_sheet_of_a_table_repeats_its_header(plan, make_paper, many_lines):
    document = lay_out(plan, make_paper(many_lines(100))).document
    for sheet in document.pages[2:]:
        head = sheet.tables[0].rows[0]
        assert head.is_header
        titles = [text for text, *_ in head.lines]
        assert titles == ["CN code", "Trade name", "Number of packages", "Lot number", "Net weight"]


def test_table_rows_hold_their_own_lines(plan, make_paper, many_lines):
    document = lay_out(plan, make_paper(many_lines(100))).document
    page = document.pages[2]
    rows = page.tables[0].rows
    lots = [row.lines[3][0] for row in rows[2:-1]]
    assert all(lot.startswith("LOT-") for lot in lots)
    assert len(lots) == len(rows) - 3


def test_rows_are_never_parted(plan, make_paper, many_lines):
    changes = many_lines(60)
    for line in changes["products"]:
        line["trade_name"] = LONG
    document = lay_out(plan, make_paper(changes)).document
    for asked in document.each_asked():
        if asked.box == "13":
            assert len(asked.places) == 1


def slanting(page):
    return [
        stroke for stroke in page.strokes if stroke.y1_mm != stroke.y2_mm and stroke.x1_mm != stroke.x2_mm
    ]


def test_the_empty_rest_of_the_table_is_struck_through_below_the_total(plan, make_paper, many_lines):
    page = lay_out(plan, make_paper(many_lines(3))).document.pages[0]
    (strike,) = slanting(page)
    total = next(run for run in page.runs if run.text == "Total")
    assert total.y_mm + 1 < strike.y2_mm < strike.y1_mm < 197.6
    assert strike.x2_mm - strike.x1_mm > 180


@pytest.mark.parametrize("count", [8, 30])
def test_a_full_table_is_not_struck_through(plan, make_paper, many_lines, count):
    document = lay_out(plan, make_paper(many_lines(count))).document
    assert not any(map(slanting, document.pages))


def test_two_producers_and_a_long_importer_stand_as_large_as_their_neighbours(plan, make_paper, shipment):
    importer = {
        "name": "Green Harbour Wholefoods (Import) Limited",
        "address": "c/o Mersey Logistics Centre\nUnit 7, Dock Road\nLiverpool L20 1BX",
        "country": {"name": "Great Britain", "code": "GB"},
        "eori": "GB123456789000",
    }
    runs = lay_out(plan, make_paper({"importer": importer})).document.pages[0].runs
    boxes = {"5": 8, "11": 6}
    assert len(shipment["producers"]) == 2
    for box, lines in boxes.items():
        sizes = [run.size_pt for run in runs if run.box == box]
        assert len(sizes) == lines
        assert min(sizes) >= 8


def test_eight_product_lines_stand_on_the_form_page(plan, make_paper, many_lines):
    assert len(lay_out(plan, make_paper(many_lines(8))).document.pages) == 2


def test_a_row_taller_than_a_sheet_is_refused_at_its_cell(plan, make_paper, many_lines):
    changes = many_lines(3)
    changes["products"][1] = changes["products"][1] | {"trade_name": LONG * 30}
    layout = lay_out(plan, make_paper(changes, {"products.1.trade_name": "C3"}))
    (finding,) = layout.findings
    assert (finding.code, finding.cell.cell, finding.box) == ("CG612", "C3", "13")
    assert "Line 2" in finding.message


@pytest.mark.parametrize("line", [0, 1])
def test_hundreds_of_lots_in_one_line_go_on_in_further_rows(plan, make_paper, many_lines, line: int):
    changes = many_lines(3)
    lots = [f"SASKATOON-2026-{number:04d}" for number in range(400)]
    changes["products"][line] = changes["products"][line] | {"lots": lots}
    paper = make_paper(changes)
    layout = lay_out(plan, paper)
    assert not layout.findings
    rows = [row for page in layout.document.pages for table in page.tables for row in table.rows]
    name = paper.consignment.products[line].trade_name
    pieces = [row.texts[3] for row in rows if row.texts and row.texts[1] in (name, f"{name} (continued)")]
    assert " ".join(pieces) == ", ".join(lots)
    weights = [row.texts[4] for row in rows if row.texts and row.face is Face.REGULAR and row.texts[4]]
    assert len(weights) == 3
    whole = sum(product.net_mass.amount for product in paper.consignment.products)
    assert [row.texts[4] for row in rows if row.texts and row.face is Face.BOLD][-1] == f"{whole} kg"


def test_a_text_that_may_not_be_continued_is_refused_with_its_excess(plan, make_paper):
    layout = lay_out(plan, make_paper(signatory="Marie-Ève Tremblay " * 12))
    (finding,) = layout.findings
    assert (finding.code, finding.box) == ("CG611", "18")
    assert re.search(r"about \d+ characters too long", finding.message)
    assert finding.is_error


def test_a_cn_code_and_a_lot_are_never_parted_while_they_can_shrink(plan, make_paper, many_lines):
    changes = many_lines(1)
    changes["products"][0] |= {"cn_code": "1204009000 / 00", "lots": ["SASKATOON-2026-0001-AB"]}
    page = lay_out(plan, make_paper(changes)).document.pages[0]
    assert "SASKATOON-2026-0001-AB" in texts(page, "13")


@pytest.mark.parametrize("number", ["0000001", "9999999", "4444444"])
def test_a_serial_of_the_same_length_changes_nothing_else(plan, make_paper, many_lines, number):
    def places(document):
        return [[(run.x_mm, run.y_mm, run.size_pt) for run in page.runs] for page in document.pages]

    paper = make_paper(many_lines(30))
    other = make_paper(many_lines(30), serial=f"COI.CA-ORG-016.2026.{number}")
    assert places(lay_out(plan, paper).document) == places(lay_out(plan, other).document)


def test_the_same_paper_is_laid_out_the_same_way_twice(plan, make_paper, many_lines):
    paper = make_paper(many_lines(50))
    assert lay_out(plan, paper) == lay_out(plan, paper)


def test_a_draft_without_issuer_shows_what_the_code_list_knows(plan, make_paper):
    changes = {"issuing_body": {"code": "CA-ORG-006"}}
    paper = make_paper(changes, issuer=make_paper().consignment.issuing_body.__class__(), is_draft=True)
    page = lay_out(plan, paper).document.pages[0]
    assert texts(page, "1")[0].startswith("Ecocert")
    assert texts(page, "1")[-1] == "CA-ORG-006"


def test_no_value_stands_on_the_words_of_the_form(plan, make_paper, many_lines):
    """A value's frame and a printed word of the form never share room, or read-back could not tell them."""
    document = lay_out(plan, make_paper(many_lines(100))).document
    for asked in document.each_asked():
        for number, frame in asked.places:
            page = document.pages[number - 1]
            static = plan.static[page.form_page - 1].runs if page.form_page else ()
            captions = [run for run in (*static, *page.runs) if run.ink is not Ink.VALUE]
            assert not [run.text for run in captions if stands_in(run, frame)], asked


def stands_in(run, frame):
    across = min(run.x_mm + run.width_mm, frame.x_mm + frame.width_mm) - max(run.x_mm, frame.x_mm)
    return across > 0.01 and frame.y_mm < run.y_mm < frame.y_mm + frame.height_mm


def test_producers_whose_lines_do_not_fit_run_on_with_a_paragraph_each(plan, make_paper):
    address = "Box 117\nElrose, SK  S0L 0Z0,\nSaskatchewan\nCanada"
    changes = {"producers": [{"name": f"Farm {number} Ltd.", "address": address} for number in range(4)]}
    document = lay_out(plan, make_paper(changes)).document
    [asked] = [value for value in document.asked if value.box == "5"]
    assert asked.text.split("\n\n") == [
        f"Farm {number} Ltd., Box 117, Elrose, SK  S0L 0Z0, Saskatchewan, Canada" for number in range(4)
    ]
    assert len(document.pages) == 2


def test_producers_whose_lines_fit_keep_them(plan, make_paper):
    changes = {"producers": [{"name": "Farm Ltd.", "address": "Box 117\nElrose\nCanada"}]}
    document = lay_out(plan, make_paper(changes)).document
    [asked] = [value for value in document.asked if value.box == "5"]
    assert asked.text == "Farm Ltd.\nBox 117\nElrose\nCanada"
