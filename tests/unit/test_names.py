from __future__ import annotations

import pytest

from wasmwright import names
from wasmwright.errors import InvalidName, UnknownPackage


@pytest.mark.parametrize("name", ["numpy", "a", "3to2", "lib-png-1", "x" * 128])
def test_normal_names_are_accepted(name: str) -> None:
    assert names.fault(name) is None


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "empty"),
        ("../x", "is a path"),
        ("a/b", "is a path"),
        ("a\\b", "is a path"),
        ("..", "is a path"),
        ("-x", "begin and end"),
        ("x-", "begin and end"),
        ("a b", "the character ' ' is not allowed"),
        ("a;b", "the character ';' is not allowed"),
        ("a\nb", r"the character '\n' is not allowed"),
        ("naïve", "the character 'ï' is not allowed"),
        ("NumPy", "write `numpy`"),
        ("a_b.c", "write `a-b-c`"),
        ("a--b", "write `a-b`"),
        ("x" * 129, "129 characters"),
    ],
)
def test_fault_says_why(name: str, reason: str) -> None:
    fault = names.fault(name)
    assert fault is not None
    assert reason in fault
    assert "\n" not in fault


def test_check_names_the_nearest() -> None:
    with pytest.raises(InvalidName) as caught:
        names.check("Num_Py", ["numpy", "zlib"])
    assert caught.value.hint == "did you mean `numpy`?"


def test_find_returns_a_known_name() -> None:
    assert names.find("zlib", ["numpy", "zlib"]) == "zlib"


def test_find_names_the_nearest() -> None:
    with pytest.raises(UnknownPackage, match=r"pkgs/numpi/recipe\.toml") as caught:
        names.find("numpi", ["numpy", "zlib"])
    assert caught.value.hint == "did you mean `numpy`?"


def test_version_beside_a_name_is_told_with_the_command_for_it() -> None:
    with pytest.raises(InvalidName, match="a package has the version of its recipe") as caught:
        names.find("numpy==2.6", ["numpy"])
    assert caught.value.hint == "`./wasmwright update numpy --to 2.6` brings another version"
    with pytest.raises(InvalidName, match="the character '=' is not allowed"):
        names.find("numpy==", ["numpy"])


def test_find_lists_all_when_none_is_near() -> None:
    with pytest.raises(UnknownPackage) as caught:
        names.find("qqq", ["zlib", "numpy"])
    command = "`./wasmwright add qqq` makes one of a project of the package index"
    assert caught.value.hint == f"the known packages: numpy, zlib; {command}"


def test_find_says_where_many_are_listed() -> None:
    many = [f"package-{number:03}" for number in range(100)]
    with pytest.raises(UnknownPackage) as caught:
        names.find("nosuch", many)
    command = "`./wasmwright add nosuch` makes one of a project of the package index"
    assert caught.value.hint == f"`./wasmwright list` has all 100 packages; {command}"
