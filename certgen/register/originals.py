"""The finished certificates as they went out, with what repeats among them kept once."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

from certgen.errors import RegisterError
from certgen.register.pieces import join, pack, split, unpack
from certgen.register.rows import storable

if TYPE_CHECKING:
    from certgen.register.stores import Store

# What somebody wrote there by hand may be of any type; the casts make it one that the hash can refuse.
_KEPT = "SELECT entry, CAST(rest AS BLOB) AS rest FROM pdfs WHERE serial = ? AND sha256 = ?"
_NEEDED = """
    SELECT CAST(place AS INTEGER) AS place, piece FROM pdf_pieces WHERE pdf = ? ORDER BY pdf_pieces.place
"""
_CONTENT = "SELECT CAST(content AS BLOB) AS content FROM pieces WHERE entry = ?"
_KEPT_AT_HAND = 256
_PIECE = "SELECT entry, CAST(content AS BLOB) AS content FROM pieces WHERE sha256 = ?"


class Originals:
    """The PDFs of one register, for one act: a piece once found sound is trusted until the act ends."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._sound: dict[str, int] = {}
        # Nearly all of a certificate is what others have too, and is unpacked once.
        self._content = lru_cache(_KEPT_AT_HAND)(self._unpacked)

    def keep(self, serial: str, pdf: bytes, sha256: str) -> None:
        """Raises RegisterError when a piece that the register has already is no longer sound."""
        parts = split(pdf)
        kept = {"serial": storable(serial), "sha256": sha256, "rest": pack(parts.rest)}
        entry = self._store.insert("pdfs", kept)
        for place, piece in parts.pieces:
            needed = {"pdf": entry, "place": place, "piece": self._entry_of(piece)}
            self._store.insert("pdf_pieces", needed)

    def find(self, serial: str, sha256: str) -> bytes | None:
        """The bytes with this hash, and no others; None when they are lost or were altered."""
        kept = self._store.rows(_KEPT, serial, sha256)
        if not kept:
            return None
        pieces = self._store.rows(_NEEDED, kept[0]["entry"])
        placed = ((piece["place"], self._content(piece["piece"])) for piece in pieces)
        whole = join(unpack(kept[0]["rest"]), placed)
        return whole if _hash(whole) == sha256 else None

    def _unpacked(self, entry: int) -> bytes:
        """A piece; nothing where it is lost."""
        rows = self._store.rows(_CONTENT, entry)
        return unpack(rows[0]["content"]) if rows else b""

    def _entry_of(self, piece: bytes) -> int:
        sha256 = _hash(piece)
        if sha256 not in self._sound:
            self._sound[sha256] = self._find_sound(sha256, piece) or self._store.insert(
                "pieces", {"sha256": sha256, "content": pack(piece)}
            )
        return self._sound[sha256]

    def _find_sound(self, sha256: str, piece: bytes) -> int | None:
        """The entry of a piece that other certificates brought; no new one may come to rest on a torn one."""
        rows = self._store.rows(_PIECE, sha256)
        if rows and unpack(rows[0]["content"]) != piece:
            raise RegisterError(
                f"What the certificates of the register {self._store.name} have in common was altered. "
                "Nothing was written. Put the last backup in its place."
            )
        return int(rows[0]["entry"]) if rows else None


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
