from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self, cast

import pytest
from packageurl import PackageURL
from toolchain_writer import lock_wishes, write_toolchain

from wasmwright.errors import HashMismatch, InvalidProfile
from wasmwright.lock.base import base_path, read_base
from wasmwright.lock.document import file_sha256
from wasmwright.lock.pins import ToolchainLock, read_toolchain_lock
from wasmwright.lock.profile import profile_path, read_profile
from wasmwright.lock.toolchain import _Locking, _requirement, lock_base, lock_profile
from wasmwright.lock.wishes import Machine, Root, TarballWish, Wishes
from wasmwright.sources.apt import Apt, Deb
from wasmwright.sources.entry import Source, make_source
from wasmwright.sources.mirrors import Mirrors
from wasmwright.sources.registries import Registries

if TYPE_CHECKING:
    from wasmwright.sources.client import Client

MACHINE = Machine(architecture="amd64", component="main", platforms=())


def _deb(name: str, version: str = "1", sha256: str = "0" * 64) -> Deb:
    file = f"pool/{name}_{version}_amd64.deb"
    return Deb(name=name, version=version, architecture="amd64", file=file, size=1, sha256=sha256)


class FakeSuite(Apt):
    def closure(self, packages: tuple[str, ...]) -> tuple[Deb, ...]:  # type: ignore[override]
        return tuple(_deb(name) for name in packages for name in (name, "libc6"))

    def show(self, packages: tuple[str, ...]) -> tuple[Deb, ...]:  # type: ignore[override]
        return tuple(_deb(name) for name in packages)

    def source(self, name: str, version: str | None = None) -> Source:
        file = f"{name}_{version}.orig.tar.xz"
        package = PackageURL(type="deb", namespace="debian", name=name, version=version)
        return make_source(package, file=f"pool/{file}", size=1, sha256="0" * 64)


SUITE = FakeSuite(directory=Path("/none"), suite="s")


class FakeRegistries(Registries):
    def apt(self, suite: str, architecture: str = "", component: str = "") -> Apt:
        assert (suite, architecture, component) == ("s", "amd64", "main")
        return SUITE

    @classmethod
    def without_network(cls) -> Self:
        return cls(client=cast("Client", None), mirrors=Mirrors(), cache=Path("/none"))


@pytest.fixture
def locking() -> _Locking:
    roots = {
        "libc": Root(suite="s", packages=("libc6",)),
        "tools": Root(suite="s", packages=("make",), alone=("clang",), without=("libc",)),
    }
    return _Locking(registries=FakeRegistries.without_network(), machine=MACHINE, wishes=Wishes(roots=roots, npm={}))


def _lock_of(source: Source, wishes: Wishes) -> ToolchainLock:
    return ToolchainLock(
        name="p",
        wanted_sha256="",
        roots={"libc": (source.name,)},
        npm={},
        sources={source.name: source},
        wishes=wishes.digests(MACHINE),
    )


def test_root_is_without_the_packages_of_others(locking: _Locking):
    assert locking._roots() == {
        "libc": ("libc6_1_amd64.deb",),
        "tools": ("clang_1_amd64.deb", "make_1_amd64.deb"),
    }


def test_root_asked_for_as_before_keeps_its_pins(locking: _Locking):
    old = SUITE.pin(_deb("libc6", version="0"))
    locking.old = (_lock_of(old, replace(locking.wishes, roots={"libc": locking.wishes.roots["libc"]})),)
    assert locking._roots() == {
        "libc": ("libc6_0_amd64.deb",),
        "tools": ("clang_1_amd64.deb", "make_1_amd64.deb"),
    }
    assert old.name in locking.sources


def test_pins_of_the_base_come_before_those_of_an_older_lock(locking: _Locking):
    base, old = (SUITE.pin(_deb("libc6", version=version)) for version in ("base", "old"))
    locking.old = (_lock_of(base, locking.wishes), _lock_of(old, locking.wishes))
    assert locking._kept_root("libc") == ("libc6_base_amd64.deb",)


def test_tarball_is_the_upstream_source_of_a_source_package(locking: _Locking):
    assert locking._tarball(TarballWish(suite="s", package="llvm", version="19")) == "llvm_19.orig.tar.xz"
    assert locking.sources["llvm_19.orig.tar.xz"].file == "pool/llvm_19.orig.tar.xz"


def test_two_files_of_one_name_are_refused(locking: _Locking):
    suite = SUITE
    locking._pin(suite.pin(_deb("a")))
    with pytest.raises(HashMismatch, match=r"a_1_amd64\.deb"):
        locking._pin(suite.pin(_deb("a", sha256="1" * 64)))


def test_wheels_have_programs_or_modules_for_any_python_up_to_ours(locking: _Locking):
    locking.machine = replace(MACHINE, platforms=("manylinux_2_28_x86_64",))
    programs = locking._tool_tags()
    assert {tag.interpreter for tag in programs} == {"py3", "py2"}
    locking.python = "3.15"
    modules = locking._tool_tags()[len(programs) :]
    assert (str(modules[0]), str(modules[-1])) == (
        "cp315-abi3-manylinux_2_28_x86_64",
        "cp32-abi3-manylinux_2_28_x86_64",
    )


def _registries() -> Registries:
    """What nobody may ask."""
    return Registries(client=cast("Client", None), mirrors=Mirrors(), cache=Path("/none"))


def test_what_is_asked_for_as_before_is_locked_without_asking_anybody(tmp_path: Path):
    write_toolchain(tmp_path)
    base, path = base_path(tmp_path), profile_path(tmp_path, "pyemscripten_2026_0")
    old_base, old = (read_toolchain_lock(file.with_suffix(".lock.json")) for file in (base, path))
    base.write_text(f"# A remark.\n{base.read_text()}")
    base_lock = lock_base(base, _registries(), old=old_base)
    assert base_lock == replace(old_base, wanted_sha256=file_sha256(base))
    assert lock_profile(path, _registries(), base=read_base(base), base_lock=base_lock, old=old) == old


def test_profile_has_the_pins_of_the_base_where_both_ask_for_the_same(tmp_path: Path):
    write_toolchain(tmp_path)
    path, base = profile_path(tmp_path, "pyemscripten_2026_0"), read_base(base_path(tmp_path))
    path.write_text(path.read_text().replace("[npm]", '[npm]\nacorn = "acorn"'))
    lock_wishes(path, read_profile(path).wishes, tmp_path)
    base_lock, old = (read_toolchain_lock(file.with_suffix(".lock.json")) for file in (base_path(tmp_path), path))
    moved = replace(base_lock.sources["acorn-1.tgz"], file="acorn-2.tgz", name="acorn-2.tgz")
    base_lock = replace(base_lock, npm={"acorn": moved.name}, sources={**base_lock.sources, moved.name: moved})
    lock = lock_profile(path, _registries(), base=base, base_lock=base_lock, old=old)
    assert lock.npm == {"acorn": "acorn-2.tgz", "pyodide": "pyodide-1.tgz"}
    assert lock.sources.keys() == {*old.sources, "acorn-2.tgz"} - {"acorn-1.tgz"}


def test_odd_wheel_of_a_profile_is_told():
    assert str(_requirement("a==1").specifier) == "==1"
    with pytest.raises(InvalidProfile, match="`a b`"):
        _requirement("a b")
