"""`register audit --repair`: kept PDFs that were lost or altered, put back as they were issued."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from certgen.errors import CertgenError
from certgen.forms.model import Form
from certgen.pipeline.issued.reproducing import print_again, why_it_differs
from certgen.pipeline.order import Surroundings
from certgen.pipeline.results import file_name
from certgen.register import Record, Register

LOST = frozenset({"CG725", "CG726", "CG729"})
PRINTED = "printed again from its record, the same to the last byte"
EARLIER = "what it was before late fields completed it cannot be printed again"


@dataclass(frozen=True, slots=True)
class PutBack:
    """A lost PDF: whence it was put back, or why it could not be."""

    serial: str
    sha256: str
    whence: str
    reason: str = ""

    def as_record(self) -> dict[str, Any]:
        """The PDF as `--json` prints it."""
        return {name: getattr(self, name) for name in ("serial", "sha256", "whence", "reason")}


@dataclass(frozen=True)
class Mending:
    """One audit's search for the PDFs that the register lost: in folders, and printed again."""

    register: Register
    forms: Mapping[str, Form]
    folders: Sequence[Path]
    surroundings: Surroundings

    def put_back_all(self, serials: Iterable[str]) -> Iterator[PutBack]:
        """Every lost PDF of these certificates, and what became of it."""
        for serial in dict.fromkeys(serials):
            record = self.register.find_serial(serial)
            if record is not None:
                yield from (self._put_back(record, each) for each in self.register.find_lost(serial))

    def _put_back(self, record: Record, sha256: str) -> PutBack:
        found = self._find_in_folders(record, sha256)
        if found is None:
            return self._print_again(record, sha256)
        path, pdf = found
        return self._keep(record, sha256, pdf, f"from the file {path}")

    def _find_in_folders(self, record: Record, sha256: str) -> tuple[Path, bytes] | None:
        """The file as it went out, where it was written to, or in a folder that was named."""
        for path in (Path(record.output_folder) / file_name(record), self._named.get(sha256)):
            content = _read(path) if path else b""
            if path and hashlib.sha256(content).hexdigest() == sha256:
                return path, content
        return None

    @cached_property
    def _named(self) -> dict[str, Path]:
        """The PDFs of the named folders by their hash; each is read once."""
        paths = (path for folder in self.folders for path in sorted(folder.glob("*.pdf")))
        return {hashlib.sha256(_read(path)).hexdigest(): path for path in paths}

    def _print_again(self, record: Record, sha256: str) -> PutBack:
        if sha256 != record.pdf_sha256:
            return PutBack(record.serial, sha256, "", EARLIER)
        try:
            printed = print_again(record, self.register, self.forms)
        except CertgenError as error:
            return PutBack(record.serial, sha256, "", str(error))
        if printed.sha256 != sha256:
            why = why_it_differs(record, self.forms, self.surroundings.owner.version)
            return PutBack(record.serial, sha256, "", f"printed again it is not the same file{why}")
        return self._keep(record, sha256, printed.pdf, PRINTED)

    def _keep(self, record: Record, sha256: str, pdf: bytes, whence: str) -> PutBack:
        owner, now = self.surroundings.owner, self.surroundings.clock()
        self.register.put_back(record.serial, pdf, whence, owner, now)
        return PutBack(record.serial, sha256, whence)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
