from __future__ import annotations

from dataclasses import replace

import pytest

from wasmwright.lock.model import Busybox, ToolchainLock
from wasmwright.lock.profile import Profile, Root, profile_path, read_profile
from wasmwright.lock.wishes import packages_of, unchanged, wishes


@pytest.fixture
def profile() -> Profile:
    return replace(
        read_profile(profile_path()),
        roots={
            "libc": Root(suite="s", packages=("libc6",)),
            "tools": Root(suite="s", packages=("make",), without=("libc",)),
            "more": Root(suite="s", packages=("cmake",), without=("tools",)),
            "other": Root(suite="s", packages=("perl",)),
        },
    )


def _lock(profile: Profile) -> ToolchainLock:
    return ToolchainLock(
        profile="p",
        profile_sha256="",
        busybox=Busybox(source="b", member="m", name="busybox", nar_sha256=""),
        roots={},
        wheels={},
        npm={},
        sources={},
        wishes=wishes(profile),
    )


def test_everything_asked_for_as_before_stays(profile: Profile):
    assert unchanged(profile, _lock(profile)) == wishes(profile).keys()


def test_nothing_stays_without_a_lock(profile: Profile):
    assert unchanged(profile, None) == frozenset()


def test_new_root_moves_nothing_else(profile: Profile):
    grown = replace(profile, roots={**profile.roots, "new": Root(suite="s", without=("libc",))})
    assert wishes(grown).keys() - unchanged(grown, _lock(profile)) == {"roots.new"}


def test_roots_without_the_packages_of_a_changed_one_change_too(profile: Profile):
    changed = replace(profile, roots={**profile.roots, "libc": Root(suite="s", packages=("musl",))})
    assert wishes(changed).keys() - unchanged(changed, _lock(profile)) == {"roots.libc", "roots.tools", "roots.more"}


def test_another_wheel_moves_only_that_wheel(profile: Profile):
    changed = replace(profile, wheels={**profile.wheels, "build": "build==1"})
    assert wishes(changed).keys() - unchanged(changed, _lock(profile)) == {"wheels.build"}


def test_another_architecture_moves_all_debian_packages_and_no_wheel(profile: Profile):
    moved = wishes(profile).keys() - unchanged(replace(profile, architecture="arm64"), _lock(profile))
    assert moved == {"busybox", *(f"roots.{name}" for name in profile.roots)}


def test_root_is_without_what_those_are_without(profile: Profile):
    pinned = {"libc": frozenset({"libc6"}), "tools": frozenset({"make"}), "more": frozenset({"cmake"})}
    assert packages_of("more", profile, pinned) == {"libc6", "make", "cmake"}
