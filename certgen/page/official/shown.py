"""What boxes say, as their author wrote it: how many lines they show, and whether they show the number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from certgen.forms.model import Form, OfficialPart, TablePart, TextPart, TickPart
from certgen.page.layout.plan import TextSlot, TickSlot
from certgen.page.official.slots import FieldSlot, Slot

_INDEXED = re.compile(r"(?<![\w.\])])((?:[a-z]\w*(?:\[\d+\])?\.)*[a-z]\w*)\[(\d+)\]")


def count_lines(form: Form) -> dict[str, int]:
    """For each list that the boxes read place by place (`products[3].lots`), how many items they show."""
    room: dict[str, int] = {}
    sources = list(_sources(form))
    for source in sources:
        for path, place in _INDEXED.findall(source):
            room[path] = max(room.get(path, 0), int(place) + 1)
    return {path: count for path, count in room.items() if not _is_gone_through(path, sources)}


def find_scant_lines(form: Form) -> Iterator[str]:
    """The lines that show less than the first of their list, as `products[4]`: a total taken for a line."""
    sources = list(_sources(form))
    for path, count in count_lines(form).items():
        if "[" not in path:
            first, *others = (_told_of(f"{path}[{place}]", sources) for place in range(count))
            yield from (f"{path}[{place}]" for place, told in enumerate(others, 1) if not first <= told)


def _told_of(line: str, sources: Iterable[str]) -> set[str]:
    """The fields of a line that any text or expression reads."""
    told = re.compile(rf"(?<![\w.]){re.escape(line)}((?:\.[a-z]\w*)*)")
    return {field for source in sources for field in told.findall(source)}


def _is_gone_through(path: str, sources: Iterable[str]) -> bool:
    loop = re.compile(rf"\bin\s+{re.escape(path)}\b(?!\[)")
    return any(loop.search(source) for source in sources)


def _sources(form: Form) -> Iterator[str]:
    """The texts and expressions of all boxes, as the author wrote them."""
    for box in form.boxes:
        for part in box.parts:
            if isinstance(part, OfficialPart):
                yield from (item.source for item in (part.text, part.when) if item is not None)
            elif isinstance(part, TextPart):
                yield part.text.source
            elif isinstance(part, TablePart):
                yield f"in {part.rows.source}"
                yield from (column.text.source for column in part.columns)
            elif isinstance(part, TickPart) and part.when is not None:
                yield part.when.source


def source_of(slot: Slot) -> str:
    """What a slot says or is ticked by, as the author wrote it."""
    match slot:
        case FieldSlot(part=part):
            says = part.text or part.when
            return says.source if says is not None else ""
        case TextSlot():
            return slot.template.source
        case TickSlot():
            return slot.when.source
        case _:
            return ""


def shows_serial(form: Form) -> bool:
    """Whether any box prints the certificate's number."""
    return any(re.search(r"\bissue\.serial\b", source) for source in _sources(form))
