from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wasmwright.audit.runtime import InvalidRuntime, load_runtime
from wasmwright.wasm.reader import InvalidModule

if TYPE_CHECKING:
    from pathlib import Path


def test_tags_and_symbols(runtime: Path):
    loaded = load_runtime(runtime)
    assert (loaded.platform_tag, loaded.python_tag) == ("pyemscripten_2026_5_wasm32", "cp315")
    assert loaded.extension_suffix == ".cpython-315-wasm32-emscripten.so"
    main, glue = loaded.providers
    assert str(main.functions["sin"]) == "(f64)->(f64)"
    assert main.globals.keys() == {"stdout", "__stack_pointer"}
    assert {name: str(type_) for name, type_ in glue.functions.items()} == {
        "strptime": "(i32,i32,i32)->(i32)",
        "resize_heap": "(i32)->(i32)",
        "JsProxy_get": "None",
        "glFlush": "(i32,i64,externref)->()",
        "fd_read": "(i32)->(i32)",
    }


@pytest.mark.parametrize("glue", ["nothing here", "wasmImports={a:_a"])
def test_glue_of_another_shape_gives_what_it_can(runtime: Path, glue: str):
    (runtime / "pyodide.asm.mjs").write_text(glue)
    assert "resize_heap" in load_runtime(runtime).providers[1].functions


def test_the_main_modules_import_counts_more_than_a_signature(runtime: Path):
    assert '_r.sig="vj"' in (runtime / "pyodide.asm.mjs").read_text()
    assert str(load_runtime(runtime).providers[1].functions["resize_heap"]) == "(i32)->(i32)"


@pytest.mark.parametrize("file", ["pyodide.asm.wasm", "pyodide.asm.mjs", "pyodide-lock.json"])
def test_missing_file_is_told(runtime: Path, file: str):
    (runtime / file).unlink()
    with pytest.raises(InvalidRuntime, match="does not hold a Pyodide runtime") as caught:
        load_runtime(runtime)
    assert file in str(caught.value)


@pytest.mark.parametrize("text", ["{", "[]", '{"info": {}}', '{"info": {"abi_version": 1, "python": null}}'])
def test_odd_lock_is_told(runtime: Path, text: str):
    (runtime / "pyodide-lock.json").write_text(text)
    with pytest.raises(InvalidRuntime):
        load_runtime(runtime)


def test_truncated_main_module_is_told(runtime: Path):
    main = runtime / "pyodide.asm.wasm"
    main.write_bytes(main.read_bytes()[:-2])
    with pytest.raises(InvalidModule, match=r"pyodide.asm.wasm: truncated"):
        load_runtime(runtime)
