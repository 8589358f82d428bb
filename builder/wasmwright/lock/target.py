"""The profiles that a package is locked for, and what recipes may name of the toolchain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
from wasmwright.recipe.known import Known

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Target:
    """A profile with its lock, which says what Python runs the back ends."""

    profile: Profile
    lock: ToolchainLock


def read_profiles(root: Path) -> tuple[Profile, ...]:
    """All profiles of the checkout `root`, the default one first."""
    first = default_profile(root)
    names = sorted(known_profiles(root), key=lambda name: (name != first, name))
    return tuple(read_profile(profile_path(root, name)) for name in names)


def read_targets(root: Path) -> tuple[Target, ...]:
    """The same, with their locks."""
    profiles = read_profiles(root)
    return tuple(
        Target(profile=profile, lock=read_toolchain_lock(profile_lock_path(root, profile.name))) for profile in profiles
    )


def read_known(root: Path) -> Known:
    """What recipes of the checkout `root` may name that is no recipe."""
    return Known(tools=tuple(read_base(base_path(root)).tools), profiles=known_profiles(root))
