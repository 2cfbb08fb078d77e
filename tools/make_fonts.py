# /// script
# requires-python = ">=3.11"
# dependencies = ["certgen", "fonttools>=4.55", "fontpkg-noto-sans==2.15"]
# ///
"""Cut the static faces that certgen embeds out of the variable Noto Sans, and write down their metrics.

Run it in an environment that holds certgen and fontpkg-noto-sans: `python tools/make_fonts.py`.
What is taken and why is in docs/decisions/fonts.md.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from importlib.resources import files
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from certgen.page.fonts.blocks import block_of

TARGET = Path(__file__).parents[1] / "certgen" / "page" / "fonts"
WEIGHTS = {"Regular": 400, "Bold": 700}


def main() -> None:
    """Write both faces, their metrics and the licence."""
    package = files("fontpkg_noto_sans")
    for name, weight in WEIGHTS.items():
        with (package / "files" / "NotoSans[wdth,wght].ttf").open("rb") as source:
            face = cut_face(TTFont(source, recalcTimestamp=False), weight)
        face.save(TARGET / f"NotoSans-{name}.ttf", reorderTables=True)
        write_metrics(TARGET / f"NotoSans-{name}.json", TTFont(TARGET / f"NotoSans-{name}.ttf"))
        sys.stdout.write(f"NotoSans-{name}: {len(face.getBestCmap())} letters\n")
    (TARGET / "OFL.txt").write_bytes((package / "LICENSE").read_bytes())


def cut_face(font: TTFont, weight: int) -> TTFont:
    """One static face with the letters of the blocks, without hinting, kerning or substitutions."""
    face = instantiateVariableFont(font, {"wght": weight, "wdth": 100}, updateFontNames=True)
    options = Options()
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "STAT", "MVAR", "HVAR", "gasp"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for code in face.getBestCmap() if is_wanted(chr(code))])
    subsetter.subset(face)
    return face


def is_wanted(character: str) -> bool:
    """Whether a letter can be asked for: in a block, visible, itself after composition (so never U+212B)."""
    if not block_of(character) or unicodedata.normalize("NFC", character) != character:
        return False
    return character == " " or unicodedata.category(character) not in {"Cf", "Mn", "Me", "Zl", "Zp", "Zs"}


def write_metrics(path: Path, font: TTFont) -> None:
    """What layout asks of a face, so that a start need not parse the font."""
    metrics: dict[str, Any] = {
        "units_per_em": font["head"].unitsPerEm,
        "ascent": font["hhea"].ascent,
        "descent": font["hhea"].descent,
        "cap_height": font["OS/2"].sCapHeight,
    }
    letters = sorted(font.getBestCmap().items())
    metrics["letters"] = "".join(chr(code) for code, _ in letters)
    metrics["glyphs"] = [font.getGlyphID(glyph) for _, glyph in letters]
    metrics["advances"] = [font["hmtx"][glyph][0] for _, glyph in letters]
    path.write_text(json.dumps(metrics, separators=(",", ":")) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
