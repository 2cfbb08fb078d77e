"""Small changes to an XML part that leave every other byte of it as it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from certgen.errors import UnreadableInputError
from certgen.workbook.formats.package import DAMAGED
from certgen.workbook.formats.xml_stream import local_name, refuse_doctype

_TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
_DECLARED_UTF_16 = re.compile(r"""encoding\s*=\s*["']utf-16(?:le|be)?["']""", re.IGNORECASE)
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NEVER_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")

OpenHandler = Callable[[str, dict[str, str], int], None]
CloseHandler = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Splice:
    """Bytes `start` to `end` of a part become `text`; an insertion where both are the same."""

    start: int
    end: int
    text: bytes


@dataclass(slots=True)
class Element:
    """An element by its bytes: `start` to `inner` is its opening tag, `close` to `end` its closing one."""

    name: str
    attributes: dict[str, str]
    depth: int
    start: int
    inner: int
    close: int = 0
    end: int = 0
    parent: Element | None = field(default=None, repr=False)

    @property
    def is_self_closed(self) -> bool:
        return self.close == self.start

    def close_at(self, data: bytes, place: int) -> None:
        """Note where the parser says the element ends: for `<a/>` that is after its one tag."""
        if data[self.inner - 2 : self.inner] == b"/>":
            self.close, self.end = self.start, self.inner
        else:
            self.close, self.end = place, tag_end(data, place)


def as_utf8(data: bytes) -> bytes:
    """The part in an encoding whose tags are plain ASCII, so that byte places can be counted."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data
    return _DECLARED_UTF_16.sub('encoding="UTF-8"', data.decode("utf-16", "replace"), count=1).encode("utf-8")


def scan(data: bytes, opened: OpenHandler, closed: CloseHandler) -> None:
    """Walk a part; both handlers hear an element's name as written and the place of its tag in bytes.

    Raises UnreadableInputError when it is not well formed.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = lambda name, attributes: opened(name, attributes, parser.CurrentByteIndex)
    parser.EndElementHandler = lambda name: closed(name, parser.CurrentByteIndex)
    try:
        parser.Parse(data, True)  # noqa: FBT003  expat takes no keyword
    except (expat.ExpatError, ValueError, LookupError) as error:  # LookupError: an encoding nobody knows
        raise UnreadableInputError(DAMAGED) from error


def find_elements(data: bytes, names: Iterable[str]) -> list[Element]:
    """The elements with these local names, in the order they open; for small parts."""
    wanted = set(names)
    found: list[Element] = []
    stack: list[Element | None] = []

    def opened(name: str, attributes: dict[str, str], place: int) -> None:
        element = None
        if local_name(name) in wanted:
            parent = next((outer for outer in reversed(stack) if outer), None)
            inner = tag_end(data, place)
            element = Element(local_name(name), attributes, len(stack), place, inner, parent=parent)
            found.append(element)
        stack.append(element)

    def closed(_name: str, place: int) -> None:
        element = stack.pop()
        if element is not None:
            element.close_at(data, place)

    scan(data, opened, closed)
    return found


def first_named(elements: Iterable[Element], name: str) -> Element:
    """The first of these elements with this local name; raises UnreadableInputError when there is none."""
    for element in elements:
        if element.name == name:
            return element
    raise UnreadableInputError(DAMAGED)


def tag_end(data: bytes, start: int) -> int:
    """Where the tag that begins at `start` ends."""
    tag = _TAG.match(data, start)
    return tag.end() if tag else data.index(b">", start) + 1


def name_at(data: bytes, start: int) -> bytes:
    """The name of the tag that begins at `start`, with its prefix."""
    return re.split(rb"[\s/>]", data[start + 1 : start + 200].lstrip(b"/"), maxsplit=1)[0]


def with_attribute(tag: bytes, name: str, value: object) -> bytes:
    """An opening tag with this attribute set."""
    written = f'{name}="{value}"'.encode()
    changed, count = re.subn(rb"(?<=\s)" + name.encode() + rb"""\s*=\s*(?:"[^"]*"|'[^']*')""", written, tag)
    if count:
        return changed
    cut = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:cut].rstrip() + b" " + written + tag[cut:]


def insert_last(data: bytes, element: Element, text: bytes) -> list[Splice]:
    """The splices that put `text` at the end of an element, opening it when it was closed in itself."""
    if not element.is_self_closed:
        return [Splice(element.close, element.close, text)]
    tag = data[element.start : element.inner]
    opened = tag[: tag.rindex(b"/")].rstrip() + b">"
    return [Splice(element.start, element.inner, opened + text + b"</" + name_at(data, element.start) + b">")]


def apply_splices(data: bytes, splices: Iterable[Splice]) -> bytes:
    """The part with all its changes; insertions at one place keep the order they are given in."""
    pieces: list[bytes] = []
    done = 0
    for splice in sorted(splices, key=lambda item: item.start):
        pieces += [data[done : splice.start], splice.text]
        done = splice.end
    pieces.append(data[done:])
    return b"".join(pieces)


def xml_text(text: str) -> bytes:
    """Text for an element or a quoted attribute of an Office part, in ASCII."""
    text = escape_controls(text).replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text.encode("ascii", "xmlcharrefreplace")


def escape_controls(text: str) -> str:
    """Text of an Office part with the characters that XML cannot hold written as `_x0007_`.

    ECMA-376 part 1, section 22.9.2.19 (ST_Xstring).
    """
    text = _LOOKS_ESCAPED.sub("_x005F_", text)
    text = _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return _NEVER_IN_XML.sub("\ufffd", text)
