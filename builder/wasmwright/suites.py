"""Running a package's own test suite: its wheels and their needs, parts side by side, a report that is kept."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wasmwright.errors import InvalidRecipe, UnknownPackage
from wasmwright.generate.documents import VERSION
from wasmwright.pool import interruptible_pool
from wasmwright.runtime.suite import Part, run_part
from wasmwright.sources.tree import unpack_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from wasmwright.recipe.model import WrittenRecipe
    from wasmwright.runtime.known import Verdict
    from wasmwright.runtime.node import Runtime
    from wasmwright.runtime.suite import PartResult

_PLACE = re.compile(r"\{folder:([^{}]*)\}")
_COLUMNS = ("passed", "failed", "skipped", "xfailed", "crashed")


@dataclass(frozen=True, kw_only=True)
class SuitePlan:
    """What to run: the parts, how many side by side, an expression as for pytest's `-k`, and where its files go."""

    parts: tuple[Part, ...]
    jobs: int
    folder: Path
    python: str
    expression: str = ""


def source_folders(recipe: WrittenRecipe, archive: Path, into: Path) -> dict[Path, str]:
    """The `folders` of a recipe's [tests], unpacked below `into`, which is made anew: paths to the names they have.

    Its source, `archive`, may be a folder too. Raises InvalidRecipe for one that is not in it, and what `unpack_tree`
    raises.
    """
    if into.exists():
        shutil.rmtree(into)
    top = archive if archive.is_dir() else unpack_tree(archive, into)
    found = {}
    for folder in recipe.tests.folders:
        if not (top / folder).is_dir():
            message = f"pkgs/{recipe.name}/recipe.toml: [tests] folders: the source has no folder `{folder}`"
            raise InvalidRecipe(message, hint="name folders by their path in the source, without the one at its top")
        found[top / folder] = PurePosixPath(folder).name
    return found


def chosen_parts(recipe: WrittenRecipe, names: Sequence[str]) -> tuple[Part, ...]:
    """The parts of a recipe's suite, or those named. Raises UnknownPackage for a part that the recipe has not."""
    parts = {suite.name: Part(name=suite.name, args=tuple(suite.args)) for suite in recipe.tests.suites}
    if not parts:
        message = f"pkgs/{recipe.name}/recipe.toml names no test suite"
        raise InvalidRecipe(message, hint="add [[tests.suite]] with `name` and `args` for pytest")
    for name in names:
        if name not in parts:
            message = f"the suite of {recipe.name} has no part `{name}`"
            raise UnknownPackage(message, hint=f"its parts are {', '.join(parts)}")
    return tuple(part for name, part in parts.items() if not names or name in names)


def in_place(parts: Sequence[Part], recipe: WrittenRecipe, site: str) -> tuple[Part, ...]:
    """The parts with `{folder:NAME}` in arguments replaced by the place of that folder of a recipe's [tests].

    It lies in `site`. Raises InvalidRecipe for one that the recipe does not name.
    """
    names = {PurePosixPath(folder).name for folder in recipe.tests.folders}

    def place(found: re.Match[str]) -> str:
        if found[1] not in names:
            message = f"pkgs/{recipe.name}/recipe.toml: [[tests.suite]] args: `{found[0]}` names no folder of `folders`"
            raise InvalidRecipe(message, hint="it is for a folder of the source that [tests] names, by its own name")
        return f"{site}/{found[1]}"

    return tuple(replace(part, args=tuple(_PLACE.sub(place, arg) for arg in part.args)) for part in parts)


def run_suite(runtime: Runtime, plan: SuitePlan, *, tell: Callable[[str], None]) -> list[PartResult]:
    """Run all parts, `plan.jobs` at a time, in the order of the recipe."""

    def run(part: Part) -> PartResult:
        tell(f"testing {part.name}")
        result = run_part(runtime, part, plan.folder / part.name, python=plan.python, expression=plan.expression)
        tell(f"tested  {part.name}: {len(result.tests)} tests, {result.seconds:.0f} s")
        return result

    with interruptible_pool(plan.jobs) as pool:
        return failed_if_empty(list(pool.map(run, plan.parts)), plan.expression)


def failed_if_empty(results: Sequence[PartResult], expression: str) -> list[PartResult]:
    """The results, in which parts without a test could not be run.

    An `expression` for `-k` may leave out all tests of a part, but not those of all.
    """
    if expression and any(result.tests for result in results):
        return list(results)
    why = f"no test fits -k {expression!r}" if expression else "pytest found no test: see `args` of the part"
    return [result if result.tests or result.error else replace(result, error=why) for result in results]


def table(results: Sequence[PartResult], verdict: Verdict) -> str:
    """The results as text: a line a part, and the sum."""
    header = ("part", "tests", *_COLUMNS, "known", "seconds")
    rows = [(result.name, _numbers(result, verdict)) for result in results]
    rows.append(("all", [sum(column) for column in zip(*(numbers for _, numbers in rows), strict=True)]))
    width = max(len(name) for name in (header[0], *(name for name, _ in rows)))
    lines = [f"{header[0]:{width}}" + "".join(f"{title:>9}" for title in header[1:])]
    lines += [f"{name:{width}}" + "".join(f"{number:>9}" for number in numbers) for name, numbers in rows]
    return "\n".join(lines)


def _numbers(result: PartResult, verdict: Verdict) -> list[int]:
    counts = [result.count(outcome) for outcome in _COLUMNS]
    return [len(result.tests), *counts, verdict.known.get(result.name, 0), round(result.seconds)]


def report(name: str, results: Sequence[PartResult], verdict: Verdict, *, profile: str) -> dict[str, object]:
    """The results as JSON: counts by part, and every test that did not pass."""
    return {
        "version": VERSION,
        "package": name,
        "profile": profile,
        "ok": verdict.ok,
        "parts": [
            {
                "name": result.name,
                "tests": len(result.tests),
                **{column: result.count(column) for column in _COLUMNS},
                "known": verdict.known.get(result.name, 0),
                "seconds": round(result.seconds, 1),
                "error": result.error,
                "failures": {
                    node_id: {"outcome": test.outcome, "line": test.line}
                    for node_id, test in result.tests.items()
                    if test.outcome in {"failed", "crashed"}
                },
            }
            for result in results
        ],
        "unexpected": dict(verdict.unexpected),
        "recovered": list(verdict.recovered),
        "unmatched": list(verdict.unmatched),
    }
