from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from wasmwright.sandbox.target import overlay, pkg_config_folders

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    environment = tmp_path / "machine"
    files = {
        "lib/arr/__init__.py": "machine",
        "lib/arr/core/__init__.py": "machine",
        "lib/arr/core/include/config.h": "64",
        "lib/arr/other/x.py": "machine",
        "lib/arr.libs/x.so": "machine",
        "lib/unasked/__init__.py": "machine",
        "lib/Arr-1.dist-info/RECORD": "arr/__init__.py,,\narr.libs/x.so,,\nArr-1.dist-info/RECORD,,\n../../bin/arr,,\n",
    }
    for name, text in files.items():
        (environment / name).parent.mkdir(parents=True, exist_ok=True)
        (environment / name).write_text(text)
    return environment


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    folder = tmp_path / "arr-wasm"
    folder.mkdir()
    with zipfile.ZipFile(folder / "arr-1-cp315-cp315-x.whl", "w") as wheel:
        wheel.writestr("arr/__init__.py", "target")
        wheel.writestr("arr/core/include/config.h", "32")
        wheel.writestr("arr/core/lib/pkgconfig/arr.pc", "Name: arr")
    (folder / "tests").mkdir()
    with zipfile.ZipFile(folder / "tests/arr_tests-1-cp315-cp315-x.whl", "w") as wheel:
        wheel.writestr("arr/tests/data.inc", "tests")
    return folder


def test_code_is_the_build_machines_and_headers_are_the_targets(tmp_path: Path, machine: Path, wheels: Path):
    into = tmp_path / "into"
    assert overlay([wheels], [machine], into) == [into]
    assert (into / "arr/__init__.py").read_text() == "machine"
    assert (into / "arr/core/__init__.py").read_text() == "machine"
    assert (into / "arr/other/x.py").read_text() == "machine"
    assert (into / "arr/core/include/config.h").read_text() == "32"
    assert not (into / "arr/tests").exists()
    assert pkg_config_folders([into]) == [into / "arr/core/lib/pkgconfig"]


def test_all_of_the_distribution_is_there_and_nothing_else(tmp_path: Path, machine: Path, wheels: Path):
    overlay([wheels], [machine], tmp_path / "into")
    assert sorted(path.name for path in (tmp_path / "into").iterdir()) == ["Arr-1.dist-info", "arr", "arr.libs"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["arr-wasm", "into", "machine"]


def test_a_wheel_without_headers_is_the_build_machines(tmp_path: Path, machine: Path, wheels: Path):
    with zipfile.ZipFile(wheels / "arr-1-cp315-cp315-x.whl", "w") as wheel:
        wheel.writestr("arr/__init__.py", "target")
    assert overlay([wheels], [machine], tmp_path / "into") == [tmp_path / "into"]
    assert (tmp_path / "into/arr/__init__.py").read_text() == "machine"


def test_the_first_environment_stands_before_others(tmp_path: Path, machine: Path, wheels: Path):
    with zipfile.ZipFile(wheels / "arr-1-cp315-cp315-x.whl", "w") as wheel:
        wheel.writestr("arr/core/include/config.h", "32")
    other = tmp_path / "other"
    for name, text in {"arr/other/y.py": "other", "arr-1.dist-info/RECORD": "arr/other/y.py,,\n"}.items():
        (other / "lib" / name).parent.mkdir(parents=True, exist_ok=True)
        (other / "lib" / name).write_text(text)
    overlay([wheels], [machine, other], tmp_path / "into")
    assert (tmp_path / "into/arr/other/x.py").read_text() == "machine"
    assert [path.name for path in (machine / "lib/arr/other").iterdir()] == ["x.py"]


def test_libraries_need_no_overlay(tmp_path: Path, machine: Path):
    assert overlay([tmp_path], [machine], tmp_path / "into") == []
    assert not (tmp_path / "into").exists()


def test_the_build_machines_own_files_are_not_touched(tmp_path: Path, machine: Path, wheels: Path):
    overlay([wheels], [machine], tmp_path / "into")
    assert (machine / "lib/arr/core/include/config.h").read_text() == "64"
