"""How a certificate is known, and whether its consignment is the one it was issued for."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from certgen.consignment import Consignment, as_plain
from certgen.forms.model import Form
from certgen.forms.paper import Paper
from certgen.register import CertificateKey

_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False)
ISSUER_ONLY = {"issue_date", "forms", "issuing_body"}


def key_of(paper: Paper) -> CertificateKey:
    """Issuer, form, exporter, reference and part: what makes two papers the same certificate."""
    return CertificateKey(
        issuer=paper.issue.issuer.code or fold(paper.issue.issuer.name),
        form=paper.form.id,
        exporter=fold(paper.consignment.exporter.name),
        reference=fold(paper.consignment.name),
        part=fold(paper.part),
    )


def fold(text: str) -> str:
    """One spelling for names that differ only in case, width or white space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def field_hashes(form: Form, consignment: Consignment) -> dict[str, str]:
    """The SHA-256 of each field that the form uses, by path; empty fields are left out.

    What only the issuer supplies is left out too: it stays as it was at the first issue.
    """
    used = {path for field in form.fields for path in _parts(field, value_at(consignment, field))}
    values = {
        path: as_plain(value_at(consignment, path))
        for path in sorted(used)
        if not ISSUER_ONLY & set(path.split("."))
    }
    return {path: _hash(value) for path, value in values.items() if not _is_empty(value)}


def fingerprint(hashes: Mapping[str, str]) -> str:
    """One SHA-256 over all fields a form uses: equal for the same goods, whoever typed them."""
    return _hash(dict(hashes))


def value_at(value: Any, path: str) -> Any:
    """The value at a path; through a list, the list of its items' values."""
    head, _, rest = path.partition(".")
    if not head or value is None:
        return value
    if isinstance(value, tuple):
        return tuple(value_at(item, path) for item in value)
    inner = value.get(head) if isinstance(value, Mapping) else getattr(value, head)
    return value_at(inner, rest)


def written(value: Any) -> str:
    """A text, a number or a date as it stands in a name: dates as `2026-12-08`, nothing as ""."""
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str("" if value is None else value)


def _parts(path: str, value: Any) -> list[str]:
    """A path, or those of its parts where it is a record or a list of records."""
    sample = value[0] if isinstance(value, tuple) and value else value
    if is_dataclass(sample) and not isinstance(sample, type):
        return [f"{path}.{part.name}" for part in fields(sample) if part.name != "cells"]
    return [path]


def _is_empty(value: Any) -> bool:
    if isinstance(value, list):
        return all(_is_empty(item) for item in value)
    return value in (None, "", {})


def _hash(value: Any) -> str:
    return hashlib.sha256(_ENCODER.encode(value).encode()).hexdigest()
