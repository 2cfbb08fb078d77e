"""A stranger's PDF opened with care: bounded, never run, refused with the reason if it may not be filled."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from certgen.errors import CertgenError, FormError, UnreadableInputError
from certgen.page.official.geometry import PageView, view_page

LARGEST_BLANK_BYTES = 20_000_000
MOST_PAGES = 20


@dataclass(frozen=True, slots=True, eq=False)
class Blank:
    """An opened blank: its pages as pypdf reads them, how each is seen, its form dictionary (maybe empty)."""

    path: Path
    reader: Any
    pages: tuple[Any, ...]
    views: tuple[PageView, ...]
    acro_form: Any

    @property
    def root(self) -> Any:
        return self.reader.root_object


@contextmanager
def open_blank(path: Path) -> Iterator[Blank]:
    """The blank, for as long as it is read.

    Raises UnreadableInputError when there is no such file, FormError when it cannot become a form. Whatever
    a broken file makes the reader raise inside the `with` becomes such a FormError too.
    """
    data = _read_file(path)
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield _open(path, data)
    except CertgenError as error:
        raise type(error)(f"{path}: {error}") from error
    except Exception as error:  # a stranger's file breaks the reader anywhere
        raise FormError(
            f"{path}: is broken and cannot be read as a PDF ({type(error).__name__}: {error}). "
            "Open it in a PDF program and save it again."
        ) from error
    finally:
        logger.setLevel(level)


def _read_file(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_BLANK_BYTES:
            raise FormError(f"{path}: is larger than {LARGEST_BLANK_BYTES // 1_000_000} MB.")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableInputError(f"{path}: cannot be read ({error}).") from error
    if b"%PDF-" not in data[:1024]:
        raise FormError(f"{path}: is not a PDF.")
    return data


def _open(path: Path, data: bytes) -> Blank:
    from pypdf import PdfReader  # noqa: PLC0415  (only official blanks need it)

    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted:
        _decrypt(reader)
    acro_form = _as_dict(reader.root_object.get("/AcroForm"))
    _refuse_forbidden(reader.root_object, acro_form)
    count = reader.get_num_pages()
    if not 1 <= count <= MOST_PAGES:
        raise FormError(f"has {count} pages; a form has from 1 to {MOST_PAGES}.")
    pages = tuple(reader.pages)
    views = tuple(view_page(page, number) for number, page in enumerate(pages, 1))
    return Blank(path, reader, pages, views, acro_form)


def _decrypt(reader: Any) -> None:
    from pypdf import PasswordType  # noqa: PLC0415  (only official blanks need it)
    from pypdf.constants import UserAccessPermissions as May  # noqa: PLC0415  (same)
    from pypdf.errors import DependencyError  # noqa: PLC0415  (same)

    try:
        opened = reader.decrypt("")
    except DependencyError as error:
        raise FormError("is encrypted with AES; install the Python package `cryptography`.") from error
    if opened is PasswordType.NOT_DECRYPTED:
        raise FormError("is locked with a password. Ask its maker for a blank without one.")
    allowed = reader.user_access_permissions
    needed = May.FILL_FORM_FIELDS | May.ADD_OR_MODIFY | May.MODIFY
    if opened is PasswordType.USER_PASSWORD and allowed is not None and not allowed & needed:
        raise FormError("forbids filling (its permissions). Ask its maker for a blank that may be filled.")


def _refuse_forbidden(root: Any, acro_form: Any) -> None:
    """Blanks that only Adobe's own programs can draw, and certified ones that allow no change."""
    has_fields = bool(_resolve(acro_form.get("/Fields")))
    if root.get("/NeedsRendering") or ("/XFA" in acro_form and not has_fields):
        raise FormError(
            "is an XFA form, which only Adobe's programs draw. Ask its maker for a plain PDF form, or print "
            "it to a PDF and fill that by places in millimetres."
        )
    certified = _as_dict(_as_dict(root.get("/Perms")).get("/DocMDP"))
    references = _resolve(certified.get("/Reference")) or []
    for reference in references:
        parameters = _as_dict(_as_dict(reference).get("/TransformParams"))
        if int(parameters.get("/P", 2)) == 1:
            raise FormError("is certified and allows no change, not even filling it in.")


def _resolve(value: Any) -> Any:
    return value.get_object() if value is not None else None


def _as_dict(value: Any) -> Any:
    value = _resolve(value)
    return value if isinstance(value, dict) else {}
