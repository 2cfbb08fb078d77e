"""The texts of an Excel workbook: runs of rich text joined, with what of them is struck out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from certgen.errors import UnreadableInputError
from certgen.workbook.formats.limits import MAX_CELL_CHARACTERS, MAX_TEXT_CHARACTERS
from certgen.workbook.formats.struck import Run
from certgen.workbook.formats.xml_stream import CellText, decode_escapes, local_name

_SAYS_NO = frozenset({"0", "false", "off"})


@dataclass(slots=True)
class SharedTexts:
    """The shared strings in their order, and the runs of those whose pieces are formatted by themselves."""

    texts: list[str] = field(default_factory=list)
    runs: dict[int, Sequence[Run]] = field(default_factory=dict)


class RichText:
    """Hears one text in its pieces, phonetic guides (`rPh`) left out; `letters` collects each piece."""

    def __init__(self, letters: CellText) -> None:
        self._letters = letters
        self._runs: list[Run] = []
        self._length = 0
        self._own: bool | None = None
        self._phonetic_depth = 0

    def start(self, plain: str, attributes: Mapping[str, str]) -> None:
        """An element within the text opens."""
        if plain == "t":
            self._letters.clear()
        elif plain == "r":
            self._own = None
        elif plain == "rPr":
            self._own = False
        elif plain == "strike":
            self._own = is_struck(attributes)
        elif plain == "rPh":
            self._phonetic_depth += 1

    def end(self, plain: str) -> None:
        """An element within the text closes."""
        if plain == "t" and not self._phonetic_depth and self._length <= MAX_CELL_CHARACTERS:
            piece = self._letters.take()
            self._length += len(piece)
            self._runs.append((piece, self._own))
        elif plain == "rPh":
            self._phonetic_depth -= 1

    def take(self) -> tuple[str, Sequence[Run]]:
        """The whole text, and its runs where one of them is formatted by itself; ready for the next."""
        runs, self._runs, self._length, self._own = self._runs, [], 0, None
        text = decode_escapes("".join([piece for piece, _ in runs]))
        if all(own is None for _, own in runs):
            return text, ()
        return text, [(decode_escapes(piece), own) for piece, own in runs]


def is_struck(attributes: Mapping[str, str]) -> bool:
    """Whether a `strike` element strikes out; one without a value does."""
    return attributes.get("val", "1") not in _SAYS_NO


class SharedTextsReader:
    """Hears the part of shared strings; raises UnreadableInputError when there is too much text."""

    def __init__(self) -> None:
        self.shared = SharedTexts()
        letters = CellText()
        self.characters = letters.add
        self._rich = RichText(letters)
        self._total = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._rich.start(local_name(name), attributes)

    def end(self, name: str) -> None:
        plain = local_name(name)
        if plain == "si":
            self._keep(*self._rich.take())
        else:
            self._rich.end(plain)

    def _keep(self, text: str, runs: Sequence[Run]) -> None:
        self._total += len(text)
        if self._total > MAX_TEXT_CHARACTERS:
            raise UnreadableInputError(
                f"holds over {MAX_TEXT_CHARACTERS:,} characters of text. Split it into several workbooks."
            )
        if runs:
            self.shared.runs[len(self.shared.texts)] = runs
        self.shared.texts.append(text)
