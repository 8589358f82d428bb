from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from wasmwright.assemble.buildenvironment import bind, console_scripts, target_of, unpack, with_python

LIB, BIN = Path("/out/lib"), Path("/out/bin")


@pytest.mark.parametrize(
    ("member", "target"),
    [
        ("cython/__init__.py", LIB / "cython/__init__.py"),
        ("a-1.data/purelib/a.py", LIB / "a.py"),
        ("a-1.data/platlib/b/c.so", LIB / "b/c.so"),
        ("a-1.data/scripts/tool", BIN / "tool"),
        ("a-1.data/headers/a.h", None),
        ("a-1.data/data/share/a", None),
        ("../evil", None),
        ("a/../../evil", None),
        ("/etc/evil", None),
    ],
)
def test_where_members_go(member: str, target: Path | None):
    assert target_of(member, LIB, BIN) == target


def test_scripts_of_a_wheel_can_be_run_and_modules_not(tmp_path: Path):
    wheel, lib, scripts = tmp_path / "a.whl", tmp_path / "lib", tmp_path / "bin"
    with zipfile.ZipFile(wheel, "w") as zipped:
        for name in "a/", "a/x.py", "a-1.data/scripts/tool":
            zipped.writestr(name, "")
    unpack(wheel, lib, scripts)
    assert (lib / "a/x.py").stat().st_mode & 0o777 == 0o644
    assert (scripts / "tool").stat().st_mode & 0o777 == 0o755


def test_entry_points_become_scripts():
    points = "[console_scripts]\ncython = Cython.Compiler.Main:setuptools_main [extra]\n"
    points += "New = a:B.main\n[other]\nx = y:z\n"
    made = console_scripts(points, python=Path("/python3"), lib=LIB)
    assert set(made) == {"cython", "New"}
    assert made["New"].startswith("#!/python3\nimport sys\n")
    assert "from a import B\nsys.exit(B.main())\n" in made["New"]
    assert "from Cython.Compiler.Main import setuptools_main\n" in made["cython"]
    assert console_scripts("[other]\nx = y:z\n", python=Path("/python3"), lib=LIB) == {}


def test_a_wheels_own_script_finds_the_environment():
    text = with_python("#!python\nprint(1)\n", python=Path("/python3"), lib=LIB)
    shebang, finds, rest = text.split("\n", 2)
    assert (shebang, rest) == ("#!/python3", "print(1)\n")
    assert str(LIB) in finds


def test_what_is_no_elf_file_is_left_alone(tmp_path: Path):
    file = tmp_path / "x.py"
    file.write_text("")
    bind(file, patchelf=Path("/patchelf"), python=Path("/python"), libraries=Path("/libraries"))
