"""Who runs certgen here, and whether a run of this machine still lives."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from certgen.register.records import Owner

_PROC = Path("/proc")
_ENDED = frozenset("ZXx")
_UNKNOWN = "?"
_WINDOWS_MAY_ASK = 0x1000
_WINDOWS_STILL_ACTIVE = 259


def this_owner(command: str, version: str) -> Owner:
    """The running process, as the register names it."""
    process = os.getpid()
    started = "/".join((_boot(), _namespace(), _start_of(process) or _UNKNOWN))
    return Owner(machine_name(), process, started, _user_name(), command, version)


def is_alive(owner: Owner) -> bool:
    """Whether this run still lives; for a run of another machine, or when in doubt, the answer is yes.

    Containers may share a machine's name but not its process numbers, so only a run of the same process
    namespace can be looked for; a machine that was started anew has none of its old runs.
    """
    if owner.machine != machine_name() or owner.started.count("/") != 2:
        return True
    boot, namespace, start = owner.started.split("/")
    if boot != _boot():
        return False
    if namespace != _namespace():
        return True
    now = _start_of(owner.process)
    return now is not None and (now == start or _UNKNOWN in (now, start))


def machine_name() -> str:
    """The name this machine has in the network."""
    import socket  # noqa: PLC0415 - only where the register is written

    return socket.gethostname()


def _user_name() -> str:
    import getpass  # noqa: PLC0415 - only where the register is written

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return f"user {os.getuid()}" if hasattr(os, "getuid") else _UNKNOWN


def _boot() -> str:
    """What changes when the machine is started anew; empty where the system does not say."""
    try:
        return (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _namespace() -> str:
    """Among which processes a process number counts; empty where there is only one such set."""
    try:
        return str((_PROC / "self/ns/pid").readlink())
    except OSError:
        return ""


def _start_of(process: int) -> str | None:
    """When a process started, in the system's own words; None when there is none of this number."""
    if sys.platform == "win32":
        return _start_on_windows(process)
    if not _exists(process):
        return None
    if (_PROC / "self/stat").exists():
        return _start_on_linux(process)
    return _start_by_ps(process)


def _exists(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _start_on_linux(process: int) -> str | None:
    """Field 22 of `/proc/PID/stat`, in ticks since the boot (proc_pid_stat(5)); field 3 is the state."""
    try:
        stat = (_PROC / str(process) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return _UNKNOWN
    state, *fields = stat.rpartition(")")[2].split()
    return None if state in _ENDED else fields[18]


def _start_by_ps(process: int) -> str | None:
    import subprocess  # noqa: PLC0415 - systems without /proc only

    command = ["/bin/ps", "-o", "state=,lstart=", "-p", str(process)]
    try:
        answer = subprocess.run(  # noqa: S603 - a number is its only variable part
            command, capture_output=True, text=True, check=True, timeout=5, env={"LC_ALL": "C", "TZ": "UTC"}
        )
    except (OSError, subprocess.SubprocessError):
        return _UNKNOWN
    state, _, start = answer.stdout.strip().partition(" ")
    return None if state[:1] in _ENDED else start.strip().replace("/", "-")


def _start_on_windows(process: int) -> str | None:
    """The creation time of a process that has not exited (GetProcessTimes, in units of 100 ns)."""
    import ctypes  # noqa: PLC0415 - Windows only

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]  # Windows only
    kernel.OpenProcess.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(kernel.OpenProcess(_WINDOWS_MAY_ASK, 0, process))
    if not handle:
        return None if kernel.GetLastError() == 87 else _UNKNOWN
    try:
        times = [ctypes.c_uint64() for _ in range(4)]
        exit_code = ctypes.c_uint32()
        kernel.GetExitCodeProcess(handle, ctypes.byref(exit_code))
        kernel.GetProcessTimes(handle, *(ctypes.byref(time) for time in times))
    finally:
        kernel.CloseHandle(handle)
    return str(times[0].value) if exit_code.value == _WINDOWS_STILL_ACTIVE else None
