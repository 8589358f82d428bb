from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from wasm_writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Found = Callable[..., list[str]]

X = "demo/x.cpython-315-wasm32-emscripten.so"


def test_nothing_is_found_in_a_good_module(found: Found, good: Writer):
    assert found(good) == []


def test_unresolved_function(found: Found, good: Writer):
    assert found(good.function("dgemm_", "(i32)->()")) == [
        f"WW301 {X} imports dgemm_ as (i32)->(), which nothing exports"
    ]


def test_unresolved_but_weak(found: Found, good: Writer):
    good.weak = [("env", "maybe"), ("GOT.mem", "perhaps")]
    assert found(good.function("maybe").got("mem", "perhaps")) == []


def test_other_flags_of_an_import_excuse_nothing(found: Found, good: Writer):
    good.weak, good.weak_flags = [("env", "surely")], b"\x10"
    assert found(good.function("surely"))[0].startswith("WW301")


def test_signature_of_the_runtime(found: Found, good: Writer):
    expected = f"WW302 {X} imports sin as (f32)->(f32) but pyodide.asm.wasm exports (f64)->(f64)"
    assert found(good.function("sin", "(f32)->(f32)")) == [expected]


def test_results_count_too(found: Found, good: Writer):
    assert found(good.function("sin", "(f64)->()"))[0].startswith("WW302")


def test_signature_of_javascript_that_the_main_module_imports(found: Found):
    module = Writer().function("resize_heap", "(i64)->(i32)")
    expected = f"WW302 {X} imports resize_heap as (i64)->(i32) but pyodide.asm.mjs exports (i32)->(i32)"
    assert found(module) == [expected]


def test_signature_of_javascript_alone(found: Found):
    module = Writer().function("strptime", "(i32,i32)->(i32)")
    expected = f"WW302 {X} imports strptime as (i32,i32)->(i32) but pyodide.asm.mjs exports (i32,i32,i32)->(i32)"
    assert found(module) == [expected]


def test_javascript_without_a_signature_is_known_by_name(found: Found):
    assert found(Writer().function("JsProxy_get", "(i32,f64)->()")) == []


def test_signature_of_a_declared_library(found: Found, good: Writer, tmp_path: Path):
    library = tmp_path / "lib" / "libopenblas.so"
    library.parent.mkdir()
    library.write_bytes(Writer().define("dgemm_", "(i32)->()").build())
    assert found(good.function("dgemm_", "(i32,i32)->()"), libraries=(library.parent,)) == [
        f"WW302 {X} imports dgemm_ as (i32,i32)->() but libopenblas.so exports (i32)->()"
    ]


def test_needed_libraries_of_the_wheel_are_loaded_with_what_they_need(found: Found, good: Writer):
    good.needed, good.runtime_paths = ["liba.so"], ["$ORIGIN/../demo.libs"]
    files = {
        "demo.libs/liba.so": Writer(needed=["libb.so"], runtime_paths=["$ORIGIN"]).function("b").define("a").build(),
        "demo.libs/libb.so": Writer().define("b").build(),
    }
    assert found(good.function("a").function("b"), files=files) == []


def test_a_sibling_that_nobody_needs_is_a_hint_only(found: Found, good: Writer):
    files = {"demo/liba.so": Writer().define("a").build()}
    assert found(good.function("a"), files=files) == [f"WW301 {X} imports a as ()->(), which nothing exports"]


def test_own_exports_resolve(found: Found, good: Writer):
    (told,) = found(good.function("own").got("mem", "data").define_global("data").define("own"))
    assert told.startswith("WW307"), "they do, but not only they may"


@pytest.mark.parametrize(
    ("kind", "name", "message"),
    [
        ("mem", "nothing", "WW301 {} takes the address of the data nothing, which nothing exports"),
        ("func", "nothing", "WW301 {} takes the address of the function nothing, which nothing exports"),
        ("mem", "sin", "WW303 {} takes the address of the data sin, which is a function in pyodide.asm.wasm"),
        ("func", "stdout", "WW303 {} takes the address of the function stdout, which is data in pyodide.asm.wasm"),
    ],
)
def test_addresses(found: Found, good: Writer, kind: str, name: str, message: str):
    assert found(good.got(kind, name)) == [message.format(X)]


def test_calling_data(found: Found, good: Writer):
    assert found(good.function("stdout")) == [f"WW303 {X} calls stdout, which is data in pyodide.asm.wasm"]


def test_globals(found: Found, good: Writer):
    good.imported_global("nothing").imported_global("stdout", "i64")
    assert found(good) == [
        f"WW301 {X} imports the global nothing, which nothing exports",
        f"WW302 {X} imports the global stdout as i64 but pyodide.asm.wasm exports i32",
    ]


def test_tags(found: Found):
    assert found(Writer().tag("mine").tag("__cpp_exception", "(i64)->()")) == [
        f"WW301 {X} imports the tag mine, which nothing exports",
        f"WW302 {X} imports the tag __cpp_exception as (i64)->() but pyodide.asm.wasm exports (i32)->()",
    ]


def test_unknown_module(found: Found):
    expected = f"WW301 {X} imports f from `GOT.other`, which no side module can"
    assert found(Writer().function("f", module="GOT.other")) == [expected]


@pytest.mark.parametrize(
    "name",
    [
        "invoke_vii",
        "__cxa_find_matching_catch_2",
        "emscripten_longjmp",
        "_emscripten_throw_longjmp",
        "__resumeException",
    ],
)
def test_exceptions_of_javascript(found: Found, good: Writer, name: str):
    assert found(good.function(name)) == [f"WW401 {X} imports {name}, of the exceptions that JavaScript makes"]


def test_a_function_that_is_only_named_like_them(found: Found):
    library = Writer(needed=["liby.so"], runtime_paths=["$ORIGIN"]).function("invoke_callback")
    assert found(library, files={"demo/liby.so": Writer().define("invoke_callback").build()}) == []


@pytest.mark.parametrize("name", ["emscripten_futex_wait", "_emscripten_thread_exit", "__pthread_create_js"])
def test_functions_for_threads(found: Found, good: Writer, name: str):
    assert found(good.function(name)) == [f"WW501 {X} imports {name}, which only a runtime with threads has"]
