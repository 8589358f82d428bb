"""Run the suite: `python -m wasmwright.conformance native|wasm FOLDER [PROGRAM...]`.

With `--update` what the programs write becomes what is expected of them; review the difference. `known_failures.toml`
in the folder has a table for each compiler: program = reason.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import shlex
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.conformance.case import InvalidCase, load_cases
from wasmwright.conformance.compiler import COMPILERS
from wasmwright.conformance.run import run_case
from wasmwright.conformance.table import judge_all, render
from wasmwright.failure import WasmwrightError, told
from wasmwright.spawn import run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wasmwright.conformance.case import Case
    from wasmwright.conformance.compiler import Compiler
    from wasmwright.conformance.run import RunOutcome

_TOOLS = ("fortran", "c", "link", "link_plain", "launch")


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 if every program did as expected."""
    options = _options(arguments)
    try:
        return _run(options)
    except WasmwrightError as error:
        sys.stderr.write(f"conformance: {told(error)}")
        return error.exit_code


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="conformance", description="Run the Fortran conformance suite.")
    parser.add_argument("compiler", choices=sorted(COMPILERS))
    parser.add_argument("folder", type=Path)
    parser.add_argument("programs", nargs="*", help="names of programs; all if none is given")
    parser.add_argument("--update", action="store_true", help="write what the programs print as what is expected")
    parser.add_argument("--without-runtime", action="store_true", help="only programs that need no Fortran runtime")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", type=Path, help="write the outcomes there")
    parser.add_argument("--known", help="table of known_failures.toml to use; the compiler's name if not given")
    for tool in _TOOLS:
        parser.add_argument(f"--{tool.replace('_', '-')}", type=shlex.split, help=f"another command for `{tool}`")
    return parser.parse_args(arguments)


def _run(options: argparse.Namespace) -> int:
    folder: Path = options.folder.resolve()
    cases = _chosen(load_cases(folder), options.programs, without_runtime=options.without_runtime)
    outcomes = _outcomes(cases, _compiler(options), jobs=options.jobs)
    if options.update:
        return _update(outcomes)
    known = _known(folder, options.known or options.compiler)
    verdict = judge_all(outcomes, known, whole=not (options.programs or options.without_runtime))
    sys.stdout.write(render(outcomes, verdict, known))
    if options.json:
        document = {outcome.case.name: outcome.failed or "passed" for outcome in outcomes}
        options.json.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    return 0 if verdict.ok else 1


def _chosen(cases: Sequence[Case], names: Sequence[str], *, without_runtime: bool) -> list[Case]:
    missing = sorted(set(names) - {case.name for case in cases})
    if missing:
        message = f"no program is called {', '.join(missing)}"
        raise InvalidCase(message)
    chosen = [case for case in cases if not names or case.name in names]
    return [case for case in chosen if not (without_runtime and case.needs_runtime)]


def _compiler(options: argparse.Namespace) -> Compiler:
    named = COMPILERS[options.compiler]
    given = {tool: tuple(getattr(options, tool) or getattr(named, tool)) for tool in _TOOLS}
    return dataclasses.replace(
        named,
        fortran=given["fortran"],
        c=given["c"],
        link=given["link"],
        link_plain=given["link_plain"],
        launch=given["launch"],
    )


def _outcomes(cases: Sequence[Case], compiler: Compiler, *, jobs: int) -> list[RunOutcome]:
    with tempfile.TemporaryDirectory(prefix="conformance-") as top, ThreadPoolExecutor(jobs) as pool:

        def one(case: Case) -> RunOutcome:
            folder = Path(top, case.name)
            folder.mkdir()
            return run_case(case, compiler, start=run, env=os.environ, folder=folder)

        return list(pool.map(one, cases))


def _known(folder: Path, table: str) -> dict[str, str]:
    path = folder / "known_failures.toml"
    if not path.is_file():
        return {}
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get(table, {})
    wrong = [name for name, reason in entries.items() if not isinstance(reason, str) or not reason]
    if wrong:
        message = f"{path.name}: no reason is given for {', '.join(wrong)}"
        raise InvalidCase(message, hint='write `program = "reason"`')
    return dict(entries)


def _update(outcomes: Sequence[RunOutcome]) -> int:
    for outcome in outcomes:
        if outcome.stdout is None or outcome.failed == "status":
            sys.stdout.write(f"{outcome.case.name}: {outcome.failed}\n{outcome.detail}\n")
            continue
        outcome.case.expected.write_text(outcome.stdout, encoding="utf-8")
    return 1 if any(outcome.stdout is None or outcome.failed == "status" for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
