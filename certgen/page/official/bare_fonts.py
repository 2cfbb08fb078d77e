"""Fonts that a blank uses without bringing them: viewers and printers put their own in their place."""

from __future__ import annotations

from typing import Any

from certgen.page.official.blank import Blank
from certgen.page.official.field_tree import find_child, object_key, page_annotations

_MOST = 5000
_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def find_bare_fonts(blank: Blank) -> tuple[str, ...]:
    """The names of the fonts that are not embedded, of what pages and their annotations draw."""
    found: set[str] = set()
    seen: set[int] = set()
    pending = [find_child(page, "/Resources") for page in blank.pages]
    pending += [
        find_child(look, "/Resources")
        for page in blank.pages
        for annotation in page_annotations(page)
        for look in _looks(annotation.get_object())
    ]
    while pending and len(seen) < _MOST:
        resources = pending.pop()
        if not isinstance(resources, dict) or object_key(resources) in seen:
            continue
        seen.add(object_key(resources))
        found |= {name for font in _entries(resources, "/Font") if (name := _bare_name(font))}
        pending += [find_child(drawing, "/Resources") for drawing in _entries(resources, "/XObject")]
    return tuple(sorted(found))


def _looks(annotation: Any) -> list[Any]:
    """The normal looks of an annotation: one, or one for each state."""
    look = find_child(find_child(annotation, "/AP"), "/N")
    if not isinstance(look, dict):
        return []
    return [look] if "/BBox" in look else [find_child(look, state) for state in look]


def _entries(resources: Any, kind: str) -> list[Any]:
    entries = find_child(resources, kind)
    found = [find_child(entries, name) for name in entries] if isinstance(entries, dict) else []
    return [entry for entry in found if isinstance(entry, dict)]


def _bare_name(font: Any) -> str:
    """The name of a font without its letters; empty for one that brings them."""
    if str(font.get("/Subtype")) == "/Type3":
        return ""
    below = find_child(font, "/DescendantFonts")
    inner = below[0].get_object() if isinstance(below, list) and below else font
    descriptor = find_child(inner, "/FontDescriptor")
    if isinstance(descriptor, dict) and any(key in descriptor for key in _FILES):
        return ""
    return str(font.get("/BaseFont", "/unnamed")).removeprefix("/")
