from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from wheel_writer import PLATFORM, write_wheel

from wasmwright.wheel.__main__ import main
from wasmwright.wheel.errors import InvalidWheel, UnsafeWheel
from wasmwright.wheel.inspect import Member, read_wheel
from wasmwright.wheel.pack import pack
from wasmwright.wheel.record import check_record
from wasmwright.wheel.repack import Expected, Repacked, repack

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

EPOCH = 1_700_000_000
DEMO = ("--name", "demo", "--version", "1.0")
FILES = {
    "demo/__init__.py": b"",
    "demo/x.cpython-315-wasm32-emscripten.so": b"\0asm",
    "demo/tests/test_x.py": b"t",
    "demo/tests/__init__.py": b"",
}


def repacked(folder: Path, files: Mapping[str, bytes], tag: str, *globs: str, out: str = "out") -> Repacked:
    path = write_wheel(folder, files, tag=tag)
    return repack(path, platform_tag=PLATFORM, globs=globs, epoch=EPOCH, out=folder / out)


@pytest.mark.parametrize("written", [["py2.py3-none-any"], ["py2-none-any", "py3-none-any"], ["py3.py2-none-any"]])
def test_a_set_of_tags_becomes_single_ones_in_a_pure_wheel(tmp_path: Path, written: list[str]):
    fields = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\n" + "".join(f"Tag: {tag}\n" for tag in written).encode()
    files = {"demo/__init__.py": b""}
    path = write_wheel(tmp_path, files, tag="py2.py3-none-any", changed={"demo-1.0.dist-info/WHEEL": fields})
    got = read_wheel(repack(path, platform_tag=PLATFORM, globs=(), epoch=EPOCH, out=tmp_path / "out").main)
    is_other = written == ["py3.py2-none-any"]
    assert got.wheel.get_all("Tag") == (written if is_other else ["py2-none-any", "py3-none-any"])
    assert got.members["demo-1.0.dist-info/WHEEL"].data.startswith(fields[:42])


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("cp315-cp315-linux_x86_64", "cp315-cp315"),
        ("cp315-cp315-emscripten_6_0_5_wasm32", "cp315-cp315"),
        ("cp310-abi3-linux_x86_64", "cp310-abi3"),
        ("py3-none-any", "cp315-cp315"),
        ("py3-none-linux_x86_64", "cp315-cp315"),
    ],
)
def test_name_and_wheel_file_get_the_tag(tmp_path: Path, tag: str, expected: str):
    done = repacked(tmp_path, FILES, tag)
    assert done.main.name == f"demo-1.0-{expected}-{PLATFORM}.whl"
    assert done.tests is None
    wheel = read_wheel(done.main)
    assert wheel.wheel.get_all("Tag") == [f"{expected}-{PLATFORM}"]
    assert wheel.wheel["Root-Is-Purelib"] == "false"
    assert wheel.wheel["Generator"] == "test"
    assert check_record(wheel.members, wheel.dist_info) == []


def test_library_without_extension_modules_keeps_its_python(tmp_path: Path):
    done = repacked(tmp_path, {"demo/libx.so": b""}, "py3-none-linux_x86_64")
    assert done.main.name == f"demo-1.0-py3-none-{PLATFORM}.whl"


def test_pure_wheel_stays_pure(tmp_path: Path):
    done = repacked(tmp_path, {"demo.py": b""}, "py3-none-any")
    assert done.main.name == "demo-1.0-py3-none-any.whl"
    assert read_wheel(done.main).wheel["Tag"] == "py3-none-any"


def test_several_pythons_are_refused(tmp_path: Path):
    with pytest.raises(InvalidWheel, match="several Pythons: 314, 315"):
        repacked(tmp_path, {**FILES, "y.cpython-314-x.so": b""}, "py3-none-any")


def test_tests_go_to_a_wheel_of_their_own(tmp_path: Path):
    done = repacked(tmp_path, FILES, "cp315-cp315-any", "**/tests/**")
    assert done.tests is not None
    assert done.tests == tmp_path / f"out/tests/demo_tests-1.0-cp315-cp315-{PLATFORM}.whl"
    main_wheel, tests = read_wheel(done.main), read_wheel(done.tests)
    moved = {"demo/tests/test_x.py", "demo/tests/__init__.py"}
    assert {name for name in tests.members if "dist-info" not in name} == moved
    assert {name for name in main_wheel.members if "dist-info" not in name} == FILES.keys() - moved
    for wheel in (main_wheel, tests):
        assert check_record(wheel.members, wheel.dist_info) == []
    assert tests.metadata.items() == [
        ("Metadata-Version", "2.1"),
        ("Name", "demo-tests"),
        ("Version", "1.0"),
        ("Summary", "The tests of demo"),
        ("License", "MIT"),
        ("Requires-Dist", "demo==1.0"),
    ]


def test_metadata_never_moves(tmp_path: Path):
    done = repacked(tmp_path, FILES, "cp315-cp315-any", "*/METADATA", "*.data/**")
    assert done.tests is None


def test_globs_that_take_everything_are_refused(tmp_path: Path):
    with pytest.raises(InvalidWheel, match="match every file"):
        repacked(tmp_path, FILES, "cp315-cp315-any", "**")


def test_bytes_repeat_whatever_the_order(tmp_path: Path):
    first = repacked(tmp_path, FILES, "cp315-cp315-any", "**/tests/**")
    second = repacked(tmp_path, dict(reversed(FILES.items())), "cp315-cp315-any", "**/tests/**", out="again")
    assert first.main.read_bytes() == second.main.read_bytes()
    assert first.tests is not None
    assert second.tests is not None
    assert first.tests.read_bytes() == second.tests.read_bytes()


def test_what_the_archive_says_of_its_members():
    members = {
        "b/run": Member(data=b"x" * 99, is_executable=True),
        "a-1.dist-info/WHEEL": Member(data=b""),
        "z": Member(data=b""),
    }
    entries = zipfile.ZipFile(io.BytesIO(pack(members, "a-1.dist-info", epoch=0))).infolist()
    assert [entry.filename for entry in entries] == ["b/run", "z", "a-1.dist-info/WHEEL", "a-1.dist-info/RECORD"]
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in entries} == {3}
    assert [oct(entry.external_attr >> 16) for entry in entries] == ["0o100755", *["0o100644"] * 3]


def test_late_times_are_clamped():
    assert pack({}, "a-1.dist-info", epoch=2**40) == pack({}, "a-1.dist-info", epoch=4354819198)


def test_unsafe_names_are_not_written():
    with pytest.raises(UnsafeWheel):
        pack({"../x": Member(data=b"")}, "a-1.dist-info", epoch=0)


def test_command_names_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = write_wheel(tmp_path, FILES)
    out = tmp_path / "out"
    options = ["--platform-tag", "p_wasm32", "--split", "**/tests/**", "--epoch", "0", "--out", str(out)]
    assert main(["repack", str(path), *DEMO, *options]) == 0
    names = ["demo-1.0-cp315-cp315-p_wasm32.whl", "tests/demo_tests-1.0-cp315-cp315-p_wasm32.whl"]
    assert capsys.readouterr().out.split() == [str(out / name) for name in names]


def test_without_a_time_it_is_the_first_that_an_archive_can_hold(tmp_path: Path):
    path, out = write_wheel(tmp_path, FILES), tmp_path / "out"
    assert main(["repack", str(path), *DEMO, "--platform-tag", "p_wasm32", "--out", str(out)]) == 0
    with zipfile.ZipFile(out / "demo-1.0-cp315-cp315-p_wasm32.whl") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_command_reports_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    arguments = [
        "repack",
        str(tmp_path / "x.whl"),
        *DEMO,
        "--platform-tag",
        "p",
        "--epoch",
        "0",
        "--out",
        str(tmp_path),
    ]
    assert main(arguments) == 41
    assert capsys.readouterr().err.startswith("wasmwright: `x.whl` is not the file name of a wheel\n  hint: ")


@pytest.mark.parametrize(
    ("name", "version"), [("numpy", "1.0"), ("demo", "2.0"), ("demo", "1.0.post1"), ("demo-x", "1.0")]
)
def test_a_wheel_that_is_not_the_recipes_is_refused(
    tmp_path: Path, name: str, version: str, capsys: pytest.CaptureFixture[str]
):
    path = write_wheel(tmp_path, FILES)
    options = ["--name", name, "--version", version, "--platform-tag", PLATFORM, "--out", str(tmp_path / "out")]
    assert main(["repack", str(path), *options]) == 49
    said = capsys.readouterr().err
    assert f"the build left {path.name}, which is demo 1.0, and the recipe is of {name} {version}" in said
    assert not (tmp_path / "out").exists()


def test_spellings_of_the_recipes_name_and_version(tmp_path: Path):
    done = repack(
        write_wheel(tmp_path, FILES),
        expected=Expected(name="DEMO", version="1.0.0"),
        platform_tag=PLATFORM,
        globs=(),
        epoch=EPOCH,
        out=tmp_path / "out",
    )
    assert done.main.name == f"demo-1.0-cp315-cp315-{PLATFORM}.whl"
