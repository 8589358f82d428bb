from __future__ import annotations

from dataclasses import replace

import pytest

from wasmwright.lock.pins import ToolchainLock
from wasmwright.lock.wishes import BusyboxWish, Machine, Purpose, Root, WheelWish, Wishes, packages_of, unchanged

MACHINE = Machine(architecture="amd64", component="main", platforms=("manylinux_2_17_x86_64",))


@pytest.fixture
def wishes() -> Wishes:
    return Wishes(
        roots={
            "libc": Root(suite="s", packages=("libc6",)),
            "tools": Root(suite="s", packages=("make",), without=("libc",)),
            "more": Root(suite="s", packages=("cmake",), without=("tools",)),
            "other": Root(suite="s", packages=("perl",)),
        },
        npm={"acorn": "acorn"},
        wheels={name: WheelWish(requirement=name) for name in ("build", "node")},
        busybox=BusyboxWish(suite="s", package="busybox-static", member="busybox"),
    )


def _lock(wishes: Wishes) -> ToolchainLock:
    return ToolchainLock(name="p", wanted_sha256="", roots={}, npm={}, sources={}, wishes=wishes.digests(MACHINE))


def _moved(wishes: Wishes, lock: ToolchainLock, machine: Machine = MACHINE) -> set[str]:
    return wishes.digests(machine).keys() - unchanged(wishes, machine, lock)


def test_everything_asked_for_as_before_stays(wishes: Wishes):
    assert _moved(wishes, _lock(wishes)) == set()


def test_nothing_stays_without_a_lock(wishes: Wishes):
    assert unchanged(wishes, MACHINE, None) == frozenset()


def test_new_root_moves_nothing_else(wishes: Wishes):
    grown = replace(wishes, roots={**wishes.roots, "new": Root(suite="s", without=("libc",))})
    assert _moved(grown, _lock(wishes)) == {"roots.new"}


def test_roots_without_the_packages_of_a_changed_one_change_too(wishes: Wishes):
    changed = replace(wishes, roots={**wishes.roots, "libc": Root(suite="s", packages=("musl",))})
    assert _moved(changed, _lock(wishes)) == {"roots.libc", "roots.tools", "roots.more"}


def test_what_a_root_is_for_does_not_move_it(wishes: Wishes):
    other = replace(wishes.roots["other"], purpose=Purpose.CHECKS)
    assert _moved(replace(wishes, roots={**wishes.roots, "other": other}), _lock(wishes)) == set()


def test_another_wheel_moves_only_that_wheel(wishes: Wishes):
    changed = replace(wishes, wheels={**wishes.wheels, "build": WheelWish(requirement="build==1")})
    assert _moved(changed, _lock(wishes)) == {"wheels.build"}


def test_another_architecture_moves_all_debian_packages_and_no_wheel(wishes: Wishes):
    moved = _moved(wishes, _lock(wishes), replace(MACHINE, architecture="arm64"))
    assert moved == {"busybox", *(f"roots.{name}" for name in wishes.roots)}


def test_root_is_without_what_those_are_without(wishes: Wishes):
    pinned = {"libc": frozenset({"libc6"}), "tools": frozenset({"make"}), "more": frozenset({"cmake"})}
    assert packages_of("more", wishes.roots, pinned) == {"libc6", "make", "cmake"}


def test_long_chains_of_roots_are_followed():
    roots = {str(nth): Root(suite="s", without=(str(nth - 1),) if nth else ()) for nth in range(5000)}
    assert len(packages_of("4999", roots, {name: frozenset({name}) for name in roots})) == 5000
