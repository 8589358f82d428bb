"""A Nix for tests: every attribute of a profile is a derivation of that name, and some fail."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from package_writer import write_package

from wasmwright.errors import BuildFailed, EvaluationFailed
from wasmwright.nixoutcome import Derivation, NixEnded, results

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from wasmwright.failure import WasmwrightError
    from wasmwright.nixoutcome import Results
    from wasmwright.nixwatch import Watcher

HASH = "0" * 32


def drv(attribute: str) -> str:
    """The derivation of an attribute such as `numpy-wasm.tests.import`."""
    return f"/nix/store/{HASH}-{attribute}.drv"


@dataclass(kw_only=True)
class FakeNix:
    """Outputs are folders of `store`. `needs_of` maps an attribute to those that it needs.

    `failing` maps attributes to their errors, `unevaluated` are those that have none; `wheels` and `beside` are what
    packages hold.
    """

    store: Path
    needs_of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    failing: Mapping[str, WasmwrightError] = field(default_factory=dict)
    unevaluated: Sequence[str] = ()
    wheels: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    beside: list[Path] = field(default_factory=list)
    interruption: KeyboardInterrupt | None = None
    asked: list[str] = field(default_factory=list)
    installables: list[tuple[str, ...]] = field(default_factory=list)
    rooted: list[str] = field(default_factory=list)
    kept_going: bool = False

    def eval_json(self, *installable: str, apply: str | None = None) -> object:
        """As derivations_query has it."""
        self.installables.append(installable)
        paths = re.findall(r'^  "([^"]+)" = ', apply or "", re.MULTILINE)
        missing = [path for path in paths if path in self.unevaluated]
        if missing and "tryEval" not in (apply or ""):
            message = f"{missing[0]} cannot be evaluated"
            raise EvaluationFailed(message)
        answer = {path: {"drv": drv(path), "outputs": {"out": str(self.store / path)}} for path in paths}
        if "tryEval" not in (apply or ""):
            return answer
        return {path: {"success": path not in missing, "value": value} for path, value in answer.items()}

    def build_all(
        self, derivations: Sequence[Derivation], *, keep_going: bool = False, progress: Watcher | None = None
    ) -> Results:
        """Build what does not need a failure, into folders with a package.json where that is due."""
        del progress
        self.kept_going = keep_going
        self.asked = [_attribute(one.drv_path) for one in derivations]
        before = frozenset(path for one in derivations for path in one.outputs.values() if (self.store / path).exists())
        failures: dict[str, WasmwrightError] = {}
        after = set(before)
        for one in derivations:
            attribute = _attribute(one.drv_path)
            failed = [name for name in (attribute, *self._all_needs(attribute)) if name in self.failing]
            failures |= {drv(name): self.failing[name] for name in failed}
            if not failed and self.interruption is None:
                self._write(attribute)
                after |= {*one.outputs.values()}
        ended = NixEnded(
            before=before,
            after=frozenset(after),
            failures=failures,
            seconds={one.drv_path: 2.0 for one in derivations if {*one.outputs.values()} <= after - before},
            needs=self.needs([one.drv_path for one in derivations]),
            interruption=self.interruption,
        )
        return results(derivations, ended)

    def planned(self, derivations: Sequence[Derivation]) -> list[str]:
        """All that is asked for or needed and not there."""
        attributes = [name for one in derivations for name in self._all_needs(_attribute(one.drv_path))]
        attributes += [_attribute(one.drv_path) for one in derivations]
        return [drv(name) for name in dict.fromkeys(attributes) if not (self.store / name).exists()]

    def needs(self, drv_paths: Sequence[str]) -> dict[str, frozenset[str]]:
        """The graph, as far as `needs_of` has it."""
        names = {_attribute(path) for path in drv_paths}
        names |= {need for name in names for need in self._all_needs(name)}
        return {drv(name): frozenset(map(drv, self.needs_of.get(name, ()))) for name in names}

    def add_root(self, path: str | Path, link: Path) -> None:
        """Make the link."""
        self.rooted.append(link.name)
        link.parent.mkdir(exist_ok=True, parents=True)
        link.unlink(missing_ok=True)
        link.symlink_to(path)

    def _all_needs(self, name: str) -> list[str]:
        direct = self.needs_of.get(name, ())
        return [found for need in direct for found in (*self._all_needs(need), need)]

    def _write(self, attribute: str) -> None:
        out = self.store / attribute
        if out.exists():
            return
        if attribute in self.wheels:
            main, tests = self.wheels[attribute]
            write_package(out, main=main, tests=tests, beside=self.beside)
        elif attribute.endswith("-wasm"):
            write_package(out)
        else:
            out.mkdir(parents=True, exist_ok=True)


def failed(attribute: str) -> BuildFailed:
    """The error of a derivation."""
    return BuildFailed(f"the build of {attribute} failed")


def _attribute(drv_path: str) -> str:
    return drv_path.rsplit("/", 1)[-1].removeprefix(f"{HASH}-").removesuffix(".drv")
