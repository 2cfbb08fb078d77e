"""What the user confirmed of a workbook's headers, kept beside it (`shipment.xlsx.map.toml`)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from certgen.errors import OutputError, UsageError
from certgen.toml_file import Field, Record, load_toml


class SavedMaps(Record):
    """Header as written in the workbook -> field path or label."""

    columns: dict[str, str] = Field(default_factory=dict)


def maps_file(workbook: Path) -> Path:
    """Where the confirmed meanings of a workbook's headers are kept."""
    return workbook.parent / f"{workbook.name}.map.toml"


def recall_maps(workbooks: tuple[Path, ...]) -> dict[str, str]:
    """The meanings confirmed earlier, by header; raises UsageError for a file that is no longer right."""
    meanings: dict[str, str] = {}
    for workbook in workbooks:
        source = maps_file(workbook)
        if source.is_file():
            meanings |= load_toml(source, SavedMaps, UsageError).columns
    return meanings


def save_maps(workbooks: tuple[Path, ...], typed: Mapping[str, str]) -> None:
    """Keep what was just confirmed beside each workbook that there is."""
    for workbook in filter(Path.is_file, workbooks):
        target = maps_file(workbook)
        known = load_toml(target, SavedMaps, UsageError).columns if target.is_file() else {}
        lines = [f"{_quoted(header)} = {_quoted(field)}" for header, field in {**known, **typed}.items()]
        try:
            target.write_text("[columns]\n" + "\n".join(lines) + "\n", encoding="utf-8")
        except OSError as error:
            raise OutputError(
                f"{target}: the meaning of the column cannot be saved here ({error.strerror}). "
                "Make the folder writable, or rename the header in the workbook."
            ) from error


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return (
        '"' + "".join(letter if letter.isprintable() else f"\\u{ord(letter):04X}" for letter in escaped) + '"'
    )
