"""What holds of any sheet: no text is lost, no grid breaks the reader, every shape says the same."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from certgen.consignment import Consignment, Party
from certgen.forms import load_vocabulary
from certgen.workbook.grid import CellKind
from certgen.workbook.values.ditto import Dittos

VISIBLE = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Zs")) | st.just(" "),
    min_size=1,
    max_size=60,
).filter(lambda text: text == text.strip())
LINE = VISIBLE.filter(lambda text: ";" not in text and "；" not in text)
HEADERS = st.sampled_from(
    [
        "Shipment reference",
        "Exporter",
        "Exporter name",
        "Importer",
        "Name",
        "Country of origin",
        "Net weight",
        "CN code",
        "Lot no.",
        "Packages",
        "Total",
        "Departure date",
        "Control body",
        "Unit",
        "Means of transport",
        "Vessel",
        "Gross",
    ]
)
CELLS = st.one_of(
    st.none(),
    HEADERS,
    VISIBLE,
    st.text(max_size=20),
    st.dates(),
    st.booleans(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        [CellKind.ERROR, CellKind.EXTERNAL_LINK, CellKind.FORMULA_WITHOUT_VALUE, CellKind.TOO_LONG]
    ),
    st.sampled_from(
        ["1.234", "1,2,3", "12/13/14", "03/04/2026", "5 tons", "kg", "880 bags", ";;", "\n\n", "UK", "１２３"]
    ),
)


WORDS = load_vocabulary().words
PLACEHOLDERS = frozenset(word.casefold() for word in WORDS.unsaid)
DITTOS = Dittos(WORDS)


def says_something(text: str) -> bool:
    """Whether a text is a value: "n/a" is read as empty, a ditto mark refused, and both are told."""
    return text.strip().casefold() not in PLACEHOLDERS and not DITTOS.is_ditto(text)


@given(
    name=LINE.filter(says_something),
    address=st.lists(LINE, min_size=1, max_size=4).filter(lambda lines: says_something("\n".join(lines))),
    port=VISIBLE.filter(says_something),
    lots=st.lists(LINE.filter(says_something), min_size=1, unique=True),
    trade_name=VISIBLE.filter(says_something),
)
def test_every_text_arrives_unchanged(read, name, address, port, lots, trade_name) -> None:
    reading = read(
        [
            [
                "Shipment reference",
                "Exporter name",
                "Exporter address",
                "Point of entry",
                "CN code",
                "Trade name",
                "Lot",
            ],
            ["R-1", name, "\n".join(address), port, "12040090", trade_name, "; ".join(lots)],
        ]
    )
    found: Consignment = reading.consignments[0]
    assert found.exporter == Party(name, "\n".join(address), found.exporter.country)
    assert found.point_of_entry == port
    assert found.products[0].trade_name == trade_name
    assert found.products[0].lots == tuple(lots)


@given(text=st.text(min_size=1, max_size=40))
def test_no_letter_is_dropped_without_a_word(read, text: str) -> None:
    reading = read([["Shipment reference", "Exporter name", "Point of entry"], ["R-1", "Acme", text]])
    for found in reading.consignments:
        kept = [letter for letter in text if not letter.isspace()]
        printed = [letter for letter in found.point_of_entry if not letter.isspace()]
        assert kept == printed or reading.findings
        assert all(
            unicodedata.category(letter) not in ("Cc", "Cs") or letter == "\n"
            for letter in found.point_of_entry
        )


@given(rows=st.lists(st.lists(CELLS, max_size=8), max_size=10))
@settings(max_examples=400)
def test_no_grid_breaks_the_reader(read, rows: list[list[Any]]) -> None:
    reading = read(rows)
    assert len(reading.findings_of) == len(reading.consignments)


@given(rows=st.lists(st.lists(CELLS, min_size=10, max_size=10), min_size=1, max_size=4))
@settings(max_examples=400)
def test_no_value_under_a_header_breaks_the_reader(read, rows: list[list[Any]]) -> None:
    header = [
        "Reference",
        "Exporter",
        "Control body",
        "Destination",
        "ETD",
        "CN code",
        "Lot",
        "Packages",
        "Net weight",
        "Organic %",
    ]
    reading = read([header, *rows])
    assert all(finding.cell is None or finding.cell.sheet == "Sheet1" for finding in reading.findings)


@given(
    shipment=st.fixed_dictionaries(
        {
            "Shipment reference": LINE.map(lambda text: f"R-77-{text}"),
            "Departure date": st.dates(date(2000, 1, 1), date(2099, 12, 31)),
            "Exporter name": LINE.map(lambda text: f"E-77-{text}"),
            "Exporter address": LINE.map(lambda text: f"A-77-{text}"),
            "Point of entry": LINE.map(lambda text: f"P-77-{text}"),
            "Container": st.lists(LINE.map(lambda text: f"C-77-{text}"), min_size=1, max_size=3).map(
                "; ".join
            ),
            "Total gross weight (kg)": st.decimals(1, 10**6, places=2),
        }
    ),
    lines=st.lists(
        st.fixed_dictionaries(
            {
                "CN code": st.integers(10**7, 10**8 - 1).map(str),
                "Trade name": LINE.map(lambda text: f"T-77-{text}"),
                "Lot no.": LINE.map(lambda text: f"L-77-{text}"),
                "Net weight (kg)": st.decimals(1, 10**5, places=3),
                "Packages": st.integers(1, 9999).map(lambda count: f"{count} bags"),
            }
        ),
        min_size=1,
        max_size=5,
    ),
)
@settings(max_examples=100)
def test_every_shape_says_the_same(read, shipment: dict[str, Any], lines: list[dict[str, Any]]) -> None:
    key = shipment["Shipment reference"]
    columns, goods = list(shipment), list(lines[0])
    blank = [""] * len(columns)
    two = read(
        Shipments=[columns, list(shipment.values())],
        Products=[
            ["Shipment reference", *goods],
            *([key, *(line[name] for name in goods)] for line in lines),
        ],
    )
    flat = read(
        [
            [*columns, *goods],
            [*shipment.values(), *(lines[0][name] for name in goods)],
            *([*blank, *(line[name] for name in goods)] for line in lines[1:]),
        ]
    )
    form = read(
        [
            *([label, value] for label, value in shipment.items()),
            [],
            goods,
            *([line[name] for name in goods] for line in lines),
        ]
    )
    assert two.consignments == flat.consignments == form.consignments
    assert [product.net_mass.amount for product in two.consignments[0].products] == [
        Decimal(line["Net weight (kg)"]) for line in lines
    ]
