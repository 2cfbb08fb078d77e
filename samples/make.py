"""Writes the sample workbooks from the plain tables in `sources/`; run it after changing one.

`python samples/make.py` writes the workbooks; with `--certificates` also what comes out of them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import flat_lists
import layouts
from as_sent import as_sent
from form_sheet import form_sheet
from mistakes import expected_findings, mistakes_workbook
from results import write_label_answers, write_other_papers, write_picture, write_results
from rows import load_rows
from sheets import sheets_of

SAMPLES = Path(__file__).parent
GB_COI = SAMPLES / "gb-coi"
BY_SHEETS = {
    "certificate-request": "shipments.xlsx",
    "eu-coi": "shipment.xlsx",
    "eu-operator-certificate": "certificates.xlsx",
    "japan-export-request": "shipments.xlsx",
    "jas-seal-report": "shipments.xlsx",
    "transaction-certificate": "shipments.xlsx",
    "nop-import-request": "shipments.xlsx",
    "te-transaction-certificate": "shipments.xlsx",
    "uk-canada-export": "shipment.xlsx",
    "route": "shipments.xlsx",
    "label": "labels.xlsx",
}
"""The workbooks whose source is their sheets: the folder, which is also the source's name, and the file."""


def make_workbooks() -> dict[Path, bytes]:
    """Every sample workbook, by where it belongs."""
    german, french, old = load_rows("languages")
    return {
        SAMPLES / "shipment.xlsx": layouts.two_sheets(load_rows("shipment")),
        GB_COI / "season.xlsx": layouts.two_sheets(load_rows("season")),
        GB_COI / "flat.xlsx": layouts.flat_sheet(load_rows("flat"), flat_lists.ENGLISH),
        GB_COI / "one-shipment.xlsx": form_sheet(load_rows("one-shipment")[0]),
        GB_COI / "as-sent.xlsx": as_sent(),
        GB_COI / "mistakes.xlsx": mistakes_workbook(),
        GB_COI / "mistakes.expected.toml": expected_findings(),
        GB_COI / "sendung.csv": layouts.german_csv(
            [flat_lists.in_words(german, flat_lists.GERMAN_WORDS)], flat_lists.GERMAN
        ),
        GB_COI / "envoi.ods": layouts.french_ods(
            [flat_lists.in_words(french, flat_lists.FRENCH_WORDS)], flat_lists.FRENCH
        ),
        GB_COI / "old-excel.xls": layouts.old_excel([old]),
        **{SAMPLES / name / file: sheets_of(name) for name, file in BY_SHEETS.items()},
    }


if __name__ == "__main__":
    for path, content in make_workbooks().items():
        path.write_bytes(content)
    if "--certificates" in sys.argv[1:]:
        write_results()
        write_other_papers()
        write_picture()
        write_label_answers()
