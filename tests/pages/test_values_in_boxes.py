"""Each value of each sample stands inside its box, found by readers that know nothing of certgen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from independent import Word, missing_values, words_by_pdfplumber, words_by_pdftotext

from certgen.forms import find_forms_root, load_form, load_forms, load_vocabulary
from certgen.workbook import read_workbook

SAMPLES = Path(__file__).parents[2] / "samples"
WORKBOOKS = [
    SAMPLES / "shipment.xlsx",
    *sorted(
        path
        for path in (SAMPLES / "gb-coi").iterdir()
        if path.suffix in {".xlsx", ".csv", ".ods", ".xls"} and path.stem != "mistakes"
    ),
]
READERS = [
    words_by_pdfplumber,
    pytest.param(words_by_pdftotext, marks=pytest.mark.system),
]


@pytest.mark.parametrize("find_words", READERS)
@pytest.mark.parametrize("workbook", WORKBOOKS, ids=lambda path: path.name)
def test_every_value_of_the_sample_stands_in_its_box(
    certgen, desk: Path, workbook: Path, find_words: Callable[[Path], list[Word]]
) -> None:
    forms = load_forms()
    form = load_form(find_forms_root() / "gb-coi")
    reading = read_workbook(workbook, load_vocabulary(forms.values()), {})
    run = certgen(
        "fill",
        workbook,
        "--profile",
        SAMPLES / "certgen.toml",
        "--form",
        "gb-coi",
        "--signatory",
        "",
        "--json",
    )
    certificates = run.record["certificates"]
    assert [item["status"] for item in certificates] == ["issued"] * len(reading.consignments), run.err
    for certificate, consignment in zip(certificates, reading.consignments, strict=True):
        words = find_words(Path(certificate["path"]))
        assert missing_values(words, form, consignment) == []
