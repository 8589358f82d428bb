"""What a package is locked for, one target for each profile, and what recipes may name of the toolchain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.errors import InvalidLock
from wasmwright.lock.base import base_path, read_base
from wasmwright.lock.pins import ToolchainLock, read_toolchain_lock
from wasmwright.lock.profile import (
    Profile,
    default_profile,
    known_profiles,
    profile_lock_path,
    profile_path,
    read_profile,
)
from wasmwright.names import quoted
from wasmwright.recipe.known import Known
from wasmwright.sources.apt import upstream
from wasmwright.sources.wanted import RELOCK_TOOLCHAIN
from wasmwright.standards import is_version

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.lock.base import Toolchain


@dataclass(frozen=True, kw_only=True)
class Target:
    """A profile, and what of the toolchain decides with it which wheels a package gets.

    `build_python` is the full version of the Python that runs the back ends, `build_platforms` are the tags that a
    program in a wheel for it may have.
    """

    profile: Profile
    build_python: str
    build_platforms: tuple[str, ...]


def read_target(root: Path, name: str) -> Target:
    """One profile of the checkout `root` with its pinned Python. Raises InvalidProfile and InvalidLock."""
    return _target(root, name, read_base(base_path(root)))


def read_targets(root: Path) -> tuple[Target, ...]:
    """All of them, the default one first."""
    first = default_profile(root)
    base = read_base(base_path(root))
    names = sorted(known_profiles(root), key=lambda name: (name != first, name))
    return tuple(_target(root, name, base) for name in names)


def _target(root: Path, name: str, base: Toolchain) -> Target:
    profile = read_profile(profile_path(root, name))
    return Target(
        profile=profile,
        build_python=pinned_python(profile, read_toolchain_lock(profile_lock_path(root, name))),
        build_platforms=base.machine.platforms,
    )


def pinned_python(profile: Profile, lock: ToolchainLock) -> str:
    """The full version of the Python that a profile's lock pins. Raises InvalidLock where it pins none."""
    package = f"python{profile.python}"
    pins = (source.package for source in lock.root_entries("python"))
    version = next((pin.version for pin in pins if pin.name == package), None)
    if version is None:
        message = f"{lock.name}.lock.json pins no {package}"
        raise InvalidLock(message, hint="run `./wasmwright lock --toolchain`")
    found = upstream(version).replace("~", "").partition("+")[0]
    if not is_version(found):
        message = f"{lock.name}.lock.json pins {package} {quoted(version)}, which is no version of Python"
        raise InvalidLock(message, hint=f"restore it with git, or run `{RELOCK_TOOLCHAIN}`")
    return found


def read_known(root: Path) -> Known:
    """What recipes of the checkout `root` may name that is no recipe."""
    return Known(tools=tuple(read_base(base_path(root)).tools), profiles=known_profiles(root))
