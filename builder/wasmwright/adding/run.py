"""Projects of the index as packages, with what they need: drafted and locked in memory, then written in one go."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from packaging.specifiers import SpecifierSet

from wasmwright import reading
from wasmwright.adding.draft import Draft, IndexProject, draft, limited, names_of, read_project
from wasmwright.adding.errors import NotAdded
from wasmwright.adding.linked import is_library
from wasmwright.adding.release import PureWheels, TakenAs, find_release, pure_wheels
from wasmwright.errors import Unresolvable
from wasmwright.failure import WasmwrightError
from wasmwright.generate.render import package_nix
from wasmwright.graph import closure, topological_order
from wasmwright.importing.errors import RecipeInTheWay
from wasmwright.lock.package import PackageLocking, requires_dist
from wasmwright.names import first_few, normalize
from wasmwright.recipe.recipes import Recipes
from wasmwright.recipe.resolve import edges, resolve_all
from wasmwright.sources.kinds.table import kind_of
from wasmwright.standards import parse_requirement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from packaging.requirements import Requirement

    from wasmwright.lock.model import PackageLock
    from wasmwright.lock.profile import Profile
    from wasmwright.lock.target import Target
    from wasmwright.recipe.known import Known
    from wasmwright.recipe.model import WrittenRecipe
    from wasmwright.sources.entry import Source
    from wasmwright.sources.registries import Registries

# More is no package with its needs, but a whole farm: those are added one by one.
_MOST = 40
_NAMED = 8


@dataclass(frozen=True, kw_only=True)
class Added:
    """A package that can be written. `wanted_by` is what needs it; None for what was asked for by name."""

    draft: Draft
    lock: PackageLock
    nix: str
    wanted_by: str | None

    @property
    def name(self) -> str:
        """The name of the package."""
        return self.draft.recipe.name


@dataclass(kw_only=True)
class Adder:
    """Adds projects to the `recipes` of a checkout, whose folder of recipes is `pkgs`.

    `profile` is the one that finished wheels of upstream's are for; with `upstream` such are taken for what is named,
    and for what it needs where nothing else can be had.
    """

    recipes: Recipes
    targets: Sequence[Target]
    known: Known
    pkgs: Path
    profile: Profile
    registries: Registries
    upstream: bool
    _projects: dict[str, IndexProject] = field(default_factory=dict, init=False)
    # By project, what it requires and is taken as a pure wheel.
    _pure: dict[str, dict[str, PureWheels]] = field(default_factory=dict, init=False)
    _also: dict[str, set[str]] = field(default_factory=dict, init=False)
    _wanted_by: dict[str, str | None] = field(default_factory=dict, init=False)
    _drafts: dict[str, Draft] = field(default_factory=dict, init=False)
    _locks: dict[str, PackageLock] = field(default_factory=dict, init=False)

    def add(self, wanted: Mapping[str, SpecifierSet]) -> list[Added]:
        """What `wanted` and all that it needs become, each after what it needs itself; nothing is written.

        Raises NotAdded, UnknownProject, RecipeInTheWay, Unresolvable and what registries raise.
        """
        for name, versions in wanted.items():
            self._check_free(name)
            if name not in self._projects:
                self._read(name, versions, wanted_by=None)
        while waiting := [name for name in self._order() if name not in self._locks]:
            self._lock(waiting[0])
        return [self._added(name) for name in self._order()]

    def _check_free(self, name: str) -> None:
        folder = self.pkgs / name
        if is_library(name, self.recipes):
            message = f"pkgs/{name} is a library of that name, and a package's name is its folder's"
            raise RecipeInTheWay(
                message, hint=f"rename the library (`lib{name}`) in its folder, recipe and dependents first"
            )
        if name in self.recipes:
            message = f"pkgs/{name} has a recipe already, of version {self.recipes[name].version}"
            raise RecipeInTheWay(message, hint=f"`./wasmwright update {name}` brings another version")
        if folder.exists() or folder.is_symlink():
            message = f"pkgs/{name} is there already, without a recipe"
            raise RecipeInTheWay(message, hint="move it away, or remove it")

    @property
    def _everything(self) -> Recipes:
        """The recipes that there are, and the drafts."""
        return Recipes(
            sound={**self.recipes.sound, **{name: one.recipe for name, one in self._drafts.items()}},
            broken=self.recipes.broken,
        )

    def _order(self) -> list[str]:
        """The names of projects, each after those that it needs."""
        graph = {name: [one for one in self._needs(name) if one in self._projects] for name in self._projects}
        return topological_order(graph)

    def _needs(self, name: str) -> list[str]:
        """The packages, there or to be added, that a project needs to run."""
        required = names_of(self._projects[name].requires).keys() | self._also.get(name, set())
        return sorted(one for one in required if one != name and (one in self._projects or one in self.recipes))

    # Reading

    def _read(self, name: str, versions: SpecifierSet, *, wanted_by: str | None) -> None:
        """Read a project, and those that it requires and the index has no pure wheel of."""
        if len(self._projects) >= _MOST:
            message = f"more than {_MOST} packages would have to be added"
            raise NotAdded(message, hint="add what it needs first, a few at a time")
        self.registries.step(f"{name}: reading what the index has")
        project = self._project(name, versions, wanted_by=wanted_by)
        self._projects[name], self._wanted_by[name] = project, wanted_by
        for need, requirement in names_of(project.requires).items():
            if need == name or need in self._projects:
                continue
            if need in self.recipes:
                self._check_version(project, need, requirement)
            elif (pure := pure_wheels(need, requirement.specifier, self.registries)) is not None:
                self._pure.setdefault(name, {})[need] = pure
            else:
                self._check_free(need)
                with _told_of(name):
                    self._read(need, requirement.specifier, wanted_by=name)

    def _project(self, name: str, versions: SpecifierSet, *, wanted_by: str | None) -> IndexProject:
        profiles = [target.profile for target in self.targets]
        is_upstream = self.upstream and wanted_by is None
        upstream_for = self.profile if is_upstream else None
        release = find_release(name, versions, self.registries, profiles, upstream_for=upstream_for, known=self.recipes)
        try:
            way = release.way(self.profile, upstream=is_upstream)
            return read_project(release, way, self.profile, self.registries)
        except NotAdded:
            if not self.upstream or is_upstream or self.profile.name not in release.ours:
                raise
            return read_project(release, TakenAs.UPSTREAM, self.profile, self.registries)

    def _check_version(self, project: IndexProject, need: str, requirement: Requirement) -> None:
        there = self.recipes[need]
        if is_library(need, self.recipes):
            self._check_free(need)
        if not requirement.specifier.contains(there.version, prereleases=True):
            message = f"{project.release.title} requires {need}{requirement.specifier}, and pkgs/ has {there.version}"
            hint = f"`./wasmwright update {need}` first, or name an older version, as in `{project.name}==VERSION`"
            raise NotAdded(message, hint=hint)

    # Locking

    def _lock(self, name: str) -> None:
        """Draft and lock a project; or, where nothing is found of what it needs, read that, so that it comes first."""
        self._fit_profiles(name)
        self._draft(name)
        try:
            lock = self._locked(name)
        except Unresolvable as error:
            missing = self._unknown(name, error)
            if not missing:
                raise
            self._also.setdefault(name, set()).update(missing)
            for one in sorted(missing):
                with _told_of(name):
                    self._read(one, SpecifierSet(), wanted_by=name)
            return
        more = self._needed_by_wheels(name, lock)
        if more:
            self._also.setdefault(name, set()).update(more)
            self._fit_profiles(name)
            self._draft(name)
            lock = self._locked(name)
        self._locks[name] = lock

    def _draft(self, name: str) -> None:
        self._drafts[name] = draft(
            self._projects[name],
            recipes=self._everything,
            run=self._needs(name),
            pure={one: pure for one, pure in self._pure.get(name, {}).items() if one not in self._projects},
            known=self.known,
            pkgs=self.pkgs,
        )

    def _fit_profiles(self, name: str) -> None:
        """Leave those profiles that all packages have which it needs. Raises NotAdded where none is left."""
        project = self._projects[name]
        kept, reason = project.profiles, project.release.limit
        recipes = self._everything
        for need in self._needs(name):
            if (why := recipes[need].disabled) is not None:
                message = f"{project.release.title} requires {need}, which is disabled here: {why}"
                raise NotAdded(message, hint=f"see pkgs/{need}/recipe.toml, or take a version that does without it")
            only = recipes[need].profiles
            if only is not None and not {one.name for one in kept} <= {*only}:
                kept = tuple(one for one in kept if one.name in only)
                reason = f"{need}, which it needs, is for {', '.join(only)} only"
        if not kept:
            message = f"{project.release.title} fits no profile: {reason}"
            raise NotAdded(message, hint="take another version of it, or of what it needs")
        if kept != project.profiles:
            self._projects[name] = limited(project, kept, reason)

    def _locked(self, name: str) -> PackageLock:
        """The lock, for those profiles that have a solution where any has one."""
        recipe = self._drafts[name].recipe
        try:
            return self._locking(self.targets).lock(recipe)
        except Unresolvable as error:
            project = self._projects[name]
            if self._unknown(name, error) or len(project.profiles) == 1:
                raise
            solved = [one for one in project.profiles if self._is_solved(recipe, one)]
            if not solved:
                raise
            names = ", ".join(one.short for one in solved)
            self.registries.step(f"{name}: locked for {names} alone, as nothing fits the others")
            reason = f"no wheels of what its build or the package requires are for the others ({_brief(error)})"
            self._projects[name] = limited(project, solved, reason)
            self._draft(name)
            return self._locking(self.targets).lock(self._drafts[name].recipe)

    def _is_solved(self, recipe: WrittenRecipe, profile: Profile) -> bool:
        targets = [target for target in self.targets if target.profile == profile]
        try:
            self._locking(targets).lock(recipe)
        except Unresolvable:
            return False
        return True

    def _locking(self, targets: Sequence[Target]) -> PackageLocking:
        return PackageLocking(targets=targets, recipes=self._everything, registries=self.registries)

    def _unknown(self, name: str, error: Unresolvable) -> set[str]:
        """The projects that it needs to run, of which there is no pure wheel, and that could be packages."""
        project = self._projects[name]
        build = project.survey.needs if project.survey is not None else frozenset()
        return {
            one
            for one in map(normalize, error.missing)
            if one not in self._projects and one not in self.recipes and one not in build
            if pure_wheels(one, SpecifierSet(), self.registries) is None
        }

    def _needed_by_wheels(self, name: str, lock: PackageLock) -> list[str]:
        """Our packages that the pure wheels require which come with it, and that it does not name itself."""
        wheels: dict[str, Source] = {}
        for profile in lock.profiles:
            wheels.update({wheel.name: wheel for wheel in lock.for_profile(profile).run_requires})
        found: set[str] = set()
        for wheel in wheels.values():
            text = kind_of(wheel).text(wheel, "METADATA", self.registries)
            try:
                required = requires_dist(text, where=wheel.file)
            except reading.Unreadable:
                continue
            found |= {normalize(parse_requirement(one).name) for one in required}
        ours = self._everything
        reached = closure(edges(ours), self._drafts[name].recipe.run)
        return sorted(one for one in found if one in ours and one != name and one not in reached)

    def _added(self, name: str) -> Added:
        recipes = self._everything
        needed = closure(edges(recipes), [name])
        resolved = resolve_all({one: recipes[one] for one in needed})
        return Added(
            draft=self._drafts[name],
            lock=self._locks[name],
            nix=package_nix(resolved[name]),
            wanted_by=self._wanted_by[name],
        )


@contextmanager
def _told_of(name: str) -> Iterator[None]:
    """Errors inside say which package it was that needed what failed."""
    try:
        yield
    except WasmwrightError as error:
        error.args = (f"{name} needs what cannot be added: {error}",)
        raise


def _brief(error: Unresolvable) -> str:
    named = [*error.missing] or [str(error)]
    return first_few(named, _NAMED)
