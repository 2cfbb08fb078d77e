"""The tree of a blank's fields: names from the root to the end, entries that are inherited."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from certgen.errors import FormError
from certgen.page.official.blank import Blank

MOST_FIELDS = 4000
DEEPEST = 32


def object_key(value: Any) -> int:
    """The number of the object that a reference leads to; for what stands directly, one below zero.

    It is the same for as long as the blank is open.
    """
    number: int = getattr(value, "idnum", 0) or getattr(
        getattr(value, "indirect_reference", None), "idnum", 0
    )
    return number or -id(value)


def page_annotations(page: Any) -> list[Any]:
    """References to the annotations of a page."""
    annotations = page.get("/Annots")
    annotations = annotations.get_object() if annotations is not None else None
    return list(annotations) if isinstance(annotations, list) else []


def places_on_pages(blank: Blank) -> dict[int, int]:
    """On which page each annotation stands, by its object."""
    places: dict[int, int] = {}
    for number, page in enumerate(blank.pages, 1):
        for annotation in page_annotations(page):
            places.setdefault(object_key(annotation), number)
    return places


def terminal_nodes(blank: Blank) -> Iterator[tuple[Any, str]]:
    """The fields at the ends of the tree with their full names, and widgets that the tree forgot.

    Each is met once, however the tree runs in circles. Raises FormError for thousands of fields.
    """
    seen: set[int] = set()
    pending = [(reference, "", 0) for reference in reversed(_roots(blank))]
    while pending:
        reference, above, depth = pending.pop()
        key, node = object_key(reference), reference.get_object()
        if not isinstance(node, dict) or key in seen or depth > DEEPEST:
            continue
        seen.add(key)
        if len(seen) > MOST_FIELDS:
            raise FormError(f"has more than {MOST_FIELDS} fields.")
        name = ".".join(part for part in (above, read_text(node.get("/T"))) if part)
        named = [kid for kid in kids_of(node) if "/T" in kid.get_object()]
        pending += [(kid, name, depth + 1) for kid in reversed(named)]
        if not named and find_inherited(node, "/FT") is not None:
            seen.update(object_key(kid) for kid in kids_of(node))
            yield node, name


def _roots(blank: Blank) -> list[Any]:
    """Where the tree begins; after that, what the pages show and the tree may have forgotten."""
    fields = blank.acro_form.get("/Fields")
    fields = fields.get_object() if fields is not None else []
    on_pages = [annotation for page in blank.pages for annotation in page_annotations(page)]
    return [*(fields if isinstance(fields, list) else []), *map(_topmost, on_pages)]


def _topmost(node: Any) -> Any:
    """The field that a widget belongs to in the end; a widget of the tree leads to one already seen."""
    for _ in range(DEEPEST):
        widget = node.get_object()
        parent = dict.get(widget, "/Parent") if isinstance(widget, dict) else None
        if parent is None or not isinstance(parent.get_object(), dict):
            break
        node = parent
    return node


def kids_of(node: Any) -> list[Any]:
    """What stands right below a field: fields or places of its own."""
    kids = node.get("/Kids")
    kids = kids.get_object() if kids is not None else []
    return [kid for kid in kids if isinstance(kid.get_object(), dict)] if isinstance(kids, list) else []


def find_child(node: Any, key: str) -> Any:
    """An entry of a dictionary, followed; None when there is none."""
    value = node.get(key) if isinstance(node, dict) else None
    return value.get_object() if value is not None else None


def find_inherited(node: Any, key: str) -> Any:
    """An entry of a field or of what it belongs to."""
    for _ in range(DEEPEST):
        if key in node:
            return node[key].get_object()
        parent = node.get("/Parent")
        node = parent.get_object() if parent is not None else None
        if not isinstance(node, dict):
            break
    return None


def read_number(value: Any) -> int:
    """A whole number; 0 for anything else."""
    value = value.get_object() if value is not None else 0
    return int(value) if isinstance(value, int | float) else 0


def read_text(value: Any) -> str:
    """A text; empty for anything else."""
    value = value.get_object() if value is not None else ""
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return str(value) if isinstance(value, str) else ""
