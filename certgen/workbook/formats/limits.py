"""How much of a file certgen is ready to take in, so that no file can fill the memory or the hour."""

from __future__ import annotations

from certgen.errors import UnreadableInputError

MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_TEXT_BYTES = 16 * 1024 * 1024
"""Letters and cells of comma-separated text take up to twenty times their bytes."""
MAX_EXPANDED_BYTES = 128 * 1024 * 1024
MAX_WHOLE_PART_BYTES = 96 * 1024 * 1024
MAX_PACKAGE_ENTRIES = 10_000
RATIO_MATTERS_FROM_BYTES = 8 * 1024 * 1024
MAX_EXPANSION_RATIO = 250
MAX_XML_TOKEN_BYTES = 1024 * 1024
MAX_XML_DEPTH = 200
MAX_CELL_CHARACTERS = 32_767
MAX_FILLED_CELLS = 600_000
MAX_SEEN_CELLS = 4_000_000
MAX_TEXT_CHARACTERS = 40_000_000
MAX_COVERED_CELLS = 500_000
MAX_SHIPMENTS = 10_000
MAX_SHIPMENTS_OF_A_NUMBER = 100
MAX_LINES = 50_000
MAX_RECORDS = 3_000_000


class CellBudget:
    """Counts what a whole workbook holds; shared by its sheets."""

    def __init__(self) -> None:
        self.cells = 0
        self.characters = 0
        self.seen = 0

    def see(self) -> None:
        """Count one cell, filled or not; raises UnreadableInputError when there are too many."""
        self.seen += 1
        if self.seen > MAX_SEEN_CELLS:
            raise UnreadableInputError(
                f"holds more than {MAX_SEEN_CELLS:,} empty cells that have only a style."
                " Delete the empty rows and columns around the table and save it again."
            )

    def take(self, characters: int) -> None:
        """Count one filled cell; raises UnreadableInputError when there are too many."""
        self.cells += 1
        self.characters += characters
        if self.cells > MAX_FILLED_CELLS or self.characters > MAX_TEXT_CHARACTERS:
            raise UnreadableInputError(
                f"holds more than certgen reads at once ({MAX_FILLED_CELLS:,} filled cells,"
                f" {MAX_TEXT_CHARACTERS:,} characters). Split it into several workbooks."
            )
