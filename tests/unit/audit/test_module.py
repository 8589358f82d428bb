from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from wasm_writer import Writer, custom
from wheel_writer import PLATFORM, write_wheel

from wasmwright.audit.module import init_names

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Found = Callable[..., list[str]]

X = "demo/x.cpython-315-wasm32-emscripten.so"


@pytest.fixture
def library_wheel(tmp_path: Path) -> Path:
    tmp_path.joinpath("others").mkdir()
    library = Writer().define("crc32", "(i32)->(i32)").build()
    return write_wheel(tmp_path / "others", {"demo.libs/libz.so": library}, tag=f"py3-none-{PLATFORM}")


def test_program_instead_of_side_module(found: Found):
    message = f"WW202 {X} is no side module: it does not begin with a section dylink.0"
    assert found(Writer(dylink=False)) == [message]
    assert found(Writer(start=[custom("name", b"")])) == [message]


def test_truncated_module(found: Found, good: Writer):
    data = good.define("PyInit_x").build()
    (finding,) = found(data[:-1])
    assert finding.startswith(f"WW201 {X} is no WebAssembly module: truncated: section `data` at offset 0x")


def test_module_of_another_machine(found: Found):
    message = r"is no WebAssembly module: it does not begin as WebAssembly does but with b'\x7fELF', at offset 0x0"
    assert found(b"\x7fELF\2\1\1") == [f"WW201 {X} {message}"]


def test_shared_memory(found: Found):
    assert found(Writer(shared_memory=True)) == [f"WW501 {X} imports a shared memory"]


def test_features_of_threads(found: Found):
    assert found(Writer(features=["+simd128", "-shared-mem", "+atomics"])) == [f"WW501 {X} says that it uses atomics"]


def test_exports_of_threads(found: Found):
    assert found(Writer().define("_emscripten_tls_init")) == [f"WW501 {X} exports _emscripten_tls_init, for threads"]


def test_needed_library_that_nobody_ships(found: Found):
    assert found(Writer(needed=["libz.so"])) == [f"WW601 {X} needs libz.so, which is neither in the wheel nor declared"]


def test_library_in_another_wheel(found: Found, library_wheel: Path):
    missed = f"WW603 {X} needs libz.so, but none of its run paths leads to demo.libs/libz.so"
    for path in ("$ORIGIN/../demo.libs", "${ORIGIN}/x/../../demo.libs"):
        assert found(Writer(needed=["libz.so"], runtime_paths=[path]), libraries=(library_wheel,)) == []
    for paths in ([], ["$ORIGIN/demo.libs"]):
        assert found(Writer(needed=["libz.so"], runtime_paths=paths), libraries=(library_wheel,)) == [missed]


def test_library_in_another_wheel_has_types(found: Found, library_wheel: Path):
    module = Writer(needed=["libz.so"], runtime_paths=["$ORIGIN/../demo.libs"]).function("crc32", "(i64)->(i32)")
    message = "imports crc32 as (i64)->(i32) but libz.so exports (i32)->(i32)"
    assert found(module, libraries=(library_wheel,)) == [f"WW302 {X} {message}"]


def test_library_in_another_wheel_is_loaded_only_where_it_is_needed(found: Found, library_wheel: Path):
    module = Writer(runtime_paths=["$ORIGIN/../demo.libs"]).function("crc32", "(i32)->(i32)")
    message = "imports crc32 as (i32)->(i32), which nothing exports"
    assert found(module, libraries=(library_wheel,)) == [f"WW301 {X} {message}"]


@pytest.mark.parametrize("path", ["/usr/lib", "lib", ""])
def test_run_paths_that_mean_nothing(found: Found, path: str):
    assert found(Writer(runtime_paths=["$ORIGIN/../demo.libs", path])) == [f"WW602 {X} has the run path `{path}`"]


def test_module_for_another_python(found: Found):
    member = "demo/y.cpython-314-x86_64-linux-gnu.so"
    message = "is not for the runtime's Python, whose extension modules end in .cpython-315-wasm32-emscripten.so"
    assert found(Writer(), files={member: Writer().define("PyInit_y").build()}) == [f"WW203 {member} {message}"]


@pytest.mark.parametrize("member", ["demo/y.cpython-315-wasm32-emscripten.so", "demo/y.abi3.so"])
def test_module_without_its_function(found: Found, member: str):
    assert found(Writer(), files={member: Writer().build()}) == [f"WW901 {member} exports no PyInit_y"]


def test_module_with_the_function_of_another(found: Found):
    files = {"demo/y.so": Writer().define("PyInit_z").build()}
    assert found(Writer(), files=files) == ["WW901 demo/y.so exports no PyInit_y"]


@pytest.mark.parametrize(
    ("member", "name"),
    [
        ("demo/y.so", "PyInit_y"),
        ("demo/y.abi3.so", "PyModExport_y"),
        ("demo/liby.so", "f"),
        ("demo/é.abi3.so", "PyInitU_9ca"),
    ],
)
def test_modules_and_libraries_that_are_right(found: Found, member: str, name: str):
    assert found(Writer(), files={member: Writer().define(name).build()}) == []


def test_names_beyond_ascii():
    assert init_names("a/späm.abi3.so") == ("PyInitU_spm_rla", "PyModExportU_spm_rla")
