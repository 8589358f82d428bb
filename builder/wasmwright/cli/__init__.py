"""The command line: one module a command, imported when it is asked for."""

from __future__ import annotations

import importlib
import keyword
import os
import sys
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wasmwright.cli.boundary import guarded, heed_signals, leave
from wasmwright.cli.output import say
from wasmwright.cli.streams import forget_odd_sizes, open_streams
from wasmwright.failure import WasmwrightError
from wasmwright.names import meant
from wasmwright.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COMMANDS: Mapping[str, str] = {
    "build": "Build packages for WebAssembly and import them in the runtime.",
    "test": "Run a package's own test suite in the WebAssembly runtime.",
    "shell": "Enter the build environment of a package, or of its failed build.",
    "dist": "Write a folder that any web server can give to pip, micropip and Pyodide.",
    "conda": "Write a channel of conda packages for emscripten-wasm32.",
    "audit": "Check wheels against the ABI that they claim.",
    "env": "Resolve requirements to an environment of wheels, and lock it.",
    "container": "Make an OCI image, and copy it to Podman, Docker, a registry or a file.",
    "serve": "Serve a folder over HTTP: a distribution, a site.",
    "add": "Make packages of projects of the package index: recipe, lock, package.nix.",
    "import": "Make recipes of those of Pyodide or rattler-build, and say what cannot be carried.",
    "list": "Say which packages there are, and for which profiles.",
    "show": "Show what is known of a package: versions, sizes, dependencies, last results.",
    "graph": "Tell which packages need which, and what a change of one would rebuild.",
    "fetch": "Download pinned sources and add them to the Nix store.",
    "lock": "Resolve versions and write them down with hashes.",
    "update": "Bring packages to their newest version, or say which are outdated.",
    "generate": "Write the Nix files that belong to recipes and locks.",
    "check-recipes": "Look recipes, patches and tests through for what is questionable.",
    "check": "Run the linters and the tests of this checkout.",
    "bench": "Compare the speed in the runtime with the native one.",
    "repro": "Build a package twice and compare.",
    "nix": "Run Nix as wasmwright does.",
    "doctor": "Say what this machine has, and what is missing.",
}

EPILOG = """\b
Examples:
  ./wasmwright build numpy              a wheel for Pyodide, tested under Node
  ./wasmwright build numpy --profile 2026_5
                                        for another runtime than the usual one
  ./wasmwright build ../myproject       the wheel of a project of yours
  ./wasmwright test numpy --suite       its own test suite in the runtime
  ./wasmwright fetch                    all sources, to work offline later
  ./wasmwright doctor                   when something does not work
"""


def module_of(name: str) -> str:
    """The module of the command NAME: `wasmwright.cli.NAME`, with `_` for `-`, and behind a word of the language."""
    return f"wasmwright.cli.{name.replace('-', '_')}{'_' if keyword.iskeyword(name) else ''}"


def load_command(name: str) -> click.Command:
    """Import the command NAME."""
    command = importlib.import_module(module_of(name)).command
    assert isinstance(command, click.Command)
    return command


class LazyGroup(click.Group):
    """Knows its commands by name; one is imported only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names in the order of the table."""
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command, or None for a name that is in no table."""
        if cmd_name not in COMMANDS:
            return None
        command = load_command(cmd_name)
        command.name = cmd_name
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but an unknown name is answered with the nearest known one."""
        name = args[0]
        if name in COMMANDS or name.startswith("-"):
            return super().resolve_command(ctx, args)
        advice = meant(name, COMMANDS, otherwise=f"the commands: {', '.join(COMMANDS)}")
        message = f"there is no command `{name}`; {advice}"
        raise click.UsageError(message, ctx=ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([*COMMANDS.items()])


@click.group(
    cls=LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True
)
@click.version_option(VERSION, prog_name="wasmwright")
@click.option("--debug", is_flag=True, help="Show tracebacks.")
def cli(*, debug: bool) -> None:  # main reads it before click runs
    """Build the scientific Python stack for WebAssembly, with every input pinned by hash."""


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line and exit with the code of the error, if there was one."""
    # Not `list`: once imported, the command of that name is an attribute of this package.
    arguments = [*(sys.argv[1:] if argv is None else argv)]
    debug = "--debug" in takewhile(lambda argument: argument.startswith("-"), arguments)
    open_streams()
    forget_odd_sizes(os.environ)
    heed_signals()
    leave(guarded(lambda: _invoke(arguments), debug=debug))


def _invoke(arguments: list[str]) -> int:
    _check_folder()
    # Not `cli.main`, which has exit codes of its own for interruptions and readers that have gone.
    try:
        with cli.make_context("wasmwright", arguments) as context:
            cli.invoke(context)
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.format_message())
        return error.exit_code
    except click.exceptions.Exit as end:
        return end.exit_code
    return 0


def _check_folder() -> None:
    try:
        Path.cwd()
    except FileNotFoundError:
        message = "the current folder does not exist any more"
        raise WasmwrightError(message, hint="`cd` to one that does, and run the same command again") from None
