"""The `certgen` command: finds the subcommand, and turns every refusal into a sentence and an exit code."""

from __future__ import annotations

import errno
import logging
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from certgen import __version__
from certgen.cli.json_output import begin_json, echo_json_error
from certgen.errors import CertgenError, OutputError

COMMANDS = {
    "fill": "certgen.cli.fill",
    "check": "certgen.cli.check",
    "route": "certgen.cli.route",
    "new": "certgen.cli.new",
    "form": "certgen.cli.form",
    "register": "certgen.cli.register",
    "verify": "certgen.cli.verify",
    "label": "certgen.cli.label",
}
STOPPED_BY_USER = 130
TAKES_NO_MORE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


class LazyGroup(click.Group):
    """A group that imports a subcommand only when it is called, so that starting stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - same
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The subcommand; raises UsageError with the nearest one for a name that is none."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from certgen.toml_file import nearest_word  # noqa: PLC0415 - only for a wrong name

            near = nearest_word(args[0], list(COMMANDS))
            raise click.UsageError(f"{error.message.rstrip('.')}{near}.", ctx) from error


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="certgen")
@click.option("--verbose", is_flag=True, help="Tell each step on stderr.")
@click.option("--debug", is_flag=True, help="Tell everything, with tracebacks; may name parties.")
@click.pass_context
def cli(context: click.Context, *, verbose: bool, debug: bool) -> None:
    """Turn shipment workbooks into the certificates that organic goods need to cross a border.

    \b
    Example:
      certgen fill shipment.xlsx
    """
    if os.environ.get("NO_COLOR"):
        context.color = False
    level = logging.DEBUG if debug else logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    exit_code = run(arguments)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # nothing is left to stop
    sys.exit(exit_code)


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code that `docs/exit-codes.md` explains."""
    words = sys.argv[1:] if arguments is None else arguments
    begin_json()
    os.environ.pop("SOURCE_DATE_EPOCH", None)  # reportlab would date pages by it
    try:
        result: Any = cli.main(args=words, prog_name="certgen", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return _refused(error.format_message(), error.exit_code, words)
    except CertgenError as error:
        click.echo(f"certgen: {error}", err=True)
        return _refused(str(error), error.exit_code, words)
    except SystemExit:  # how click leaves when nobody reads its output any more
        return _unheard(OutputError.exit_code)
    except (KeyboardInterrupt, click.exceptions.Abort):
        return _stopped()
    except Exception as error:  # noqa: BLE001 - the one place that answers for our own bugs
        return _unforeseen(error, is_debug="--debug" in words)
    return _heard(result if isinstance(result, int) else 0)


def _refused(message: str, exit_code: int, words: Sequence[str]) -> int:
    """The exit code of a run that was stopped; a program that asked for JSON gets the sentence in it."""
    if "--json" not in words:
        return exit_code
    try:
        echo_json_error(message, exit_code)
    except OSError as error:
        return _unheard(exit_code) if isinstance(error, BrokenPipeError) else _unprinted(error)
    return _heard(exit_code)


def _heard(exit_code: int) -> int:
    """The exit code, once everything said has left the house."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return _unheard(exit_code)
    except OSError as error:
        return _unprinted(error)
    return exit_code


def _unprinted(error: OSError) -> int:
    """What our output goes to takes no more; of a file it is told where that file is written."""
    _unheard(OutputError.exit_code)
    told = f"certgen: what was done could not all be printed ({error.strerror}). Run it again to see it."
    click.echo(told, err=True)
    return OutputError.exit_code


def _unheard(exit_code: int) -> int:
    """The exit code for whoever read our output and has left; nothing more is said to them."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return exit_code


def _stopped() -> int:
    click.echo(
        "certgen: stopped. No certificate is half written; run the same command again to go on.", err=True
    )
    return STOPPED_BY_USER


def _unforeseen(error: Exception, *, is_debug: bool) -> int:
    if isinstance(error, OSError) and error.errno in TAKES_NO_MORE:
        return _unprinted(error)
    return _bug(error, is_debug=is_debug)


def _bug(error: Exception, *, is_debug: bool) -> int:
    if is_debug:
        traceback.print_exception(error)
    click.echo(
        f"certgen: a bug in certgen ({type(error).__name__}: {error}). Run the command again as "
        "`certgen --debug ...` and send what it prints to the maintainers.",
        err=True,
    )
    return 1
