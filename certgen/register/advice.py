"""What to say of a register's place before it is used."""

from __future__ import annotations

from pathlib import Path

from certgen.errors import RegisterError
from certgen.findings import Finding, make_finding
from certgen.register.place import is_on_network_share, is_on_server, path_of, real_path


def find_network_share(url: str) -> Finding | None:
    """A warning when the register lies where SQLite's locks cannot be relied on."""
    if is_on_server(url):
        return None
    path = path_of(url)
    return make_finding("CG701", path=path) if is_on_network_share(path) else None


def check_apart(url: str, output_folder: Path) -> None:
    """Raises RegisterError when the register lies inside the output folder, which people empty and send."""
    if is_on_server(url):
        return
    path, folder = real_path(path_of(url)), real_path(output_folder)
    if path.is_relative_to(folder):
        raise RegisterError(
            f"The register {path} lies inside the output folder {folder}, where it could be deleted or sent "
            "with the certificates. Name another place with --register or under [register] in the profile."
        )
