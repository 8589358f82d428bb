"""`python -m wasmwright.runtime imports|script`: the tests of a wheel inside a derivation."""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.failure import WasmwrightError, told
from wasmwright.runtime.errors import TestsFailed
from wasmwright.runtime.imports import check_imports
from wasmwright.runtime.node import Runtime, execute

if TYPE_CHECKING:
    from collections.abc import Sequence

_HASH = re.compile(r"^[0-9a-z]{32}-")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one test; the exit code is that of the error, if there is one."""
    arguments = _parser().parse_args(argv)
    runtime = Runtime(folder=arguments.runtime, node=arguments.node, wheels=tuple(arguments.wheel))
    try:
        if arguments.command == "imports":
            for imported in check_imports(replace(runtime, keep_memory=arguments.keep_memory), arguments.imports):
                sys.stdout.write(f"{imported.module}: {imported.milliseconds} ms\n")
        else:
            _script(replace(runtime, memory=arguments.memory), arguments.file)
    except WasmwrightError as error:
        sys.stdout.flush()
        sys.stderr.write(f"wasmwright: {told(error)}")
        return error.exit_code
    return 0


def _script(runtime: Runtime, file: Path) -> None:
    done = execute(runtime, [str(file)])
    sys.stdout.write(done.stdout)
    sys.stderr.write(done.stderr)
    if done.exit_code != 0:
        message = f"{own_name(file)} failed with exit code {done.exit_code}"
        raise TestsFailed(message)


def own_name(file: Path) -> str:
    """A file's name as its author knows it: without the hash that it begins with in the store."""
    return _HASH.sub("", file.name)


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--runtime", type=Path, required=True, help="folder of the npm package pyodide")
    common.add_argument("--node", type=Path, required=True)
    common.add_argument("--wheel", type=Path, action="append", default=[])
    parser = argparse.ArgumentParser(prog="wasmwright.runtime")
    commands = parser.add_subparsers(dest="command", required=True)
    imports = commands.add_parser("imports", parents=[common], help="import modules, one after the other")
    imports.add_argument("--import", dest="imports", action="append", default=[], metavar="MODULE")
    imports.add_argument("--keep-memory", type=Path, help="file for the memory of Python as it has just started")
    script = commands.add_parser("script", parents=[common], help="run a script")
    script.add_argument("--memory", type=Path, help="such a file, to begin with: what was imported is not there")
    script.add_argument("file", type=Path)
    return parser


if __name__ == "__main__":
    sys.exit(main())
