"""Everything wrong with a form folder, gathered so that its author sees all of it at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from certgen.errors import FormError


class Problems:
    """A growing list of sentences, each opening with file and key."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def add(self, where: str, sentence: str) -> None:
        self.sentences.append(f"{where}: {sentence}")

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Keep the sentences of a FormError raised inside, and go on after it."""
        try:
            yield
        except FormError as error:
            self.sentences += str(error).splitlines()

    def raise_if_any(self) -> None:
        """Raise one FormError with a line for each."""
        if self.sentences:
            raise FormError("\n".join(dict.fromkeys(self.sentences)))
