"""Starts a program that a build names for the target: by Node, unless it is one of the machine that builds.

CMake runs Python by the emulator where a project asks for an interpreter and for headers at once. The headers are the
target's, and the interpreter is the build machine's.
"""

from __future__ import annotations

import os
import sys

_ELF = b"\x7fELF"
_SCRIPT = b"#!"


def main(node: str) -> int:
    """Become the program of the command line; returns an exit code only where it cannot be started."""
    words = sys.argv[1:]
    command = words if words and is_native(_start(words[0])) else [node, *words]
    try:
        os.execv(command[0], command)  # noqa: S606 - no shell is what is wanted
    except OSError as error:
        sys.stderr.write(f"{command[0]}: {error.strerror}\n")
        return 127 if isinstance(error, FileNotFoundError) else 126
    raise AssertionError


def is_native(start: bytes) -> bool:
    """Whether a file that starts so is a program of the build machine, or a script for one; Node's are neither."""
    line = start.split(b"\n", 1)[0]
    return start.startswith(_ELF) or (start.startswith(_SCRIPT) and b"node" not in line)


def _start(name: str) -> bytes:
    try:
        with open(name, "rb") as file:
            return file.read(256)
    except OSError:
        return b""
