"""Every way certgen can refuse, each a small class with its exit code.

The message of an error is shown to the user as it stands: it says what is wrong, where, and what to do.
"""

from __future__ import annotations


class CertgenError(Exception):
    """Anything certgen stops for; `exit_code` is what the command line returns."""

    exit_code = 1


class UsageError(CertgenError):
    """The command was called in a way that cannot be meant."""

    exit_code = 2


class ProfileError(CertgenError):
    """The profile (`certgen.toml`) is wrong or contradicts another one."""

    exit_code = 2


class UnreadableInputError(CertgenError):
    """A workbook or PDF cannot be read at all."""

    exit_code = 4


class FormError(CertgenError):
    """A form folder is wrong; names the file, the key and the nearest right word."""

    exit_code = 5


class PageError(CertgenError):
    """A finished page does not say what was asked, so it must not leave the house."""

    exit_code = 6


class RegisterError(CertgenError):
    """The register refused, is locked, damaged, too new or out of reach."""

    exit_code = 7


class OutputError(CertgenError):
    """A file cannot be written where it was asked for."""

    exit_code = 9
