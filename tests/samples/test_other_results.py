"""What stands in `out/` of the other forms came out of their samples: every consignment, with its goods."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from results import OTHER_PAPERS

from certgen.consignment import Consignment
from certgen.forms import load_forms, load_vocabulary
from certgen.workbook import read_workbook

SAMPLES = Path(__file__).parents[2] / "samples"


@cache
def consignments(workbook: str) -> tuple[Consignment, ...]:
    """The consignments of a sample, read by the fields of the forms that it names."""
    forms = load_forms()
    plain = read_workbook(SAMPLES / workbook, load_vocabulary(), {}).consignments
    named = {form_id for item in plain for form_id in item.forms if form_id in forms}
    vocabulary = load_vocabulary([forms[form_id] for form_id in sorted(named)])
    return read_workbook(SAMPLES / workbook, vocabulary, {}).consignments


def texts_of(folder: Path) -> list[str]:
    """Everything printed in each PDF of a folder, without spaces and line breaks."""
    texts = []
    for path in sorted(folder.rglob("*.pdf")):
        with pypdfium2.PdfDocument(path) as document:
            pages = [page.get_textpage().get_text_bounded() for page in document]
        texts.append("".join("".join(pages).split()))
    return texts


def goods_of_papers(consignment: Consignment) -> list[list[str]]:
    """The goods that stand on one paper: all, or each alone where all its forms make several papers."""
    goods = ["".join(line.trade_name.split()) for line in consignment.products]
    divides = all(form.one_per for name, form in load_forms().items() if name in consignment.forms)
    return [[name] for name in goods] if divides else [goods]


@pytest.mark.parametrize(("workbook", "results"), [item[:2] for item in OTHER_PAPERS])
def test_each_consignment_has_a_paper_with_its_goods(workbook: str, results: str) -> None:
    printed = texts_of((SAMPLES / workbook).parent / "out" / results)
    for consignment in consignments(workbook):
        for goods in goods_of_papers(consignment):
            assert any(all(name in text for name in goods) for text in printed), consignment.name


def test_each_batch_of_the_split_consignment_has_its_extract() -> None:
    split = next(item for item in consignments("eu-coi/shipment.xlsx") if "batches" in item.tables)
    extracts = sorted((SAMPLES / "eu-coi" / "out" / "shipment").glob("* eu-coi-extract *.pdf"))
    batches = sorted({str(row["batch"]) for row in split.tables["batches"]})
    assert [path.stem.rpartition(" ")[2] for path in extracts] == batches
