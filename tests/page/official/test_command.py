"""From somebody's PDF to a filled one on the command line, and what the guide says of it."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from official_blanks import BLANKS

from certgen.cli.main import run
from certgen.forms import find_forms_root, load_form
from certgen.forms.vocabulary import Vocabulary
from certgen.page.official.proof import draw_proof

GUIDE = Path(__file__).parents[3] / "docs" / "forms-import.md"
WORKBOOK = (
    "Shipment reference,Exporter,Invoice number,Departure date,"
    "Trade name,Net weight (kg),Country of origin,Vessel\n"
    'NFG-1,"Ünal Tarım A.Ş.\n1 Liman Cad., İzmir",INV-7,2026-12-08,Organic figs,1200,Peru,Ankara\n'
)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a workbook and an official PDF, in which commands are run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "shipment.csv").write_text(WORKBOOK, encoding="utf-8")
    (tmp_path / "OFFICIAL.pdf").write_bytes((BLANKS / "reportlab.pdf").read_bytes())
    return tmp_path


def commands() -> list[list[str]]:
    """Those of the guide's first block."""
    block = re.search(r"```\n(certgen .*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    lines = [line.partition("#")[0].split()[1:] for line in block.group(1).splitlines()]
    return [["shipment.csv" if word == "shipment.xlsx" else word for word in line] for line in lines]


def test_the_commands_of_the_guide_lead_to_a_filled_blank(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in commands():
        assert run(command) == 0, (command, capsys.readouterr().err)
    said = capsys.readouterr()
    assert "12 fields, 12 with a proposal" in said.out
    assert "every box numbered" in said.out
    (certificate,) = (desk / "certificates").glob("*.pdf")
    text = pypdfium2.PdfDocument(certificate)[0].get_textpage().get_text_bounded()
    for value in ("Ünal Tarım A.Ş.", "INV-7", "8 December 2026", "Organic figs", "1200 kg", "Peru"):
        assert value in text


def test_the_proof_shows_each_box_numbered_with_a_sample_value(desk: Path, vocabulary: Vocabulary) -> None:
    assert run(["form", "import", "OFFICIAL.pdf", "--id", "my-form"]) == 0
    assert run(["form", "check", "my-form", "--proof", "proof.pdf"]) == 0
    form = load_form(desk / "my-form")
    page = pypdfium2.PdfDocument(desk / "proof.pdf")[0]
    text, points = page.get_textpage(), 72 / 25.4
    for box in form.boxes:
        frame, top = box.frame, page.get_height()
        x, y = frame.x_mm * points, top - frame.y_mm * points
        assert box.number in text.get_text_bounded(x - 14, y - 10, x, y + 4).split(), box.number
    words = text.get_text_bounded()
    assert words.count("Organic brown flaxseed") == 3
    assert "Prairie Lantern Grains Ltd." in words
    assert draw_proof(form, vocabulary).empty_boxes == ()
    image = page.render(scale=1).to_pil().convert("L")
    assert len(set(image.tobytes())) > 10


def test_a_proof_takes_the_place_of_a_proof_and_of_no_other_file(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["form", "import", "OFFICIAL.pdf", "--id", "my-form"]) == 0
    blank = (desk / "OFFICIAL.pdf").read_bytes()
    assert run(["form", "check", "my-form", "--proof", "OFFICIAL.pdf"]) == 9
    assert "OFFICIAL.pdf exists already" in capsys.readouterr().err
    assert (desk / "OFFICIAL.pdf").read_bytes() == blank
    for _ in range(2):
        assert run(["form", "check", "my-form", "--proof", "proof.pdf"]) == 0


def test_the_proof_shows_what_becomes_of_more_lines_and_the_check_names_bare_fonts(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["form", "import", "OFFICIAL.pdf", "--id", "my-form"]) == 0
    assert run(["form", "check", "my-form", "--proof", "proof.pdf"]) == 0
    assert "does not bring, so that viewers put their own: Helvetica\n" in capsys.readouterr().out
    first, second = pypdfium2.PdfDocument(desk / "proof.pdf")
    assert "From line 4 on: see sheet 2" in first.get_textpage().get_text_bounded()
    assert "Organic brown flaxseed" in second.get_textpage().get_text_bounded()
    (desk / "embedded.pdf").write_bytes((BLANKS / "weasyprint.pdf").read_bytes())
    assert run(["form", "import", "embedded.pdf", "--id", "other"]) == 0
    assert run(["form", "check", "other"]) == 0
    assert "fonts that the blank" not in capsys.readouterr().out


def test_the_import_says_which_fields_say_nothing_yet(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "b.pdf").write_bytes((BLANKS / "jspdf.pdf").read_bytes())
    assert run(["form", "import", "b.pdf", "--id", "other", "-o", "forms"]) == 0
    said = capsys.readouterr().out
    assert "  page 1  processing (unprocessed)  processing" in said
    assert "secret" not in said
    assert run(["form", "check", "forms/other"]) == 0
    assert "boxes that say nothing yet: 6" in capsys.readouterr().out


def test_an_import_never_writes_over_a_folder(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["form", "import", "OFFICIAL.pdf", "--id", "my-form"]) == 0
    (desk / "my-form" / "boxes.toml").write_text("mine", encoding="utf-8")
    assert run(["form", "import", "OFFICIAL.pdf", "--id", "my-form"]) == 9
    assert "is there already" in capsys.readouterr().err
    assert (desk / "my-form" / "boxes.toml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["OFFICIAL.pdf", "--id", "My Form"], 2, "small letters, digits and hyphens"),
        (["nowhere.pdf", "--id", "my-form"], 4, "cannot be read"),
        (["shipment.csv", "--id", "my-form"], 5, "is not a PDF"),
    ],
)
def test_what_cannot_be_imported_is_told(
    arguments: list[str], code: int, said: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["form", "import", *arguments]) == code
    assert said in capsys.readouterr().err
    assert not (desk / "my-form").exists()


def test_a_proof_is_only_for_official_blanks(
    desk: Path, shipped_form: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["form", "check", str(shipped_form), "--proof", "proof.pdf"]) == 2
    assert "--proof is for a form on an official blank" in capsys.readouterr().err


@pytest.fixture
def shipped_form() -> Path:
    return min(find_forms_root().glob("*/form.toml")).parent


def test_the_check_names_a_line_that_shows_less_than_the_first(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["form", "import", "OFFICIAL.pdf", "--id", "my-form"]) == 0
    assert run(["form", "check", "my-form"]) == 0
    assert "shows less" not in capsys.readouterr().out
    boxes = desk / "my-form" / "boxes.toml"
    written = boxes.read_text(encoding="utf-8")
    assert "products[2].trade_name" in written
    boxes.write_text(written.replace("products[2].trade_name", "products[1].trade_name"), encoding="utf-8")
    assert run(["form", "check", "my-form"]) == 0
    assert "products[2] shows less than products[0] does: the rest" in capsys.readouterr().out


def test_the_check_says_that_a_certificate_with_a_place_for_a_number_has_none(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["form", "import", "OFFICIAL.pdf", "--id", "my-form"]) == 0
    boxes, about = desk / "my-form" / "boxes.toml", desk / "my-form" / "form.toml"
    written = boxes.read_text(encoding="utf-8").replace("{{ invoice_number }}", "{{ issue.serial }}")
    boxes.write_text(written, encoding="utf-8")
    told = about.read_text(encoding="utf-8").replace('"invoice_number", ', "")
    numbered = told.replace('"exporter" # or', '"control-body" # or').replace("# serial = ", "serial = ")
    numbered = numbered.replace("{form} {reference}.pdf", "{serial}.pdf")
    said = []
    for text in (told, numbered, told.replace('"document"', '"request"')):
        about.write_text(text, encoding="utf-8")
        assert run(["form", "check", "my-form"]) == 0, capsys.readouterr()
        said.append("form.toml has no serial: the place stays empty" in capsys.readouterr().out)
    assert said == [True, False, False]


@pytest.mark.parametrize("issuer", ["exporter", "control-body"])
def test_what_the_imported_form_says_of_numbers_makes_a_form_with_numbers(issuer: str, desk: Path) -> None:
    (desk / "a.pdf").write_bytes((BLANKS / "reportlab.pdf").read_bytes())
    assert run(["form", "import", "a.pdf", "--id", "my-form"]) == 0
    boxes, about = desk / "my-form" / "boxes.toml", desk / "my-form" / "form.toml"
    written = boxes.read_text(encoding="utf-8").replace("{{ invoice_number }}", "{{ issue.serial }}")
    boxes.write_text(written, encoding="utf-8")
    text = about.read_text(encoding="utf-8").replace('"invoice_number", ', "")
    assert "in place of the output below" in text
    text = text.replace('output = "{form} {reference}.pdf"\n', "").replace("# output = ", "output = ")
    text = text.replace("# serial = ", "serial = ").replace('"exporter" # or', f'"{issuer}" # or')
    about.write_text(text if issuer == "control-body" else text.replace("{code}.", ""), encoding="utf-8")
    assert run(["form", "check", "my-form"]) == 0
