"""A folder like the runtime's npm package, with a main module of a few symbols."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

from wasm_writer import Writer

if TYPE_CHECKING:
    from pathlib import Path


SUFFIXES = (".cpython-315-wasm32-emscripten.so", ".abi3-wasm32-emscripten.so", ".abi3.so")


def write_runtime(folder: Path) -> Path:
    folder.mkdir()
    main = Writer().function("resize_heap", "(i32)->(i32)")
    main.function("fd_read", "(i32)->(i32)", "wasi_snapshot_preview1")
    main.define("PyModule_Create2", "(i32,i32)->(i32)").define("sin", "(f64)->(f64)").define_global("stdout")
    main.define_global("__stack_pointer", mutable=True).define_tag("__cpp_exception").define_tag("__c_longjmp")
    main.data = "".join(f"\0{suffix}" for suffix in SUFFIXES).encode() + b"\0"
    (folder / "pyodide.asm.wasm").write_bytes(main.build())
    glue = 'x={};var wasmImports={strptime:_strptime,"resize_heap":_r,JsProxy_get,glFlush};var y={nothing:1};'
    glue += '_strptime.sig="pppp";_r.sig="vj";glFlush.sig = "vije";function strptime(){}'
    (folder / "pyodide.asm.mjs").write_text(glue)
    info = {"abi_version": "2026_5", "python": "3.15.0rc1", "arch": "wasm32"}
    (folder / "pyodide-lock.json").write_text(json.dumps({"info": info, "packages": {}}))
    with zipfile.ZipFile(folder / "python_stdlib.zip", "w") as archive:
        for name in ("json/__init__.py", "random.pyc", "site-packages/README.txt"):
            archive.writestr(name, "")
    return folder
