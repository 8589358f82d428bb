"""Which release of a project is taken, and what of it: its source, a pure wheel, or upstream's own for WebAssembly.

The index's page of the project is all that is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from wasmwright.adding.errors import NotAdded, UnknownProject
from wasmwright.names import first_few, meant, quoted
from wasmwright.sources import pypi
from wasmwright.sources.client import NoAnswer, NotThere
from wasmwright.sources.registries import unreachable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from packaging.version import Version

    from wasmwright.lock.profile import Profile
    from wasmwright.sources.pypi import IndexFile, Release
    from wasmwright.sources.registries import Registries

_NAMED = 6
# A Python that is newer than any: what excludes it has an upper bound.
_NEWEST = "3.999"
# Larger ones tell nothing that is worth the download.
_LARGEST_MODEL = 32 << 20


class TakenAs(Enum):
    """How a project becomes a package: the key of [source], and how people call it."""

    SOURCE = "built from its source"
    PURE = "its pure wheel, which is not built"
    UPSTREAM = "upstream's own wheel for WebAssembly, which is not built here"

    @property
    def is_wheel(self) -> bool:
        """Whether it is finished."""
        return self is not TakenAs.SOURCE


@dataclass(frozen=True, kw_only=True)
class ProjectRelease:
    """A version of a project. `profiles` are those whose Python it is for, `limit` says why where that is not all.

    `model` is a wheel that tells what the package will hold; None where there is none that is small. `ours` are
    the wheels for runtimes that upstream publishes itself, by profile; `newer` tells of a version that is not taken.
    """

    project: str
    version: Version
    profiles: tuple[Profile, ...]
    limit: str
    sdist: Release | None
    pure: Release | None
    model: Release | None
    ours: Mapping[str, Release]
    platforms: tuple[str, ...]
    newer: str = ""

    @property
    def title(self) -> str:
        """The name and version."""
        return f"{self.project} {self.version}"

    def having_wheel(self, profile: Profile) -> tuple[Profile, ...]:
        """The profiles that upstream publishes a wheel for, the one that is asked for first."""
        return (profile, *(one for one in self.profiles if one.name in self.ours and one != profile))

    def way(self, profile: Profile, *, upstream: bool) -> TakenAs:
        """What is taken of it; with `upstream` a finished wheel. Raises NotAdded where there is nothing."""
        if upstream:
            if profile.name not in self.ours and self.pure is None:
                message = f"upstream publishes no wheel of {self.title} for {profile.platform}{self._others()}"
                raise NotAdded(
                    message, hint="without --upstream-wheel it is built from its source, if that needs no Rust"
                )
            return TakenAs.UPSTREAM if profile.name in self.ours else TakenAs.PURE
        if self.pure is not None and (self.sdist is None or not self.platforms):
            return TakenAs.PURE
        if self.sdist is None:
            message = f"{self.title} has no source distribution and no pure wheel{self._others()}"
            hint = "--upstream-wheel takes upstream's own" if self.ours else "its source may lie elsewhere"
            raise NotAdded(message, hint=f"{hint}: docs/reference/recipe.md, [source]" if not self.ours else hint)
        return TakenAs.SOURCE

    def _others(self) -> str:
        """What wheels there are, for messages."""
        ours = sorted(release.file.name for release in self.ours.values())
        named = ours or [one for one in self.platforms if "emscripten" in one] or [*self.platforms]
        return f"; there are wheels for {first_few(named, _NAMED)}" if named else ""


def find_release(  # noqa: PLR0913 - two of them by name
    project: str,
    wanted: SpecifierSet,
    registries: Registries,
    profiles: Sequence[Profile],
    *,
    upstream_for: Profile | None = None,
    known: Collection[str] = (),
) -> ProjectRelease:
    """The newest release of a project that `wanted` allows and that is for the Python of the first of `profiles`.

    One that is for others of them alone comes after that. With `upstream_for` only those count that have a finished
    wheel for that profile; one that has nothing but an old pure wheel is refused. `known` are names that may be meant.
    Raises UnknownProject, NotAdded, MirrorUnreachable and PinUnavailable.
    """
    files = _page(project, registries, known)
    releases = [*pypi.sdists(files), *pypi.wheels(files)]
    every = _allowed(project, files, releases, wanted)
    versions: Sequence[Version] = every
    if upstream_for is not None:
        versions = _with_wheel(project, versions, releases, upstream_for)
        profiles = (upstream_for, *(one for one in profiles if one != upstream_for))
    chosen, fitting = _newest(project, versions, releases, profiles)
    return _release(
        project,
        chosen,
        [release for release in releases if release.version == chosen],
        fitting,
        profiles,
        newer=_newer(every[0], chosen, releases, versions),
    )


@dataclass(frozen=True, kw_only=True)
class PureWheels:
    """That the index has a pure wheel of a project, so that a lock finds it; and whether it has compiled ones too.

    `newer` tells of a release that is newer than it, and has none.
    """

    has_compiled: bool
    newer: str = ""


def pure_wheels(name: str, wanted: SpecifierSet, registries: Registries) -> PureWheels | None:
    """Whether the index has a pure wheel of a project that `wanted` allows. Raises MirrorUnreachable."""
    try:
        files = registries.page(name)
    except NotThere:
        return None
    except NoAnswer as refusal:
        raise unreachable(name, refusal) from None
    allowed = [release for release in pypi.wheels(files) if pypi.is_allowed(release.version, wanted)]
    pure = max((release.version for release in allowed if release.is_pure), default=None)
    if pure is None:
        return None
    same = (release for release in allowed if release.version == pure)
    return PureWheels(
        has_compiled=not all(release.is_pure for release in same),
        newer=pypi.passed_over(files, pypi.PURE_WHEEL, than=pure),
    )


def no_version(project: str, text: str, registries: Registries, *, known: Collection[str] = ()) -> UnknownProject:
    """The error for what is asked for as a version and is none. Raises UnknownProject and MirrorUnreachable."""
    files = _page(project, registries, known)
    message = f"{quoted(text)} is no version (PEP 440), as all of {project} are"
    return UnknownProject(message, hint=f"the index has {_versions(files)}: `./wasmwright add {project}==VERSION`")


def _page(project: str, registries: Registries, known: Collection[str]) -> tuple[IndexFile, ...]:
    try:
        return registries.page(project)
    except NotThere:
        message = f"the package index has no project `{project}`"
        otherwise = "a project may be called otherwise than its module: upstream tells how to install it"
        hint = meant(project, known, otherwise=otherwise)
        raise UnknownProject(message, hint=hint) from None
    except NoAnswer as refusal:
        raise unreachable(project, refusal) from None


def _allowed(
    project: str, files: Sequence[IndexFile], releases: Sequence[Release], wanted: SpecifierSet
) -> list[Version]:
    """The versions that `wanted` allows, the newest first."""
    every = {release.version for release in releases}
    found = sorted((version for version in every if pypi.is_allowed(version, wanted)), reverse=True)
    if found:
        return found
    if every and not wanted:
        # Nothing but pre-releases: naming one takes it.
        newest = ", ".join(pypi.newest_versions(files))
        message = f"{project} has pre-releases only: {newest}"
        raise UnknownProject(message, hint=f"name one: `./wasmwright add {project}=={max(every)}`")
    withdrawn = [file for file in files if file.yanked and _is_of(file, wanted)]
    if withdrawn:
        message = f"{project}{wanted} was withdrawn upstream (yanked): {withdrawn[0].name}"
        raise UnknownProject(message, hint=f"take another version: {_versions(files)}")
    message = f"the package index has nothing of {project}{wanted}"
    raise UnknownProject(message, hint=f"it has {_versions(files)}")


def _versions(files: Iterable[IndexFile]) -> str:
    return ", ".join(pypi.newest_versions(files)) or "no release at all"


def _is_of(file: IndexFile, wanted: SpecifierSet) -> bool:
    kept = pypi.IndexFile(name=file.name, url=file.url)
    return any(wanted.contains(one.version, prereleases=True) for one in (*pypi.sdists([kept]), *pypi.wheels([kept])))


def _with_wheel(
    project: str, versions: Sequence[Version], releases: Sequence[Release], profile: Profile
) -> Sequence[Version]:
    """Those versions that need not be built for a profile: with a wheel for its platform, or a pure one.

    An old release that only has a pure one is not what was asked for, and has to be named: raises NotAdded. Where none
    has any, all are given.
    """
    theirs = {one.version for one in releases if _is_for(one, profile)}
    pure = {one.version for one in releases if one.is_pure}
    having = [version for version in versions if version in theirs | pure]
    if not having or having[0] == versions[0] or having[0] in theirs:
        return having or versions
    found = [f"{version} (pure)" if version not in theirs else str(version) for version in having]
    message = f"upstream publishes no wheel of {project} {versions[0]} for {profile.platform}"
    command = f"./wasmwright add {project}=={having[0]} --upstream-wheel --profile {profile.name}"
    hint = f"older ones are finished: {first_few(found, _NAMED)}; name one, `{command}`, or build the newest"
    raise NotAdded(message, hint=hint)


def _newer(newest: Version, chosen: Version, releases: Iterable[Release], versions: Collection[Version]) -> str:
    """What the newest version lacks, where it is not the one that is taken."""
    if newest == chosen:
        return ""
    if newest not in versions:
        return f"{newest} is newer, and has no wheel for the profile"
    return f"{newest} is newer, and is for Python {_requires_python(newest, releases)}"


def _newest(
    project: str, versions: Sequence[Version], releases: Sequence[Release], profiles: Sequence[Profile]
) -> tuple[Version, tuple[Profile, ...]]:
    """The version to take, and the profiles whose Python it is for.

    Where the newest says that a Python is too new, older ones that do not say so are no better. Where it is too old,
    an older version may be what fits.
    """
    wishes = {version: _requires_python(version, releases) for version in versions}
    second: tuple[Version, tuple[Profile, ...]] | None = None
    for version in versions:
        fitting = tuple(one for one in profiles if _takes(wishes[version], one.python_full))
        if profiles[0] in fitting:
            return version, fitting
        second = second or ((version, fitting) if fitting else None)
        if not _takes(wishes[version], _NEWEST):
            break
    if second is not None:
        return second
    pythons = " or ".join(one.python_full for one in profiles)
    newest = versions[0]
    message = f"{project} {newest} is for Python {wishes[newest]}, and not for {pythons}"
    raise NotAdded(message, hint=f"name a version that is: `./wasmwright add {project}==VERSION`")


def _requires_python(version: Version, releases: Iterable[Release]) -> str:
    said = (one.file.requires_python for one in releases if one.version == version)
    return next((text for text in said if text), "")


def _takes(wanted: str, python: str) -> bool:
    try:
        return SpecifierSet(wanted).contains(python, prereleases=True)
    except InvalidSpecifier:
        return True


def _release(  # noqa: PLR0913 - what was found, in the order in which it was
    project: str,
    version: Version,
    releases: Sequence[Release],
    fitting: tuple[Profile, ...],
    profiles: Sequence[Profile],
    *,
    newer: str,
) -> ProjectRelease:
    sdists = sorted((one for one in releases if not one.tags), key=lambda one: not one.file.name.endswith(".tar.gz"))
    wheels = [one for one in releases if one.tags]
    pure = next((one for one in wheels if one.is_pure), None)
    compiled = [one for one in wheels if not one.is_pure]
    wish = _requires_python(version, releases)
    return ProjectRelease(
        project=project,
        version=version,
        profiles=fitting,
        limit="" if len(fitting) == len(profiles) else f"upstream says that it is for Python {wish}",
        sdist=sdists[0] if sdists else None,
        pure=pure,
        model=_model(compiled, fitting) or pure,
        ours={one.name: wheel for one in profiles for wheel in compiled if _is_for(wheel, one)},
        platforms=tuple(sorted({tag.platform for one in compiled for tag in one.tags})),
        newer=newer,
    )


def _model(wheels: Iterable[Release], profiles: Sequence[Profile]) -> Release | None:
    """The wheel that tells most of what ours will hold: for the Python of the first profile, and for Linux."""
    tags = [one.python_tag for one in profiles]

    def likeness(release: Release) -> tuple[int, bool, bool, bool, str]:
        ranks = [tags.index(tag.abi) for tag in release.tags if tag.abi in tags]
        rank = min(ranks, default=len(tags) if any(tag.abi == "abi3" for tag in release.tags) else len(tags) + 1)
        is_linux = any(tag.platform.startswith("manylinux") for tag in release.tags)
        is_cpython = any(tag.interpreter.startswith("cp") for tag in release.tags)
        return (
            -rank,
            is_cpython,
            is_linux,
            any(tag.platform.endswith("x86_64") for tag in release.tags),
            release.file.name,
        )

    small = (one for one in wheels if one.file.size is not None and one.file.size <= _LARGEST_MODEL)
    return max(small, key=likeness, default=None)


def _is_for(release: Release, profile: Profile) -> bool:
    return any(tag.platform == profile.platform for tag in release.tags)
