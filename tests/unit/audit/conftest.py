from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from wasm_writer import Writer
from wheel_writer import write_wheel

from wasmwright.audit.runtime import load_runtime
from wasmwright.audit.wheel import audit_wheel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MODULE = "demo/x.cpython-315-wasm32-emscripten.so"


@pytest.fixture
def runtime(tmp_path: Path) -> Path:
    """A folder like the npm package, with a main module of a few symbols."""
    folder = tmp_path / "runtime"
    folder.mkdir()
    main = (
        Writer().function("resize_heap", "(i32)->(i32)").function("fd_read", "(i32)->(i32)", "wasi_snapshot_preview1")
    )
    main.define("PyModule_Create2", "(i32,i32)->(i32)").define("sin", "(f64)->(f64)").define_global("stdout")
    main.define_global("__stack_pointer", mutable=True).define_tag("__cpp_exception").define_tag("__c_longjmp")
    (folder / "pyodide.asm.wasm").write_bytes(main.build())
    glue = 'x={};var wasmImports={strptime:_strptime,"resize_heap":_r,JsProxy_get};var y={nothing:1};'
    (folder / "pyodide.asm.mjs").write_text(glue)
    info = {"abi_version": "2026_5", "python": "3.15.0rc1", "arch": "wasm32"}
    (folder / "pyodide-lock.json").write_text(json.dumps({"info": info, "packages": {}}))
    return folder


@pytest.fixture
def good() -> Writer:
    """An extension module with nothing wrong; functions may be imported until `define` is called."""
    writer = Writer().function("PyModule_Create2", "(i32,i32)->(i32)").function("resize_heap", "(i32)->(i32)")
    writer.function("strptime", "(i32,i32,i32)->(i32)").function("fd_read", "(i32)->(i32)", "wasi_snapshot_preview1")
    writer.imported_global("__memory_base").imported_global("__table_base")
    writer.imported_global("__stack_pointer", mutable=True).tag("__cpp_exception").tag("__c_longjmp")
    return writer.got("mem", "stdout").got("func", "sin").got("func", "JsProxy_get")


@pytest.fixture
def found(tmp_path: Path, runtime: Path) -> Callable[..., list[str]]:
    """Audits a wheel of one extension module and others, and gives each finding in one line."""

    def audit(module: Writer | bytes, *, libraries: tuple[Path, ...] = (), **options: object) -> list[str]:
        files = dict(options.pop("files", {}))  # type: ignore[call-overload]
        data = module if isinstance(module, bytes) else module.define("PyInit_x", "()->(i32)").build()
        path = write_wheel(tmp_path, {"demo/__init__.py": b"", MODULE: data, **files}, **options)  # type: ignore[arg-type]
        report = audit_wheel(path, runtime=load_runtime(runtime), libraries=libraries)
        return [f"{finding.code.id} {finding.member} {finding.message}" for finding in report.findings]

    return audit
