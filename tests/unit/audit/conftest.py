from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from runtime_writer import write_runtime
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
    return write_runtime(tmp_path / "runtime")


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
