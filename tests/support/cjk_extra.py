"""The letters that the `cjk` extra brings, and certgen as it is where the extra is not installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from certgen.page.fonts.cjk_face import PACKAGE, load_cjk_face

LETTERS = sorted(load_cjk_face().advances)
assert LETTERS, "the test extra has grown: pip install --editable '.[test]'"


@contextmanager
def without_cjk() -> Iterator[None]:
    """Inside, the package that the `cjk` extra brings cannot be imported."""
    known = sys.modules.get(PACKAGE)
    sys.modules[PACKAGE] = None  # type: ignore[assignment]  # how Python itself marks it
    load_cjk_face.cache_clear()
    try:
        yield
    finally:
        del sys.modules[PACKAGE]
        if known is not None:
            sys.modules[PACKAGE] = known
        load_cjk_face.cache_clear()
