"""Every way in which a register file can fail, in a sentence with what to do."""

from __future__ import annotations

from pathlib import Path

_IN_USE = (
    "is in use and no turn came",
    "Wait until the other run is done, then start this one again.",
)
_DAMAGED = (
    "is damaged, or no register at all",
    "Nothing was written. Keep the file, put the last backup in its place and compare the two.",
)
_NOT_TO_BE_WRITTEN = (
    "may only be read",
    "Get the right to write the file and its folder.",
)
_CHANGED = (
    "is not as certgen made it",
    "Somebody changed its tables. Keep the file, put the last backup in its place and compare the two.",
)
_ANY_OTHER = ("refused", "Nothing was written. Keep a copy of the file and report this.")
# SQLite's primary result codes (sqlite.org/rescode.html).
_ERROR, _PERM, _BUSY, _LOCKED, _READONLY = 1, 3, 5, 6, 8
_IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 10, 11, 13, 14, 26
_SENTENCES = {
    _BUSY: _IN_USE,
    _LOCKED: _IN_USE,
    _NOTADB: _DAMAGED,
    _CORRUPT: _DAMAGED,
    _READONLY: _NOT_TO_BE_WRITTEN,
    _PERM: _NOT_TO_BE_WRITTEN,
    _CANTOPEN: (
        "cannot be opened",
        "See that its folder exists and that you may read and write there.",
    ),
    _FULL: (
        "has no room left on its disk",
        "Make room and start again: what was being done has been undone, no serial is lost.",
    ),
    _IOERR: (
        "cannot be read or written: its disk is full, failing or gone",
        "Put that right and start again: what was being done has been undone, no serial is lost.",
    ),
}


def sentence(path: Path, code: int, error: object) -> str:
    """What went wrong and what to do, by SQLite's primary result code."""
    said, advice = _SENTENCES.get(code, _ANY_OTHER)
    if code == _ERROR and any(words in str(error) for words in ("no such", "no column named")):
        said, advice = _CHANGED
    return f"The register {path} {said} ({error}). {advice}"


def is_no_text(error: Exception) -> bool:
    """Whether a text cannot be read; the driver gives no code then, but the text, which may name parties."""
    return isinstance(error, UnicodeDecodeError) or str(error).startswith("Could not decode to UTF-8")
