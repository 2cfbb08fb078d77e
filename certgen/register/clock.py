"""Where the clock went back in the journal, and what somebody said of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from certgen.register.journal import Act
from certgen.register.rows import Row

_USUAL = timedelta(minutes=2)


@dataclass(slots=True)
class Clock:
    """Hears the lines of a journal in their order.

    `unexplained` are the lines at which the clock went back and of which nobody has said why; `explained` has
    those of each line that did.
    """

    unexplained: list[int] = field(default_factory=list)
    explained: list[tuple[list[int], Row]] = field(default_factory=list)
    _latest: str = ""

    def hear(self, line: Row) -> None:
        """After a jump back the clock counts from there: one jump is told once."""
        if line["act"] == Act.ACKNOWLEDGE:
            self._explain(line)
        if line["time"] < self._latest and _is_long_before(line["time"], self._latest):
            self.unexplained.append(line["entry"])
            self._latest = ""
        self._latest = max(self._latest, line["time"])

    def _explain(self, line: Row) -> None:
        """A reason is given for every jump up to the line that it names."""
        told = [entry for entry in self.unexplained if entry <= int(line["other"])]
        self.unexplained = self.unexplained[len(told) :]
        if told:
            self.explained.append((told, line))


def _is_long_before(time: str, latest: str) -> bool:
    """More than what a run may wait between reading its clock and writing, or two machines' clocks differ."""
    return datetime.fromisoformat(latest) - datetime.fromisoformat(time) > _USUAL
