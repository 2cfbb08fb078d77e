"""An official PDF read for a form: every field with its place, and what is proposed that it says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from certgen.forms.model import Frame
from certgen.forms.vocabulary import Vocabulary
from certgen.page.fonts.faces import MM_PER_PT
from certgen.page.official.blank import Blank, open_blank
from certgen.page.official.doubles import MOST_SHARED, shared_part
from certgen.page.official.fields import BlankField, Widget, read_fields
from certgen.page.official.labels import PrintedWords, find_labels, read_words, tidy
from certgen.page.official.proposal import Proposal, Proposer, takes_words

_FLAT_WIDTH_MM, _FLAT_HEIGHT_MM = 70.0, 5.0
_MOST_TITLE = 80
_NO_TITLES = frozenset({"untitled", "unnamed", "document"})


@dataclass(frozen=True, slots=True)
class ImportedPart:
    """One `[[box.official]]`: a field, one option of it, and what is proposed for it."""

    field: BlankField
    option: str
    proposal: Proposal | None


@dataclass(frozen=True, slots=True)
class ImportedBox:
    """One `[[box]]`: its place on a page; `text` instead of fields on a flat blank."""

    title: str
    page: int
    frame: Frame
    parts: tuple[ImportedPart, ...] = ()
    text: Proposal | None = None

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        found = [part.proposal for part in self.parts] + [self.text]
        return tuple(proposal for proposal in found if proposal is not None)


@dataclass(frozen=True, slots=True)
class ImportedBlank:
    """What an import found: the pages' sizes in mm, the boxes, the hash of the file."""

    title: str
    sha256: str
    page_sizes_mm: tuple[tuple[float, float], ...]
    boxes: tuple[ImportedBox, ...]
    is_flat: bool

    @property
    def field_count(self) -> int:
        return len({part.field.name for box in self.boxes for part in box.parts})


def read_official(path: Path, vocabulary: Vocabulary) -> ImportedBlank:
    """Read a blank and propose what its fields say.

    Raises UnreadableInputError when it is not there, FormError when it cannot become a form.
    """
    proposer = Proposer(vocabulary)
    with open_blank(path) as blank:
        fields, words = read_fields(blank), read_words(blank)
        boxes = tuple(_without_doubles(_field_box(field, words, proposer) for field in fields))
        return ImportedBlank(
            title=_title(blank, path),
            sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            page_sizes_mm=tuple(_size_mm(view.width_pt, view.height_pt) for view in blank.views),
            boxes=boxes or tuple(_flat_boxes(blank, words, proposer)),
            is_flat=not boxes,
        )


def _size_mm(width_pt: float, height_pt: float) -> tuple[float, float]:
    return round(width_pt * MM_PER_PT, 1), round(height_pt * MM_PER_PT, 1)


def _title(blank: Blank, path: Path) -> str:
    info = blank.reader.metadata
    said = str(info.title or "") if info is not None else ""
    said = "" if said.casefold() in _NO_TITLES else said
    return _plain(said) or _plain(path.stem) or "Official form"


def _plain(text: str) -> str:
    return " ".join("".join(sign for sign in text if sign.isprintable()).split())[:_MOST_TITLE].strip()


def _field_box(field: BlankField, words: Sequence[PrintedWords], proposer: Proposer) -> ImportedBox:
    is_button = not takes_words(field)
    first = field.widgets[0]
    labels = find_labels(words, first.page, first.frame, is_button=is_button)
    if is_button:
        parts = tuple(_option_parts(field, words, proposer))
    else:
        proposal = None if field.is_settled else proposer.propose(field, labels)
        parts = (ImportedPart(field, "", proposal),)
    beside = labels[:1] if len(field.options) == 1 or not is_button else ()
    titles = (_plain(tidy(words)) for words in (field.tooltip, *beside, field.name))
    title = next((title for title in titles if any(map(str.isalpha, title))), "")
    return ImportedBox(title, first.page, _around(field.widgets), parts)


def _without_doubles(boxes: Iterable[ImportedBox]) -> Iterator[ImportedBox]:
    """Of fields that lie upon each other only the first gets a proposal."""
    filled: list[ImportedBox] = []
    for box in boxes:
        is_free = all(
            box.page != other.page or shared_part(box.frame, other.frame) <= MOST_SHARED for other in filled
        )
        if box.proposals and is_free:
            filled.append(box)
            yield box
        else:
            yield replace(box, parts=tuple(replace(part, proposal=None) for part in box.parts))


def _option_parts(
    field: BlankField, words: Sequence[PrintedWords], proposer: Proposer
) -> Iterator[ImportedPart]:
    options = field.options
    for option in options:
        widget = next(widget for widget in field.widgets if widget.option == option)
        labels = find_labels(words, widget.page, widget.frame, is_button=True)[:1]
        proposal = proposer.propose_option(field, option, [tidy(label) for label in labels])
        yield ImportedPart(field, option if len(options) > 1 else "", proposal)


def _around(widgets: Sequence[Widget]) -> Frame:
    """The rectangle around those places of a field that are on its first page."""
    frames = [widget.frame for widget in widgets if widget.page == widgets[0].page]
    left, top = min(frame.x_mm for frame in frames), min(frame.y_mm for frame in frames)
    right = max(frame.x_mm + frame.width_mm for frame in frames)
    bottom = max(frame.y_mm + frame.height_mm for frame in frames)
    return Frame(left, top, right - left, bottom - top)


def _flat_boxes(blank: Blank, words: Sequence[PrintedWords], proposer: Proposer) -> Iterator[ImportedBox]:
    """Boxes right of the labels that are known; places are guesses, for the author to move."""
    found = False
    for piece in words:
        proposal = proposer.propose_label(piece.text)
        if proposal is None:
            continue
        width = blank.views[piece.page - 1].width_pt * MM_PER_PT
        height = blank.views[piece.page - 1].height_pt * MM_PER_PT
        left, top = piece.end_mm + 2, piece.y_mm - _FLAT_HEIGHT_MM + 1.2
        room = min(_FLAT_WIDTH_MM, width - left - 5)
        if room > 10 and 0 <= top <= height - _FLAT_HEIGHT_MM and left >= 0:
            found = True
            frame = Frame(left, top, room, _FLAT_HEIGHT_MM)
            yield ImportedBox(_plain(tidy(piece.text)), piece.page, frame, text=proposal)
    if not found:
        yield ImportedBox("An example: move it", 1, Frame(5, 5, 10, _FLAT_HEIGHT_MM), text=_EXAMPLE)


_EXAMPLE = Proposal("{{ reference }}", "reference", "nothing: no label of the blank is known")
