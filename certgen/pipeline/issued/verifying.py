"""`verify`: whether a file is a certificate as it was issued, and in force."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from certgen.errors import UnreadableInputError
from certgen.page import Claim, read_claim
from certgen.pipeline.order import Order, Surroundings
from certgen.pipeline.run import register_url
from certgen.register import Standing, Status, open_existing, read_status_list

_MOST_ENDS = 100
"""A file may be added to many times, and a stranger's might end a million times."""
_END_OF_FILE = re.compile(rb"%%EOF[\r\n]{0,2}")


class Knowledge(Protocol):
    """A register or a status list."""

    def find_with_hash(self, sha256: str) -> Standing | None:
        """The certificate that went out as these bytes."""

    def find_standing(self, serial: str) -> Standing | None:
        """Where the certificate with this serial stands."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of one file.

    `verdict` is `genuine`, or why it is no certificate in force: `replaced`, `void`, `depleted`, `completed`
    (there is a later state of it), `changed`, `copy`, `draft`, `unknown`, or `not-known` when there was
    nothing to judge it by.
    """

    path: Path
    verdict: str
    reason: str
    sha256: str
    serial: str = ""

    @property
    def is_in_force(self) -> bool:
        return self.verdict == "genuine"

    def as_record(self) -> dict[str, Any]:
        """The verdict as `--json` prints it."""
        return {
            "path": str(self.path),
            "verdict": self.verdict,
            "serial": self.serial,
            "reason": self.reason,
            "sha256": self.sha256,
        }


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdicts, and what they rest on: a register as it is now, or a status list of a day."""

    verdicts: tuple[Verdict, ...]
    source: str
    as_of: datetime

    @property
    def exit_code(self) -> int:
        """8 unless each file is genuine and in force."""
        return 0 if all(verdict.is_in_force for verdict in self.verdicts) else 8

    def as_record(self) -> dict[str, Any]:
        """The one object that `--json` prints."""
        return {
            "schema": 1,
            "source": self.source,
            "as_of": self.as_of.isoformat(timespec="seconds"),
            "files": [verdict.as_record() for verdict in self.verdicts],
            "exit_code": self.exit_code,
        }


def verify(
    paths: Iterable[Path], order: Order, surroundings: Surroundings, status_list: Path | None = None
) -> Verification:
    """Judge each file by the bytes that were issued, as the register or else this status list knows them.

    Raises UnreadableInputError for a file that cannot be read, RegisterError for such a register.
    """
    if status_list is not None:
        known = read_status_list(status_list)
        return Verification(tuple(_judge_all(paths, known)), str(status_list), known.as_of)
    with open_existing(register_url(order)) as register:
        source = register.name if register else ""
        return Verification(tuple(_judge_all(paths, register)), source, surroundings.clock())


def _judge_all(paths: Iterable[Path], known: Knowledge | None) -> Iterable[Verdict]:
    for path in paths:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise UnreadableInputError(f"{path}: cannot be read ({error.strerror}).") from error
        yield _judge(path, content, known)


def _judge(path: Path, content: bytes, known: Knowledge | None) -> Verdict:
    sha256 = hashlib.sha256(content).hexdigest()
    if known is None:
        reason = "there is no register here; name one with --register, or a list with --status-list"
        return Verdict(path, "not-known", reason, sha256)
    standing = known.find_with_hash(sha256)
    if standing is not None:
        verdict, reason = _of_standing(standing, sha256)
        return Verdict(path, verdict, reason, sha256, standing.serial)
    claim = read_claim(content)
    verdict, reason = _of_stranger(content, claim, known)
    return Verdict(path, verdict, reason, sha256, claim.serial if claim else "")


def _of_standing(standing: Standing, sha256: str) -> tuple[str, str]:
    """What to say of the very bytes that were issued."""
    day = standing.since[:10]
    if standing.status is Status.VOID:
        return "void", f"genuine, and void since {day}"
    if standing.status is Status.REPLACED:
        return "replaced", f"genuine, and replaced by {standing.replaced_by} on {day}"
    if not standing.is_of(sha256):
        return "completed", "genuine when it was issued; it was completed since, so ask for the present file"
    if standing.status is Status.DEPLETED:
        return "depleted", "genuine, and wholly split into extracts: nothing is left of it"
    return "genuine", f"genuine and in force, issued on {standing.issue_date}"


def _of_stranger(content: bytes, claim: Claim | None, known: Knowledge) -> tuple[str, str]:
    """What to say of bytes that were never issued."""
    inside = _find_inside(content, known)
    if inside is not None:
        standing, sha256 = inside
        _, reason = _of_standing(standing, sha256)
        return "changed", (
            f"it begins with {standing.serial} as it was issued ({reason}), and something was added since, "
            "such as a filled box, a comment or a signature: look at what, and ask for the file without it"
        )
    if claim is None:
        return "unknown", "not a file that certgen made as a certificate, or a damaged one"
    if claim.is_draft:
        return "draft", "a draft, which is no certificate"
    original = known.find_standing(claim.serial) if claim.serial else None
    if original is None:
        said = claim.serial or "a paper without serial"
        return "unknown", f"it says that it is {said}, which is not known here"
    _, reason = _of_standing(original, original.sha256)
    if claim.is_copy:
        return "copy", f"a copy of {claim.serial}, of which the original is: {reason}"
    return (
        "changed",
        f"it says it is {claim.serial} and is not the file that was issued, which is: {reason}",
    )


def _find_inside(content: bytes, known: Knowledge) -> tuple[Standing, str] | None:
    """The issued certificate that the file begins with: a PDF is added to at its end."""
    running, done = hashlib.sha256(), 0
    for end in islice(_END_OF_FILE.finditer(content), _MOST_ENDS):
        for stop in dict.fromkeys(range(end.start() + len(b"%%EOF"), end.end() + 1)):
            running.update(content[done:stop])
            done = stop
            standing = known.find_with_hash(running.hexdigest())
            if standing is not None:
                return standing, running.hexdigest()
    return None
