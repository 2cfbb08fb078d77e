"""What a form asks for beside the common fields: its own fields and sheets, shipments together, the past."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Gathering:
    """Which consignments of a workbook one paper takes together.

    Those that agree in the fields `by` are one paper of at most `most` shipments, and must agree in the
    fields `same`.
    """

    by: tuple[str, ...]
    same: tuple[str, ...] = ()
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """Earlier certificates that a form's rules need to know, as `history.<name>`, the newest first.

    Those of the same form, issuer and exporter: for each value of the field `same` the newest that has it
    too, or only the newest of all when `same` is empty. With `year_begins` all of them whose date `by` lies
    in the same year as this paper's, a year that begins on that day (`04-01`); with `same` too those that
    share a value of it.
    """

    name: str
    same: str = ""
    year_begins: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class ExtraField:
    """A field that only this form knows: its path, type and labels by language.

    The path lies below `extra`, `products.extra` or `tables.<name>`; `choices` gives each key of a choice the
    words that mean it.
    """

    path: str
    type: str
    labels: Mapping[str, str]
    synonyms: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    help: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class FurtherTable:
    """A further sheet that a form asks for, its rows tied to a shipment by reference.

    `sheets` is the sheet's name by language; `columns` are fields with paths below `tables.<name>`. With
    `tied_by`, a field by which shipments are gathered, the rows belong to the paper of all shipments that
    have its value.
    """

    name: str
    sheets: Mapping[str, str]
    synonyms: tuple[str, ...]
    columns: tuple[ExtraField, ...]
    help: str = ""
    tied_by: str = ""


def own_types(
    extras: Iterable[ExtraField], tables: Iterable[FurtherTable], *, gathers: bool
) -> dict[str, str]:
    """The type of each field that a form has beside the consignment's, by path.

    On a paper of several shipments each product line and table row also knows its shipment's reference.
    """
    tables = tuple(tables)
    types = {item.path: item.type for item in extras}
    types |= {column.path: column.type for table in tables for column in table.columns}
    if gathers:
        types["products.extra.shipment"] = "text"
        types |= {f"tables.{table.name}.shipment": "text" for table in tables}
    return types
