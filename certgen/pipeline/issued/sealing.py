"""`register seal`: the file that another program sealed is known beside the one that was issued."""

from __future__ import annotations

import hashlib
from pathlib import Path

from certgen.errors import RegisterError, UnreadableInputError
from certgen.page import find_beside_seal
from certgen.pipeline.order import Order, Surroundings
from certgen.pipeline.run import register_url
from certgen.register import Record, open_register


def seal_certificate(serial: str, sealed: Path, order: Order, surroundings: Surroundings) -> Record:
    """Keep the hash of the sealed file of a certificate, which must be that certificate and a seal, no more.

    Raises UnreadableInputError when the file cannot be read, RegisterError when the certificate is not in
    force, has another seal already, or the file is anything else.
    """
    content = _read(sealed)
    sha256 = hashlib.sha256(content).hexdigest()
    with open_register(register_url(order), must_exist=True, patience=surroundings.patience) as register:
        record = register.show(serial)
        if record.sealed_sha256 not in ("", sha256):
            raise RegisterError(
                f"{serial} has its seal already, on the file with the SHA-256 {record.sealed_sha256}. "
                "Give out that one; if it is lost, make the certificate void and issue it anew."
            )
        wrong = find_beside_seal(register.pdf(serial), content)
        if wrong:
            raise RegisterError(
                f"{sealed} is not {serial} with a seal: {wrong}. Take the certificate as it is "
                f"kept (certgen register show {serial} --pdf FILE.pdf) and let your program add its "
                "signature only."
            )
        return register.seal(serial, sha256, surroundings.owner, surroundings.clock())


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableInputError(f"{path}: cannot be read ({error.strerror}).") from error
