"""From a recipe to its lock: the source, the wheels that build it, the wheels that test it."""

from __future__ import annotations

import re
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from email.parser import HeaderParser
from typing import TYPE_CHECKING

from packaging.requirements import InvalidRequirement

from wasmwright import reading
from wasmwright.errors import Unresolvable
from wasmwright.lock.availability import check_listed
from wasmwright.lock.fresh import lock_digest, made_for
from wasmwright.lock.model import Answer, OwnSource, PackageLock
from wasmwright.lock.requirements import RequirementResolver, build_interpreter, target_interpreter
from wasmwright.names import normalize
from wasmwright.recipe.model import BuildType, Further, WrittenRecipe
from wasmwright.recipe.offer import why_not
from wasmwright.recipe.problems import shown
from wasmwright.sources.kinds.folder import FolderSource
from wasmwright.sources.kinds.kind import AskedVersion
from wasmwright.sources.kinds.table import kind_of
from wasmwright.standards import parse_requirement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from wasmwright.lock.pip import Interpreter
    from wasmwright.lock.target import Target
    from wasmwright.sources.entry import Source
    from wasmwright.sources.registries import Registries

_PYPROJECT, _METADATA = "pyproject.toml", "METADATA"
_EXTRA = re.compile(r"\bextra\b")
# What PEP 517 says for a project that names no build system.
_DEFAULT_REQUIRES = ("setuptools>=40.8.0",)


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """The wheels for one profile."""

    build_requires: tuple[Source, ...]
    test_requires: tuple[Source, ...]
    run_requires: tuple[Source, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProjectWishes:
    """What a project requires by itself: to be built, and to run."""

    build: tuple[str, ...] = ()
    run: tuple[str, ...] = ()


@dataclass(kw_only=True)
class PackageLocking:
    """Locks recipes, several at once too, for all `targets`: those after the first keep near its versions.

    `recipes` are all there are: what they make is not taken from PyPI. `archives` are the sources of those that are
    folders. What several require alike is resolved once.
    """

    targets: Sequence[Target]
    recipes: Mapping[str, WrittenRecipe]
    registries: Registries
    archives: Mapping[str, Source] = field(default_factory=dict)
    _resolved: dict[object, Future[tuple[Source, ...]]] = field(default_factory=dict, init=False)
    _guard: threading.Lock = field(default_factory=threading.Lock, init=False)

    def lock(self, recipe: WrittenRecipe) -> PackageLock:
        """Resolve one recipe."""
        self.registries.step(f"{recipe.name}: source {recipe.version}")
        own, asked = self._sources(recipe)
        chosen: dict[str, Chosen] = {}
        for target in self._targets(recipe):
            near = next(iter(chosen.values()), None)
            chosen[target.profile.name] = self.choose(recipe, asked[target.profile.name], target, near=near)
        lock = self.assemble(recipe, own, chosen)
        check_listed(lock.entries(), self.registries)
        return lock

    def choose(
        self, recipe: WrittenRecipe, asked: ProjectWishes, target: Target, *, near: Chosen | None = None
    ) -> Chosen:
        """Resolve for one profile what a recipe and its project require."""
        name, short = recipe.name, target.profile.short
        build_requires = self._resolve(
            (*combined(asked.build, recipe.build.requires, recipe.build.without), *self._compiled_against(recipe)),
            build_interpreter(target),
            own={},
            near=() if near is None else near.build_requires,
            step=f"{name}: build requirements for {short}",
            wanted_by=f"the build requirements of {name} for {short}",
        )
        test_requires = self._resolve(
            recipe.tests.requires,
            target_interpreter(target.profile),
            own=self._own(),
            near=() if near is None else near.test_requires,
            step=f"{name}: test requirements for {short}",
            wanted_by=f"the test requirements of {name} for {short} (pure wheels only)",
        )
        # What pkgs/ has is named by the recipe; of the rest, what it needs comes with it.
        run_requires = self._resolve(
            tuple(text for text in combined(asked.run, recipe.requires, recipe.without) if not self._is_own(text)),
            target_interpreter(target.profile),
            own=self._own(),
            near=() if near is None else near.run_requires,
            step=f"{name}: requirements for {short}",
            wanted_by=f"what {name} requires for {short} and pkgs/ does not have (pure wheels only)",
        )
        return Chosen(build_requires=build_requires, test_requires=test_requires, run_requires=run_requires)

    def assemble(self, recipe: WrittenRecipe, own: Sequence[OwnSource], chosen: Mapping[str, Chosen]) -> PackageLock:
        """The lock for what was chosen, by profile."""
        targets = {target.profile.name: target for target in self.targets}
        every = (
            wheel
            for each in chosen.values()
            for wheel in (*each.build_requires, *each.test_requires, *each.run_requires)
        )
        return PackageLock(
            name=recipe.name,
            package_version=recipe.version,
            recipe_sha256=lock_digest(recipe),
            own=tuple(own),
            wheels={wheel.name: wheel for wheel in every},
            profiles={
                name: Answer(
                    made_for=made_for(recipe, targets[name], self.recipes),
                    build_requires=tuple(wheel.name for wheel in each.build_requires),
                    test_requires=tuple(wheel.name for wheel in each.test_requires),
                    run_requires=tuple(wheel.name for wheel in each.run_requires),
                )
                for name, each in chosen.items()
            },
        )

    def _targets(self, recipe: WrittenRecipe) -> list[Target]:
        """The profiles that need an answer: none for a library, which no wheel builds or tests."""
        if recipe.build.type is BuildType.LIBRARY:
            return []
        return [target for target in self.targets if why_not(recipe, target.profile.name) is None]

    def _resolve(  # noqa: PLR0913 - all by name but two
        self,
        requirements: Sequence[str],
        interpreter: Interpreter,
        *,
        own: Mapping[str, str],
        near: Sequence[Source],
        step: str,
        wanted_by: str,
    ) -> tuple[Source, ...]:
        """Resolve with the versions of `near` where that has a solution, else freely."""
        if not requirements:
            return ()
        self.registries.step(step)
        resolver = RequirementResolver(
            registries=self.registries, note=lambda told: self.registries.step(f"{step}: {told}")
        )
        versions = {source.package.name: source.package.version or "" for source in near}

        def resolve() -> tuple[Source, ...]:
            if versions:
                try:
                    return resolver.resolve(requirements, interpreter, own=own, near=versions, wanted_by=wanted_by)
                except Unresolvable:
                    self.registries.step(f"{step}: the versions of the first profile have no solution, so others")
            return resolver.resolve(requirements, interpreter, own=own, wanted_by=wanted_by)

        return self._once((tuple(sorted(requirements)), repr(interpreter), bool(own), tuple(near)), resolve)

    def _once(self, key: object, resolve: Callable[[], tuple[Source, ...]]) -> tuple[Source, ...]:
        """What was resolved before for the same `key`, or is by now; what has no solution is tried, and told, anew."""
        with self._guard:
            known = self._resolved.get(key)
            future = self._resolved.setdefault(key, Future())
        if known is not None and known.exception() is None:
            return known.result()
        try:
            found = resolve()
        except BaseException as error:
            if known is None:
                future.set_exception(error)
            raise
        if known is None:
            future.set_result(found)
        return found

    def _compiled_against(self, recipe: WrittenRecipe) -> tuple[str, ...]:
        """For each wheel that it compiles against, the build machine's wheel of that version."""
        wheels = (self.recipes[name] for name in recipe.host if name in self._own())
        return tuple(f"{wheel.name}=={wheel.version}" for wheel in wheels)

    def _own(self) -> dict[str, str]:
        wheels = (recipe for recipe in self.recipes.values() if recipe.build.type is BuildType.WHEEL)
        return {recipe.name: recipe.version for recipe in wheels}

    def _is_own(self, text: str) -> bool:
        return normalize(parse_requirement(text).name) in self.recipes

    def _sources(self, recipe: WrittenRecipe) -> tuple[tuple[OwnSource, ...], dict[str, ProjectWishes]]:
        """The sources, the first one first, and what the project says itself that it requires, by profile."""
        profiles = [target.profile.name for target in self._targets(recipe)]
        if isinstance(recipe.source, FolderSource):
            wishes = ProjectWishes(build=recipe.source.requires, run=recipe.source.run)
            return (OwnSource(source=self.archives[recipe.name]),), dict.fromkeys(profiles, wishes)
        firsts = self._finished(recipe) if recipe.is_prebuilt else [OwnSource(source=self._pinned(recipe))]
        own = (*firsts, *(self._further(recipe, further) for further in recipe.further))
        names = [each.source.name for each in own]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            message = f"two sources of {recipe.name} are files of one name: {', '.join(twice)}"
            raise Unresolvable(message, hint="take one of them from another registry or revision")
        asked: dict[str, ProjectWishes] = {}
        for first in firsts if profiles else ():
            asked |= dict.fromkeys(first.profiles or profiles, self._wishes(recipe, first.source))
        return own, asked

    def _wishes(self, recipe: WrittenRecipe, source: Source) -> ProjectWishes:
        """What a project requires, as its source tells."""
        if recipe.is_prebuilt:
            return ProjectWishes(run=requires_dist(self._text(recipe, source, _METADATA), where=source.file))
        project = self._text(recipe, source, _PYPROJECT)
        metadata = self._text(recipe, source, "PKG-INFO")
        run = requires_dist(metadata, where=source.file) or project_dependencies(project, where=source.file)
        return ProjectWishes(build=build_system_requires(project, where=source.file), run=run)

    def _pinned(self, recipe: WrittenRecipe, platform: str = "") -> Source:
        return recipe.source.pin(AskedVersion(version=recipe.version, platform=platform), self.registries)

    def _finished(self, recipe: WrittenRecipe) -> list[OwnSource]:
        """The wheel of every profile, or one that is for all."""
        found: dict[str, Source] = {}
        lacking: dict[str, Unresolvable] = {}
        for target in self._targets(recipe):
            try:
                found[target.profile.name] = self._pinned(recipe, target.profile.platform)
            except Unresolvable as error:
                lacking[target.profile.name] = error
        if lacking and not found:
            raise next(iter(lacking.values()))
        if lacking:
            having = ", ".join(f'"{name}"' for name in found)
            message = f"upstream has no wheel of {recipe.name} {recipe.version} for {', '.join(lacking)}"
            hint = f"write `profiles = [{having}]` and `profiles-reason` in {shown(recipe.path)}"
            raise Unresolvable(message, hint=hint)
        files = {source.name: source for source in found.values()}
        if len(files) == 1:
            return [OwnSource(source=source) for source in files.values()]
        by_file = {file: tuple(name for name, source in found.items() if source.name == file) for file in files}
        return [OwnSource(source=files[file], profiles=by_file[file]) for file in sorted(files)]

    def _text(self, recipe: WrittenRecipe, source: Source, name: str) -> str | None:
        """A file in the folder of the source that is the project."""
        path = "/".join(part for part in (recipe.source_folder, name) if part)
        try:
            return kind_of(source).text(source, path, self.registries)
        except reading.Unreadable as error:
            raise _not_understood(name, source.file, error) from None

    def _further(self, recipe: WrittenRecipe, further: Further) -> OwnSource:
        self.registries.step(f"{recipe.name}: source for {further.into}")
        source = further.origin.pin(AskedVersion(version=further.version), self.registries)
        return OwnSource(source=source, into=further.into, unpack=further.unpack)


def combined(written: Iterable[str], added: Iterable[str], without: Iterable[str]) -> Sequence[str]:
    """The requirements of the project and the recipe, less the projects that the recipe drops."""
    dropped = {normalize(name) for name in without}
    kept = [text for text in written if normalize(parse_requirement(text).name) not in dropped]
    return tuple(dict.fromkeys((*kept, *added)))


def build_system_requires(pyproject: str | None, *, where: str) -> tuple[str, ...]:
    """What a project needs to be built, by PEP 518.

    Back ends can ask for more while they run (`get_requires_for_build_wheel`). That would mean running foreign code to
    make a lock, and what they ask for are native tools such as ninja, which recipes name under `tools`.
    """
    if pyproject is None:
        return _DEFAULT_REQUIRES
    try:
        document = reading.Fields(reading.toml(pyproject, where=f"the pyproject.toml of {where}"))
        requires = document.table("build-system", is_optional=True).texts("requires", _DEFAULT_REQUIRES)
        for text in requires:
            parse_requirement(text)
    except (reading.Unreadable, InvalidRequirement) as error:
        raise _not_understood(_PYPROJECT, where, error) from None
    return requires


def project_dependencies(pyproject: str | None, *, where: str) -> tuple[str, ...]:
    """What a project needs to run, as far as its pyproject.toml says that (PEP 621)."""
    if pyproject is None:
        return ()
    try:
        document = reading.Fields(reading.toml(pyproject, where=f"the pyproject.toml of {where}"))
        texts = document.table("project", is_optional=True).texts("dependencies", ())
        return without_extras(texts)
    except (reading.Unreadable, InvalidRequirement) as error:
        raise _not_understood(_PYPROJECT, where, error) from None


def requires_dist(metadata: str | None, *, where: str) -> tuple[str, ...]:
    """What a METADATA or PKG-INFO says that a project needs to run; nothing where there is none."""
    if metadata is None:
        return ()
    fields = HeaderParser().parsestr(metadata.partition("\n\n")[0])
    try:
        return without_extras(map(str, fields.get_all("Requires-Dist", [])))
    except InvalidRequirement as error:
        raise _not_understood(_METADATA, where, error) from None


def without_extras(texts: Iterable[str]) -> tuple[str, ...]:
    """The requirements that are no extra's. Raises InvalidRequirement."""
    found = ((text, parse_requirement(text)) for text in texts)
    return tuple(text for text, one in found if one.marker is None or not _EXTRA.search(str(one.marker)))


def _not_understood(name: str, where: str, error: Exception) -> Unresolvable:
    message = f"the {name} of {where} cannot be understood: {error}"
    return Unresolvable(message, hint="take another version")
