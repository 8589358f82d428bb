"""A wheel's file name and its compatibility tags, as the binary distribution format has them."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from wasmwright.limits import WHEEL_TAGS
from wasmwright.wheel.errors import InvalidWheel
from wasmwright.wheel.versions import same_version

_PARTS_WITHOUT_BUILD = 5
_PARTS_WITH_BUILD = 6
_PART = re.compile(r"[\w.+!]+", re.ASCII)
_HINT = "the form is NAME-VERSION[-BUILD]-PYTHON-ABI-PLATFORM.whl"


@dataclass(frozen=True, kw_only=True)
class WheelName:
    """The parts of a wheel's file name; each tag may be a set written with dots."""

    distribution: str
    version: str
    build: str | None = None
    python: str
    abi: str
    platform: str

    def __str__(self) -> str:
        build = [self.build] if self.build else []
        return "-".join([self.distribution, self.version, *build, self.tag]) + ".whl"

    @property
    def tag(self) -> str:
        """The three tags as the file name has them."""
        return f"{self.python}-{self.abi}-{self.platform}"

    @property
    def dist_info(self) -> str:
        """The folder of metadata that a wheel of this name has."""
        return f"{self.distribution}-{self.version}.dist-info"

    def is_of(self, name: str, version: str) -> bool:
        """Whether it is the wheel of a distribution in a version, both in any spelling."""
        # A hyphen cannot stand in a file name and is written as an underscore.
        return normalized(self.distribution) == normalized(name) and any(
            same_version(spelling, version) for spelling in (self.version, self.version.replace("_", "-"))
        )

    @property
    def is_pure(self) -> bool:
        """Whether the name claims that it runs anywhere."""
        return self.abi == "none" and self.platform == "any"

    def expanded_tags(self) -> list[str]:
        """Each single tag, as the `Tag` lines of WHEEL list them."""
        sets = (self.python.split("."), self.abi.split("."), self.platform.split("."))
        return ["-".join(parts) for parts in itertools.product(*sets)]

    def retagged(self, *, platform: str, python: str | None = None, abi: str | None = None) -> WheelName:
        """The same wheel for another platform, and another Python if one is given."""
        return replace(self, platform=platform, python=python or self.python, abi=abi or self.abi)


def parse_wheel_name(name: str) -> WheelName:
    """Take a file name apart; raises InvalidWheel, and LimitExceeded for one with very many tags."""
    stem, dot, suffix = name.rpartition(".")
    parts = stem.split("-")
    build: str | None = None
    if dot + suffix == ".whl" and len(parts) == _PARTS_WITH_BUILD:
        build = parts.pop(2)
    if dot + suffix != ".whl" or len(parts) != _PARTS_WITHOUT_BUILD or not all(map(_PART.fullmatch, parts)):
        message = f"`{name}` is not the file name of a wheel"
        raise InvalidWheel(message, hint=_HINT)
    if build is not None and build[:1] not in set("0123456789"):
        message = f"`{name}`: the build number `{build}` does not begin with a digit"
        raise InvalidWheel(message, hint=_HINT)
    distribution, version, python, abi, platform = parts
    WHEEL_TAGS.check((python.count(".") + 1) * (abi.count(".") + 1) * (platform.count(".") + 1), name)
    return WheelName(distribution=distribution, version=version, build=build, python=python, abi=abi, platform=platform)


def normalized(name: str) -> str:
    """A distribution's name in the form that file names and comparisons use."""
    return re.sub(r"[-_.]+", "_", name).lower()
