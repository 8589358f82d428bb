"""Digests of what a profile asks for, to tell what changed since a lock was made. Pure."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wasmwright.lock.model import ToolchainLock
    from wasmwright.lock.profile import Profile

BUSYBOX = "busybox"


def wishes(profile: Profile) -> dict[str, str]:
    """A digest for each entry of the profile that resolves by itself, such as `roots.llvm` and `wheels.build`."""
    archive = [profile.architecture, profile.component]
    asked: dict[str, object] = {BUSYBOX: [archive, asdict(profile.busybox)]}
    asked |= {f"roots.{name}": [archive, asdict(root)] for name, root in profile.roots.items()}
    asked |= {f"wheels.{name}": [profile.host_platforms, wish] for name, wish in profile.wheels.items()}
    asked |= {f"npm.{name}": wish for name, wish in profile.npm.items()}
    asked |= {f"tarballs.{name}": asdict(wish) for name, wish in profile.tarballs.items()}
    return {name: hashlib.sha256(json.dumps(wish).encode()).hexdigest()[:16] for name, wish in asked.items()}


def unchanged(profile: Profile, lock: ToolchainLock | None) -> frozenset[str]:
    """The entries whose pins can stay: asked for as before, and for roots, without the packages of such roots only."""
    if lock is None:
        return frozenset()
    kept = {name for name, digest in wishes(profile).items() if lock.wishes.get(name) == digest}
    names = {name.removeprefix("roots.") for name in kept if name.startswith("roots.")}
    while changed := {name for name in names if not names.issuperset(profile.roots[name].without)}:
        names -= changed
    return frozenset(name for name in kept if not name.startswith("roots.") or name.removeprefix("roots.") in names)


def packages_of(name: str, profile: Profile, pinned: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The packages of a root together with those it is without; `pinned` holds what each root has itself."""
    others = (packages_of(other, profile, pinned) for other in profile.roots[name].without)
    return pinned[name].union(*others)
