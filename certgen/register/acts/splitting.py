"""Certificates that are split: what each extract takes of them, and what remains, never below zero."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from decimal import Decimal

from certgen.errors import RegisterError
from certgen.register.acts.ending import check_reason
from certgen.register.book import Book
from certgen.register.journal import Act
from certgen.register.records import Owner, Record, Request, Status
from certgen.register.rows import Row, storable

_TAKEN = """
    SELECT line, amount FROM extract_lines JOIN extracts ON extract = extracts.entry
    WHERE original = ? AND status = 'issued'
"""
_OF_REQUEST = ("variant", "workbook", "output_name", "output_folder")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in `kg` or `l` of one product line of the original, counted from 1."""

    line: int
    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Extract:
    """One batch: its number, what it takes of which lines, its paper, its PDF's hash and number of pages."""

    batch: str
    amounts: tuple[Amount, ...]
    request: Request
    pdf_sha256: str
    pages: int = 0


def split(
    book: Book,
    original: str,
    covered: Sequence[Amount],
    extracts: Iterable[Extract],
    owner: Owner,
    now: datetime,
) -> tuple[Amount, ...]:
    """Write down the extracts that are new, within the caller's transaction; returns what remains.

    `covered` is what the original covers. Raises RegisterError when it is in force no more, was said to cover
    something else before, a batch was made with other data, or more would be taken of a line than it has.
    """
    record = book.find(original)
    _check_in_force(record)
    _keep_covered(book, original, covered)
    for extract in extracts:
        serial = f"{original}/{extract.batch}"
        if not _is_made(book, serial, extract):
            entry = _take(book, original, serial, extract)
            about = _as_record(extract, serial, owner, now)
            taken = _takings(extract.amounts, covered)
            book.journal.add(Act.EXTRACT, about, owner, now, other=str(storable(original)), why=taken)
            book.store.insert("extract_papers", _paper_row(book, entry, extract))
    remaining = remaining_of(book, original)
    if record and not any(amount.amount for amount in remaining):
        _change_status(book, record, Status.DEPLETED, Act.DEPLETE, owner, now)
    return remaining


def remaining_of(book: Book, original: str) -> tuple[Amount, ...]:
    """What the extracts in force leave of each line; raises RegisterError where their rows were altered."""
    try:
        left = _covered(book, original)
        for row in book.store.rows(_TAKEN, storable(original)):
            amount = left[row["line"]]
            left[row["line"]] = replace(amount, amount=amount.amount - Decimal(row["amount"]))
    except (ArithmeticError, KeyError) as error:
        raise RegisterError(
            f"What is kept of the extracts of {original} is damaged. Run certgen register audit."
        ) from error
    return tuple(left.values())


def takings_of(book: Book, entry: int, original: str) -> str:
    """What the extract of this entry takes of its original, in the words of the journal."""
    rows = book.store.rows("SELECT line, amount, unit FROM extract_lines WHERE extract = ?", entry)
    try:
        return _takings(map(_amount, rows), _covered(book, original).values())
    except ArithmeticError:
        return "what cannot be read"


def make_extract_void(book: Book, serial: str, why: str, owner: Owner, now: datetime) -> bool:
    """Give back what an extract took, within the caller's transaction; False when there is no such one."""
    rows = book.store.rows(
        "SELECT entry, original FROM extracts WHERE serial = ? AND status = 'issued'", storable(serial)
    )
    if not rows:
        return False
    book.store.run(
        "UPDATE extracts SET status = 'void', why = ? WHERE entry = ?",
        storable(check_reason(why)),
        rows[0]["entry"],
    )
    book.journal.add_again(Act.VOID, book.journal.lines_of(serial)[-1], owner, now, why=check_reason(why))
    record = book.find(rows[0]["original"])
    if record and record.status is Status.DEPLETED:
        _change_status(book, record, Status.ISSUED, Act.REOPEN, owner, now)
    return True


def _check_in_force(record: Record | None) -> None:
    if record and record.status not in (Status.ISSUED, Status.DEPLETED):
        raise RegisterError(f"{record.serial} is {record.status}, and only what is in force is split.")


def _keep_covered(book: Book, original: str, covered: Sequence[Amount]) -> None:
    kept = _covered(book, original)
    if kept and tuple(kept.values()) != tuple(covered):
        raise RegisterError(
            f"{original} was split before as covering {_told(kept.values())}; this workbook says "
            f"{_told(covered)}. Correct the product lines of the workbook."
        )
    if not kept:
        for each in covered:
            row = {"original": storable(original), "line": each.line}
            book.store.insert("originals", row | {"amount": f"{each.amount:f}", "unit": each.unit})


def _covered(book: Book, original: str) -> dict[int, Amount]:
    rows = book.store.rows(
        "SELECT line, amount, unit FROM originals WHERE original = ? ORDER BY line", storable(original)
    )
    return {row["line"]: _amount(row) for row in rows}


def _amount(row: Row) -> Amount:
    return Amount(row["line"], Decimal(row["amount"]), row["unit"])


def _is_made(book: Book, serial: str, extract: Extract) -> bool:
    rows = book.store.rows(
        "SELECT fingerprint FROM extracts WHERE serial = ? AND status = 'issued'", storable(serial)
    )
    if rows and rows[0]["fingerprint"] != extract.request.fingerprint:
        raise RegisterError(
            f"The extract {serial} was made with other data. If that was wrong: "
            f"certgen register void {serial} --why ..., then make it again."
        )
    return bool(rows)


def _check_number(book: Book, original: str, batch: str) -> None:
    """Raises RegisterError where the same number is in force in another spelling, as 1 is of 01."""
    rows = book.store.rows(
        "SELECT batch FROM extracts WHERE original = ? AND status = 'issued'", storable(original)
    )
    same = [row["batch"] for row in rows if _number_of(row["batch"]) == _number_of(batch) != ""]
    if same and batch not in same:
        raise RegisterError(
            f"Batch {batch} of {original} was made as batch {same[0]}. Is it the same one? Then write "
            f"{same[0]} in the workbook; if not, give it another number. Nothing was written."
        )


def _number_of(batch: str) -> str:
    """The number that a batch is called by, however it is written; "" where it is called otherwise."""
    plain = unicodedata.normalize("NFKC", batch).strip()
    return plain.lstrip("0") or "0" if plain.isdecimal() else ""


def _take(book: Book, original: str, serial: str, extract: Extract) -> int:
    """Write down what a batch takes; the entry of its extract."""
    _check_number(book, original, extract.batch)
    left: Mapping[int, Amount] = {amount.line: amount for amount in remaining_of(book, original)}
    for wanted in extract.amounts:
        there = left.get(wanted.line)
        if there is None or there.unit != wanted.unit or there.amount < wanted.amount:
            remains = _told([there]) if there else "no such line"
            raise RegisterError(
                f"Batch {extract.batch} takes {_told([wanted])} of {original}, of which remains: {remains}. "
                "Nothing was written. Correct the batch."
            )
    row = {"original": original, "batch": extract.batch, "serial": serial, "why": ""}
    row |= {"fingerprint": extract.request.fingerprint, "status": "issued", "pdf_sha256": extract.pdf_sha256}
    entry = book.store.insert("extracts", {name: storable(value) for name, value in row.items()})
    for each in extract.amounts:
        line = {"extract": entry, "line": each.line, "amount": f"{each.amount:f}", "unit": each.unit}
        book.store.insert("extract_lines", line)
    return entry


def _paper_row(book: Book, entry: int, extract: Extract) -> Row:
    """What the extract was made of, at its place in the list, with the line that accounts for it."""
    request = extract.request
    newest = book.store.rows("SELECT MAX(entry) AS entry FROM records")[0]["entry"] or 0
    row = {name: getattr(request, name) for name in (*_OF_REQUEST, "paper")}
    row |= {name: getattr(request.key, name) for name in ("issuer", "exporter", "reference", "part")}
    row |= {"extract": entry, "line": book.journal.head().entry, "after_entry": newest}
    row["pages"] = extract.pages
    return {name: storable(value) for name, value in row.items()}


def _as_record(extract: Extract, serial: str, owner: Owner, now: datetime) -> Record:
    """The extract as the journal tells it."""
    return Record(
        **{item.name: getattr(extract.request, item.name) for item in fields(Request)},
        serial=serial,
        number=0,
        status=Status.ISSUED,
        made_at=now,
        owner=owner,
        lease_until=now,
        pdf_sha256=extract.pdf_sha256,
    )


def _change_status(book: Book, record: Record, status: Status, act: Act, owner: Owner, now: datetime) -> None:
    if record.status is not status:
        changed = replace(record, status=status)
        book.write_down(changed, "status")
        book.journal.add(act, changed, owner, now)


def _takings(taken: Iterable[Amount], covered: Iterable[Amount]) -> str:
    return f"takes {_told(taken)}; the original covers {_told(covered)}"


def _told(amounts: Iterable[Amount]) -> str:
    ordered = sorted(amounts, key=lambda each: each.line)
    return ", ".join(f"{each.amount:f} {each.unit} of line {each.line}" for each in ordered)
