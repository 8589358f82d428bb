"""Import test: each module in turn, all failures told at once. What no module reported has not been tested."""

from __future__ import annotations

import email
import json
import re
import secrets
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.runtime.errors import RuntimeCrashed, TestsFailed
from wasmwright.runtime.node import attempt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from email.message import Message
    from pathlib import Path

    from wasmwright.runtime.node import Finished, Runtime

# Runs in the guest: a line for each module, so that a crash loses only the one that crashed. A line counts that begins
# with this run's own word, which a module does not find in sys.argv, nor the functions that it may have replaced.
# format_exc() imports packages again, to suggest other names, and fails where they do.
_GUEST = """
import importlib, json, os, sys, time, traceback
def main(word, names):
    load, write, text = importlib.import_module, os.write, json.dumps
    clock, told, frames = time.perf_counter, traceback.format_exc, traceback.format_tb
    def traced(error):
        try:
            return told()
        except BaseException:
            return "".join([*frames(error.__traceback__), f"{type(error).__name__}: {error}"])
    for name in names:
        began = clock()
        try:
            load(name)
            error = None
        except BaseException as raised:
            error = traced(raised)
        line = text({"module": name, "milliseconds": round((clock() - began) * 1000), "error": error})
        write(1, f"\\n{word} {line}\\n".encode())
words, sys.argv[1:] = sys.argv[1:], []
main(words.pop(0), words)
"""


@dataclass(frozen=True, kw_only=True)
class Imported:
    """A module that could be imported, and the time it took."""

    module: str
    milliseconds: int


def check_imports(runtime: Runtime, modules: Sequence[str]) -> list[Imported]:
    """Import every one of `modules`.

    Raises TestsFailed naming all that fail and the one that ended the interpreter, RuntimeCrashed naming the one that
    killed the runtime.
    """
    if not modules:
        message = "no module is named, so nothing would be tested"
        raise TestsFailed(message, hint="name the package's modules: --import here, `imports` of [tests] in a recipe")
    wanted = tuple(dict.fromkeys(modules))
    word = secrets.token_hex(16)
    done = attempt(runtime, ["-c", _GUEST, word, *wanted])
    results = _reported(done.stdout, word)
    failed = {module: error for module, (_, error) in results.items() if error}
    left = [module for module in wanted if module not in results]
    faults = [f"cannot import {', '.join(failed)}"] if failed else []
    excerpt = "\n".join(_last_lines(error) for error in failed.values())
    if left:
        faults.append(_ended(done, left))
    elif done.exit_code != 0:
        faults.append(f"all was imported, but then the interpreter ended with exit code {done.exit_code}")
    if done.crash:
        raise RuntimeCrashed("; ".join(faults), excerpt="\n".join(filter(None, [excerpt, done.crash.excerpt])))
    if faults:
        hint = _unmet(runtime.wheels) if failed else None
        raise TestsFailed("; ".join(faults), excerpt=excerpt or done.stderr.strip()[-2000:] or None, hint=hint)
    return [Imported(module=module, milliseconds=results[module][0]) for module in wanted]


def _reported(stdout: str, word: str) -> dict[str, tuple[int, str | None]]:
    """By module: milliseconds, and the traceback of one that could not be imported."""
    lines = (line.removeprefix(word) for line in stdout.splitlines() if line.startswith(f"{word} "))
    results = [json.loads(line) for line in lines]
    return {result["module"]: (result["milliseconds"], result["error"]) for result in results}


def _unmet(wheels: Sequence[Path]) -> str | None:
    """What wheels require, without a condition, and none of them is."""
    described = [_metadata(wheel) for wheel in wheels]
    there = {_normalised(str(metadata["Name"])) for metadata in described}
    lacking = [
        f"{metadata['Name']} requires {name[0]}"
        for metadata in described
        for text in metadata.get_all("Requires-Dist", [])
        if ";" not in text and (name := re.match(r"[A-Za-z0-9._-]+", text)) and _normalised(name[0]) not in there
    ]
    if not lacking:
        return None
    return f"{', '.join(lacking)}, which is not installed here: name it under `run` of [dependencies]"


def _metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as zipped:
        names = (name for name in zipped.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
        return email.message_from_bytes(zipped.read(next(names)))


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _ended(done: Finished, left: Sequence[str]) -> str:
    """Modules are imported in turn: the first that did not report is the one at which it ended."""
    how = "the runtime died" if done.crash else f"the interpreter ended, with exit code {done.exit_code},"
    untried = f"; not tried: {', '.join(left[1:])}" if left[1:] else ""
    return f"{how} while importing {left[0]}{untried}"


def _last_lines(traceback: str) -> str:
    return "\n".join(traceback.strip().splitlines()[-4:])
