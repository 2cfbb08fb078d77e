"""The notes of a marked worksheet: its comments part and the drawing that shows them; old notes stay."""

from __future__ import annotations

import re
from collections.abc import Mapping

from certgen.workbook.cell_name import cell_name
from certgen.workbook.marked.xml_edit import (
    Element,
    Splice,
    apply_splices,
    find_elements,
    first_named,
    insert_last,
    name_at,
    xml_text,
)

AUTHOR = b"certgen"
EMPTY_COMMENTS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<authors></authors><commentList></commentList></comments>"
)
EMPTY_DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"></xml>'
)
# Excel shows a thread instead of the note that stands in for it, and drops a note it did not write
_THREAD = b"[Threaded comment]"
_SHAPE_TYPE_ID = b"_x0000_t202"
_NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_SHAPE_TYPE = (
    f'<v:shapetype {_NAMESPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    f'<v:shape {_NAMESPACES} id="_x0000_s{{number}}" type="#_x0000_t202"'
    ' style="position:absolute;margin-left:60pt;margin-top:2pt;width:240pt;height:96pt;z-index:1;'
    'visibility:hidden"'
    ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_SHAPE_NUMBER = re.compile(rb"_x0000_s(\d{1,9})")


def add_comments(data: bytes, notes: Mapping[tuple[int, int], str]) -> tuple[bytes, list[tuple[int, int]]]:
    """The comments part with these notes added; a cell that has a note keeps it and gets ours underneath.

    Our own note of an earlier marking is replaced.

    Also returns the cells whose note is new, and so wants a shape.
    """
    found = find_elements(data, {"comments", "authors", "author", "commentList", "comment", "text", "t"})
    prefix = name_at(data, first_named(found, "comments").start)[: -len("comments")]
    named = [data[element.inner : element.close] for element in found if element.name == "author"]
    ours = {str(number) for number, name in enumerate(named) if name == AUTHOR}
    old = {element.attributes.get("ref", ""): element for element in found if element.name == "comment"}
    splices = insert_last(data, first_named(found, "authors"), _element(prefix, b"author", AUTHOR))
    inside = _inside(found)
    added: list[bytes] = []
    new: list[tuple[int, int]] = []
    for place, note in notes.items():
        name = cell_name(*place)
        if name in old:
            is_ours = old[name].attributes.get("authorId") in ours
            joined = _replace_note if is_ours else _join_note
            splices += joined(data, prefix, old[name], inside, note)
        else:
            added.append(_comment(prefix, name, len(named), note))
            new.append(place)
    splices += insert_last(data, first_named(found, "commentList"), b"".join(added))
    return apply_splices(data, splices), new


def add_shapes(drawing: bytes, places: list[tuple[int, int]]) -> bytes:
    """The drawing with a hidden note shape for each of these cells.

    Handled as text: Excel itself writes drawings that are not well-formed XML.
    """
    end = drawing.rfind(b"</xml>")
    if end < 0 or not places:
        return drawing
    first = max((int(number) for number in _SHAPE_NUMBER.findall(drawing)), default=1024) + 1
    shapes = "".join(_shape(first + index, *place) for index, place in enumerate(places))
    kind = "" if b'id="' + _SHAPE_TYPE_ID in drawing else _SHAPE_TYPE
    return drawing[:end] + (kind + shapes).encode() + drawing[end:]


def _shape(number: int, row: int, column: int) -> str:
    return _SHAPE.format(
        number=number,
        left=column,
        right=column + 2,
        top=max(row - 2, 0),
        bottom=max(row - 2, 0) + 6,
        row=row - 1,
        column=column - 1,
    )


def _element(prefix: bytes, name: bytes, inner: bytes) -> bytes:
    return b"<" + prefix + name + b">" + inner + b"</" + prefix + name + b">"


def _run(prefix: bytes, note: str) -> bytes:
    text = b"<" + prefix + b't xml:space="preserve">' + xml_text(note) + b"</" + prefix + b"t>"
    return _element(prefix, b"r", text)


def _comment(prefix: bytes, name: str, author: int, note: str) -> bytes:
    opening = b"<" + prefix + f'comment ref="{name}" authorId="{author}">'.encode()
    return opening + _element(prefix, b"text", _run(prefix, note)) + b"</" + prefix + b"comment>"


def _inside(found: list[Element]) -> dict[int, list[Element]]:
    """The elements by the place of the one around them."""
    inside: dict[int, list[Element]] = {}
    for element in found:
        if element.parent is not None:
            inside.setdefault(element.parent.start, []).append(element)
    return inside


def _replace_note(
    data: bytes, prefix: bytes, old: Element, inside: dict[int, list[Element]], note: str
) -> list[Splice]:
    """Our note of an earlier marking gives way to the new one."""
    text = next(iter(inside.get(old.start, ())), None)
    if text is None or text.is_self_closed:
        return _join_note(data, prefix, old, inside, note)
    return [Splice(text.inner, text.close, _run(prefix, note))]


def _join_note(
    data: bytes, prefix: bytes, old: Element, inside: dict[int, list[Element]], note: str
) -> list[Splice]:
    """Our note under the user's own; a lone text becomes a run, for text and runs may not mix."""
    text = next(iter(inside.get(old.start, ())), None)
    if text is None or _THREAD in data[old.start : old.end]:
        return []
    lone = [element for element in inside.get(text.start, ()) if element.depth == text.depth + 1]
    wraps = [
        splice
        for element in lone
        for splice in (
            Splice(element.start, element.start, b"<" + prefix + b"r>"),
            Splice(element.end, element.end, b"</" + prefix + b"r>"),
        )
    ]
    return [*wraps, *insert_last(data, text, _run(prefix, f"\n\n{note}"))]
