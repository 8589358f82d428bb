"""From what wheels say (PEP 440 and 508) to what conda packages say. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, Specifier, SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from wasmwright.outputs.errors import InvalidEnvironment
from wasmwright.targetmarkers import target_markers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from packaging.markers import Marker

SUBDIR = "emscripten-wasm32"
NOARCH = "noarch"
PYTHON, PYTHON_ABI = "python", "python_abi"
# All that markers can ask, but for `extra`: the answers are those of one runtime.
_OF_A_PLACE = re.compile(r"\b(os_name|sys_platform|python_version|python_full_version|(platform|implementation)_\w+)\b")


@dataclass(frozen=True, kw_only=True)
class TargetPython:
    """The Python of a profile: `version` is major.minor, `full` what it says of itself, `tag` such as `cp314`."""

    profile: str
    version: str
    full: str
    tag: str

    @property
    def markers(self) -> Mapping[str, str]:
        """What it says to markers."""
        return target_markers(self.version, self.full)

    @property
    def build(self) -> str:
        """The build of the channel's `python`. It ends as builds of CPython do in other channels."""
        return f"0_{self.profile}_{self.tag}"

    @property
    def needed_by_pure(self) -> tuple[str, ...]:
        """What a package needs whose modules lie in this Python's folder."""
        return (f"{PYTHON} {self.version}.*",)

    @property
    def needed_by_modules(self) -> tuple[str, ...]:
        """What a package of WebAssembly needs that any Python of this runtime loads."""
        return (f"{PYTHON} {self.version}.* *_{self.profile}_{self.tag}",)

    @property
    def needed_by_extensions(self) -> tuple[str, ...]:
        """What a package with extension modules needs."""
        return (*self.needed_by_modules, self.abi)

    @property
    def abi(self) -> str:
        """The ABI of CPython."""
        return f"{PYTHON_ABI} {self.version}.* *_{self.tag}"


def conda_version(text: str, wheel: str) -> str:
    """A version in the normal form of PEP 440, which conda's packages go by. Raises InvalidEnvironment.

    conda orders finals and pre-releases alike; after a dot, `dev` comes after `a`, and `post` after all numbers.
    """
    try:
        return str(Version(text))
    except InvalidVersion:
        message = f"{wheel} has the version {text!r}, which is none (PEP 440)"
        raise InvalidEnvironment(message, hint="take another version of it") from None


def versions(specifiers: SpecifierSet) -> str:
    """What a dependency's version has to be, empty where it may be any."""
    return ",".join(sorted(part for specifier in specifiers for part in _versions(specifier)))


def _versions(specifier: Specifier) -> Iterator[str]:
    operator, text = specifier.operator, specifier.version
    match operator:
        case "~=":
            version = Version(text)
            epoch = f"{version.epoch}!" if version.epoch else ""
            yield f">={version}"
            yield f"{epoch}{'.'.join(map(str, version.release[:-1]))}.*"
        case "==" if text.endswith(".*"):
            yield text
        case "===":
            yield f"=={text}"
        case "<" if not Version(text).is_prerelease and not Version(text).is_postrelease:
            # Its own pre-releases are not meant, and conda orders them below it.
            yield f"<{Version(text)}dev0"
        case _:
            yield f"{operator}{text}"


def python_versions(requires: str | None) -> str:
    """`Requires-Python` as the version of the dependency on Python, empty where it says nothing that is understood."""
    try:
        return versions(SpecifierSet(requires or ""))
    except (InvalidSpecifier, InvalidVersion):
        # Installers pass over what old metadata says oddly.
        return ""


def is_of_any_place(requirements: Iterable[str]) -> bool:
    """Whether no requirement depends on the Python or the system that it is asked on."""
    return not any(marker is not None and _OF_A_PLACE.search(str(marker)) for marker in map(_marker, requirements))


def dependencies(
    requirements: Iterable[str], *, depends: Iterable[str], extras: Iterable[str], markers: Mapping[str, str]
) -> tuple[str, ...]:
    """What a package needs, of the names that an environment says its wheel `depends` on.

    conda has no extras: what those need that the environment was made with is needed always.
    """
    wanted, chosen = {*depends}, ("", *extras)
    found: dict[str, set[str]] = {}
    for text in requirements:
        requirement = _requirement(text)
        name = canonicalize_name(requirement.name)
        marker = requirement.marker
        applies = marker is None or any(marker.evaluate({**markers, "extra": extra}) for extra in chosen)
        if name in wanted and applies:
            found.setdefault(name, set()).update(filter(None, [versions(requirement.specifier)]))
    return tuple(" ".join([name, *filter(None, [",".join(sorted(found[name]))])]) for name in sorted(found))


def _marker(text: str) -> Marker | None:
    return _requirement(text).marker


def _requirement(text: str) -> Requirement:
    try:
        return Requirement(text)
    except InvalidRequirement as error:
        message = f"a wheel requires {text!r}, which is no requirement: {error}"
        raise InvalidEnvironment(message, hint="take another version of it") from None
