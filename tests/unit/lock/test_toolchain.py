from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from wasmwright.errors import HashMismatch, InvalidProfile
from wasmwright.lock.profile import Root, profile_path, read_profile
from wasmwright.lock.toolchain import _Locking, _requirement
from wasmwright.sources.apt import Apt, Deb
from wasmwright.sources.mirrors import Mirrors

if TYPE_CHECKING:
    from wasmwright.sources.client import Client


def _deb(name: str, version: str = "1", sha256: str = "0" * 64) -> Deb:
    file = f"pool/{name}_{version}_amd64.deb"
    return Deb(name=name, version=version, architecture="amd64", file=file, size=1, sha256=sha256)


class FakeSuite(Apt):
    def closure(self, packages: tuple[str, ...]) -> tuple[Deb, ...]:  # type: ignore[override]
        return tuple(_deb(name) for name in packages for name in (name, "libc6"))

    def show(self, packages: tuple[str, ...]) -> tuple[Deb, ...]:  # type: ignore[override]
        return tuple(_deb(name) for name in packages)


@pytest.fixture
def locking() -> _Locking:
    profile = replace(
        read_profile(profile_path()),
        roots={
            "libc": Root(suite="s", packages=("libc6",)),
            "tools": Root(suite="s", packages=("make",), alone=("clang",), without=("libc",)),
        },
    )
    suite = FakeSuite(directory=Path("/none"), suite="s")
    return _Locking(
        profile=profile,
        client=cast("Client", None),
        mirrors=Mirrors(),
        cache=Path("/none"),
        step=lambda _: None,
        suites={"s": suite},
    )


def test_root_is_without_the_packages_of_others(locking: _Locking):
    assert locking._roots() == {
        "libc": ("libc6_1_amd64.deb",),
        "tools": ("clang_1_amd64.deb", "make_1_amd64.deb"),
    }


def test_two_files_of_one_name_are_refused(locking: _Locking):
    suite = locking.suites["s"]
    locking._pin(suite.pin(_deb("a")))
    with pytest.raises(HashMismatch, match=r"a_1_amd64\.deb"):
        locking._pin(suite.pin(_deb("a", sha256="1" * 64)))


def test_odd_wheel_of_a_profile_is_told():
    assert str(_requirement("a==1").specifier) == "==1"
    with pytest.raises(InvalidProfile, match="`a b`"):
        _requirement("a b")
