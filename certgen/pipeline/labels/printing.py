"""The steps of `label print`: labels for containers, from the workbook of the certificate."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from certgen.consignment import Consignment
from certgen.errors import OutputError, UsageError
from certgen.findings import Finding, has_errors
from certgen.forms import load_vocabulary
from certgen.forms.label_fields import load_label_vocabulary
from certgen.forms.roots import COMMON, find_forms_root
from certgen.page.fonts.letters import NEEDS_EXTRA, describe, kind_of
from certgen.page.labels import (
    Code,
    GoodsLabel,
    LabelStock,
    LaidLabel,
    fits_code,
    lay_out_label,
    letters_not_on_labels,
    load_stocks,
    made_printable,
    print_labels,
)
from certgen.pipeline.files import has_content, prepare_folder, write_files
from certgen.pipeline.labels.goods import (
    LabelOrder,
    Telling,
    counts_of,
    doubts_of_words,
    is_misread,
    is_of_container,
    telling_of_label,
    telling_of_line,
    words_of,
    words_of_label,
)
from certgen.pipeline.labels.telling import exit_code_of, record_of
from certgen.pipeline.meanings import find_unused_maps
from certgen.pipeline.reading_order import in_reading_order
from certgen.rules.labels import read_label
from certgen.toml_file import nearest_word
from certgen.workbook import Reading, SheetReading, find_example, read_workbook

MOST_LABELS = 20_000


@dataclass(frozen=True, slots=True)
class PrintedLot:
    """The labels of one lot: how many, and for which line of which consignment."""

    consignment: str
    line: int
    lot: str
    status: str
    notice: str
    count: int


_LabelsOfLot = tuple[PrintedLot, list[LaidLabel], list[Finding]]
_LabelsIn = Callable[[Consignment, LabelOrder], Iterator[_LabelsOfLot]]


@dataclass(frozen=True, slots=True)
class LabelsPrinted:
    """What `label print` made; `path` is None when there was nothing to print."""

    lots: tuple[PrintedLot, ...]
    path: Path | None
    pages: int
    findings: tuple[Finding, ...]
    sheets: tuple[SheetReading, ...]

    @property
    def exit_code(self) -> int:
        return exit_code_of(self.findings)

    def as_record(self) -> dict[str, Any]:
        """What `--json` prints."""
        lots = [asdict(lot) for lot in self.lots]
        path = str(self.path) if self.path else ""
        return record_of(lots, self.findings, self.sheets, path=path, pages=self.pages)


def list_stocks() -> dict[str, LabelStock]:
    """Every kind of label sheet that is shipped, by id; raises FormError when their file is wrong."""
    return load_stocks(find_forms_root() / COMMON / "label-stock.toml")


def find_stock(name: str) -> LabelStock:
    """The sheet of this name; raises UsageError with the names there are."""
    stocks = list_stocks()
    if name not in stocks:
        raise UsageError(
            f"--stock {name}: no such sheet{nearest_word(name, list(stocks))}. "
            f"There are: {', '.join(stocks)}."
        )
    return stocks[name]


def print_goods_labels(order: LabelOrder, maps: Mapping[str, str]) -> LabelsPrinted:
    """Read the shipment or label workbook, lay every label out, and write them as one PDF.

    A line with an error gets no label; the others get theirs. Raises UnreadableInputError for the workbook,
    UsageError for more labels than anybody means, OutputError for the file.
    """
    reading, labels_in = _read(order, maps)
    told = [*find_unused_maps(maps, [reading]), *reading.findings]
    lots: list[PrintedLot] = []
    laid: list[LaidLabel] = []
    for consignment, misread in zip(reading.consignments, reading.findings_of, strict=True):
        if example := find_example(consignment):
            told.append(example)
            continue
        for printed, labels, findings in labels_in(consignment, order):
            told += findings
            is_doubtful = has_errors(reading.general) or is_misread(consignment, printed.line - 1, misread)
            if labels and not is_doubtful:
                lots.append(printed)
                laid += labels
        _check_number(laid)
    pages = _write(laid, order)
    ordered = tuple(in_reading_order(told, [reading]))
    return LabelsPrinted(tuple(lots), order.out if laid else None, pages, ordered, reading.sheets)


def _read(order: LabelOrder, maps: Mapping[str, str]) -> tuple[Reading, _LabelsIn]:
    """The workbook as what it is: one of labels has a column for the claim, one of shipments has none.

    Of one that holds both, the rows of containers are printed, else the lots of its shipments.
    """
    of_labels = read_workbook(order.workbook, load_label_vocabulary(), maps)
    rows = [row for row in of_labels.consignments if "claim" in row.extra]
    if any(is_of_container(read_label(row)) for row in rows if not find_example(row)):
        return of_labels, _labels_of_row
    of_shipments = read_workbook(order.workbook, load_vocabulary(), maps)
    if rows and not any(shipment.products for shipment in of_shipments.consignments):
        return of_labels, _labels_of_row
    return of_shipments, _labels_of_goods


def _write(laid: Sequence[LaidLabel], order: LabelOrder) -> int:
    """Write the labels; how many pages they fill."""
    if not laid:
        return 0
    pdf = print_labels(laid, order.stock, with_frames=order.with_frames)
    prepare_folder(order.out.absolute().parent)
    if not order.out.exists():
        write_files([(order.out, pdf)])
    elif not has_content(order.out, hashlib.sha256(pdf).hexdigest()):
        raise OutputError(
            f"{order.out}: a different file is there already. Choose another name with --out, or move it."
        )
    return -(-len(laid) // order.stock.on_a_page)


def _check_number(laid: Sequence[LaidLabel]) -> None:
    if len(laid) > MOST_LABELS:
        raise UsageError(
            f"These would be more than {MOST_LABELS:,} labels. Ask for fewer copies, or one for each lot."
        )


def _labels_of_goods(consignment: Consignment, order: LabelOrder) -> Iterator[_LabelsOfLot]:
    """The labels of each lot of a shipment."""
    for place, product in enumerate(consignment.products):
        told = telling_of_line(consignment, place)
        if order.is_per_package and len(product.lots) > 1:
            yield _unprinted(consignment, place), [], [told.tell("CG484", "lot", lots=str(len(product.lots)))]
            continue
        for lot in product.lots or ("",):
            words = words_of(consignment, product, lot, order)
            labels, findings = _lay_out(words, counts_of(product, order, MOST_LABELS), order, told)
            printed = PrintedLot(consignment.name, place + 1, lot, words.status, words.notice, len(labels))
            yield printed, labels, findings


def _labels_of_row(consignment: Consignment, order: LabelOrder) -> Iterator[_LabelsOfLot]:
    """The label of one row of a label workbook, if it is one of a container."""
    label, told = read_label(consignment), telling_of_label(consignment)
    if not is_of_container(label):
        yield _unprinted(consignment, 0), [], [told.tell("CG488", "lot")]
        return
    words = words_of_label(label, order)
    labels, findings = _lay_out(words, [""] * order.copies, order, told)
    yield PrintedLot(label.name, 1, words.lot, words.status, words.notice, len(labels)), labels, findings


def _unprinted(consignment: Consignment, place: int) -> PrintedLot:
    return PrintedLot(consignment.name, place + 1, "", "", "", 0)


def _lay_out(
    words: GoodsLabel, counts: Sequence[str], order: LabelOrder, told: Telling
) -> tuple[list[LaidLabel], list[Finding]]:
    """The labels of one lot, or what is wrong with them; the longest count settles whether they fit."""
    if doubts := list(doubts_of_words(words, told)):
        return [], doubts
    words = made_printable(words)
    longest = replace(words, count=max(counts, key=len))
    if letters := letters_not_on_labels(longest):
        code = NEEDS_EXTRA if kind_of(letters[0]) == NEEDS_EXTRA else "CG485"
        return [], [told.tell(code, "name", letters=describe(letters))]
    probe = lay_out_label(longest, order.stock, Code(order.code))
    if probe is None:
        return [], [told.tell("CG486", "name", stock=order.stock.title)]
    if not fits_code(words.lot, Code(order.code), probe.code_area):
        return [], [told.tell("CG487", "lot", lot=words.lot)]
    laid = [lay_out_label(replace(words, count=count), order.stock, Code(order.code)) for count in counts]
    return [label for label in laid if label], []
