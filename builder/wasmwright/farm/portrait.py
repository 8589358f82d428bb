"""All that is known of one package: from its recipe, lock and patches, and for each profile from what was done here."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from wasmwright.errors import StoreCorrupted
from wasmwright.farm.overview import kind
from wasmwright.farm.results import RESULTS, LastResult, read_results
from wasmwright.files import remembered
from wasmwright.generate.documents import VERSION
from wasmwright.graph import closure
from wasmwright.lock.model import read_package_lock
from wasmwright.names import attribute
from wasmwright.package import read_package
from wasmwright.recipe.offer import why_not
from wasmwright.recipe.patchhead import patch_head, patch_text
from wasmwright.recipe.resolve import edges

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from wasmwright.checkout import Checkout
    from wasmwright.package import PackageOutput
    from wasmwright.recipe.model import WrittenRecipe


@dataclass(frozen=True, kw_only=True)
class SourceShown:
    """A source of the package; `size` is in bytes. `into` is its place in the first one.

    `profiles` are those that it is for; none means all.
    """

    purl: str
    file: str
    size: int
    sha256: str
    into: str
    profiles: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PatchShown:
    """A patch, and what its head says of it."""

    name: str
    reason: str
    links: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class WheelShown:
    """A wheel in the store."""

    file: str
    size: int


@dataclass(frozen=True, kw_only=True)
class BuiltShown:
    """What was built last in this checkout and is there still: of that version, at `out`. `size` is all in it."""

    version: str
    out: str
    size: int
    wheels: tuple[WheelShown, ...]


@dataclass(frozen=True, kw_only=True)
class PartShown:
    """A part of the package's own suite, as it went last: how many tests, and how they ended."""

    name: str
    tests: int
    passed: int
    failed: int
    known: int
    seconds: float


@dataclass(frozen=True, kw_only=True)
class SuiteShown:
    """The last run of the suite; `ok`: all is as known_failures.toml says."""

    ok: bool
    parts: tuple[PartShown, ...]


@dataclass(frozen=True, kw_only=True)
class ProfileShown:
    """The package in one profile. `reason` says why it is not built there."""

    profile: str
    reason: str | None
    built: BuiltShown | None
    last: LastResult | None
    suite: SuiteShown | None

    def to_json(self) -> dict[str, object]:
        """The profile's part as `--json` prints it."""
        return {
            "offered": self.reason is None,
            "reason": self.reason,
            "built": None if self.built is None else asdict(self.built),
            "last": None if self.last is None else self.last.to_json(),
            "suite": None if self.suite is None else asdict(self.suite),
        }


@dataclass(frozen=True, kw_only=True)
class Portrait:
    """A package. `needed_by` are those that name it, `needs` all that it needs, directly or not."""

    recipe: WrittenRecipe
    needs: tuple[str, ...]
    needed_by: tuple[str, ...]
    sources: tuple[SourceShown, ...]
    patches: tuple[PatchShown, ...]
    profiles: tuple[ProfileShown, ...]

    @property
    def kind(self) -> str:
        """What it is: a wheel, a library, or a wheel that was finished before."""
        return kind(self.recipe)

    def to_json(self) -> dict[str, object]:
        """The package as `--json` prints it."""
        recipe = self.recipe
        return {
            "name": recipe.name,
            "version": recipe.version,
            "kind": self.kind,
            "summary": recipe.summary,
            "license": recipe.license,
            "homepage": recipe.homepage,
            "sets": list(recipe.sets),
            "disabled": recipe.disabled,
            "hold": recipe.hold,
            "host": list(recipe.host),
            "run": list(recipe.run),
            "needs": list(self.needs),
            "needed_by": list(self.needed_by),
            "imports": list(recipe.tests.imports),
            "tools": list(recipe.build.tools),
            "sources": [asdict(source) for source in self.sources],
            "patches": [asdict(patch) for patch in self.patches],
            "suites": [suite.name for suite in recipe.tests.suites],
            "profiles": {one.profile: one.to_json() for one in self.profiles},
        }


def portrait(name: str, checkouts: Sequence[Checkout]) -> Portrait:
    """Look a package up, in the profiles of these checkouts of one folder. Raises InvalidRecipe and InvalidLock."""
    recipes = checkouts[0].recipes
    recipe, graph = recipes[name], edges(recipes)
    return Portrait(
        recipe=recipe,
        needs=tuple(sorted(closure(graph, [name]) - {name})),
        needed_by=tuple(sorted(other for other, needs in graph.items() if name in needs)),
        sources=_sources(recipe),
        patches=tuple(_patch(recipe, patch) for patch in recipe.patches),
        profiles=tuple(_in_profile(recipe, checkout) for checkout in checkouts),
    )


def _sources(recipe: WrittenRecipe) -> tuple[SourceShown, ...]:
    if not recipe.lock_path.exists():
        return ()
    lock = read_package_lock(recipe.lock_path)
    return tuple(
        SourceShown(
            purl=own.source.purl,
            file=own.source.file,
            size=own.source.size,
            sha256=own.source.sha256,
            into=own.into,
            profiles=own.profiles,
        )
        for own in lock.own
    )


def _patch(recipe: WrittenRecipe, name: str) -> PatchShown:
    head = patch_head(patch_text(recipe.folder / "patches" / name))
    return PatchShown(name=name, reason=head.reason, links=head.links)


def _in_profile(recipe: WrittenRecipe, checkout: Checkout) -> ProfileShown:
    return ProfileShown(
        profile=checkout.profile,
        reason=why_not(recipe, checkout.profile),
        built=_built(built_output(checkout, recipe.name)),
        last=read_results(checkout.state / RESULTS).get(recipe.name),
        suite=_suite(checkout.suites / f"{recipe.name}.json"),
    )


def built_output(checkout: Checkout, name: str) -> PackageOutput | None:
    """What was built last of a package here, if it is in the store still."""
    try:
        return read_package((checkout.roots / attribute(name)).resolve(strict=True))
    except (OSError, StoreCorrupted):
        return None


def _built(output: PackageOutput | None) -> BuiltShown | None:
    if output is None:
        return None
    return BuiltShown(
        version=output.version,
        out=str(output.out),
        size=sum(map(_size, output.out.iterdir())),
        wheels=tuple(WheelShown(file=wheel.name, size=wheel.stat().st_size) for wheel in output.wheels),
    )


def _size(entry: Path) -> int:
    """Of a file, or of all in a folder. What a library's output holds are links to the folders that were built."""
    entry = entry.resolve()
    return sum(file.lstat().st_size for file in ([entry] if entry.is_file() else entry.rglob("*")) if file.is_file())


def _suite(path: Path) -> SuiteShown | None:
    """The report that `test --suite` left; what cannot be read counts as none."""
    document = remembered(path, version=VERSION)
    if document is None:
        return None
    try:
        parts = tuple(_part(part.content) for part in document.tables("parts"))
    except (ValueError, KeyError, TypeError, OverflowError):
        return None
    return SuiteShown(ok=document.content.get("ok") is True, parts=parts)


def _part(part: Mapping[str, Any]) -> PartShown:
    return PartShown(
        name=str(part["name"]),
        tests=int(part["tests"]),
        passed=int(part["passed"]),
        failed=int(part["failed"]) + int(part["crashed"]),
        known=int(part["known"]),
        seconds=float(part["seconds"]),
    )
