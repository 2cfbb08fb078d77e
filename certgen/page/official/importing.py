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
from certgen.page.official.columns import Row, find_rows
from certgen.page.official.doubles import MOST_SHARED, shared_part
from certgen.page.official.fields import BlankField, Widget, read_fields
from certgen.page.official.labels import PrintedWords, find_labels, find_title, read_words, tidy
from certgen.page.official.proposal import Proposal, Proposer, takes_words
from certgen.page.official.table_feet import find_feet

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
        reader = _FieldReader(fields, words, proposer)
        boxes = tuple(_without_doubles(map(reader.read, fields)))
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


class _FieldReader:
    """Reads each field of a blank with the words and the other fields around it."""

    def __init__(
        self, fields: Sequence[BlankField], words: Sequence[PrintedWords], proposer: Proposer
    ) -> None:
        self._words, self._proposer, self._rows = words, proposer, find_rows(fields)
        self._feet = find_feet(fields, self._rows, words)
        self._frames: dict[int, list[Frame]] = {}
        for field in fields:
            for widget in field.widgets:
                self._frames.setdefault(widget.page, []).append(widget.frame)

    def read(self, field: BlankField) -> ImportedBox:
        """The box of a field, with what is proposed for it."""
        is_button = not takes_words(field)
        labels = self._labels(field.widgets[0], is_button=is_button)
        parts = self._option_parts(field) if is_button else [self._part(field, labels)]
        beside = labels[:1] if len(field.options) == 1 or not is_button else ()
        titles = (_plain(tidy(words)) for words in (field.tooltip, *beside, *self._column_title(field)))
        title = next((title for title in (*titles, _plain(field.name)) if any(map(str.isalpha, title))), "")
        return ImportedBox(title, field.widgets[0].page, _around(field.widgets), tuple(parts))

    def _labels(self, widget: Widget, *, is_button: bool) -> list[str]:
        frames = self._frames[widget.page]
        return find_labels(self._words, widget.page, widget.frame, frames, is_button=is_button)

    def _part(self, field: BlankField, labels: Sequence[str]) -> ImportedPart:
        """A field that is written in: a line of a table where its column has a title, else by its words."""
        if field.is_settled:
            return ImportedPart(field, "", None)
        own = self._proposer.propose(field, labels)
        if field.name in self._feet:
            return ImportedPart(field, "", self._total(field, own))
        row = self._rows.get(field.name)
        in_table = self._proposer.propose_row(self._titles(row), row.number) if row else None
        is_told = own is not None and not own.is_whole_list
        return ImportedPart(field, "", own if is_told else in_table or own)

    def _total(self, field: BlankField, own: Proposal | None) -> Proposal | None:
        """What a field at the foot of a column says: never what belongs to a single line."""
        if own is not None and not own.is_of_lines:
            return own
        return self._proposer.propose_total(self._titles(self._rows[field.name]))

    def _titles(self, row: Row) -> list[str]:
        widget = row.top.widgets[0]
        return find_title(self._words, widget.page, widget.frame, self._frames[widget.page])

    def _column_title(self, field: BlankField) -> list[str]:
        row = self._rows.get(field.name)
        if row is None:
            return []
        said = "total" if field.name in self._feet else str(row.number)
        return [f"{tidy(title)} {said}" for title in self._titles(row)[:1]]

    def _option_parts(self, field: BlankField) -> Iterator[ImportedPart]:
        options = field.options
        for option in options:
            widget = next(widget for widget in field.widgets if widget.option == option)
            labels = self._labels(widget, is_button=True)[:1]
            proposal = self._proposer.propose_option(field, option, [tidy(label) for label in labels])
            yield ImportedPart(field, option if len(options) > 1 else "", proposal)


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
