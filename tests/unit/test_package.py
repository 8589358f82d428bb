from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from package_writer import write_package

from wasmwright.errors import StoreCorrupted
from wasmwright.package import main_wheels, read_package

if TYPE_CHECKING:
    from pathlib import Path

WHEEL = "demo-1.0-cp315-cp315-x.whl"
TESTS = "tests/demo_tests-1.0-cp315-cp315-x.whl"


def test_what_was_written_is_read(tmp_path: Path):
    out = write_package(tmp_path / "demo", main=WHEEL, tests=TESTS, beside=[tmp_path / "other"])
    package = read_package(out)
    assert (package.name, package.version, package.kind) == ("demo", "1.0", "wheel")
    assert package.profile == "pyemscripten_2026_5"
    assert package.wheels == (out / WHEEL, out / TESTS)
    assert package.beside == (tmp_path / "other",)
    assert (package.summary, package.license) == ("The package demo", None)


def test_a_library_may_have_no_wheel(tmp_path: Path):
    package = read_package(write_package(tmp_path / "zlib"))
    assert (package.kind, package.main, package.wheels) == ("library", None, ())


def test_wheels_to_install_are_each_there_once(tmp_path: Path):
    library = write_package(tmp_path / "blas", main="blas-1.0-py3-none-x.whl")
    plain = write_package(tmp_path / "zlib")
    one = read_package(write_package(tmp_path / "one", main=WHEEL, tests=TESTS, beside=[library, plain]))
    two = read_package(write_package(tmp_path / "two", main="two-1.0-py3-none-any.whl", beside=[one.out, library]))
    assert one.main is not None
    assert main_wheels([one]) == [one.main, library / "blas-1.0-py3-none-x.whl"]
    assert main_wheels([one, two]) == [one.main, two.main, library / "blas-1.0-py3-none-x.whl"]
    assert main_wheels([read_package(plain)]) == []


def told(out: Path) -> StoreCorrupted:
    with pytest.raises(StoreCorrupted) as caught:
        read_package(out)
    return caught.value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "package.json cannot be read: "),
        ("[]", "package.json is incomplete: "),
        ('{"version": 1}', "package.json is incomplete: 'wheels'"),
    ],
)
def test_damage_is_told(tmp_path: Path, text: str, message: str):
    (tmp_path / "package.json").write_text(text)
    assert message in str(told(tmp_path))
    assert told(tmp_path).hint == "`./wasmwright doctor --repair` mends the store"


def test_output_without_package_json_is_damage(tmp_path: Path):
    assert str(told(tmp_path)) == f"{tmp_path} has no package.json"


@pytest.mark.parametrize("lost", [WHEEL, TESTS])
def test_wheel_that_is_named_and_lost_is_damage(tmp_path: Path, lost: str):
    out = write_package(tmp_path / "demo", main=WHEEL, tests=TESTS)
    (out / lost).unlink()
    assert str(told(out)) == f"{out / lost} is not there, and package.json names it"


def test_other_version_is_told_apart_from_damage(tmp_path: Path):
    out = write_package(tmp_path / "demo", main=WHEEL)
    document = json.loads((out / "package.json").read_text())
    (out / "package.json").write_text(json.dumps({**document, "version": 2}))
    assert str(told(out)) == f"{out}/package.json has version 2, this wasmwright reads version 1"
    assert told(out).hint == "build the package with this checkout"
