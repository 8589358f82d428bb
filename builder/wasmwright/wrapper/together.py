"""Many sources in one process of clang, whose start takes longer than many a file.

The driver starts a process for each source. Its compiler proper (`clang -cc1`) takes any number of them, and writes an
object beside each.

    python3 together.py CLANG ARGUMENTS...

does what CLANG ARGUMENTS does. Emscripten calls it so for its system libraries (COMPILER_WRAPPER), with nothing else of
ours at hand.
"""

from __future__ import annotations

import shlex
import subprocess  # noqa: TID251 - runs by itself
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COMPILED = (".c",)
# Asking the driver takes as long as two starts.
_WORTHWHILE = 4


def run(command: Sequence[str]) -> int:
    """Carry out a command of the driver, with fewer processes where it compiles several sources; the exit code."""
    if sum(word.endswith(COMPILED) for word in command) < _WORTHWHILE:
        return subprocess.run(command, check=False).returncode
    said = subprocess.run([*command, "-###"], capture_output=True, text=True, check=False)
    if said.returncode != 0:
        return subprocess.run(command, check=False).returncode
    jobs = [shlex.split(line) for line in said.stderr.splitlines() if line.startswith(' "')]
    codes = [_run_alike(alike) for alike in group(jobs)]
    return next((code for code in codes if code != 0), 0)


def group(jobs: Sequence[Sequence[str]]) -> list[list[Sequence[str]]]:
    """Jobs that differ only in their source, together; `jobs` are the driver's, the source is the last word of each."""
    groups: dict[tuple[str, ...], list[Sequence[str]]] = {}
    for job in jobs:
        groups.setdefault(tuple(without_source(job) or job), []).append(job)
    return list(groups.values())


def without_source(job: Sequence[str]) -> list[str] | None:
    """The job without its source and object; None for one that makes anything but NAME.o in the present folder."""
    source, words = Path(job[-1]), list(job[:-1])
    if "-cc1" not in words or "-emit-obj" not in words or source.suffix not in COMPILED:
        return None
    for option, value in ("-main-file-name", source.name), ("-o", f"{source.stem}.o"):
        at = words.index(option) if option in words else -1
        if at < 0 or words[at + 1] != value:
            return None
        del words[at : at + 2]
    # The memory that one source took is for the next.
    return [word for word in words if word != "-disable-free"]


def _run_alike(jobs: Sequence[Sequence[str]]) -> int:
    if len(jobs) == 1:
        return subprocess.run(jobs[0], check=False).returncode
    with ExitStack() as stack:
        sources = [stack.enter_context(_beside(job[-1])) for job in jobs]
        return subprocess.run([*(without_source(jobs[0]) or ()), *sources], check=False).returncode


@contextmanager
def _beside(source: str) -> Iterator[str]:
    """The source in the present folder, for its object to come there: a line that includes it, if it lies elsewhere.

    The line names it from the root, as `__FILE__` then gives what `-ffile-prefix-map` makes of such a name.
    """
    path = Path(source)
    if path.parent == Path():
        yield source
        return
    stub = Path(path.name)
    with stub.open("x", encoding="utf-8") as file:
        file.write(f'#include "{path.resolve()}"\n')
    try:
        yield stub.name
    finally:
        stub.unlink()


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
