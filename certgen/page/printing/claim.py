"""What a PDF says of itself in the data attached to it: its serial, and whether it is a draft or a copy."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from certgen.page.printing.archive import ATTACHMENT_NAME

_LARGEST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Claim:
    """What a file claims to be, which proves nothing: anybody may write so."""

    serial: str
    is_draft: bool
    is_copy: bool


def read_claim(pdf: bytes) -> Claim | None:
    """What the file says of itself; None when it is no certificate of certgen's, or broken."""
    attached = _read_attached(pdf)
    try:
        said = json.loads(attached) if attached else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or not isinstance(said.get("serial"), str):
        return None
    return Claim(said["serial"], said.get("is_draft") is True, said.get("is_copy") is True)


def _read_attached(pdf: bytes) -> bytes:
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        return _attached(pdf) if len(pdf) <= _LARGEST_BYTES else b""
    except Exception:  # noqa: BLE001 - a stranger's file breaks the reader anywhere
        return b""
    finally:
        logger.setLevel(level)


def _attached(pdf: bytes) -> bytes:
    from pypdf import PdfReader  # noqa: PLC0415 - only where a certificate is verified

    reader: Any = PdfReader(BytesIO(pdf), strict=False)
    for attachment in reader.attachment_list:
        if attachment.name == ATTACHMENT_NAME:
            return bytes(attachment.content)
    return b""
