"""From requirements to an environment: ours where we have the package, else a wheel of the index that fits.

pip decides. It sees the runtime's markers and tags, and of what we have nothing but our own wheel.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from wasmwright.environment.pylock import EnvironmentLock, LockedWheel
from wasmwright.errors import Unresolvable
from wasmwright.lock.pip import Pip, PipWishes
from wasmwright.lock.requirements import runtime_interpreter, write_placeholders
from wasmwright.outputs.environment import Closure
from wasmwright.outputs.wheels import WheelFacts
from wasmwright.sources import pypi
from wasmwright.sources.client import NoAnswer, NotThere

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from packaging.requirements import Requirement

    from wasmwright.lock.pip import Choice
    from wasmwright.lock.profile import Profile
    from wasmwright.sources.entry import Source
    from wasmwright.sources.registries import Registries

_LINES = 12
_OURS = re.compile(r"The user requested \(constraint\) (\S+) .*?([^/\s]+\.whl)\)?.*")
_DEPENDS = re.compile(r"(?P<name>\S+)(?:\[[^]]*\])? (?P<version>\S+) depends on (?P<wanted>.+)")


@dataclass(frozen=True, kw_only=True)
class Ours:
    """A package that we have: `wheel` once it is built; until then what its recipe `requires` stands for it."""

    name: str
    version: str
    requires: tuple[str, ...] = ()
    wheel: Path | None = None


@dataclass(frozen=True, kw_only=True)
class LockedRequirement:
    """What pip chose, as the closure of an environment asks for it."""

    file: str
    version: str
    requirements: tuple[str, ...]

    @property
    def path(self) -> Path:
        """The name of the file."""
        return Path(self.file)


@dataclass(frozen=True, kw_only=True)
class EnvironmentResolver:
    """Resolves for one profile. `build` makes wheels of packages by name; `say` is told what is going on."""

    profile: Profile
    registries: Registries
    build: Callable[[Sequence[str]], Mapping[str, Path]]
    say: Callable[[str], None]

    @property
    def markers(self) -> Mapping[str, str]:
        """The environment markers of the runtime's Python."""
        return runtime_interpreter(self.profile).markers

    def resolve(
        self, requirements: Sequence[Requirement], ours: Mapping[str, Ours], first: Iterable[str]
    ) -> EnvironmentLock:
        """The wheels for `requirements`. `first` are packages that are needed for sure.

        What turns out to be needed of ours is built, and its own requirements count from then on. Raises Unresolvable,
        MirrorUnreachable, PinUnavailable, HashMismatch, and what building raises.
        """
        built: dict[str, Path] = {}
        new = sorted(first)
        while True:
            if new:
                built |= self.build(new)
            known = {name: replace(one, wheel=built.get(name)) for name, one in ours.items()}
            self.say(f"resolving {_counted(len(requirements), 'requirement')} for {self.profile.name}")
            chosen = self._choose(requirements, known)
            new = sorted(choice.project for choice in chosen if choice.project in ours and choice.project not in built)
            if not new:
                return self._locked(requirements, chosen, built)

    def _choose(self, requirements: Sequence[Requirement], ours: Mapping[str, Ours]) -> tuple[Choice, ...]:
        pip = Pip(registries=self.registries, run=self.registries.mirrors.run)
        with tempfile.TemporaryDirectory(prefix="wasmwright-") as name:
            folder = Path(name)
            stubs = {one.name: one.version for one in ours.values() if one.wheel is None}
            write_placeholders(folder, stubs, {one.name: one.requires for one in ours.values()})
            files = {
                one.name: one.wheel or next(folder.glob(f"{one.name.replace('-', '_')}-*.whl")) for one in ours.values()
            }
            wishes = PipWishes(
                requirements=[str(requirement) for requirement in requirements],
                # Nothing of the index stands for a package that we have.
                constraints=[f"{project} @ {file.as_uri()}" for project, file in files.items()],
                wanted_by="these requirements",
                hint="change what is asked for",
            )
            try:
                return pip.choose(wishes, runtime_interpreter(self.profile), folder)
            except Unresolvable as error:
                raise self._explained(error, ours) from None

    def _locked(
        self, requirements: Sequence[Requirement], chosen: Sequence[Choice], built: Mapping[str, Path]
    ) -> EnvironmentLock:
        extras: dict[str, set[str]] = {}
        for requirement in requirements:
            extras.setdefault(canonicalize_name(requirement.name), set()).update(requirement.extras)
        wheels = {
            choice.project: LockedRequirement(file=choice.file, version=choice.version, requirements=choice.requires)
            for choice in chosen
        }
        closure = Closure(wheels=wheels, markers=self.markers, extras=extras)
        depends = closure.depends()
        pip = Pip(registries=self.registries)
        files = {
            choice.project: WheelFacts(built[choice.project]) if choice.project in built else pip.pin(choice)
            for choice in chosen
        }
        return EnvironmentLock(
            profile=self.profile.name,
            python=self.profile.python,
            requirements=tuple(sorted(map(str, requirements))),
            wheels=tuple(
                _wheel(
                    choice,
                    files[choice.project],
                    depends=depends[choice.project],
                    extras=tuple(sorted(closure.extras.get(choice.project, ()))),
                )
                for choice in sorted(chosen, key=lambda choice: choice.project)
            ),
        )

    def _explained(self, error: Unresolvable, ours: Mapping[str, Ours]) -> Unresolvable:
        """Pip's refusal as people need it: what there is none of, and who wants what."""
        lines = [self._lack(name) for name in dict.fromkeys(map(canonicalize_name, error.missing)) if name not in ours]
        wishes = who_wants_what(error.conflict)
        if not lines and not wishes:
            return error
        hint = "bring it as a package (docs/tutorial/first-package.md), or leave out what needs it"
        if not lines:
            hint = "ask for other versions: pkgs/ has one version of each package"
        message = (
            "there is nothing that fits all of these requirements" if wishes else "the index has nothing that fits"
        )
        return Unresolvable(message, hint=hint, excerpt="\n".join([*lines, *wishes]))

    def _lack(self, project: str) -> str:
        """What the index has of a project that has nothing for the runtime."""
        wanted = f"{project} has no pure wheel, none for {self.profile.platform}, and no recipe in pkgs/"
        try:
            files = self.registries.page(project)
        except NotThere:
            return f"{project}: the index has no such project, nor has pkgs/"
        except NoAnswer as refusal:
            return f"{wanted} ({refusal})"
        platforms = {tag.platform for release in pypi.wheels(files) for tag in release.tags} - {"any"}
        ours = sorted(platform for platform in platforms if platform.startswith(("pyemscripten", "pyodide")))
        others = f"wheels for {', '.join(ours)}" if ours else "wheels for other platforms" if platforms else "no wheel"
        sources = "sources" if pypi.sdists(files) else "no sources"
        return f"{wanted}; the index has {others}, and {sources}"


def who_wants_what(conflict: Sequence[str]) -> list[str]:
    """Pip's lines of a conflict, each wish once: of a project's many versions that it tried, the last it names."""
    found: dict[str, str] = {}
    for line in conflict:
        ours, depends = _OURS.fullmatch(line), _DEPENDS.fullmatch(line)
        if ours is not None:
            found[f"ours {ours[1]}"] = f"pkgs/{ours[1]} has {ours[2].split('-')[1]}"
        elif depends is not None:
            wanted = depends["wanted"]
            key = f"{depends['name']} {re.split(r'[^A-Za-z0-9._-]', wanted)[0]}"
            found.setdefault(key, f"{depends['name']} {depends['version']} wants {wanted}")
        else:
            found[line] = line.replace("The user requested", "you ask for")
    lines = list(found.values())
    return lines if len(lines) <= _LINES else [*lines[:_LINES], f"and {len(lines) - _LINES} more"]


def _wheel(
    choice: Choice, file: WheelFacts | Source, *, depends: tuple[str, ...], extras: tuple[str, ...]
) -> LockedWheel:
    return LockedWheel(
        name=choice.project,
        version=choice.version,
        file=choice.file,
        size=file.size,
        sha256=file.sha256,
        depends=depends,
        extras=extras,
        source=None if isinstance(file, WheelFacts) else file,
    )


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
