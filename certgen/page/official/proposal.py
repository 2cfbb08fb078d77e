"""What a field is likely to be: its name, its tooltip or the words beside it, held against the vocabulary."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from certgen.errors import FormError
from certgen.forms.language.expressions import compile_condition, compile_template
from certgen.forms.language.kinds import make_scope
from certgen.forms.vocabulary import Field, Vocabulary
from certgen.page.official.fields import BlankField, FieldKind
from certgen.page.official.labels import tidy

_ISSUE_WORDS = {
    "issue.serial": (
        *("certificate number", "certificate no", "serial number", "serial no", "certificate serial number"),
        *("certificate reference number", "document number", "numéro du certificat", "Zertifikatsnummer"),
    ),
    "products | total_net": ("total net weight", "total net mass", "net weight total", "poids net total"),
    "issue.signatory": (
        *("name of authorised signatory", "name of authorized signatory", "name and title of signatory"),
        *("signatory", "name of signatory", "authorised signatory", "authorized signatory", "signed by"),
        *("name of authorised person", "name of authorized officer", "signataire"),
    ),
    "issue.issue_date | date": (
        *("date of issue", "issue date", "issued on", "date issued", "certificate date"),
        *("date d'émission", "Ausstellungsdatum", "fecha de emisión", "発行日"),
    ),
}
_TOTAL_NET = "{{ products | total_net }}"
_WHOLES = frozenset({"party", "parties", "control-body", "control-bodies"})
_FILTERS = {
    "party": "block", "control-body": "block", "date": "date", "mass": "mass", "packages": "packages",
    "list": "join", "codes": "join", "choices": "join",
}  # fmt: skip
_NAME = "its name"
_LISTS = {"products": "product", "producers": "producer", "control_bodies": "body"}
_NAME_PREFIX = re.compile(r"^(?:txt|text|fld|field|tf|cb|chk|check|dd|ddl|rb|lst|box|form)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A field's words or condition in the form language, the consignment field, and what it was told by.

    The field is empty for what the issuer adds.
    """

    source: str
    path: str
    because: str

    @property
    def is_whole_list(self) -> bool:
        """Whether it says all lines of goods (or whatever is a list of things) in one place."""
        return self.source.startswith("{% for")

    @property
    def is_of_lines(self) -> bool:
        """Whether it says something of each line of goods, or of a single one."""
        return self.is_whole_list or re.match(r"{{ products\[", self.source) is not None


@dataclass(frozen=True, slots=True)
class _Known:
    """What a word in the vocabulary stands for: a field, or one of the choices of a field."""

    field: Field | None
    source: str
    choice: str = ""


class Proposer:
    """Finds proposals for the fields of one blank."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._small = frozenset(_fold(" ".join(vocabulary.words.small)))
        self._numbers = frozenset(_fold(" ".join(vocabulary.words.number)))
        self._known: dict[tuple[str, ...], _Known] = {}
        self._choices: dict[tuple[str, ...], _Known] = {}
        self._scope = make_scope()
        for source, words in _ISSUE_WORDS.items():
            self._learn(self._known, words, _Known(None, source))
        for field in vocabulary.fields:
            self._learn(self._known, field.labels.values(), _Known(field, ""))
            for synonyms in field.synonyms.values():
                self._learn(self._known, synonyms, _Known(field, ""))
        self._learn_parts(vocabulary)
        for field in vocabulary.fields:
            for key, said in field.choices.items():
                self._learn(self._choices, [key, *said], _Known(field, "", key))

    def propose(self, field: BlankField, labels: Sequence[str]) -> Proposal | None:
        """What a field is to say; `labels` are the words beside it."""
        for because, text in _evidence(field, labels):
            known = self._known.get(self._key(text))
            row = _row_of(field.name) if because == _NAME else 0
            proposal = self._checked(_source(known, row), known, because) if known is not None else None
            if proposal is not None:
                return proposal
        return None

    def propose_row(self, titles: Sequence[str], row: int) -> Proposal | None:
        """What a field in a row (from 1) of a column with this title is to say, where that is of several."""
        for title in map(tidy, titles):
            for form in (title, _bare(title)):
                known = self._known.get(self._key(form))
                if known is not None and known.field is not None and _is_of_several(known.field):
                    return self._checked(_source(known, row), known, "the title of its column")
        return None

    def propose_total(self, titles: Sequence[str]) -> Proposal | None:
        """What a field at the foot of a column with this title is to say, if it is summed."""
        lines = self.propose_row(titles, 1)
        is_net = lines is not None and lines.path == "products.net_mass"
        return Proposal(_TOTAL_NET, "products.net_mass", "the title of its column") if is_net else None

    def propose_option(self, field: BlankField, option: str, labels: Sequence[str]) -> Proposal | None:
        """When a tick or radio button is set; `labels` are the words beside this very button."""
        told = [("the words beside it", label) for label in labels]
        told = [*told, *_evidence(field, ())] if len(field.options) == 1 else [("its option", option), *told]
        for because, text in told:
            known = self._choices.get(self._key(text))
            if known is None or known.field is None:
                continue
            path = known.field.path
            is_one_of = known.field.type == "choices"
            source = f"'{known.choice}' in {path}" if is_one_of else f"{path} == '{known.choice}'"
            proposal = self._checked(source, known, because, is_condition=True)
            if proposal is not None:
                return proposal
        return None

    def propose_label(self, label: str) -> Proposal | None:
        """What stands beside these words on a blank without fields."""
        known = self._known.get(self._key(tidy(label)))
        return self._checked(_source(known, 0), known, "its label") if known is not None else None

    def _learn(self, into: dict[tuple[str, ...], _Known], words: Iterable[str], known: _Known) -> None:
        for word in words:
            for form in (word, _bare(word)):
                key = self._key(form)
                if key:
                    into.setdefault(key, known)

    def _learn_parts(self, vocabulary: Vocabulary) -> None:
        """The name, address, … of a party by every word for the party: `Seller address`."""
        for whole in vocabulary.fields:
            if whole.type not in _WHOLES:
                continue
            wholes = [*whole.labels.values(), *(word for said in whole.synonyms.values() for word in said)]
            for part, words in vocabulary.words.parts.items():
                field = vocabulary.find(f"{whole.path}.{part}")
                if field is not None:
                    joined = [f"{word} {said}" for word in map(_bare, wholes) for said in words]
                    self._learn(self._known, joined, _Known(field, ""))

    def _key(self, text: str) -> tuple[str, ...]:
        """The words of a label in any order: `Exporter name` is `Name of the exporter`."""
        words = ("#" if word in self._numbers else word for word in _fold(text) if word not in self._small)
        return tuple(sorted(words))

    def _checked(
        self, source: str, known: _Known, because: str, *, is_condition: bool = False
    ) -> Proposal | None:
        """The proposal, if the form language takes it."""
        compile_source = compile_condition if is_condition else compile_template
        try:
            compile_source(source, "proposal", self._scope)
        except FormError:
            return None
        path = known.field.path if known.field is not None else known.source.partition(" | ")[0]
        return Proposal(source, "" if path.startswith("issue.") else path, because)


def _evidence(field: BlankField, labels: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What may tell a field, the surest first; each also without what stands in brackets."""
    told = [("its tooltip", tidy(field.tooltip)), *((_NAME, name) for name in _names(field.name))]
    told += [("the words beside it", tidy(label)) for label in labels]
    told += [(because, part) for because, text in told if "/" in text for part in text.split("/")]
    for because, text in told:
        for form in (text, _bare(text)):
            if form.strip():
                yield because, form


def _is_of_several(field: Field) -> bool:
    """Whether a field belongs to lines of goods, or to another list that rows can show one by one."""
    return field.path.partition(".")[0] in _LISTS or field.type == "list"


def _bare(text: str) -> str:
    """Words without what stands in brackets."""
    return re.sub(r"[(（][^)）]*[)）]?", "", text)


def _names(name: str) -> Iterator[str]:
    """A field's name as words: its last part, then with the part before it (`exporter.name`)."""
    parts = [part for part in (_words_of(part) for part in name.split(".")) if part]
    if not parts:
        return
    if len(parts) > 1:
        yield f"{parts[-2]} {parts[-1]}"
    yield parts[-1]


def _words_of(part: str) -> str:
    """`txtExporterName_2[0]` as `Exporter Name`."""
    part = re.sub(r"\[\d+\]", "", part)
    part = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", part)
    part = re.sub(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])", " ", part)
    part = re.sub(r"[\W_]+", " ", part).strip()
    part = _NAME_PREFIX.sub("", part).strip()
    words = [word for word in part.split() if not word.isdigit()]
    kept = [word for word in words if word.casefold() not in {"row", "line", "ligne", "zeile"}]
    return " ".join(kept or words)


def _row_of(name: str) -> int:
    """Which line of goods (or which of several) a field belongs to, from 1; 0 when its name has no number."""
    found = re.findall(r"(?<!\d)(\d{1,2})(?!\d)", re.sub(r"\[\d+\]", "", name))
    return int(found[-1]) if found else 0


def _source(known: _Known, row: int) -> str:
    """The text of a field in the form language."""
    if known.field is None:
        return "{{ " + known.source + " }}"
    path, kind = known.field.path, known.field.type
    root, _, rest = path.partition(".")
    if root not in _LISTS:
        return "{{ " + (f"{path}[{row - 1}]" if row and kind == "list" else _printed(path, kind)) + " }}"
    if row:
        item = f"{root}[{row - 1}]"
        return "{{ " + _printed(f"{item}.{rest}" if rest else item, kind) + " }}"
    item = _LISTS[root]
    words = "{{ " + _printed(f"{item}.{rest}" if rest else item, kind) + " }}"
    return f"{{% for {item} in {root} %}}{words}{{% if not loop.last %}}\n{{% endif %}}{{% endfor %}}"


def _printed(path: str, kind: str) -> str:
    if kind == "country":
        return f"{path}.name"
    if kind == "countries":
        return f"{path}.name" if path.count(".") else f"{path} | each('name') | join"
    if kind in {"parties", "control-bodies"}:
        return f"{path} | block"
    if kind == "codes" and path.count("."):
        return path
    return f"{path} | {_FILTERS[kind]}" if kind in _FILTERS else path


def _fold(text: str) -> list[str]:
    """The words of a text without case, accents and signs."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    bare = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", plain))
    return re.findall(r"[^\W_]+|#", unicodedata.normalize("NFC", bare))


def takes_words(field: BlankField) -> bool:
    """Whether a field is written in, rather than ticked."""
    return field.kind not in {FieldKind.TICK, FieldKind.RADIO}
