"""The bench compares like with like, and certgen stays far ahead of drawing everything again."""

import io
from itertools import chain

import pypdfium2
import pytest

from bench.__main__ import compare
from bench.makers import make_bare, make_certgen, make_reportlab
from bench.papers import make_papers
from bench.turns import measure


def text_of(pdf):
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)


@pytest.mark.parametrize("maker", [make_certgen, make_reportlab, make_bare])
@pytest.mark.parametrize("lines", [3, 60])
def test_every_maker_prints_every_value(form, compiled, maker, lines):
    paper = make_papers(form, 2, lines)[1]
    goods = paper.consignment
    printed = text_of(maker(compiled)(paper))
    parties = [goods.exporter, goods.importer, goods.first_consignee, *goods.producers, *goods.control_bodies]
    lots = chain.from_iterable(product.lots for product in goods.products)
    names = [product.trade_name for product in goods.products]
    for value in [*lots, *names, *(party.name for party in parties), paper.issue.serial, *goods.containers]:
        assert "".join(value.split()) in printed, value


def test_no_two_papers_are_alike(form):
    papers = make_papers(form, 20, 3)
    lots = [lot for paper in papers for product in paper.consignment.products for lot in product.lots]
    assert len({paper.issue.serial for paper in papers}) == 20
    assert len(set(lots)) == len(lots)


@pytest.mark.long
@pytest.mark.parametrize("lines", [3, 60])
def test_certgen_is_well_ahead_of_drawing_everything_again(lines):
    other = "reportlab, all redrawn"
    assert compare(measure(["certgen", other], lines, rounds=9), other) > 2
