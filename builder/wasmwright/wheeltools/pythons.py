"""The two Pythons that wheels are looked for: the one that runs back ends, and the runtime's."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from packaging import tags
from packaging.utils import InvalidWheelFilename, parse_wheel_filename

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wasmwright.wheeltools.installation import Installation

# What pip is to take wheels for, on whatever machine it runs; the second stands for all that are older.
_LINUX = ("manylinux_2_28_x86_64", "manylinux2014_x86_64")
_PIP = Path(__file__).parents[1] / "lock/target_pip.py"


@dataclass(frozen=True, kw_only=True)
class FittingPython:
    """A Python: which wheels fit it, what markers see there, and how pip is told of it.

    `called` is for messages, `example` the options of pip by which a user gets wheels for it.
    """

    called: str
    fitting: frozenset[tags.Tag]
    markers: Mapping[str, str]
    pip: tuple[str, ...]
    example: str

    def takes(self, wheel: str) -> bool:
        """Whether a wheel of that file name fits."""
        try:
            *_, offered = parse_wheel_filename(wheel)
        except InvalidWheelFilename:
            return False
        return not self.fitting.isdisjoint(offered)


def build_python(installation: Installation) -> FittingPython:
    """The one that runs back ends: it is on this machine, with the same C library as ours."""
    return FittingPython(
        called=f"CPython {installation.python} of Linux on x86-64",
        fitting=_tags(installation, tags.platform_tags()),
        markers=installation.build_markers,
        pip=("-m", "pip"),
        example=_example(installation, _LINUX),
    )


def target_python(installation: Installation) -> FittingPython:
    """The runtime's."""
    return FittingPython(
        called=f"the runtime of {installation.profile}",
        fitting=_tags(installation, [installation.platform]),
        markers=installation.target_markers,
        pip=("-P", str(_PIP), json.dumps(dict(installation.target_markers))),
        example=_example(installation, [installation.platform]),
    )


def target_options(installation: Installation) -> tuple[str, ...]:
    """What pip is told besides, to get wheels for the runtime; it wants a folder then, which stands as TARGET."""
    abis = (word for abi in (installation.python_tag, "abi3", "none") for word in ("--abi", abi))
    version = ("--python-version", installation.python_full.partition("rc")[0])
    return ("--target", "TARGET", "--platform", installation.platform, *version, "--implementation", "cp", *abis)


def _example(installation: Installation, platforms: Iterable[str]) -> str:
    named = [f"--platform {platform}" for platform in platforms]
    return " ".join(["--only-binary=:all:", *named, f"--python-version {installation.python}"])


def _tags(installation: Installation, platforms: Iterable[str]) -> frozenset[tags.Tag]:
    version = tuple(map(int, installation.python.split(".")))
    known = [*platforms]
    interpreter = f"cp{installation.python.replace('.', '')}"
    return frozenset(
        (*tags.cpython_tags(version, platforms=known), *tags.compatible_tags(version, interpreter, platforms=known))
    )
