"""What a label on a container of goods says, and where each line of it stands: plain data, nothing drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import NamedTuple

from certgen.page.document import Face
from certgen.page.fonts.faces import MM_PER_PT, find_missing, load_face
from certgen.page.fonts.letters import make_printable
from certgen.page.labels.stock import LabelStock
from certgen.page.layout.measure import BASELINE, SMALLEST_PT, Setting, line_height, set_text

PADDING_MM = 2.0
GAP_MM = 1.0
_LARGEST_QR_MM = 40.0
_SMALLEST_QR_MM = 14.0
_SHARE_OF_WIDTH = 0.36
_BARS_SHARE = 0.2
_LOWEST_BARS_MM = 9.0
_LAST_OF_FIRST_PLANE = 0xFFFF
_SCALES = (2.4, 2.1, 1.8, 1.6, 1.4, 1.2, 1.1, 1.0, 0.92, 0.84, 0.76, 0.7, 0.64, 0.58, 0.5, 0.4)


class Code(StrEnum):
    """How the lot number stands on the label for a scanner."""

    QR = "qr"
    BARS = "bars"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class GoodsLabel:
    """The words of one label; empty ones are left out.

    `status` is the organic status, `lot` the number that also stands on the certificate, `handler` and
    `certifier` lines as they are printed, `notice` what the audit trail must say too.
    """

    product: str
    status: str
    lot: str
    handler: str = ""
    certifier: str = ""
    origin: str = ""
    notice: str = ""
    count: str = ""


class LabelLine(NamedTuple):
    """One line of text; `x_mm`, `y_mm` is the start of its baseline from the label's upper left corner."""

    text: str
    x_mm: float
    y_mm: float
    size_pt: float
    face: Face


class CodeArea(NamedTuple):
    """Where the code stands on the label, quiet zone included."""

    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class LaidLabel:
    """A label whose every word has its place."""

    label: GoodsLabel
    lines: tuple[LabelLine, ...]
    code: Code
    code_area: CodeArea | None


class _Part(NamedTuple):
    text: str
    face: Face
    size_pt: float
    may_part_words: bool = True


def lay_out_label(label: GoodsLabel, stock: LabelStock, code: Code) -> LaidLabel | None:
    """The label at the largest size at which all of it fits, or None when it fits at none; nothing is cut."""
    area = _code_area(stock, code)
    width, height = _text_room(stock, area)
    for scale in _SCALES:
        settings = [(part, _set(part, scale, width)) for part in _parts(label)]
        if all(part.may_part_words or _is_whole(part, setting) for part, setting in settings):
            gap = GAP_MM * scale
            if sum(setting.height_mm + gap for _, setting in settings) - gap <= height:
                return LaidLabel(label, tuple(_placed(settings, gap)), code, area)
    return None


def letters_not_on_labels(label: GoodsLabel) -> str:
    """The letters of a label that no font has, each once; line ends are none.

    Those beyond the first plane of Unicode are among them: no other reader could tell them from the page.
    """
    text = "".join(part.text for part in _parts(label)).replace("\n", "")
    beyond = [letter for letter in text if ord(letter) > _LAST_OF_FIRST_PLANE]
    return "".join(dict.fromkeys([*find_missing(text), *beyond]))


def made_printable(label: GoodsLabel) -> GoodsLabel:
    """A label with its letters composed and its spaces plain, as certificates print them."""
    words = {item.name: make_printable(getattr(label, item.name)).text for item in fields(label)}
    return GoodsLabel(**words)


def _parts(label: GoodsLabel) -> list[_Part]:
    parts = [
        _Part(label.product, Face.BOLD, 13),
        _Part(label.status, Face.BOLD, 13),
        _Part(f"Lot {label.lot}", Face.BOLD, 15, may_part_words=False),
        _Part(label.count, Face.REGULAR, 11),
        _Part(label.notice, Face.BOLD, 14, may_part_words=False),
        _Part(f"Origin: {label.origin}" if label.origin else "", Face.REGULAR, 10),
        _Part(label.handler, Face.REGULAR, 10),
        _Part(label.certifier, Face.REGULAR, 10),
    ]
    return [part for part in parts if part.text]


def _is_whole(part: _Part, setting: Setting) -> bool:
    """Whether a text is parted nowhere but at its spaces and line ends."""
    said = part.text.replace("\n", " ")
    return not setting.breaks_words and " ".join(line.text for line in setting.lines) == said


def _code_area(stock: LabelStock, code: Code) -> CodeArea | None:
    width, height = stock.label_width_mm - 2 * PADDING_MM, stock.label_height_mm - 2 * PADDING_MM
    if code is Code.QR:
        side = min(height, max(width * _SHARE_OF_WIDTH, _SMALLEST_QR_MM), _LARGEST_QR_MM)
        return CodeArea(PADDING_MM + width - side, PADDING_MM, side, side)
    if code is Code.BARS:
        tall = max(height * _BARS_SHARE, _LOWEST_BARS_MM)
        return CodeArea(PADDING_MM, PADDING_MM + height - tall, width, tall)
    return None


def _text_room(stock: LabelStock, area: CodeArea | None) -> tuple[float, float]:
    """Width and height in mm that the words may take: beside a QR code, above bars."""
    width, height = stock.label_width_mm - 2 * PADDING_MM, stock.label_height_mm - 2 * PADDING_MM
    if area is None:
        return width, height
    if area.height_mm == area.width_mm:
        return width - area.width_mm - GAP_MM, height
    return width, height - area.height_mm - GAP_MM


def _set(part: _Part, scale: float, width_mm: float) -> Setting:
    return set_text(part.text, load_face(part.face), max(part.size_pt * scale, SMALLEST_PT), width_mm)


def _placed(settings: Sequence[tuple[_Part, Setting]], gap_mm: float) -> Iterator[LabelLine]:
    top_mm = PADDING_MM
    for part, setting in settings:
        tall = line_height(setting.size_pt)
        for number, line in enumerate(setting.lines):
            baseline = top_mm + number * tall + setting.size_pt * BASELINE * MM_PER_PT
            if line.text:
                yield LabelLine(line.text, PADDING_MM, baseline, setting.size_pt, part.face)
        top_mm += setting.height_mm + gap_mm
