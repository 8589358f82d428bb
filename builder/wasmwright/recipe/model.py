"""A recipe in its two states: as its author wrote it, and resolved with its lock and the recipes it needs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from wasmwright.sources.kinds.kind import Origin

CI = "ci"
"""The set of the packages that `check` builds, and so continuous integration; others are built when asked for."""


class BuildType(StrEnum):
    """What a recipe makes."""

    WHEEL = "wheel"
    LIBRARY = "library"


class BuildSystem(StrEnum):
    """What configures and compiles a library."""

    CMAKE = "cmake"
    AUTOTOOLS = "autotools"
    MAKE = "make"
    MESON = "meson"


class Exports(StrEnum):
    """Which symbols a compiled module shows, where no list of names is given."""

    PYINIT = "pyinit"
    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Further:
    """A source beside the first one, put `into` a folder of it; without `unpack`, as the file of that name.

    `version` is empty for a kind that has none.
    """

    origin: Origin
    version: str
    into: str
    unpack: bool


@dataclass(frozen=True, kw_only=True)
class Build:
    """How to build. `system` is set for a library only; `requires` holds PEP 508 requirements."""

    type: BuildType
    system: BuildSystem | None
    config_settings: Mapping[str, str | tuple[str, ...]]
    flags: tuple[str, ...]
    cflags: tuple[str, ...]
    cxxflags: tuple[str, ...]
    ldflags: tuple[str, ...]
    env: Mapping[str, str]
    exports: Exports | tuple[str, ...]
    shared: tuple[str, ...]
    requires: tuple[str, ...]
    without: tuple[str, ...]
    tools: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Suite:
    """A part of the package's own tests, run by pytest with these arguments."""

    name: str
    args: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SelfTests:
    """What shows that a package works. `split` holds globs of files that go to the tests wheel.

    `folders` are folders of the source that suites have beside the package.
    """

    imports: tuple[str, ...]
    requires: tuple[str, ...]
    split: tuple[str, ...]
    folders: tuple[str, ...]
    suites: tuple[Suite, ...]


@dataclass(frozen=True, kw_only=True)
class WrittenRecipe:
    """What a recipe.toml says, checked by itself: its dependencies are names that may not exist.

    `path` is the recipe.toml; `smoke_test` tells whether a test_import.py lies beside it. `profiles` None means all
    of them; `disabled` says why nothing builds the package, `hold` why it stays at its version. `source_folder` is the
    project's in its source.
    """

    path: Path
    name: str
    version: str
    summary: str | None
    license: str | None
    homepage: str | None
    sets: tuple[str, ...]
    profiles: tuple[str, ...] | None
    profiles_reason: str | None
    hold: str | None
    disabled: str | None
    source: Origin
    further: tuple[Further, ...]
    source_folder: str
    patches: tuple[str, ...]
    build: Build
    host: tuple[str, ...]
    run: tuple[str, ...]
    requires: tuple[str, ...]
    without: tuple[str, ...]
    tests: SelfTests
    smoke_test: bool

    @property
    def folder(self) -> Path:
        """Where the recipe, its lock, its patches and its tests lie."""
        return self.path.parent

    @property
    def lock_path(self) -> Path:
        """The lock that belongs to the recipe; it need not exist."""
        return self.folder / "lock.json"

    @property
    def is_prebuilt(self) -> bool:
        """Whether its source is a finished wheel, which is not built."""
        return self.source.is_wheel


@dataclass(frozen=True, kw_only=True)
class ResolvedRecipe:
    """A recipe whose dependencies are there: the recipes that it names, resolved themselves. It has no lock."""

    path: Path
    name: str
    version: str
    summary: str | None
    license: str | None
    homepage: str | None
    sets: tuple[str, ...]
    profiles: tuple[str, ...] | None
    disabled: str | None
    is_prebuilt: bool
    source_folder: str
    patches: tuple[str, ...]
    build: Build
    host: tuple[ResolvedRecipe, ...]
    run: tuple[ResolvedRecipe, ...]
    tests: SelfTests
    smoke_test: bool

    @property
    def folder(self) -> Path:
        """Where the recipe and its generated package.nix lie."""
        return self.path.parent
