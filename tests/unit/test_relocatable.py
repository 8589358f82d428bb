from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wasmwright.relocatable import make_relocatable
from wasmwright.sandbox.errors import StepFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "0df71-thing-1.0-library"


@pytest.fixture
def put(library: Path) -> Callable[[str, str], Path]:
    """Writes a file of the library, in which @ is its folder."""

    def write(name: str, text: str) -> Path:
        path = library / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("@", str(library)), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("prefix=@\nlibdir=${prefix}/lib\n", "prefix=${pcfiledir}/../..\nlibdir=${prefix}/lib\n"),
        ("Libs: -L@/lib -lthing -L@\n", "Libs: -L${pcfiledir}/../../lib -lthing -L${pcfiledir}/../..\n"),
        ("prefix=@-dev\n", "prefix=@-dev\n"),
        ("prefix=/usr\n", "prefix=/usr\n"),
    ],
)
def test_pkg_config_files_begin_where_they_lie(
    library: Path, put: Callable[[str, str], Path], text: str, expected: str
):
    path = put("lib/pkgconfig/thing.pc", text)
    make_relocatable(library)
    assert path.read_text(encoding="utf-8") == expected.replace("@", str(library))


@pytest.mark.parametrize("elsewhere", ["share/pkgconfig", "libdata/pkgconfig", "lib64/pkgconfig"])
def test_pkg_config_files_come_to_the_one_folder(library: Path, put: Callable[[str, str], Path], elsewhere: str):
    put(f"{elsewhere}/thing.pc", "prefix=@\n")
    make_relocatable(library)
    assert (library / "lib/pkgconfig/thing.pc").read_text(encoding="utf-8") == "prefix=${pcfiledir}/../..\n"
    assert not (library / elsewhere).parent.exists()


def test_what_else_is_there_stays(library: Path, put: Callable[[str, str], Path]):
    put("share/pkgconfig/thing.pc", "prefix=@\n")
    page = put("share/doc/thing.txt", "@\n")
    make_relocatable(library)
    assert page.read_text(encoding="utf-8") == f"{library}\n"


def test_two_of_one_name_are_told(library: Path, put: Callable[[str, str], Path]):
    put("share/pkgconfig/thing.pc", "Name: one\n")
    put("lib/pkgconfig/thing.pc", "Name: other\n")
    with pytest.raises(StepFailed, match=r"installs thing\.pc in lib/pkgconfig and in share/pkgconfig"):
        make_relocatable(library)


@pytest.mark.parametrize(("name", "up"), [("lib/cmake/thing/thing.cmake", "/../../.."), ("share/thing.cmake", "/..")])
def test_cmake_files_begin_where_they_lie(library: Path, put: Callable[[str, str], Path], name: str, up: str):
    path = put(name, 'set(thing_DIR "@/include")\n')
    make_relocatable(library)
    assert path.read_text(encoding="utf-8") == f'set(thing_DIR "${{CMAKE_CURRENT_LIST_DIR}}{up}/include")\n'


@pytest.mark.parametrize("value", ["@", '"@"', "'@'", '"-L@/lib"', "'-L@/lib'"])
def test_scripts_find_their_folder(library: Path, put: Callable[[str, str], Path], value: str):
    path = put("bin/thing-config", f"#!/bin/sh\nprefix={value}\n")
    path.chmod(0o755)
    make_relocatable(library)
    text = path.read_text(encoding="utf-8")
    assert str(library) not in text
    assert "'" not in text
    assert '$(cd "$(dirname "$0")/.." && pwd)' in text
    assert os.access(path, os.X_OK)


@pytest.fixture
def as_user() -> Iterator[Path]:
    """A folder of a user who, unlike root, cannot write to what is for reading alone."""
    nobody = 65534
    with tempfile.TemporaryDirectory() as name:
        if os.geteuid():
            yield Path(name)
            return
        os.chown(name, nobody, nobody)
        os.seteuid(nobody)
        try:
            yield Path(name)
        finally:
            os.seteuid(0)


def test_what_is_installed_for_reading_alone_is_changed(as_user: Path):
    path = as_user / "bin" / "thing-config"
    path.parent.mkdir()
    path.write_text(f"#!/bin/sh\nprefix={as_user}\n", encoding="utf-8")
    path.chmod(0o555)
    make_relocatable(as_user)
    assert str(as_user) not in path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o555


def test_programs_that_are_no_scripts_stay(library: Path, put: Callable[[str, str], Path]):
    path = put("bin/thing", "#!/usr/bin/python3\nprefix='@'\n")
    make_relocatable(library)
    assert str(library) in path.read_text(encoding="utf-8")


def test_files_of_libtool_are_removed(library: Path, put: Callable[[str, str], Path]):
    put("lib/libthing1.la", "libdir='@/lib'\n").with_name("libthing.la").symlink_to("libthing1.la")
    archive = put("lib/libthing.a", "")
    make_relocatable(library)
    assert sorted((library / "lib").iterdir()) == [archive]


def test_links_are_not_followed(library: Path, put: Callable[[str, str], Path], tmp_path: Path):
    outside = tmp_path / "outside.pc"
    outside.write_text(str(library), encoding="utf-8")
    put("lib/pkgconfig/thing.pc", "prefix=@\n").with_name("other.pc").symlink_to(outside)
    make_relocatable(library)
    assert outside.read_text(encoding="utf-8") == str(library)


def test_a_library_with_none_of_these_is_left_alone(library: Path, put: Callable[[str, str], Path]):
    path = put("include/thing.h", '#define PREFIX "@"\n')
    make_relocatable(library)
    assert path.read_text(encoding="utf-8") == f'#define PREFIX "{library}"\n'
