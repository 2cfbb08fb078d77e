"""Labels for containers of goods: kinds of sheets, words laid out and measured, codes, pages read back."""

from certgen.page.labels.codes import fits_code
from certgen.page.labels.drawing import print_labels
from certgen.page.labels.label import (
    Code,
    GoodsLabel,
    LaidLabel,
    lay_out_label,
    letters_not_on_labels,
    made_printable,
)
from certgen.page.labels.stock import LabelStock, load_stocks

__all__ = [
    "Code",
    "GoodsLabel",
    "LabelStock",
    "LaidLabel",
    "fits_code",
    "lay_out_label",
    "letters_not_on_labels",
    "load_stocks",
    "made_printable",
    "print_labels",
]
