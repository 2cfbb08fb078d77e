"""Whatever a consignment says: each letter is printed once, in order, inside its frame and large enough."""

from collections import defaultdict

from cjk_extra import LETTERS as BORROWED
from hypothesis import given, settings
from hypothesis import strategies as st

from certgen.page.document import Face, Ink
from certgen.page.fonts.faces import MM_PER_PT, load_face
from certgen.page.layout.certificate import lay_out
from certgen.page.layout.measure import BASELINE, LEADING
from certgen.page.layout.text import run_on

LETTERS = [letter for letter in load_face(Face.REGULAR).glyphs if letter != " "] + BORROWED[::50]
TOLERANCE_MM = 0.02

words = st.text(st.sampled_from(LETTERS), min_size=1, max_size=25)
lines = st.lists(words, min_size=1, max_size=12).map(" ".join)
addresses = st.lists(lines, min_size=1, max_size=8).map("\n".join)
parties = st.fixed_dictionaries({"name": lines, "address": addresses})
products = st.fixed_dictionaries(
    {
        "cn_code": st.text("0123456789 ", min_size=1, max_size=14),
        "trade_name": lines,
        "lots": st.lists(words, max_size=6),
        "packages": st.fixed_dictionaries({"count": st.integers(1, 10**9), "kind": words}),
        "net_mass": st.fixed_dictionaries(
            {
                "amount": st.decimals(min_value=0, max_value=10**9, places=3).map(str),
                "unit": st.sampled_from(["kg", "l"]),
            }
        ),
    }
)
shipments = st.fixed_dictionaries(
    {
        "exporter": parties,
        "producers": st.lists(parties, max_size=5),
        "products": st.lists(products, max_size=30),
        "containers": st.lists(words, max_size=10),
        "point_of_entry": lines,
    }
)


def bare(text):
    return "".join(text.split())


def runs_in(document, places):
    """The values that stand in these places, one place after another."""
    for number, frame in places:
        for run in document.pages[number - 1].runs:
            if run.ink is Ink.VALUE and stands_in(run, frame):
                yield run


def stands_in(run, frame):
    top = run.y_mm - BASELINE * run.size_pt * MM_PER_PT
    bottom = top + LEADING * run.size_pt * MM_PER_PT
    return (
        frame.x_mm - TOLERANCE_MM <= run.x_mm
        and run.x_mm + run.width_mm <= frame.x_mm + frame.width_mm + TOLERANCE_MM
        and frame.y_mm - TOLERANCE_MM <= top
        and bottom <= frame.y_mm + frame.height_mm + TOLERANCE_MM
    )


def overlap(one, other):
    across = min(one.x_mm + one.width_mm, other.x_mm + other.width_mm) - max(one.x_mm, other.x_mm)
    height = min(one.size_pt, other.size_pt) * MM_PER_PT
    return across > TOLERANCE_MM and abs(one.y_mm - other.y_mm) < 0.9 * height


@settings(max_examples=60, deadline=None)
@given(shipments)
def test_every_value_is_whole_in_its_frame(plan, make_paper, changes):
    document = lay_out(plan, make_paper(changes)).document
    for asked in document.each_asked():
        printed = "".join(run.text for run in runs_in(document, asked.places))
        assert bare(printed) == bare(asked.text)


def assert_says(box, party):
    lines = "\n".join(filter(None, (party["name"], party["address"])))
    assert bare(lines) in box or bare(run_on(lines)) in box


@settings(max_examples=40, deadline=None)
@given(shipments)
def test_every_field_of_the_consignment_is_asked_for(plan, make_paper, changes):
    layout = lay_out(plan, make_paper(changes))
    if layout.findings:
        return
    by_box = defaultdict(str)
    for asked in layout.document.each_asked():
        by_box[asked.box] += bare(asked.text)
    assert_says(by_box["4"], changes["exporter"])
    for producer in changes["producers"]:
        assert_says(by_box["5"], producer)
    for line in changes["products"]:
        for text in (line["cn_code"], line["trade_name"], ", ".join(line["lots"])):
            assert bare(text) in by_box["13"]
    assert bare(", ".join(changes["containers"])) in by_box["14"]


@settings(max_examples=40, deadline=None)
@given(shipments)
def test_every_value_on_paper_was_asked_for(plan, make_paper, changes):
    document = lay_out(plan, make_paper(changes)).document
    asked = [run for value in document.each_asked() for run in runs_in(document, value.places)]
    printed = [run for page in document.pages for run in page.runs if run.ink is Ink.VALUE]
    assert len(asked) == len(printed)


@settings(max_examples=40, deadline=None)
@given(shipments)
def test_no_two_lines_overlap_and_none_is_too_small(plan, make_paper, changes):
    document = lay_out(plan, make_paper(changes)).document
    for page in document.pages:
        static = plan.static[page.form_page - 1].runs if page.form_page else ()
        runs = sorted((*static, *page.runs), key=lambda run: run.y_mm)
        assert all(run.size_pt >= 6.5 for run in runs)
        for position, run in enumerate(runs):
            for other in runs[position + 1 :]:
                if other.y_mm - run.y_mm > 4:
                    break
                assert not overlap(run, other), (run, other)


@settings(max_examples=40, deadline=None)
@given(shipments)
def test_nothing_leaves_the_page(plan, make_paper, changes):
    document = lay_out(plan, make_paper(changes)).document
    for page in document.pages:
        for run in page.runs:
            assert plan.left_mm - TOLERANCE_MM <= run.x_mm
            assert run.x_mm + run.width_mm <= plan.right_mm + TOLERANCE_MM
            assert 5 < run.y_mm < 292


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all_is_printed_whole_or_refused(plan, make_paper, text):
    paper = make_paper({"exporter": {"name": text, "address": "410 Grain Street"}})
    layout = lay_out(plan, paper)
    told = [finding for finding in layout.findings if finding.is_error]
    printed = "".join(run.text for run in layout.document.pages[0].runs if run.box == "4")
    assert told or "410GrainStreet" in bare(printed) or "see sheet" in printed


@settings(max_examples=40, deadline=None)
@given(shipments)
def test_every_value_stands_in_its_box_or_on_the_room_of_a_sheet(plan, make_paper, changes):
    document = lay_out(plan, make_paper(changes)).document
    boxes = {box.number: box.frame for box in plan.form.boxes}
    for asked in document.each_asked():
        for number, frame in asked.places:
            if asked.box and document.pages[number - 1].form_page:
                assert is_inside(frame, boxes[asked.box])
            elif asked.box:
                assert frame.y_mm + frame.height_mm <= 283.01


def is_inside(frame, box):
    return (
        box.x_mm <= frame.x_mm
        and box.y_mm <= frame.y_mm
        and frame.x_mm + frame.width_mm <= box.x_mm + box.width_mm + TOLERANCE_MM
        and frame.y_mm + frame.height_mm <= box.y_mm + box.height_mm + TOLERANCE_MM
    )
