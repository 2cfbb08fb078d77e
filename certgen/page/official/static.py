"""What a blank prints by itself: its pages as drawings, and the looks of fields that certgen leaves alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from certgen.errors import FormError
from certgen.page.fonts.embedding import make_stream
from certgen.page.official.blank import Blank
from certgen.page.official.copying import Copier
from certgen.page.official.field_tree import find_inherited, object_key, page_annotations
from certgen.page.official.fields import HIDDEN, NO_VIEW, PRINTED
from certgen.page.official.frames import draw_field_frame
from certgen.page.official.geometry import Matrix, PageView, apply, read_box
from certgen.page.printing.objects import ObjectBook

LARGEST_CONTENT_BYTES = 40_000_000
_NEVER_PRINTED = frozenset(
    {"/Link", "/Popup", "/FileAttachment", "/Movie", "/Screen", "/Sound", "/RichMedia"}
)


class StaticLayer:
    """The pages of a blank entered into a book; `drawings` are their XObjects by name.

    `written` are the fields that certgen writes in, of which only the frame is drawn; `ticked` those that it
    ticks, which are drawn empty.
    """

    def __init__(
        self, blank: Blank, book: ObjectBook, written: Collection[int], ticked: Collection[int]
    ) -> None:
        self.drawings: dict[bytes, int] = {}
        self._blank, self._book = blank, book
        self._written, self._ticked = written, ticked
        self._copier = Copier(book)
        self.contents = [self._add_page(index) for index in range(len(blank.pages))]
        self.layers = self._copy_layers()

    def _add_page(self, index: int) -> int:
        """The content stream that draws a page of the blank; its number."""
        page, view = self._blank.pages[index], self._blank.views[index]
        name = b"Blank-%d" % (index + 1)
        self.drawings[name] = self._add_drawing(page, view)
        looks = b"".join(self._put_looks(page, index))
        matrix = _write_matrix(view.matrix)
        return self._book.add(make_stream(b"q\n%s cm\n/%s Do\n%sQ\n" % (matrix, name, looks)))

    def _add_drawing(self, page: Any, view: PageView) -> int:
        resources = page.get("/Resources")
        entries = b"/Resources %s" % self._copier.copy(resources if resources is not None else {})
        group = page.get("/Group")
        if group is not None:
            entries += b"/Group %s" % self._copier.copy(group)
        corners = b"%.4f %.4f %.4f %.4f" % (view.left, view.bottom, view.right, view.top)
        entries = b"/Type/XObject/Subtype/Form/BBox[%s]%s" % (corners, entries)
        return self._book.add(make_stream(_read_content(page), entries.decode("latin-1")))

    def _put_looks(self, page: Any, index: int) -> Iterator[bytes]:
        """The operators that draw what stands on a page in its annotations, fields left alone among them."""
        for position, reference in enumerate(page_annotations(page), 1):
            annotation, key = reference.get_object(), object_key(reference)
            if not isinstance(annotation, dict) or "/Rect" not in annotation:
                continue
            if key in self._written:
                yield draw_field_frame(annotation)
                continue
            look = _find_look(annotation, is_empty=key in self._ticked)
            if look is None or not is_printed(annotation) or _is_signed(annotation):
                continue
            matrix = _fit_look(look, read_box(annotation["/Rect"]))
            if matrix is not None:
                name = b"Look-%d-%d" % (index + 1, position)
                self.drawings[name] = self._copier.copy_stream(look, self._borrow_resources(look))
                yield b"q\n%s cm\n/%s Do\nQ\n" % (_write_matrix(matrix), name)

    def _borrow_resources(self, look: Any) -> bytes:
        """An appearance without resources of its own draws with those of the form, as viewers let it."""
        shared = self._blank.acro_form.get("/DR")
        if "/Resources" in look or shared is None:
            return b""
        return b"/Resources %s" % self._copier.copy(shared)

    def _copy_layers(self) -> bytes:
        """Which layers of the blank are seen, for the catalogue."""
        layers = self._blank.root.get("/OCProperties")
        return b"/OCProperties %s" % self._copier.copy(layers) if layers is not None else b""


def is_printed(annotation: Any) -> bool:
    """Whether a printer shows an annotation, and a sheet of paper can."""
    flags = int(annotation.get("/F", 0))
    is_seen = bool(flags & PRINTED) and not flags & (HIDDEN | NO_VIEW)
    return is_seen and str(annotation.get("/Subtype")) not in _NEVER_PRINTED


def _is_signed(annotation: Any) -> bool:
    """Whether this shows a signature, which holds for the blank and not for what is made of it."""
    return str(find_inherited(annotation, "/FT")) == "/Sig" and find_inherited(annotation, "/V") is not None


def _find_look(annotation: Any, *, is_empty: bool) -> Any:
    """The normal appearance of an annotation, in its present state or not ticked; None when it has none."""
    from pypdf.generic import StreamObject  # noqa: PLC0415  (only official blanks need it)

    looks = annotation.get("/AP")
    look = looks.get_object().get("/N") if looks is not None else None
    look = look.get_object() if look is not None else None
    if isinstance(look, dict) and not isinstance(look, StreamObject):
        state = look.get("/Off" if is_empty else str(annotation.get("/AS", "/Off")))
        look = state.get_object() if state is not None else None
    return look if isinstance(look, StreamObject) else None


def _fit_look(look: Any, place: tuple[float, float, float, float]) -> Matrix | None:
    """The matrix that puts an appearance into its rectangle (ISO 32000-1, 12.5.5, algorithm 8.1)."""
    left, bottom, right, top = read_box(look.get("/BBox", (0, 0, 0, 0)))
    a, b, c, d, e, f = (float(number) for number in look.get("/Matrix", (1, 0, 0, 1, 0, 0)))
    corners = [apply((a, b, c, d, e, f), x, y) for x in (left, right) for y in (bottom, top)]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    width, height = max(across) - min(across), max(up) - min(up)
    if not (width > 0 and height > 0):
        return None
    wide, high = (place[2] - place[0]) / width, (place[3] - place[1]) / height
    return wide, 0, 0, high, place[0] - min(across) * wide, place[1] - min(up) * high


def _read_content(page: Any) -> bytes:
    """The operators of a page; its streams are one, parted by white space."""
    contents = page.get("/Contents")
    contents = contents.get_object() if contents is not None else []
    streams = contents if isinstance(contents, list) else [contents]
    pieces: list[bytes] = []
    for stream in streams:
        data = stream.get_object().get_data()
        pieces.append(data if isinstance(data, bytes) else data.encode("latin-1"))
        if sum(map(len, pieces)) > LARGEST_CONTENT_BYTES:
            raise FormError(f"a page draws more than {LARGEST_CONTENT_BYTES // 1_000_000} MB.")
    return b"\n".join(pieces) + b"\n"


def _write_matrix(matrix: Matrix) -> bytes:
    return b"%.5f %.5f %.5f %.5f %.4f %.4f" % matrix
