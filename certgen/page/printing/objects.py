"""PDF objects as bytes: numbering, strings, rectangles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from certgen.forms.model import Frame
from certgen.page.fonts.embedding import escape
from certgen.page.printing.drawing import PT_PER_MM


class ObjectBook:
    """Objects that are written one after another, numbered from `first`; `written` holds them complete."""

    def __init__(self, first: int) -> None:
        self._first = first
        self.written: list[bytes] = []

    @property
    def next_number(self) -> int:
        return self._first + len(self.written)

    def add(self, body: bytes | str) -> int:
        """Enter an object; its number."""
        number = self._first + len(self.written)
        self.written.append(write_object(number, body.encode("latin-1") if isinstance(body, str) else body))
        return number

    def reserve(self) -> int:
        """A number whose object is set later."""
        self.written.append(b"")
        return self.next_number - 1

    def complete(self, number: int, entries: bytes) -> None:
        """Further entries for a dictionary that was set."""
        place = number - self._first
        body, end = self.written[place], b">>\nendobj\n"
        self.written[place] = body.removesuffix(end) + entries + end

    def set(self, number: int, body: bytes) -> None:
        self.written[number - self._first] = write_object(number, body)


def write_object(number: int, body: bytes) -> bytes:
    """An object with its number around it."""
    return b"%d 0 obj\n%s\nendobj\n" % (number, body)


def write_offsets(objects: Sequence[bytes], start: int) -> bytes:
    """The lines of a cross-reference table for objects that follow one another from `start`."""
    offsets = tuple(accumulate(map(len, objects[:-1]), initial=start))
    return (_form_of_offsets(start, offsets[-1]) * len(objects)) % offsets if objects else b""


def _form_of_offsets(first: int, last: int) -> bytes:
    """One line of the table: ten digits, the zeros written out where all need as many (in half the time)."""
    digits = len(str(first))
    is_alike = len(str(last)) == digits
    return b"%s%%d 00000 n \n" % (b"0" * (10 - digits)) if is_alike else b"%010d 00000 n \n"


def refer(numbers: Sequence[int]) -> bytes:
    """References to objects, as they stand in an array."""
    return (b"%d 0 R " * len(numbers)) % tuple(numbers)


def write_text(text: str) -> bytes:
    """A text string (ISO 32000-1, 7.9.2.2): as it is in ASCII, else UTF-16 with its mark."""
    if text.isascii():
        return b"(%s)" % escape(text.encode("ascii"))
    return b"<FEFF%s>" % text.encode("utf-16-be").hex().upper().encode("ascii")


def write_rectangle(frame: Frame, page_height_mm: float) -> str:
    """A rectangle in points from the bottom left."""
    left, right = frame.x_mm, frame.x_mm + frame.width_mm
    bottom, top = page_height_mm - frame.y_mm - frame.height_mm, page_height_mm - frame.y_mm
    corners = (f"{corner * PT_PER_MM:.2f}" for corner in (left, bottom, right, top))
    return f"[{' '.join(corners)}]"
