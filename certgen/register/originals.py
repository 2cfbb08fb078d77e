"""The finished certificates as they went out, with what repeats among them kept once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from certgen.errors import RegisterError
from certgen.register.pieces import join, pack, split, unpack
from certgen.register.rows import Row, storable
from certgen.register.stores import each_page

if TYPE_CHECKING:
    from certgen.register.stores import Store

# What somebody wrote there by hand may be of any type; the casts make it one that the hash can refuse.
_KEPT = "SELECT entry, CAST(rest AS BLOB) AS rest FROM pdfs WHERE serial = ? AND sha256 = ?"
_NEEDED = """
    SELECT CAST(place AS INTEGER) AS place, piece FROM pdf_pieces WHERE pdf = ? ORDER BY pdf_pieces.place
"""
_ALL_KEPT = """
    SELECT entry, serial, sha256, CAST(rest AS BLOB) AS rest FROM pdfs WHERE entry > ? ORDER BY entry
"""
_ALL_NEEDED = """
    SELECT pdf, CAST(place AS INTEGER) AS place, piece FROM pdf_pieces WHERE pdf BETWEEN ? AND ?
    ORDER BY pdf, pdf_pieces.place
"""
_PDFS_AT_ONCE = 200
_CONTENT = "SELECT sha256, CAST(content AS BLOB) AS content FROM pieces WHERE entry = ?"
_MENDED = "SELECT CAST(content AS BLOB) AS content FROM mended WHERE sha256 = ? ORDER BY entry DESC"
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
        whole = self._joined(kept[0], self._content) if kept else b""
        if _hash(whole) == sha256:
            return whole
        if kept and _hash(whole := self._joined(kept[0], self._mended_piece)) == sha256:
            return whole
        return self._mended(sha256)

    def each_unsound(self) -> Iterator[str]:
        """The serial of each kept PDF that was altered and not put back."""
        for rows in each_page(self._store, _ALL_KEPT, _PDFS_AT_ONCE):
            pieces: dict[int, list[Row]] = {}
            for needed in self._store.rows(_ALL_NEEDED, rows[0]["entry"], rows[-1]["entry"]):
                pieces.setdefault(needed["pdf"], []).append(needed)
            for kept in rows:
                whole = _put_together(kept, pieces.get(kept["entry"], []), self._content)
                if _hash(whole) != kept["sha256"] and self.find(kept["serial"], kept["sha256"]) is None:
                    yield kept["serial"]

    def mend(self, serial: str, pdf: bytes, sha256: str) -> None:
        """Keep once more what is lost or altered of this PDF: pieces of it, for all who need them, or all."""
        for _, piece in split(pdf).pieces:
            piece_sha256 = _hash(piece)
            rows = self._store.rows(_PIECE, piece_sha256)
            if rows and unpack(rows[0]["content"]) != piece and self._mended(piece_sha256) is None:
                self._keep_mended("", piece_sha256, piece)
        if self.find(serial, sha256) is None:
            self._keep_mended(serial, sha256, pdf)

    def _joined(self, kept: Row, content: Callable[[int], bytes]) -> bytes:
        return _put_together(kept, self._store.rows(_NEEDED, kept["entry"]), content)

    def _unpacked(self, entry: int) -> bytes:
        """A piece; nothing where it is lost."""
        rows = self._store.rows(_CONTENT, entry)
        return unpack(rows[0]["content"]) if rows else b""

    def _mended_piece(self, entry: int) -> bytes:
        """A piece, or what was put back for it."""
        piece = self._content(entry)
        rows = self._store.rows(_CONTENT, entry)
        is_sound = not rows or _hash(piece) == rows[0]["sha256"]
        return piece if is_sound else self._mended(rows[0]["sha256"]) or b""

    def _mended(self, sha256: str) -> bytes | None:
        """What was put back with this hash, and still has it."""
        contents = (unpack(row["content"]) for row in self._store.rows(_MENDED, sha256))
        return next((content for content in contents if _hash(content) == sha256), None)

    def _keep_mended(self, serial: str, sha256: str, content: bytes) -> None:
        self._store.insert("mended", {"serial": serial, "sha256": sha256, "content": pack(content)})

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
        if rows and unpack(rows[0]["content"]) != piece and self._mended(sha256) is None:
            raise RegisterError(
                f"What the certificates of the register {self._store.name} have in common was altered. "
                "Nothing was written. Put it right with: certgen register audit --repair"
            )
        return int(rows[0]["entry"]) if rows else None


def _put_together(kept: Row, pieces: list[Row], content: Callable[[int], bytes]) -> bytes:
    return join(unpack(kept["rest"]), ((piece["place"], content(piece["piece"])) for piece in pieces))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
