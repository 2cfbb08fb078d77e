"""Companies and control bodies, in one cell or several, one or many."""

from __future__ import annotations

from datetime import date

import pytest

from certgen.consignment import ControlBody


@pytest.fixture
def read_row(read):
    def read_fields(**fields: str):
        headers = {name.replace("_", " "): value for name, value in fields.items()}
        reading = read([["Reference", "Trade name", *headers], ["R1", "Flax", *headers.values()]])
        return reading.consignments[0], [finding.code for finding in reading.findings]

    return read_fields


def test_name_and_address_stand_in_one_cell(read_row) -> None:
    found, told = read_row(Exporter="Acme Ltd\n12 Road\nRegina SK, Canada")
    assert (found.exporter.name, found.exporter.address) == ("Acme Ltd", "12 Road\nRegina SK, Canada")
    assert not told


def test_a_line_of_name_and_address_is_divided_with_a_note(read_row) -> None:
    found, told = read_row(Exporter="Acme Foods, Inc., 12 Road, Regina SK, Canada")
    assert (found.exporter.name, found.exporter.address) == ("Acme Foods, Inc.", "12 Road, Regina SK, Canada")
    assert told == ["CG261"]


def test_a_name_with_a_comma_stays_whole(read_row) -> None:
    found, told = read_row(Exporter="Smith, Jones and Sons")
    assert (found.exporter.name, found.exporter.address) == ("Smith, Jones and Sons", "")
    assert not told


def test_a_column_of_addresses_leaves_the_name_alone(read_row) -> None:
    found, _ = read_row(Exporter="Acme Foods, 12", Exporter_address="Regina")
    assert (found.exporter.name, found.exporter.address) == ("Acme Foods, 12", "Regina")


@pytest.mark.parametrize("mark", ["; ", "\n\n", "\n \n", "；"])
def test_parties_are_separated_by_a_semicolon_or_a_blank_line(read_row, mark: str) -> None:
    found, _ = read_row(Producers=f"Farm A\nCraven SK{mark}Farm B\nElrose SK")
    assert [(one.name, one.address) for one in found.producers] == [
        ("Farm A", "Craven SK"),
        ("Farm B", "Elrose SK"),
    ]


def test_a_line_break_belongs_to_the_address(read_row) -> None:
    found, _ = read_row(Producer_name="Farm A; Farm B", Producer_address="Box 1\nCraven; Box 2\nElrose")
    assert [one.address for one in found.producers] == ["Box 1\nCraven", "Box 2\nElrose"]


@pytest.mark.parametrize("name", [True, date(2026, 12, 8), 12345, "1-2-3", "FALSE"])
@pytest.mark.parametrize("header", ["Exporter name", "Exporter", "Producer name", "Control body name"])
def test_a_name_without_a_word_is_asked_about(read, name, header: str) -> None:
    reading = read([["Reference", "Trade name", header], ["R1", "Flax", name]])
    told = [(item.slug, item.cell.cell) for item in reading.findings if item.slug != "issuer-implied"]
    assert told == [("party-without-words", "C2")]


def test_an_address_without_a_word_is_asked_about(read_row) -> None:
    assert read_row(Importer_name="3M", Importer_address=4711)[1] == ["CG262"]
    assert read_row(Importer_name="東京有機", Importer_address="東京都港区1-2-3")[1] == []


def test_names_and_addresses_that_do_not_match_are_an_error(read_row) -> None:
    _, told = read_row(Producer_name="Farm A; Farm B; Farm C", Producer_address="Craven; Elrose")
    assert told == ["CG260"]


def test_numbered_columns_are_parties_of_their_own(read_row) -> None:
    found, _ = read_row(
        Producer_1_name="Farm A",
        Producer_1_address="Craven",
        Producer_2_name="Farm B",
        Producer_2_address="Elrose",
    )
    assert [(one.name, one.address) for one in found.producers] == [
        ("Farm A", "Craven"),
        ("Farm B", "Elrose"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "CCOF Certification Services\n2155 Delaware Avenue\nCA-ORG-003",
        "CCOF Certification Services (CA-ORG-003)\n2155 Delaware Avenue",
    ],
)
def test_the_code_of_a_control_body_may_stand_in_its_text(read_row, text: str) -> None:
    found, _ = read_row(Control_body=text)
    assert found.control_bodies == (
        ControlBody("CCOF Certification Services", "2155 Delaware Avenue", "CA-ORG-003"),
    )


def test_codes_keep_their_zeros(read_row) -> None:
    found, _ = read_row(Control_body_code="GB-ORG-05; CA-ORG-006")
    assert [body.code for body in found.control_bodies] == ["GB-ORG-05", "CA-ORG-006"]


def test_the_only_control_body_also_issues(read_row) -> None:
    found, told = read_row(Control_body_code="CA-ORG-003")
    assert found.issuing_body == ControlBody(code="CA-ORG-003")
    assert told == ["CG271"]


def test_of_two_control_bodies_none_is_taken_to_issue(read_row) -> None:
    found, told = read_row(Control_body_code="CA-ORG-003; CA-ORG-006")
    assert found.issuing_body == ControlBody()
    assert not told


def test_an_issuing_body_of_its_own_is_kept(read_row) -> None:
    found, told = read_row(
        Control_body_code="CA-ORG-003", Issuing_body_name="Pro-Cert", Issuing_body_code="CA-ORG-016"
    )
    assert found.issuing_body == ControlBody("Pro-Cert", "", "CA-ORG-016")
    assert not told


def test_an_eori_loses_its_spaces(read_row) -> None:
    found, _ = read_row(EORI="gb 123 456 789 000")
    assert found.importer.eori == "GB123456789000"


def test_a_cell_for_both_gives_the_address_of_a_name_beside_it(read_row) -> None:
    found, told = read_row(Exporter_name="Acme Ltd", Exporter="Acme Ltd\n12 Road")
    assert (found.exporter.name, found.exporter.address) == ("Acme Ltd", "12 Road")
    assert not told
    assert read_row(Exporter_name="Acme Ltd", Exporter="Birch Ltd\n12 Road")[1] == ["CG162"]


@pytest.mark.parametrize("mark", ["; ", "；"])
def test_two_addresses_of_one_name_are_an_error(read_row, mark) -> None:
    found, told = read_row(Producer_name="A", Producer_address=f"1 Road{mark}2 Road")
    assert [(producer.name, producer.address) for producer in found.producers] == [("A", "")]
    assert told == ["CG260"]


def test_a_blank_line_within_the_address_of_one_name_is_kept(read_row) -> None:
    found, told = read_row(Producer_name="A", Producer_address="1 Road\n\nRegina")
    assert [producer.address for producer in found.producers] == ["1 Road\n\nRegina"]
    assert not told


def test_each_part_of_the_implied_issuer_is_found_in_its_own_cell(read_row) -> None:
    found, _ = read_row(Control_body_name="CB", Control_body_code="ca-org-016", Control_body_address="Road")
    assert found.issuing_body.code == "ca-org-016"
    cells = {part: found.cells[f"issuing_body.{part}"].cell for part in ("name", "code", "address")}
    assert cells == {"name": "C2", "code": "D2", "address": "E2"}


@pytest.mark.parametrize("second", ["Shipper", "Seller"])
def test_two_columns_that_name_two_exporters_are_an_error_even_with_an_address(read_row, second: str) -> None:
    found, told = read_row(
        Exporter_name="Acme Ltd", Exporter_address="Regina", **{second: "Birch Ltd\nMontreal"}
    )
    assert (found.exporter.name, found.exporter.address) == ("Acme Ltd", "Regina")
    assert told == ["CG162"]


def test_no_producer_is_lost_that_a_second_column_names(read_row) -> None:
    names = {"Producer_name": "Farm A; Farm B", "Producer_address": "Craven; Elrose"}
    assert read_row(**names, Grower="Farm C\nYorkton")[1] == ["CG162"]
    assert read_row(**names, Grower="Farm A; Farm C")[1] == ["CG162"]
    assert read_row(**names, Grower="Farm A\nCraven; Farm B\nElrose")[1] == []


@pytest.mark.parametrize("whole", ["Acme Ltd\n9 Other Street\nRegina", "Acme Ltd, 9 Other Street, Regina SK"])
def test_an_address_beside_another_one_in_the_cell_of_the_party_is_an_error(read_row, whole: str) -> None:
    _, told = read_row(Exporter=whole, Exporter_address="12 Road, Moose Jaw")
    assert "CG162" in told


@pytest.mark.parametrize("field", ["Exporter", "Producer", "Control body"])
def test_an_address_that_both_cells_tell_is_printed_once(read_row, field: str) -> None:
    headers = {field: "Acme Ltd\n12 Road\nRegina", f"{field} address": "12 Road, Regina, Canada"}
    found, told = read_row(**headers)
    party = {
        "Exporter": found.exporter,
        "Producer": next(iter(found.producers), None),
        "Control body": next(iter(found.control_bodies), None),
    }[field]
    assert party is not None
    assert (party.name, party.address) == ("Acme Ltd", "12 Road, Regina, Canada")
    assert "CG162" not in told


def test_names_and_addresses_of_several_parties_are_compared_one_by_one(read_row) -> None:
    whole = "Farm A\nCraven\n\nFarm B\nElrose"
    _, told = read_row(Producer=whole, Producer_address="Craven, SK\n\nRegina, SK")
    assert "CG162" in told


@pytest.mark.parametrize("words", ["as importer", "Same as Importer.", "wie Importeur", "同上"])
def test_a_first_consignee_may_be_told_to_be_the_importer(read_row, words: str) -> None:
    importer = "Albion Ltd\nUnit 7\nBristol BS11 9QD"
    found, told = read_row(Importer=importer, EORI="GB284619370000", First_consignee=words)
    assert (found.first_consignee.name, found.first_consignee.eori) == ("Albion Ltd", "")
    assert found.first_consignee.address == found.importer.address
    assert "CG276" in told
