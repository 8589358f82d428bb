from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from wasm_writer import Writer
from wheel_writer import PLATFORM, write_wheel

from wasmwright.wasm.parse import parse
from wasmwright.wheel.__main__ import main
from wasmwright.wheel.errors import InvalidWheel
from wasmwright.wheel.inspect import read_wheel
from wasmwright.wheel.record import check_record
from wasmwright.wheel.repack import repack, write
from wasmwright.wheel.shared import found_at, library_wheel, read_shared

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.wheel.inspect import WheelInfo

EPOCH = 1_700_000_000
DEEP = "demo/inner/x.cpython-315-wasm32-emscripten.so"
TOP = "y.cpython-315-wasm32-emscripten.so"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    file = tmp_path / "libblas.so"
    file.write_bytes(Writer().build())
    return write(library_wheel("Open-BLAS", "0.3", [file], platform_tag=PLATFORM), tmp_path, EPOCH)


def test_library_wheel_is_a_wheel(library: Path):
    assert library.name == f"open_blas-0.3-py3-none-{PLATFORM}.whl"
    wheel = read_wheel(library)
    assert wheel.extensions == ("open_blas.libs/libblas.so",)
    assert wheel.metadata["Name"] == "Open-BLAS"
    assert wheel.wheel["Tag"] == f"py3-none-{PLATFORM}"
    assert check_record(wheel.members, wheel.dist_info) == []


def test_library_wheel_without_files_is_refused():
    with pytest.raises(InvalidWheel, match="no side module"):
        library_wheel("blas", "1", [], platform_tag=PLATFORM)


def runtime_paths(wheel: WheelInfo) -> dict[str, tuple[str, ...]]:
    found = {}
    for name in wheel.extensions:
        dylink = parse(wheel.members[name].data, name).dylink
        assert dylink is not None
        found[name] = dylink.runtime_paths
    return found


def test_modules_find_the_library_and_the_wheel_requires_it(tmp_path: Path, library: Path):
    module = Writer(needed=["libblas.so"], runtime_paths=["$ORIGIN"]).function("dgemm_").build()
    path = write_wheel(tmp_path, {DEEP: module, TOP: module, "z.abi3.so": Writer().build()})
    done = repack(path, platform_tag=PLATFORM, globs=(), epoch=EPOCH, out=tmp_path / "out", shared=[library])
    wheel = read_wheel(done.main)
    assert runtime_paths(wheel) == {
        DEEP: ("$ORIGIN", "$ORIGIN/../../open_blas.libs"),
        TOP: ("$ORIGIN", "$ORIGIN/open_blas.libs"),
        "z.abi3.so": (),
    }
    assert wheel.metadata.get_all("Requires-Dist") == ["Open-BLAS==0.3"]
    assert wheel.metadata.get_payload() == "Text.\n"
    assert check_record(wheel.members, wheel.dist_info) == []


def test_modules_of_a_library_find_those_of_another(tmp_path: Path, library: Path, capsys: pytest.CaptureFixture[str]):
    files = {"libsolve.so": ["libblas.so", "liborder.so"], "liborder.so": []}
    for name, needed in files.items():
        (tmp_path / name).write_bytes(Writer(needed=needed, runtime_paths=["$ORIGIN"]).build())
    options = ["--name", "sparse", "--version", "2", "--platform-tag", PLATFORM, "--shared", str(library)]
    assert main(["library", *(str(tmp_path / name) for name in files), *options, "--out", str(tmp_path / "out")]) == 0
    wheel = read_wheel(tmp_path / "out" / f"sparse-2-py3-none-{PLATFORM}.whl")
    assert str(tmp_path / "out" / str(wheel.name)) in capsys.readouterr().out
    assert runtime_paths(wheel) == {
        "sparse.libs/libsolve.so": ("$ORIGIN", "$ORIGIN/../open_blas.libs"),
        "sparse.libs/liborder.so": ("$ORIGIN",),
    }
    assert wheel.metadata.get_all("Requires-Dist") == ["Open-BLAS==0.3"]
    assert wheel.metadata["Summary"] == "The library sparse, for the packages that load it"
    assert check_record(wheel.members, wheel.dist_info) == []


def test_nothing_else_of_a_module_changes(tmp_path: Path, library: Path):
    module = Writer(needed=["libblas.so"], weak=[("env", "f")]).function("f").define("PyInit_y").build()
    path = write_wheel(tmp_path, {TOP: module})
    done = repack(path, platform_tag=PLATFORM, globs=(), epoch=EPOCH, out=tmp_path / "out", shared=[library])
    before, after = parse(module, "before"), parse(read_wheel(done.main).members[TOP].data, "after")
    assert before.dylink is not None
    assert after.dylink is not None
    assert after.dylink.import_flags == before.dylink.import_flags == {("env", "f"): 1}
    assert (after.imports, after.exports) == (before.imports, before.exports)


def test_wheel_that_needs_no_library_stays_as_it_is(tmp_path: Path, library: Path):
    path = write_wheel(tmp_path, {TOP: Writer().build()})
    done = repack(path, platform_tag=PLATFORM, globs=(), epoch=EPOCH, out=tmp_path / "out", shared=[library])
    assert read_wheel(done.main).metadata.get_all("Requires-Dist") is None


def test_command_line_writes_the_library_wheel(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "libblas.so"
    file.write_bytes(Writer().build())
    options = ["--name", "blas", "--version", "2", "--platform-tag", PLATFORM, "--out", str(tmp_path / "out")]
    assert main(["library", str(file), *options]) == 0
    written = tmp_path / "out" / f"blas-2-py3-none-{PLATFORM}.whl"
    assert capsys.readouterr().out == f"{written}\n"
    assert read_shared(written).places == {"libblas.so": "blas.libs/libblas.so"}


@pytest.mark.parametrize(
    ("member", "run_path", "expected"),
    [
        ("a/b/x.so", "$ORIGIN/../../l.libs", "l.libs/libl.so"),
        ("a/b/x.so", "${ORIGIN}", "a/b/libl.so"),
        ("x.so", "$ORIGIN/l.libs", "l.libs/libl.so"),
        ("x.so", "$ORIGIN/../l.libs", "../l.libs/libl.so"),
    ],
)
def test_run_paths_are_followed_from_the_module(member: str, run_path: str, expected: str):
    assert found_at(member, run_path, "libl.so") == expected
