"""The program that builds start as `emcc` or `em++`."""

from __future__ import annotations

import os
import sys

from wasmwright.failure import WasmwrightError, told
from wasmwright.words import expand, response_file, words_from
from wasmwright.wrapper.arguments import split, understand
from wasmwright.wrapper.direct import clang_arguments
from wasmwright.wrapper.rewrite import CASTS, rewrite
from wasmwright.wrapper.rules import OPENMP
from wasmwright.wrapper.settings import flags_from, real_compilers


def main(tool: str | None = None) -> int:
    """Become the real tool, with the arguments it should get; returns an exit code only where it cannot.

    `tool` is the name this program was started by, if the caller does not know better.
    """
    name = tool or os.path.basename(sys.argv[0])
    try:
        command = real_command(name, sys.argv[1:])
    except WasmwrightError as error:
        sys.stderr.write(f"{name}: {told(error)}")
        return error.exit_code
    if "-c" in command and CASTS in command:
        from wasmwright.wrapper import compilation

        code = compilation.run(name, command, _compile)
        if code != 0 and OPENMP in sys.argv:
            sys.stderr.write(
                f"{name}: {OPENMP} was left out, as there are no threads: switch OpenMP off in the project\n"
            )
        return code
    module = _side_module(command)
    if module is not None:
        from wasmwright.wrapper import sidemodule

        return sidemodule.link(name, command, module)
    os.execv(command[0], command)  # noqa: S606 - no shell is what is wanted
    raise AssertionError


def real_command(name: str, argv: list[str]) -> list[str]:
    """The real tool and its arguments; raises InvalidVariable when the environment does not say enough."""
    folder = real_compilers(os.environ)
    flags = flags_from(os.environ)
    arguments = rewrite(name, expand(argv, response_file), flags)
    clang = os.environ.get("WASMWRIGHT_CLANG")
    direct = clang_arguments(arguments, flags.abi, flags.emcc) if clang else None
    if clang and direct is not None:
        return [clang, *words_from(os.environ, "WASMWRIGHT_CLANG_FLAGS"), *direct]
    return [os.path.join(folder, name), *arguments]


def _compile(command: list[str]) -> int:
    """Carry out a compilation; the exit code."""
    if _compiles_many(command):
        from wasmwright.wrapper import together

        return together.run(command)
    code = os.spawnv(os.P_WAIT, command[0], command)  # noqa: S606 - no shell is what is wanted
    return code if code >= 0 else 128 - code


def _compiles_many(command: list[str]) -> bool:
    """Whether it is clang's, and of several sources, all of them here: for others, files would have to be made."""
    if command[0] != os.environ.get("WASMWRIGHT_CLANG"):
        return False
    inputs = understand(split(command[1:])).inputs
    return len(inputs) > 1 and not any("/" in name for name in inputs)


def _side_module(command: list[str]) -> str | None:
    """The side module that is linked, if one is."""
    if command[0] == os.environ.get("WASMWRIGHT_CLANG"):
        return None
    linked = understand(split(command[1:]))
    return linked.output if linked.mode == "side module" else None


if __name__ == "__main__":
    # python -m wasmwright.wrapper TOOL ARGUMENTS...
    sys.exit(main(sys.argv.pop(1) if len(sys.argv) > 1 else "emcc"))
