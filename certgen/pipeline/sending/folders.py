"""What an exporter sends its certifier: for each consignment a folder of papers, workbook and enclosures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from certgen.forms.model import Form
from certgen.forms.paper import Paper
from certgen.pipeline.files import has_content, in_the_way, read_file, safe_name, write_files
from certgen.pipeline.identity import fold
from certgen.pipeline.order import CertificateResult, Order, Sent
from certgen.pipeline.papers.making import Candidate
from certgen.pipeline.sending.enclosures import LIST_NAME, is_about, read_hashes, write_list

LONGEST_FOLDER_NAME_BYTES = 80
"""Windows holds 260 characters of path; the names of the papers inside need most of them."""
Key = tuple[str, str]
"""Exporter and reference, folded: what a consignment is known by."""


@dataclass(slots=True)
class FolderToSend:
    """The folder of one consignment, before it is filled.

    `workbooks` (as they were read) and `issued` (papers of the exporter's own series) are copied to these
    places. `known` are the hashes of what an earlier run laid there, by name. `obstacle` says why the folder
    cannot be filled, "" if it can.
    """

    consignment: str
    exporter: str
    path: Path
    workbooks: dict[Path, bytes] = field(default_factory=dict)
    issued: dict[Path, bytes] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)
    obstacle: str = ""

    @property
    def list_path(self) -> Path:
        return self.path / LIST_NAME

    def may_replace(self, path: Path) -> bool:
        """Whether the file there is what an earlier run laid, and nobody has changed it since."""
        return path.is_file() and has_content(path, self.known.get(path.name, ""))


def plan_folders(
    candidates: Sequence[Candidate], order: Order, numbered: Iterable[CertificateResult]
) -> dict[Key, FolderToSend]:
    """A folder below `--out` for each consignment of these drafts, requests and worksheets, named by its
    reference; none unless the profile is an exporter's or it is asked for. `numbered` are the papers that the
    profile issued itself.
    """
    if not order.lays_folders or not candidates:
        return {}
    folders: dict[Key, FolderToSend] = {}
    read = dict(_read_again(order.workbooks))
    for candidate in candidates:
        key = key_of(candidate.paper)
        if key not in folders:
            folders[key] = _new_folder(candidate.paper, order.out, folders.values())
        _add_workbook(folders[key], candidate, read)
    for result in numbered:
        folder = folders.get((fold(result.exporter), fold(result.consignment)))
        if folder and result.path:
            folder.issued[folder.path / result.path.name] = read_file(result.path)
    for folder in folders.values():
        folder.obstacle = folder.obstacle or _find_obstacle(folder)
    return folders


def key_of(paper: Paper) -> Key:
    """What a paper's consignment is known by."""
    return fold(paper.consignment.exporter.name), fold(paper.consignment.name)


def lay_folders(
    folders: Mapping[Key, FolderToSend],
    papers: Sequence[tuple[Paper, CertificateResult]],
    forms: Iterable[Form],
) -> tuple[Sent, ...]:
    """Put workbook, copies and list beside the papers made; raises OutputError.

    A folder in which nothing was made is left alone. `forms` are those installed.
    """
    if not folders:
        return ()
    telling = [form.id for form in forms if any(box.in_enclosures for box in form.boxes)]
    of_folder: dict[Key, list[tuple[Paper, CertificateResult]]] = {}
    for paper, result in papers:
        of_folder.setdefault(key_of(paper), []).append((paper, result))
    return tuple(
        _lay(folder, of_folder[key], telling)
        for key, folder in folders.items()
        if any(result.path and result.path.parent == folder.path for _, result in of_folder[key])
    )


def _lay(
    folder: FolderToSend, papers: Sequence[tuple[Paper, CertificateResult]], telling: Sequence[str]
) -> Sent:
    copies = {**folder.workbooks, **folder.issued}
    hashes = {path.name: sha256(content).hexdigest() for path, content in copies.items()}
    made = [result.path for _, result in papers if result.path and result.path.parent == folder.path]
    told = write_list(papers, [path.name for path in folder.workbooks], hashes, folder.path, telling)
    wanted = {**copies, folder.list_path: told}
    write_files([(path, content) for path, content in wanted.items() if not _holds(path, content)])
    return Sent(
        folder.consignment,
        folder.exporter,
        folder.path,
        (*made, *folder.issued),
        tuple(folder.workbooks),
        folder.list_path,
    )


def _new_folder(paper: Paper, out: Path, others: Iterable[FolderToSend]) -> FolderToSend:
    """Named by the reference, with a number where another consignment has that folder already."""
    name, exporter = paper.consignment.name, paper.consignment.exporter.name
    plain = safe_name(name, LONGEST_FOLDER_NAME_BYTES)
    taken = {folder.path.name.casefold() for folder in others}
    number, path = 1, out / plain
    while path.name.casefold() in taken or not is_about(path / LIST_NAME, name, exporter):
        number += 1
        path = out / f"{plain} ({number})"
    return FolderToSend(name, exporter, path, known=read_hashes(path / LIST_NAME))


def _read_again(workbooks: Iterable[Path]) -> Iterable[tuple[str, tuple[str, bytes]]]:
    """Each workbook by its hash; one that is gone by now is missed where it is needed."""
    for path in workbooks:
        with suppress(OSError):
            content = path.read_bytes()
            yield sha256(content).hexdigest(), (path.name, content)


def _add_workbook(folder: FolderToSend, candidate: Candidate, read: Mapping[str, tuple[str, bytes]]) -> None:
    """The workbook of a paper, byte for byte as it was read."""
    if candidate.input_sha256 not in read:
        folder.obstacle = f"{candidate.workbook} was changed while it was read. Run again"
        return
    name, content = read[candidate.input_sha256]
    place = folder.path / safe_name(name)
    if place == folder.list_path or folder.workbooks.setdefault(place, content) != content:
        folder.obstacle = f"two files would be called {place.name}. Rename the workbook and run again"


def _find_obstacle(folder: FolderToSend) -> str:
    """Why the folder cannot be filled: something else stands where the list or a copy goes."""
    if folder.list_path.exists() and not folder.known:
        return in_the_way(folder.list_path)
    for path, content in {**folder.workbooks, **folder.issued}.items():
        if path.exists() and not _holds(path, content) and not folder.may_replace(path):
            return in_the_way(path)
    return ""


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and has_content(path, sha256(content).hexdigest())
