"""Import test: each module in turn, all failures told at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.runtime.errors import RuntimeCrashed, TestsFailed
from wasmwright.runtime.node import execute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wasmwright.runtime.node import Runtime

# Runs in the guest: a line of JSON for each module, so that a crash loses only the one that crashed.
_GUEST = """
import importlib, json, sys, time, traceback
for name in sys.argv[1:]:
    began = time.perf_counter()
    try:
        importlib.import_module(name)
        error = None
    except BaseException:
        error = traceback.format_exc()
    spent = round((time.perf_counter() - began) * 1000)
    print(json.dumps({"module": name, "milliseconds": spent, "error": error}), flush=True)
"""


@dataclass(frozen=True, kw_only=True)
class Imported:
    """A module that could be imported, and the time it took."""

    module: str
    milliseconds: int


def check_imports(runtime: Runtime, modules: Sequence[str]) -> list[Imported]:
    """Import every one of `modules`. Raises TestsFailed naming all that fail, RuntimeCrashed when the runtime dies."""
    try:
        done = execute(runtime, ["-c", _GUEST, *modules])
    except RuntimeCrashed as error:
        message = f"the runtime died while importing {', '.join(modules)}"
        raise RuntimeCrashed(message, excerpt=error.excerpt) from error
    results = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"module"')]
    failed = [result for result in results if result["error"]]
    if failed:
        message = f"cannot import {', '.join(result['module'] for result in failed)}"
        raise TestsFailed(message, excerpt="\n".join(_last_lines(result["error"]) for result in failed))
    return [Imported(module=result["module"], milliseconds=result["milliseconds"]) for result in results]


def _last_lines(traceback: str) -> str:
    return "\n".join(traceback.strip().splitlines()[-4:])
