"""A checkout and a profile, and what depends on either: recipes, locks, attributes of the flake, where state lies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from wasmwright.generate.files import plan
from wasmwright.generate.scope import Scope
from wasmwright.lock.base import base_path, read_base
from wasmwright.lock.inside import Inside, inside_lock, read_inside
from wasmwright.lock.model import read_package_lock
from wasmwright.lock.profile import profile_path, read_profile
from wasmwright.lock.target import read_known, read_target, read_targets
from wasmwright.names import NO_SIMD, attribute
from wasmwright.paths import state_dir
from wasmwright.recipe.parse import load_all
from wasmwright.sources.wanted import RELOCK_TOOLCHAIN
from wasmwright.wanted import all_sources, and_sources, library_names, nix_sources, package_names, wanted_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from wasmwright.generate.files import Generated
    from wasmwright.lock.base import Toolchain
    from wasmwright.lock.model import PackageLock
    from wasmwright.lock.profile import Profile
    from wasmwright.lock.target import Target
    from wasmwright.recipe.known import Known
    from wasmwright.recipe.model import WrittenRecipe
    from wasmwright.recipe.recipes import Recipes
    from wasmwright.sources.wanted import Wanted


@dataclass(frozen=True, kw_only=True)
class Checkout:
    """The folder `root`, seen for `profile`. Made by cli/session.py, once; files are read when they are asked for.

    Without `simd` it is seen for engines of that profile that have no 128-bit vectors: of the same recipes and locks
    other builds are made, apart from those.

    `keeps` tells whether builds fetch and keep all that it takes to make the same once more, the compilers too. In a
    container that is thrown away they take from the store what is there, and fetch what is missing.
    """

    root: Path
    profile: str
    simd: bool = True
    keeps: bool = True

    @property
    def pkgs(self) -> Path:
        """The folder of recipes."""
        return self.root / "pkgs"

    @property
    def state(self) -> Path:
        """Logs, GC roots, results and locks of builds for this profile; not tracked by git."""
        return self.common_state / (self.profile if self.simd else f"{self.profile}{NO_SIMD}")

    @property
    def common_state(self) -> Path:
        """The same of no profile."""
        return state_dir(self.root)

    @property
    def roots(self) -> Path:
        """GC roots of what was built."""
        return self.state / "roots"

    @property
    def suites(self) -> Path:
        """Of each package whose own suite was run: the report, NAME.json, and the folder where it ran."""
        return self.state / "tests"

    @property
    def logs(self) -> Path:
        """What builders wrote."""
        return self.state / "logs"

    @property
    def package_names(self) -> tuple[str, ...]:
        """All packages that have a recipe; no recipe is read."""
        return package_names(self.pkgs)

    @property
    def library_names(self) -> frozenset[str]:
        """Those of the packages that are libraries. What is wrong with a recipe is not told."""
        return library_names(self.pkgs)

    @cached_property
    def recipes(self) -> Recipes:
        """Every recipe of pkgs/, by name. Mistakes raise InvalidRecipe when they are asked for."""
        return load_all(self.pkgs, self.known)

    def lock(self, name: str) -> PackageLock:
        """The lock of one package. Raises InvalidLock."""
        return read_package_lock(self.pkgs / name / "lock.json")

    @cached_property
    def abi(self) -> Profile:
        """The profile, read. Raises InvalidProfile."""
        return read_profile(profile_path(self.root, self.profile))

    @cached_property
    def target(self) -> Target:
        """The profile, as packages are locked for it. Raises InvalidProfile and InvalidLock."""
        return read_target(self.root, self.profile)

    @cached_property
    def base(self) -> Toolchain:
        """What all profiles share. Raises InvalidProfile."""
        return read_base(base_path(self.root))

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """The same of all profiles, the default one first. Raises InvalidProfile and InvalidLock."""
        return read_targets(self.root)

    @cached_property
    def known(self) -> Known:
        """What recipes may name that is no recipe."""
        return read_known(self.root)

    def generated(self, names: Sequence[str]) -> list[Generated]:
        """The generated files of packages; without names of all. Raises what generate.files.plan raises."""
        return plan(self.root, self.recipes, names, known=self.known, targets=self.targets)

    @property
    def flake(self) -> str:
        """The installable of all that the flake has for the profile, by name."""
        return f".#{self.profile}" if self.simd else f".#withoutSimd.{self.profile}"

    def attribute(self, name: str) -> str:
        """The installable of a package, such as `.#pyemscripten_2026_5.numpy-wasm`."""
        return self.output(attribute(name))

    def output(self, name: str) -> str:
        """The installable of anything that the flake has for the profile, such as `.#pyemscripten_2026_5.node`."""
        return f"{self.flake}.{name}"

    def scope(self, revision: str | None = None) -> Scope:
        """What Nix text of ours is made with that is no part of the flake. `revision` goes into attestations."""
        return Scope(checkout=self.root, profile=self.profile, simd=self.simd, revision=revision)

    def wanted(
        self,
        names: Iterable[str],
        project: tuple[WrittenRecipe, PackageLock] | None = None,
        *,
        outputs: bool = False,
    ) -> Wanted:
        """The sources that building these packages, and a `project`, needs; with neither, those of the toolchain.

        With `outputs` also what makes outputs of packages.
        """
        names = tuple(names)
        recipes = self.recipes if names else {}
        return wanted_sources(self.root, self.profile, names, recipes=recipes, project=project, outputs=outputs)

    def inside(self, what: Inside) -> WrittenRecipe:
        """What images have inside beside packages. Raises InvalidRecipe."""
        return read_inside(self.root, self.known, what)

    def inside_wanted(self, what: Inside) -> Wanted:
        """The sources of these and of the toolchain, but for packages. Raises InvalidRecipe and InvalidLock."""
        lock = inside_lock(self.inside(what), self.targets, self.recipes)
        return and_sources(self.wanted(()), lock.for_profile(self.profile).entries(), RELOCK_TOOLCHAIN)

    def with_itself_wanted(self) -> Wanted:
        """The sources of an image that builds recipes: also those of the command line and of Nix."""
        lock = inside_lock(self.inside(Inside.COMMAND_LINE), self.targets, self.recipes)
        own = (*lock.for_profile(self.profile).entries(), *nix_sources(self.root))
        return and_sources(self.inside_wanted(Inside.WHEEL_TOOLS), own, RELOCK_TOOLCHAIN)

    def all_wanted(self, names: Iterable[str] | None = None) -> Wanted:
        """Every source that is pinned, for any profile: of packages those of `names` and what they need, or all."""
        self.recipes.check()
        return all_sources(self.root, self.recipes, self.recipes if names is None else names)
