"""What an archive keeps: the consignment as data, metadata that agree, colours that have a name."""

import io
import json
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree as ET

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from certgen.consignment import (
    Consignment,
    Country,
    Party,
    Product,
    Quantity,
    as_plain,
    consignment_from_plain,
)
from certgen.page.printing.archive import describe_certificate, write_metadata
from certgen.page.printing.colour import srgb_profile

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"


@pytest.fixture(scope="module")
def reader(make_paper, print_paper):
    return pypdf.PdfReader(io.BytesIO(print_paper(make_paper())[0]))


def metadata_of(reader):
    return ET.fromstring(reader.trailer["/Root"]["/Metadata"].get_data())  # noqa: S314  (our own)


def test_the_consignment_is_attached_and_reads_back_equal(reader, make_paper):
    paper = make_paper()
    attached = json.loads(reader.attachments["consignment.json"][0])
    assert consignment_from_plain(attached["consignment"]) == paper.consignment
    assert attached["form"] == paper.form.id
    assert attached["serial"] == paper.issue.serial
    assert attached["issue_date"] == "2026-12-01"


def test_the_attachment_is_the_data_of_the_document(reader):
    root = reader.trailer["/Root"]
    entry = root["/AF"][0]
    assert entry["/AFRelationship"] == "/Data"
    assert entry["/F"] == entry["/UF"] == "consignment.json"
    assert entry["/EF"]["/F"]["/Subtype"] == "/application/json"
    assert entry["/EF"]["/F"]["/Params"]["/ModDate"] == "D:20261201000000Z"
    assert root["/Names"]["/EmbeddedFiles"]["/Names"][1] == entry


def test_metadata_and_information_say_the_same(reader, make_paper):
    metadata = metadata_of(reader)
    title = metadata.find(f".//{DC}title//{RDF}li").text
    assert title == reader.metadata["/Title"]
    assert title.endswith(make_paper().issue.serial)
    assert metadata.find(f".//{XMP}CreateDate").text == "2026-12-01T00:00:00Z"
    assert reader.metadata["/CreationDate"] == "D:20261201000000Z"


def test_metadata_are_not_compressed(make_paper, print_paper):
    assert b"<pdfaid:part>3</pdfaid:part>" in print_paper(make_paper())[0]


def test_dates_are_those_of_issue_and_a_draft_without_one_has_none(make_paper, print_paper):
    pdf, _ = print_paper(make_paper(issue_date=None, serial="", is_draft=True))
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert metadata_of(reader).find(f".//{XMP}CreateDate") is None
    assert "/CreationDate" not in reader.metadata


def test_a_title_with_signs_of_markup_stays_what_it_was():
    packet = write_metadata("Oats & <Rye>", "en", None).partition(b"stream\n")[2].removesuffix(b"\nendstream")
    title = ET.fromstring(packet).find(f".//{DC}title//{RDF}li")  # noqa: S314  (our own)
    assert title.text == "Oats & <Rye>"


WORDS = st.text(max_size=20)
PARTIES = st.builds(Party, WORDS, WORDS, st.none() | st.builds(Country, WORDS, WORDS), WORDS)
MASSES = st.builds(Quantity, st.decimals(0, 10**9, places=3), st.sampled_from(["kg", "l"]))
PRODUCTS = st.builds(
    Product,
    cn_code=WORDS,
    lots=st.lists(WORDS, max_size=3).map(tuple),
    net_mass=st.none() | MASSES,
    organic_percent=st.none() | st.just(Decimal("95.00")),
    extra=st.dictionaries(WORDS, WORDS | st.booleans(), max_size=2),
)
CONSIGNMENTS = st.builds(
    Consignment,
    reference=WORDS,
    departure_date=st.none() | st.dates(),
    exporter=PARTIES,
    producers=st.lists(PARTIES, max_size=3).map(tuple),
    products=st.lists(PRODUCTS, max_size=4).map(tuple),
)


@given(CONSIGNMENTS)
def test_attached_data_are_what_every_other_record_of_the_consignment_says(make_paper, consignment):
    paper = replace(make_paper(), consignment=consignment)
    attached = json.loads(describe_certificate(paper))
    assert attached["consignment"] == as_plain(paper.consignment)


def test_the_profile_is_srgb():
    profile = srgb_profile()
    assert int.from_bytes(profile[:4]) == len(profile)
    ours = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    convert = ImageCms.buildTransform(ours, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    colours = [(0, 0, 0), (255, 255, 255), (200, 100, 30), (33, 51, 69), (128, 128, 128)]
    for colour in colours:
        converted = ImageCms.applyTransform(Image.new("RGB", (1, 1), colour), convert).getpixel((0, 0))
        assert max(abs(one - other) for one, other in zip(colour, converted, strict=True)) <= 1
