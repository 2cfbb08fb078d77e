"""How long a run waits for its turn at a busy register, whom it tells, and how long it waited in all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

QUIET_SECONDS = 1.0
"""A wait this short is not worth a word."""


def _to_nobody(_sentence: str) -> None:
    """Nobody is told."""


def _unmeasured() -> float:
    """No clock was handed in."""
    return 0.0


@dataclass(slots=True)
class Patience:
    """What a run brings along for the times when it is not its turn.

    `seconds` is the longest wait for one turn, `clock` counts seconds that are never set back, and `waited`
    adds up how long all turns were waited for (0 without a clock).
    """

    seconds: float = 60.0
    tell: Callable[[str], None] = _to_nobody
    clock: Callable[[], float] = _unmeasured
    waited: float = 0.0

    def take_turn(self, what: str, attempt: Callable[[float], bool]) -> bool:
        """Whether `attempt`, which waits so many seconds at most, came to its turn at what others have."""
        started = self.clock()
        quiet = min(QUIET_SECONDS, self.seconds)
        try:
            if attempt(quiet):
                return True
            self.tell(
                f"{what} is in use by another run; waiting for a turn, {self.seconds:g} seconds at most."
            )
            return attempt(self.seconds - quiet)
        finally:
            self.waited += self.clock() - started
