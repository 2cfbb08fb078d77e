"""Two runs at one certificate: the second waits until the first has made it, or can make it no more."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from certgen.register import CertificateKey, Owner, Patience, Record, Register, Status

_PAUSE_SECONDS = 0.25
_ROUNDS_BEFORE_TAKING_OVER = 8


def is_made_by_another(record: Record, owner: Owner) -> bool:
    """Whether another run has given this certificate its number and not finished it."""
    return record.status is Status.PENDING and record.owner != owner


def wait_for_others(
    keys: Iterable[CertificateKey],
    register: Register,
    owner: Owner,
    patience: Patience,
    take_over: Callable[[], object],
) -> dict[CertificateKey, Record]:
    """The certificates of these keys once no other run makes them, or as they stand when patience ends.

    `take_over` finishes what runs that have ended left, and is called now and then.
    """
    wanted = list(keys)
    found = register.find(wanted)

    def attempt(seconds: float) -> bool:
        nonlocal found
        for turn in range(int(seconds / _PAUSE_SECONDS)):
            if not any(is_made_by_another(record, owner) for record in found.values()):
                return True
            time.sleep(_PAUSE_SECONDS)
            if turn % _ROUNDS_BEFORE_TAKING_OVER == _ROUNDS_BEFORE_TAKING_OVER - 1:
                take_over()
            found = register.find(wanted)
        return not any(is_made_by_another(record, owner) for record in found.values())

    patience.take_turn(_named(found, owner), attempt)
    return found


def _named(found: dict[CertificateKey, Record], owner: Owner) -> str:
    """What is waited for, by its serials."""
    serials = [record.serial for record in found.values() if is_made_by_another(record, owner)]
    more = f" and {len(serials) - 1} more" if serials[1:] else ""
    return f"{serials[0] if serials else 'nothing'}{more}"
