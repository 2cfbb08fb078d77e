"""Papers that take no number: drafts, requests and worksheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from certgen.errors import PageError
from certgen.pipeline.files import (
    in_the_way,
    output_name_of,
    prepare_folder,
    read_file,
    safe_name,
    write_files,
)
from certgen.pipeline.order import CertificateResult, Order, Surroundings
from certgen.pipeline.papers.making import Candidate
from certgen.pipeline.press import Printed, Printer
from certgen.pipeline.results import result_of
from certgen.pipeline.sending.folders import FolderToSend, Key, key_of

GROUP_SIZE = 100
PRODUCER_MARK = b"certgen"


def make_unnumbered(
    candidates: Sequence[Candidate],
    order: Order,
    surroundings: Surroundings,
    press: Printer,
    folders: Mapping[Key, FolderToSend],
) -> list[CertificateResult]:
    """Print and write papers without a number, in the order given, each into its folder to send.

    What has none goes to `--out`. A draft replaces the draft that an earlier run left at the same place, and
    in a folder to send every paper what the list there knows; any other file is left and the paper fails.
    """
    if candidates:
        prepare_folder(order.out)
    results: list[CertificateResult] = []
    names, plain = file_names(candidates), FolderToSend("", "", order.out)
    for start in range(0, len(candidates), GROUP_SIZE):
        group = candidates[start : start + GROUP_SIZE]
        printed = press.print_all([candidate.paper for candidate in group])
        for candidate, name, sheets in zip(group, names[start:], printed, strict=False):
            folder = folders.get(key_of(candidate.paper), plain)
            results.append(_write(candidate, folder, name, sheets))
        surroundings.progress(len(results), len(candidates))
    return results


def _write(
    candidate: Candidate, folder: FolderToSend, name: str, printed: Printed | PageError
) -> CertificateResult:
    if isinstance(printed, PageError):
        return result_of(candidate.paper, "failed", reason=str(printed), exit_code=6)
    if folder.obstacle:
        return result_of(candidate.paper, "failed", reason=folder.obstacle, exit_code=9)
    path = folder.path / name
    if not folder.path.is_dir():
        prepare_folder(folder.path)
    is_draft = bool(candidate.draft_reason)
    if path.exists() and not (_may_replace(path, printed, is_draft=is_draft) or folder.may_replace(path)):
        return result_of(candidate.paper, "failed", reason=in_the_way(path), exit_code=9)
    write_files([(path, printed.pdf)])
    status = "draft" if candidate.draft_reason else "made"
    return result_of(candidate.paper, status, printed=printed, path=path, reason=candidate.draft_reason)


def _may_replace(path: Path, printed: Printed, *, is_draft: bool) -> bool:
    if not path.is_file():
        return False
    content = read_file(path)
    return content == printed.pdf or (is_draft and content.startswith(b"%PDF") and PRODUCER_MARK in content)


def file_names(candidates: Sequence[Candidate]) -> list[str]:
    """A name for each, told apart by a number where two would be the same."""
    names: list[str] = []
    taken: set[str] = set()
    for candidate in candidates:
        consignment, form = candidate.paper.consignment, candidate.paper.form
        words = ["DRAFT", form.id, consignment.name, candidate.paper.part, consignment.exporter.name]
        plain = (
            safe_name(" ".join(word for word in words if word))
            if candidate.draft_reason
            else safe_name(output_name_of(candidate.paper).removesuffix(".pdf"))
        )
        name = next(
            name
            for name in (plain, *(f"{plain} ({number})" for number in range(2, len(candidates) + 2)))
            if name.casefold() not in taken
        )
        taken.add(name.casefold())
        names.append(f"{name}.pdf")
    return names
