"""`certgen route`: which papers a shipment owes, from whom, by when and why."""

from __future__ import annotations

from pathlib import Path


def test_a_shipment_to_great_britain_owes_its_certificate_of_inspection(certgen, sample: Path) -> None:
    run = certgen("route", sample)
    assert run.exit_code == 0
    assert "Canada to Great Britain, leaving" in run.out
    assert "Certificate of Inspection (GB CoI) (certgen makes it: gb-coi)" in run.out
    assert "CFIA UKCOEA overview" in run.out


def test_the_json_names_arrangement_papers_and_lines(certgen, sample: Path) -> None:
    [answer] = certgen("route", sample, "--json").record["consignments"]
    assert [entry["id"] for entry in answer["arrangements"]] == ["canada-great-britain", "to-great-britain"]
    assert [(paper["form"], paper["travels_with_goods"]) for paper in answer["papers"]] == [("gb-coi", True)]
    assert answer["verdict"] == "within"
    assert [line["standing"] for line in answer["lines"]] == ["within"] * 4


def test_a_field_the_owed_paper_needs_is_named_at_its_empty_cell(
    certgen, sample: Path, edit, cell_of
) -> None:
    place = cell_of(sample, "Shipments", "Importer EORI", 2)
    edit(sample, {place: None})
    [answer] = certgen("route", sample, "--json").record["consignments"]
    assert [f"{item['sheet']}!{item['cell']}" for item in answer["missing"]] == [place]
    assert place in certgen("route", sample).out
