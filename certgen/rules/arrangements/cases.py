"""Trials of the arrangements as data: consignments with the papers they owe, in `arrangements/cases/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from certgen.consignment import Consignment, as_plain, consignment_from_plain
from certgen.errors import FormError
from certgen.rules.arrangements.judging import Judgement, judge_trade
from certgen.rules.arrangements.load import find_arrangements_folder
from certgen.rules.arrangements.model import Arrangements
from certgen.rules.arrangements.records import Several
from certgen.toml_file import Field, Record, Words, load_toml

_COUNTRIES = ("country_of_production", "country_of_processing", "packed_in")


class TradeCase(Record):
    """One trial: a consignment, and what is to be said of it.

    Countries are written by their codes; `line`, or each of `lines`, changes the line of the file, `shipment`
    gives other fields. `told` are the scope rules that are broken, in their order.
    """

    name: Words
    origin: Words = Field(alias="from")
    to: Words
    day: date | None = None
    shipment: dict[str, Any] = Field(default_factory=dict)
    line: dict[str, Any] = Field(default_factory=dict)
    lines: Annotated[tuple[dict[str, Any], ...], Field(strict=False)] = ()
    applied: Several
    verdict: Words
    papers: Several = ()
    told: Several = ()
    minds: Several = ()
    nothing_owed: Several = ()
    ends_soon: bool = False


class TradeCasesFile(Record):
    """`cases/*.toml`: `[line]` is the product line that every case of the file starts from."""

    line: dict[str, Any]
    day: date
    case: Annotated[tuple[TradeCase, ...], Field(strict=False, min_length=1)]


@dataclass(frozen=True, slots=True)
class TradeTrial:
    """How one case came out: what was to be said, and what was."""

    case: TradeCase
    expected: Mapping[str, Any]
    found: Mapping[str, Any]
    judgement: Judgement


def run_trade_cases(arrangements: Arrangements, folder: Path | None = None) -> list[TradeTrial]:
    """Try the arrangements on every case; raises FormError for a case that cannot be built."""
    folder = folder or find_arrangements_folder() / "cases"
    trials: list[TradeTrial] = []
    for path in sorted(folder.glob("*.toml")):
        file = load_toml(path, TradeCasesFile, FormError)
        trials += [_try(case, file, arrangements, path) for case in file.case]
    return trials


def _try(case: TradeCase, file: TradeCasesFile, arrangements: Arrangements, path: Path) -> TradeTrial:
    try:
        consignment = _consignment(case, file, arrangements)
    except (AttributeError, LookupError, TypeError, ValueError, ArithmeticError) as error:
        raise FormError(f"{path}: case {case.name!r} cannot be built: {error}.") from error
    judgement = judge_trade(consignment, arrangements, case.day or file.day)
    expected = {
        "applied": sorted(case.applied),
        "verdict": case.verdict,
        "papers": list(case.papers),
        "told": list(case.told),
        "nothing_owed": list(case.nothing_owed),
        "ends_soon": case.ends_soon,
    }
    return TradeTrial(case, expected, _found(judgement), judgement)


def _found(judgement: Judgement) -> dict[str, Any]:
    return {
        "applied": sorted(entry.id for entry in judgement.applied),
        "verdict": str(judgement.verdict),
        "papers": [owed.paper.id for owed in judgement.owed],
        "told": [told.rule.id for told in judgement.told],
        "nothing_owed": [answer.id for answer in judgement.nothing_owed],
        "ends_soon": bool(judgement.ending),
    }


def _consignment(case: TradeCase, file: TradeCasesFile, arrangements: Arrangements) -> Consignment:
    lines = case.lines or (case.line,)
    data = {
        "reference": "case",
        "departure_date": case.day or file.day,
        "country_of_export": _country(case.origin, arrangements),
        "countries_of_origin": [_country(case.origin, arrangements)],
        "country_of_destination": _country(case.to, arrangements),
        **{key: _shipment_value(key, value, arrangements) for key, value in case.shipment.items()},
        "products": [_line({**file.line, **line}, arrangements) for line in lines],
    }
    return consignment_from_plain(as_plain(data))


def _line(line: Mapping[str, Any], arrangements: Arrangements) -> dict[str, Any]:
    """A product line; an empty country is one that the sheet does not say."""
    found = {key: _line_value(key, value, arrangements) for key, value in line.items()}
    return {key: value for key, value in found.items() if value is not None}


def _line_value(key: str, value: Any, arrangements: Arrangements) -> Any:
    if key == "extra":
        return _line(value, arrangements)
    return _country(value, arrangements) if key in _COUNTRIES else value


def _shipment_value(key: str, value: Any, arrangements: Arrangements) -> Any:
    if key == "countries_of_origin":
        return [_country(code, arrangements) for code in value]
    return _country(value, arrangements) if key.startswith("country_of_") else value


def _country(code: str, arrangements: Arrangements) -> dict[str, str] | None:
    return {"name": arrangements.codes["countries"][code]["name"], "code": code} if code else None
