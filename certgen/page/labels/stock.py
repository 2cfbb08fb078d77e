"""Sheets and rolls of labels: how many labels a page has, and where each of them begins."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from certgen.errors import FormError
from certgen.toml_file import Field, Record, Words, load_toml

_SLACK_MM = 0.05


class LabelStock(Record):
    """One kind of sheet; lengths in mm, the first label at `left_mm`, `top_mm` from the upper left corner."""

    id: Words
    title: Words
    page_width_mm: float
    page_height_mm: float
    label_width_mm: float
    label_height_mm: float
    columns: int = 1
    rows: int = 1
    left_mm: float = 0.0
    top_mm: float = 0.0
    pitch_x_mm: float = 0.0
    pitch_y_mm: float = 0.0

    @property
    def on_a_page(self) -> int:
        return self.columns * self.rows

    def corner(self, number: int) -> tuple[float, float]:
        """The upper left corner of a label on its page, in mm; labels go along the rows from the top."""
        row, column = divmod(number % self.on_a_page, self.columns)
        return self.left_mm + column * self.pitch_x_mm, self.top_mm + row * self.pitch_y_mm


class _StockFile(Record):
    format: Literal[1]
    stock: Annotated[tuple[LabelStock, ...], Field(strict=False, min_length=1)]


def load_stocks(path: Path) -> dict[str, LabelStock]:
    """The kinds of sheets of a file, by id.

    Raises FormError naming file and key, or the sheet whose labels overlap or reach over the page.
    """
    stocks = load_toml(path, _StockFile, FormError).stock
    wrong = [f"{path}: {stock.id}: {fault}" for stock in stocks if (fault := _fault_of(stock))]
    if wrong:
        raise FormError("\n".join(wrong))
    return {stock.id: stock for stock in stocks}


def _fault_of(stock: LabelStock) -> str:
    right, bottom = stock.corner(stock.on_a_page - 1)
    if (
        right + stock.label_width_mm > stock.page_width_mm + _SLACK_MM
        or bottom + stock.label_height_mm > stock.page_height_mm + _SLACK_MM
    ):
        return "its labels reach over the edge of the page."
    is_narrow = stock.columns > 1 and stock.pitch_x_mm < stock.label_width_mm - _SLACK_MM
    is_low = stock.rows > 1 and stock.pitch_y_mm < stock.label_height_mm - _SLACK_MM
    return "its labels overlap." if is_narrow or is_low else ""
