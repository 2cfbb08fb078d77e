"""The captions a form may word itself: what certgen prints beside the boxes, and the words each may hold."""

from __future__ import annotations

from certgen.errors import FormError
from certgen.toml_file import nearest_word

CAPTION_WORDS: dict[str, tuple[str, ...]] = {
    "see_sheet": ("sheet", "page"),
    "see_sheet_short": ("sheet", "page"),
    "sheet": ("sheet",),
    "continued": ("title",),
    "total": (),
    "carried_forward": ("sheet", "page"),
    "brought_forward": (),
    "continued_on": ("sheet", "page"),
    "further": (),
    "further_lines": ("line", "sheet", "page"),
    "repeated": ("sheet", "sheets"),
    "serial": (),
    "no_serial": (),
    "page": ("page", "pages"),
    "draft": (),
    "copy": (),
    "band": (),
    "band_request": (),
    "band_worksheet": (),
}


def check_caption(key: str, text: str) -> None:
    """Raise FormError for a caption that certgen never prints, or one with words it does not fill."""
    if key not in CAPTION_WORDS:
        raise FormError(f"captions: unknown key {key!r}{nearest_word(key, list(CAPTION_WORDS))}.")
    words = CAPTION_WORDS[key]
    try:
        text.format(**dict.fromkeys(words, ""))
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        listed = " ".join("{" + word + "}" for word in words) or "no words in braces"
        raise FormError(f"captions: {key} may hold {listed}.") from error
