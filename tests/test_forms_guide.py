"""The form author's guide is followed to the letter, in an empty folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from desks import lay_desk
from guide import GUIDE, PICTURES, Command, follow, picture, read_steps
from PIL import Image, ImageChops, ImageStat
from pypdf import PdfReader

STEPS = read_steps(GUIDE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory, certgen_as_seen) -> Iterator[Path]:
    """The folder in which everything that the guide says was done, and was answered as it says."""

    def run(command: Command) -> None:
        assert command.words[0] == "certgen"
        seen = certgen_as_seen(*command.words[1:])
        assert command.is_as_said(seen), f"{' '.join(command.words)} prints\n{seen}"

    with pytest.MonkeyPatch.context() as monkeypatch:
        desk = lay_desk(tmp_path_factory.mktemp("guide"), monkeypatch)
        follow(STEPS, desk, run)
        yield desk


def test_the_guide_leads_from_an_empty_folder_to_filled_pages(walked: Path) -> None:
    made = {path.name for path in (walked / "certificates").iterdir()}
    assert made == {
        "DRAFT gr-demo PL-1 Prairie Lark Organics Ltd.pdf",
        "GR.CA-ORG-006.2026.00001.pdf",
        "application PL-1.pdf",
    }
    issued = words_of(walked / "certificates" / "GR.CA-ORG-006.2026.00001.pdf")
    for value in ("Prairie Lark Organics Ltd.", "Lot SP26-041", "Lot OT26-007", "8500.5 kg", "20500.5 kg"):
        assert value in issued
    assert "The grain named above was produced by organic methods." in issued


def test_the_filled_blank_says_what_the_workbook_says(walked: Path) -> None:
    path = walked / "certificates" / "application PL-1.pdf"
    said = words_of(path)
    for value in ("Prairie Lark Organics Ltd.", "INV-2026-0311", "8 December 2026", "TOC-0117", "12000 kg"):
        assert value in said
    assert list(PdfReader(path).get_fields() or {}) == ["field11"]


def test_its_pictures_show_what_comes_out(walked: Path) -> None:
    for image, pdf in PICTURES.items():
        with Image.open(GUIDE.parent / "images" / image) as shown:
            made = picture(walked / pdf)
            assert shown.size == made.size
            assert max(ImageStat.Stat(ImageChops.difference(shown, made)).mean) < 1, image


def test_every_block_of_the_guide_is_followed() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    fences = text.count("```") // 2
    assert fences == sum(2 if "new" in step else 1 for step in STEPS if not {"book", "example"} & set(step))
    assert sum("book" in step for step in STEPS) == text.count("\n|---")


def words_of(path: Path) -> str:
    """The text of all pages."""
    document = pypdfium2.PdfDocument(path)
    return " ".join(page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document)
