"""Puts the commands together: each file of this folder is one.

A file holds either ``command`` (a function) or ``app`` (a Typer with
sub-commands). Their heavy imports stand inside the functions, so that
``healthd --help`` stays quick.
"""

import io
import os
import sys
import traceback
from typing import Annotated, Any, NoReturn

import typer
import typer.core

import healthd
from healthd import cli, modules
from healthd.errors import HealthdError


class _Sorted(typer.core.TyperGroup):
    """Commands in the order of their names: Typer would put those with sub-commands last, where nobody looks."""

    def list_commands(self, ctx: Any) -> list[str]:
        return sorted(super().list_commands(ctx))


app = typer.Typer(
    name="healthd",
    cls=_Sorted,
    help=healthd.__doc__.splitlines()[0] if healthd.__doc__ else None,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"healthd {healthd.__version__}")
        raise typer.Exit


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show the whole traceback of an error.")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")] = False,
) -> None:
    """Network monitoring and health reports for Cisco networks."""
    del version  # its callback has acted already
    if debug:
        os.environ["HEALTHD_DEBUG"] = "1"


for _name in modules.names(cli):
    _member = modules.load(cli, _name)
    if hasattr(_member, "app"):
        app.add_typer(_member.app, name=_name)
    else:
        app.command(name=_name)(_member.command)


def _speak() -> None:
    """Let no character end a command: pipes and files get UTF-8, a terminal that lacks a character gets its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def _end(why: str, status: int) -> NoReturn:
    if os.environ.get("HEALTHD_DEBUG"):
        traceback.print_exc()
    print(*(f"healthd: {line}" for line in why.splitlines()), sep="\n", file=sys.stderr)
    sys.exit(status)


def _refused(error: OSError) -> str:
    """Return in a sentence what the operating system refused, and where."""
    why = error.strerror or str(error) or type(error).__name__
    return why if error.filename is None else f"cannot use {error.filename}: {why}; name a place that can be read and written"


def main() -> None:
    """Run the command line; an error is one sentence on standard error and an exit status of its kind."""
    _speak()
    try:
        app()
    except HealthdError as error:
        _end(str(error), error.exit_status)
    except BrokenPipeError:
        # The reader of a pipe (head, less) went away; Python must not complain again when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        # Folders that cannot be made, files that cannot be written, a full disk: whichever command met it.
        _end(_refused(error), HealthdError.exit_status)
