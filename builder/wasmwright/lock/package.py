"""From a recipe to its lock: the source, the wheels that build it, the wheels that test it."""

from __future__ import annotations

import io
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from wasmwright.errors import Unresolvable
from wasmwright.lock.model import PackageLock
from wasmwright.lock.pin import pin_file, project_files, unreachable
from wasmwright.lock.requirements import Resolver, build_interpreter, target_interpreter
from wasmwright.recipe.model import BuildType, DebianSource, FolderSource, PypiSource, WrittenRecipe
from wasmwright.recipe.resolve import lock_digest
from wasmwright.sources import pypi
from wasmwright.sources.apt import Apt
from wasmwright.sources.client import NoAnswer, NotThere

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from wasmwright.lock.model import ToolchainLock
    from wasmwright.lock.profile import Profile
    from wasmwright.lock.wishes import Machine
    from wasmwright.sources.client import Client
    from wasmwright.sources.entry import Source
    from wasmwright.sources.mirrors import Mirrors

# What PEP 517 says for a project that names no build system.
_DEFAULT_REQUIRES = ("setuptools>=40.8.0",)


@dataclass(kw_only=True)
class PackageLocking:
    """Locks recipes one after the other. `recipes` are all there are: what they make is not taken from PyPI.

    `archives` are the sources of those that are folders.
    """

    profile: Profile
    profile_lock: ToolchainLock
    machine: Machine
    recipes: Mapping[str, WrittenRecipe]
    client: Client
    mirrors: Mirrors
    cache: Path
    archives: Mapping[str, Source] = field(default_factory=dict)
    step: Callable[[str], None] = lambda _: None
    _suites: dict[str, Apt] = field(default_factory=dict)

    def lock(self, recipe: WrittenRecipe) -> PackageLock:
        """Resolve one recipe."""
        resolver = Resolver(client=self.client, mirrors=self.mirrors)
        self.step(f"{recipe.name}: source {recipe.version}")
        source, written = self._source(recipe)
        self.step(f"{recipe.name}: build requirements")
        build_requires = resolver.resolve(
            (*combined(written, recipe.build.requires, recipe.build.without), *self._hosts_of(recipe)),
            build_interpreter(self.profile, self.profile_lock),
            own={},
            wanted_by=f"the build requirements of {recipe.name}",
        )
        self.step(f"{recipe.name}: test requirements")
        test_requires = resolver.resolve(
            recipe.tests.requires,
            target_interpreter(self.profile),
            own=self._own(),
            wanted_by=f"the test requirements of {recipe.name} (pure wheels only)",
        )
        return PackageLock(
            name=recipe.name,
            package_version=recipe.version,
            recipe_sha256=lock_digest(recipe),
            source=source,
            build_requires=build_requires,
            test_requires=test_requires,
            host=tuple(sorted(recipe.host)),
            run=tuple(sorted(recipe.run)),
        )

    def _hosts_of(self, recipe: WrittenRecipe) -> tuple[str, ...]:
        """For each wheel that it compiles against, the host's wheel of that version, to be asked and imported."""
        wheels = (self.recipes[name] for name in recipe.host if name in self._own())
        return tuple(f"{wheel.name}=={wheel.version}" for wheel in wheels)

    def _own(self) -> dict[str, str]:
        wheels = (recipe for recipe in self.recipes.values() if recipe.build.type is BuildType.WHEEL)
        return {recipe.name: recipe.version for recipe in wheels}

    def _source(self, recipe: WrittenRecipe) -> tuple[Source, tuple[str, ...]]:
        """The source, and what its own pyproject.toml wants for building."""
        match recipe.source:
            case PypiSource(project=project):
                return self._sdist(project, recipe)
            case DebianSource(package=package, suite=suite):
                return self._apt(suite).source(package, recipe.version), ()
            case FolderSource(requires=requires):
                return self.archives[recipe.name], requires

    def _sdist(self, project: str, recipe: WrittenRecipe) -> tuple[Source, tuple[str, ...]]:
        files = project_files(self.client, self.mirrors, project)
        wanted = Version(recipe.version)
        found = [release for release in pypi.sdists(files) if release.version == wanted]
        if not found:
            raise pypi.no_file(project, SpecifierSet(f"=={recipe.version}"), files, "source distribution")
        chosen = min(found, key=lambda release: not release.file.name.endswith(".tar.gz"))
        source = pin_file(self.client, canonicalize_name(project), chosen)
        if recipe.build.type is BuildType.LIBRARY:
            return source, ()
        try:
            content = self.client.get(chosen.file.url).content
        except (NotThere, NoAnswer) as refusal:
            raise unreachable(chosen.file.name, refusal) from None
        return source, build_system_requires(read_pyproject(content, source.file), where=source.file)

    def _apt(self, suite: str) -> Apt:
        if suite not in self._suites:
            apt = Apt(
                directory=self.cache / "apt" / suite,
                suite=suite,
                architecture=self.machine.architecture,
                component=self.machine.component,
            )
            self.step(f"apt: lists of {suite}")
            apt.update(self.mirrors.debian)
            self._suites[suite] = apt
        return self._suites[suite]


def combined(written: Iterable[str], added: Iterable[str], without: Iterable[str]) -> Sequence[str]:
    """The requirements of the project and the recipe, less the projects that the recipe drops."""
    dropped = {canonicalize_name(name) for name in without}
    kept = [text for text in written if canonicalize_name(Requirement(text).name) not in dropped]
    return tuple(dict.fromkeys((*kept, *added)))


def read_pyproject(sdist: bytes, name: str) -> str | None:
    """The pyproject.toml at the top of a source distribution, if it has one."""
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(sdist)) as archive:
            member = next((item for item in archive.namelist() if _is_pyproject(item)), None)
            return archive.read(member).decode() if member else None
    with tarfile.open(fileobj=io.BytesIO(sdist), mode="r:*") as tarball:
        for item in tarball:
            if _is_pyproject(item.name) and item.isfile():
                file = tarball.extractfile(item)
                assert file is not None
                return file.read().decode()
    return None


def build_system_requires(pyproject: str | None, *, where: str) -> tuple[str, ...]:
    """What a project needs to be built, by PEP 518.

    Back ends can ask for more while they run (`get_requires_for_build_wheel`). That would mean running foreign code to
    make a lock, and what they ask for are native tools such as ninja, which recipes name under `tools`.
    """
    if pyproject is None:
        return _DEFAULT_REQUIRES
    try:
        table = tomllib.loads(pyproject).get("build-system", {})
        requires = tuple(str(text) for text in table.get("requires", _DEFAULT_REQUIRES))
        for text in requires:
            Requirement(text)
    except (tomllib.TOMLDecodeError, AttributeError, InvalidRequirement) as error:
        message = f"the pyproject.toml of {where} cannot be understood: {error}"
        raise Unresolvable(message, hint="take another version") from None
    return requires


def _is_pyproject(path: str) -> bool:
    return path.removeprefix("./").count("/") == 1 and path.endswith("/pyproject.toml")
