"""Makes an environment's folder of its wheels, once it is sure that they are one.

From the environment: `manifestPath`, a JSON file of nix/outputs/mkEnvironment.nix, and `out`.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import InvalidVersion, Version

from wasmwright.outputs.documents import Environment, EnvironmentWheel, WheelOrigin
from wasmwright.outputs.errors import InvalidEnvironment
from wasmwright.outputs.wheels import WheelFacts
from wasmwright.targetmarkers import target_markers
from wasmwright.wheel.entry import reported

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A wheel that is to be in an environment: of a folder, the one that is in it.

    `license` is known better than the wheel says it.
    """

    path: Path
    file: str | None
    origin: WheelOrigin
    purl: str
    license: str | None = None

    @property
    def wheel(self) -> Path:
        """The wheel's file."""
        return next(self.path.glob("*.whl")) if self.path.is_dir() else self.path

    @property
    def name(self) -> str:
        """The name that the wheel has."""
        return self.file or self.wheel.name


@dataclass(frozen=True, kw_only=True)
class Locked:
    """What a lock says of a wheel."""

    name: str
    version: str
    file: str
    sha256: str
    extras: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TargetRuntime:
    """What decides about markers, tags and versions of Python."""

    profile: str
    python: str
    python_full: str
    platform: str

    @property
    def markers(self) -> dict[str, str]:
        """The markers of the runtime's Python."""
        return target_markers(self.python, self.python_full)

    @property
    def tags(self) -> frozenset[Tag]:
        """What the names of wheels for it may say."""
        version = tuple(map(int, self.python.split(".")))
        interpreter = f"cp{self.python.replace('.', '')}"
        own = cpython_tags(version, [interpreter], [self.platform])
        return frozenset((*own, *compatible_tags(version, interpreter, [self.platform])))


class Requiring(Protocol):
    """What the closure asks of a wheel, which need not be at hand."""

    @property
    def path(self) -> Path:
        """Its file, for messages."""
        ...

    @property
    def version(self) -> str:
        """Its version."""
        ...

    @property
    def requirements(self) -> tuple[str, ...]:
        """What it requires, as it says that."""
        ...


@dataclass(kw_only=True)
class Closure:
    """What wheels need of each other, with the extras that are asked for."""

    wheels: Mapping[str, Requiring]
    markers: Mapping[str, str]
    extras: dict[str, set[str]] = field(default_factory=dict)

    def depends(self) -> dict[str, tuple[str, ...]]:
        """The names that each wheel needs. Raises InvalidEnvironment for all that is missing or does not fit."""
        found: dict[str, set[str]] = {name: set() for name in self.wheels}
        faults: dict[str, None] = {}
        waiting = deque(self.wheels)
        while waiting:
            name = waiting.popleft()
            for requirement in self._required(name):
                needed = canonicalize_name(requirement.name)
                faults.update(dict.fromkeys(self._faults(name, requirement)))
                if needed not in self.wheels:
                    continue
                found[name].add(needed)
                new = requirement.extras - self.extras.setdefault(needed, set())
                if new:
                    self.extras[needed] |= new
                    waiting.append(needed)
        if faults:
            message = "these wheels are no environment: " + "; ".join(faults)
            raise InvalidEnvironment(message)
        return {name: tuple(sorted(names - {name})) for name, names in found.items()}

    def _required(self, name: str) -> Iterator[Requirement]:
        for text in self.wheels[name].requirements:
            try:
                requirement = Requirement(text)
            except InvalidRequirement as error:
                message = f"{self.wheels[name].path.name} requires {text!r}, which is no requirement: {error}"
                raise InvalidEnvironment(message, hint="take another version of it") from None
            extras = {"", *self.extras.get(name, ())}
            marker = requirement.marker
            if marker is None or any(marker.evaluate({**self.markers, "extra": extra}) for extra in extras):
                yield requirement

    def _faults(self, name: str, requirement: Requirement) -> Iterator[str]:
        needed = self.wheels.get(canonicalize_name(requirement.name))
        if needed is None:
            yield f"{name} requires {requirement.name}{requirement.specifier}, which is not there"
        elif not requirement.specifier.contains(needed.version, prereleases=True):
            yield f"{name} requires {requirement.name}{requirement.specifier}, and {needed.version} is there"


def make(candidates: Sequence[Candidate], locked: Sequence[Locked], runtime: TargetRuntime, out: Path) -> None:
    """Write the environment to `out`. Raises InvalidEnvironment, and what reading wheels raises."""
    folder = out / "wheels"
    folder.mkdir(parents=True)
    wheels: dict[str, WheelFacts] = {}
    origins: dict[str, Candidate] = {}
    for candidate in candidates:
        # A file in the store has a name of its own, and a wheel is known by the name of its file.
        copy = folder / candidate.name
        shutil.copyfile(candidate.wheel, copy)
        facts = WheelFacts(copy)
        if facts.name in wheels:
            message = f"two wheels are {facts.name}: {wheels[facts.name].path.name} and {copy.name}"
            raise InvalidEnvironment(message)
        check_runtime(facts, runtime)
        wheels[facts.name], origins[facts.name] = facts, candidate
    for wish in locked:
        check_locked(wish, wheels.get(wish.name))
    extras = {wish.name: set(wish.extras) for wish in locked}
    depends = Closure(wheels=wheels, markers=runtime.markers, extras=extras).depends()
    environment = Environment(
        profile=runtime.profile,
        python=runtime.python,
        platform=runtime.platform,
        wheels=tuple(described(wheels[name], origins[name], depends[name]) for name in sorted(wheels)),
    )
    environment.write(out)


def check_locked(wish: Locked, facts: WheelFacts | None) -> None:
    """Raise InvalidEnvironment where a wheel is not the one that was locked."""
    if facts is None:
        message = f"the lock names {wish.name} {wish.version}, and no wheel is"
        raise InvalidEnvironment(message)
    if facts.path.name != wish.file:
        message = f"the lock names {wish.file}, and the wheel of that package is {facts.path.name}"
        raise InvalidEnvironment(message)
    if facts.sha256 != wish.sha256:
        message = (
            f"{facts.path.name} has sha256 {facts.sha256}, and {wish.sha256} is locked: "
            "the checkout builds another wheel than the one that made the lock"
        )
        raise InvalidEnvironment(message, hint="make the lock anew, or use the checkout that it was made with")


def check_runtime(facts: WheelFacts, runtime: TargetRuntime) -> None:
    """Raise InvalidEnvironment for a wheel that is for another platform or Python."""
    name = facts.path.name
    platforms = name.removesuffix(".whl").split("-")[-1].split(".")
    if not {"any", runtime.platform} & {*platforms}:
        message = f"{name} is for {' and '.join(platforms)}, and {runtime.profile} takes {runtime.platform}"
        raise InvalidEnvironment(message)
    _, _, _, tags = parse_wheel_filename(name)
    if tags.isdisjoint(runtime.tags):
        message = f"{name} is for {name.split('-')[-3]}, and {runtime.profile} has Python {runtime.python}"
        raise InvalidEnvironment(message)
    try:
        fits = facts.requires_python is None or SpecifierSet(facts.requires_python).contains(
            Version(runtime.python_full).base_version
        )
    except (InvalidSpecifier, InvalidVersion):
        # Old metadata says odd things, and installers pass over them.
        fits = True
    if not fits:
        message = f"{name} is for Python {facts.requires_python}, and {runtime.profile} has {runtime.python_full}"
        raise InvalidEnvironment(message)


def described(facts: WheelFacts, candidate: Candidate, depends: tuple[str, ...]) -> EnvironmentWheel:
    """What environment.json says of a wheel."""
    return EnvironmentWheel(
        name=facts.name,
        version=facts.version,
        file=facts.path.name,
        size=facts.size,
        sha256=facts.sha256,
        depends=depends,
        imports=facts.imports,
        origin=candidate.origin,
        purl=candidate.purl,
        license=candidate.license or facts.license,
        summary=facts.summary,
    )


def _run() -> int:
    manifest: dict[str, Any] = json.loads(Path(os.environ["manifestPath"]).read_text(encoding="utf-8"))
    runtime = TargetRuntime(**{key: manifest[key] for key in ("profile", "python", "python_full", "platform")})
    candidates = [
        Candidate(
            path=Path(one["path"]),
            file=one.get("file"),
            origin=WheelOrigin(one["origin"]),
            purl=one["purl"],
            license=one.get("license"),
        )
        for one in manifest["wheels"]
    ]
    locked = [Locked(**{**one, "extras": tuple(one["extras"])}) for one in manifest["locked"]]
    try:
        make(candidates, locked, runtime, Path(os.environ["out"]))
    except InvalidEnvironment as error:
        error.hint = error.hint or manifest["advice"]
        raise
    return 0


if __name__ == "__main__":
    sys.exit(reported(_run))
