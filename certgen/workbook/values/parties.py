"""Companies and control bodies, from one cell or from a cell for each part, one or several."""

from __future__ import annotations

import re
from collections.abc import Mapping

from certgen.consignment import ControlBody, Country, Party
from certgen.forms.value_words import Words
from certgen.workbook.entries import Entry, Notebook
from certgen.workbook.folding import squeeze
from certgen.workbook.grid import CellKind
from certgen.workbook.values.codes import read_codes, read_eori
from certgen.workbook.values.places import Places
from certgen.workbook.values.texts import read_text, split_parties

_BOOLEANS = frozenset({"TRUE", "FALSE"})  # as a CSV file holds them
Parts = Mapping[str, Entry]
"""The filled cells of one party by part: `name`, `address`, `country`, `eori`, `code`, or empty for all."""


class Parties:
    """Reads parties; made once for a workbook."""

    def __init__(self, words: Words, places: Places) -> None:
        self._suffixes = {squeeze(word) for word in words.company_suffixes}
        self._code = re.compile(words.control_body_code)
        self._places = places

    def read_party(self, parts: Parts, notes: Notebook) -> Party:
        """One company; its country comes from its own cell, else from the end of its address."""
        _doubt_words(parts, notes)
        name, address = self._read_name(parts, notes)
        return Party(
            name=name,
            address=address,
            country=self._read_country(parts, address, notes),
            eori=read_eori(parts["eori"], notes) if "eori" in parts else "",
        )

    def read_parties(self, parts: Parts, notes: Notebook) -> list[Party]:
        """Several companies: names, addresses and countries in the same order."""
        _doubt_words(parts, notes)
        names, addresses = self._read_names(parts, notes)
        countries: list[Country | None] = []
        if "country" in parts:
            countries.extend(self._places.read_countries(parts["country"], notes))
        if len(countries) != len(names):
            countries = [self._places.find_in_address(address) for address in addresses]
        return [
            Party(name, address, country)
            for name, address, country in zip(names, addresses, countries, strict=True)
        ]

    def read_control_bodies(self, parts: Parts, notes: Notebook) -> list[ControlBody]:
        """Several control bodies; a code may stand in a cell of its own or within the text."""
        _doubt_words(parts, notes)
        codes = read_codes(parts["code"], notes) if "code" in parts else []
        if not any(part in parts for part in ("", "name", "address")):
            return [ControlBody(code=code) for code in codes]
        if "" in parts and "name" not in parts and not codes:
            return self._read_written_bodies(parts, notes)
        names, addresses = self._read_names(parts, notes)
        if codes and len(codes) != len(names):
            notes.tell("CG260", parts["code"], one=len(names), other=len(codes), what="codes")
            codes = []
        codes = codes or [""] * len(names)
        return [ControlBody(*body) for body in zip(names, addresses, codes, strict=True)]

    def _read_written_bodies(self, parts: Parts, notes: Notebook) -> list[ControlBody]:
        whole = parts[""]
        bodies = []
        for text in split_parties(read_text(whole, notes)):
            found = self._code.search(text)
            rest = _without(text, found[0]) if found else text
            name, address = self._divide(rest, whole, notes)
            if "address" in parts:
                name, address = self._beside_address(rest, read_text(parts["address"], notes), parts, notes)
            bodies.append(ControlBody(name, address, found[0] if found else ""))
        return bodies

    def _read_name(self, parts: Parts, notes: Notebook) -> tuple[str, str]:
        address = read_text(parts["address"], notes) if "address" in parts else ""
        if "name" in parts:
            name = read_text(parts["name"], notes)
            return name, self._one_address(address, self._address_within(name, parts, notes), parts, notes)
        if "" not in parts:
            return "", address
        whole = read_text(parts[""], notes)
        if address:
            return self._beside_address(whole, address, parts, notes)
        return self._divide(whole, parts[""], notes)

    def _beside_address(self, whole: str, address: str, parts: Parts, notes: Notebook) -> tuple[str, str]:
        """A party whose address has a cell of its own, though its first cell may tell one too.

        What follows the first comma of a name may be the name's as well, unless it reads as a whole address.
        """
        name, within = self._divide(whole, parts[""], Notebook())
        if "\n" not in whole and "," not in within and not _is_part_of_other(address, within):
            return whole, address
        return name, self._one_address(address, within, parts, notes)

    def _one_address(self, own: str, within: str, parts: Parts, notes: Notebook) -> str:
        """The address of a cell of its own, else the one in the party's cell; a finding where they differ."""
        if own and within and not _is_part_of_other(own, within):
            notes.tell("CG162", parts["address"], other=within, place=parts[""].name)
        return own or within

    def _address_within(self, name: str, parts: Parts, notes: Notebook) -> str:
        """The address in a cell for both, beside a cell for the name; a finding where the names differ."""
        if "" not in parts:
            return ""
        whole = read_text(parts[""], notes)
        if not whole.startswith(name):
            notes.tell("CG162", parts[""], other=name, place=parts["name"].name)
            return ""
        return whole.removeprefix(name).strip(" ,;\n")

    def _read_names(self, parts: Parts, notes: Notebook) -> tuple[list[str], list[str]]:
        """Names and addresses, as many of each; a finding where their numbers differ."""
        addresses = split_parties(read_text(parts["address"], notes)) if "address" in parts else []
        whole = parts.get("name") or parts.get("")
        names = split_parties(read_text(whole, notes)) if whole else []
        _tell_other_names(names, parts, notes)
        if not addresses and whole and "name" not in parts:
            divided = [self._divide(name, whole, notes) for name in names]
            return [name for name, _ in divided], [address for _, address in divided]
        if len(names) == 1 and len(addresses) > 1 and not _is_divided(parts["address"]):
            addresses = [read_text(parts["address"], notes)]
        if addresses and len(names) != len(addresses):
            notes.tell("CG260", parts["address"], one=len(names), other=len(addresses), what="addresses")
            addresses = []
        if addresses and "" in parts and "name" not in parts:
            divided = [
                self._beside_address(name, address, parts, notes)
                for name, address in zip(names, addresses, strict=True)
            ]
            names = [name for name, _ in divided]
        return names, addresses or [""] * len(names)

    def _read_country(self, parts: Parts, address: str, notes: Notebook) -> Country | None:
        if "country" in parts:
            return self._places.read_country(parts["country"], notes, address, is_place=True)
        where = parts.get("address") or parts.get("") or parts.get("name")
        return self._places.find_in_address(address, where, notes)

    def _divide(self, text: str, entry: Entry, notes: Notebook) -> tuple[str, str]:
        """Name and address of one cell: at the first line break, else at the comma before the address."""
        name, _, address = text.partition("\n")
        if address.strip():
            return name.strip(" ,"), address.strip()
        pieces = text.split(",")
        taken = 1
        while taken < len(pieces) and squeeze(pieces[taken]) in self._suffixes:
            taken += 1
        name, address = ",".join(pieces[:taken]).strip(), ",".join(pieces[taken:]).strip()
        if not address or not (any(map(str.isdigit, address)) or self._places.find_in_address(address)):
            return text, ""
        notes.tell("CG261", entry, name=name, address=address)
        return name, address


def _doubt_words(parts: Parts, notes: Notebook) -> None:
    """A warning for each name or address that nobody has: no letters, a date, a yes or no."""
    for part in ("", "name", "address"):
        if part in parts and not _holds_words(parts[part]):
            notes.tell("CG262", parts[part])


def _holds_words(entry: Entry) -> bool:
    is_typed = entry.cell is not None and entry.cell.kind in (CellKind.BOOLEAN, CellKind.DATE)
    return not is_typed and entry.text not in _BOOLEANS and any(map(str.isalpha, entry.text))


def _tell_other_names(names: list[str], parts: Parts, notes: Notebook) -> None:
    """A finding where a cell for names and a cell for whole parties name different ones ("Grower")."""
    if "" not in parts or "name" not in parts:
        return
    wholes = split_parties(read_text(parts[""], Notebook()))
    is_same = len(wholes) == len(names)
    if not is_same or not all(whole.startswith(name) for whole, name in zip(wholes, names, strict=True)):
        notes.tell("CG162", parts[""], other="; ".join(names), place=parts["name"].name)


def _is_part_of_other(one: str, other: str) -> bool:
    """Whether two addresses are the same, save that one may say more (its country)."""
    one, other = squeeze(one), squeeze(other)
    return one in other or other in one


def _is_divided(address: Entry) -> bool:
    """Whether a cell parts its addresses by a semicolon; a blank line may stand within one address."""
    return ";" in address.text or "；" in address.text


def _without(text: str, code: str) -> str:
    """The rest of a control body's text when its code has been taken out, without what held it."""
    rest = re.sub(rf"\s*[(\[,;:–-]?\s*{re.escape(code)}\s*[)\]]?", "", text, count=1)
    return "\n".join(line.strip(" ,") for line in rest.split("\n") if line.strip(" ,"))
