from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from runtime_writer import SUFFIXES
from wasm_writer import Writer, custom
from wheel_writer import PLATFORM, write_wheel

from wasmwright.audit.findings import Code
from wasmwright.audit.module import init_names
from wasmwright.audit.wheel import audit_wheel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Found = Callable[..., list[str]]

X = "demo/x.cpython-315-wasm32-emscripten.so"
NO_SUFFIX = f"is an extension module, and its name ends in none of {', '.join([*SUFFIXES, '.so'])}"


@pytest.fixture
def library_wheel(tmp_path: Path) -> Path:
    tmp_path.joinpath("others").mkdir()
    library = Writer().define("crc32", "(i32)->(i32)").build()
    return write_wheel(tmp_path / "others", {"z.libs/libz.so": library}, name="z", tag=f"py3-none-{PLATFORM}")


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
    missed = f"WW603 {X} needs libz.so, but none of its run paths leads to z.libs/libz.so"
    for path in ("$ORIGIN/../z.libs", "${ORIGIN}/x/../../z.libs"):
        assert found(Writer(needed=["libz.so"], runtime_paths=[path]), libraries=(library_wheel,)) == []
    for paths in ([], ["$ORIGIN/z.libs"]):
        assert found(Writer(needed=["libz.so"], runtime_paths=paths), libraries=(library_wheel,)) == [missed]


def test_library_in_another_wheel_has_types(found: Found, library_wheel: Path):
    module = Writer(needed=["libz.so"], runtime_paths=["$ORIGIN/../z.libs"]).function("crc32", "(i64)->(i32)")
    message = "imports crc32 as (i64)->(i32) but libz.so exports (i32)->(i32)"
    assert found(module, libraries=(library_wheel,)) == [f"WW302 {X} {message}"]


def test_library_in_another_wheel_is_loaded_only_where_it_is_needed(found: Found, library_wheel: Path):
    module = Writer(runtime_paths=["$ORIGIN/../z.libs"]).function("crc32", "(i32)->(i32)")
    message = "imports crc32 as (i32)->(i32), which nothing exports"
    assert found(module, libraries=(library_wheel,)) == [f"WW301 {X} {message}"]


@pytest.mark.parametrize("path", ["/usr/lib", "lib", ""])
def test_run_paths_that_mean_nothing(found: Found, path: str):
    assert found(Writer(runtime_paths=["$ORIGIN/../z.libs", path])) == [f"WW602 {X} has the run path `{path}`"]


def test_module_for_another_python(found: Found):
    member = "demo/y.cpython-314-x86_64-linux-gnu.so"
    module = Writer().function("_PyGone").define("PyInit_y").build()
    assert found(Writer(), files={member: module}) == [f"WW203 {member} {NO_SUFFIX}"]


@pytest.mark.parametrize(
    "name", ['y.abi3-"wasm32-emscripten".so', "y.abi3t.so", "y.abi3-wasm32-wasi.so", "y.z.so", "y.so.1", "y.x.abi3.so"]
)
def test_module_that_the_runtime_does_not_look_for(found: Found, name: str):
    module = Writer().define("PyInit_y").build()
    assert found(Writer(), files={f"demo/{name}": module}) == [f"WW203 demo/{name} {NO_SUFFIX}"]


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".so"])
def test_module_that_the_runtime_looks_for(found: Found, suffix: str):
    assert found(Writer(), files={f"demo/y{suffix}": Writer().define("PyInit_y").build()}) == []


@pytest.mark.parametrize("name", ["libx.1.2.so", "libx.so.1.2"])
def test_libraries_may_have_any_name(found: Found, name: str):
    assert found(Writer(), files={f"demo/{name}": Writer().define("f").build()}) == []


@pytest.mark.parametrize("member", ["demo/y.cpython-315-wasm32-emscripten.so", "demo/y.abi3.so"])
def test_module_without_its_function(found: Found, member: str):
    assert found(Writer(), files={member: Writer().build()}) == [f"WW901 {member} exports no PyInit_y"]


@pytest.mark.parametrize("member", ["demo/y.cpython-315-wasm32-emscripten.so", "demo/y.abi3.so"])
def test_library_for_ctypes_that_is_called_like_a_module(found: Found, member: str):
    assert found(Writer(), files={member: Writer().define("encrypt").build()}) == []


@pytest.mark.parametrize(
    "module",
    [Writer().define("__wasm_call_ctors"), Writer().function("PyModuleDef_Init", "(i32)->(i32)").define("helper")],
)
def test_module_that_hides_its_function(found: Found, module: Writer):
    assert "WW901 demo/y.abi3.so exports no PyInit_y" in found(Writer(), files={"demo/y.abi3.so": module.build()})


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


def test_library_of_the_same_wheel_that_no_run_path_leads_to(found: Found):
    files = {"demo/utils/liby.so": Writer().define("f").build()}
    for path in ("$ORIGIN/utils", "${ORIGIN}/./utils"):
        assert found(Writer(needed=["liby.so"], runtime_paths=[path]), files=files) == []
    missed = f"WW603 {X} needs liby.so, but none of its run paths leads to demo/utils/liby.so"
    assert found(Writer(needed=["liby.so"]), files=files) == [missed]
    assert found(Writer(needed=["liby.so"]), files={"demo/liby.so": files["demo/utils/liby.so"]}) == [
        missed.replace("utils/", "")
    ]


def test_the_run_path_that_a_module_lacks_is_told(tmp_path: Path, runtime: Path):
    files = {X: Writer(needed=["liby.so"]).define("PyInit_x").build(), "demo/utils/liby.so": Writer().build()}
    (finding,) = audit_wheel(write_wheel(tmp_path, files), runtime=runtime).findings
    assert finding.hint == "link it with -Wl,-rpath,'$ORIGIN/utils': the runtime looks nowhere else"


VECTORS = "(v128,i32)->(i32)"


@pytest.mark.parametrize(
    "module",
    [
        Writer().function("f", VECTORS),
        Writer().function("f", "()->(v128)").define("f", "()->(v128)"),
        Writer().got("func", "f").define("f", VECTORS),
    ],
)
def test_vectors_in_the_type_of_an_import(found: Found, module: Writer):
    assert f"WW308 {X} imports 1 function with v128 in the type: f" in found(module)


def test_vectors_inside_a_module_are_its_own(found: Found):
    assert found(Writer().define("f", VECTORS)) == []


def test_vectors_in_libraries_too(found: Found):
    told = found(Writer(), files={"demo/liby.so": Writer().function("f", VECTORS).define("f", VECTORS).build()})
    assert told == ["WW308 demo/liby.so imports 1 function with v128 in the type: f"]


def test_what_a_module_defines_and_imports_is_counted(found: Found):
    module = Writer().function("f").got("func", "f").got("func", "g").got("mem", "table").got("mem", "other")
    module.define("f").define("g").define_global("table").define("other")
    (kind, told) = found(module)
    assert kind.startswith("WW303")
    assert told == (
        f"WW307 {X} defines and imports 2 functions and 1 variable,"
        " so that another module's may run instead: f, g, table"
    )


def test_what_modules_share_on_purpose(found: Found):
    types = Writer().got("mem", "_ZTI5Error").got("mem", "_ZTS5Error")
    assert found(types.define_global("_ZTI5Error").define_global("_ZTS5Error")) == []
    weak = Writer(needed=["liby.so"], runtime_paths=["$ORIGIN"], weak=[("env", "f")])
    library = {"demo/liby.so": Writer().function("f").define("f").build()}
    assert found(weak.function("f").define("f"), files=library) == []


def test_a_weak_function_that_no_needed_library_has_may_be_replaced(found: Found):
    (told,) = found(Writer(weak=[("env", "f")]).function("f").define("f"))
    assert told.startswith("WW307")


def test_a_library_that_is_missing_is_told_once_with_where_it_is(tmp_path: Path, runtime: Path):
    def module(name: str) -> bytes:
        writer = Writer(needed=["libz.so"], runtime_paths=["$ORIGIN/../z.libs"]).function("crc32").function("adler32")
        return writer.define(f"PyInit_{name}").build()

    files = {"demo/x.abi3.so": module("x"), "demo/y.abi3.so": module("y")}
    metadata = b"Name: demo\nVersion: 1.0\nRequires-Dist: numpy>=2\nRequires-Dist: Z == 1.3 ; python_version > '3'\n"
    path = write_wheel(tmp_path, files, metadata=metadata)
    (finding,) = audit_wheel(path, runtime=runtime).findings
    assert finding.code is Code.NEEDED
    assert (finding.member, finding.message) == (
        "demo/x.abi3.so",
        (
            "needs libz.so, as do 1 more, which is neither in the wheel nor declared;"
            " imports not looked up without it: 4; METADATA requires it from Z == 1.3"
        ),
    )
    assert finding.hint == "name that wheel too: --library z-...whl"
