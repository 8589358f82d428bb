"""The audit against the stock runtime: what it knows there, and that a wrong type is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from wasm_writer import Writer
from wheel_writer import write_wheel

from wasmwright.audit.runtime import GLUE, MAIN, RuntimeSymbols, glue_functions, load_runtime
from wasmwright.audit.wheel import audit_wheel
from wasmwright.wasm.model import FunctionType
from wasmwright.wasm.parse import parse

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.nix import Nix


@pytest.fixture(scope="module")
def folder(nix: Nix) -> Path:
    (built,) = nix.build([".#pyodide-runtime"])
    return built.out


@pytest.fixture(scope="module")
def runtime(folder: Path) -> RuntimeSymbols:
    return load_runtime(folder)


def test_most_functions_of_javascript_have_types(runtime: RuntimeSymbols):
    types = runtime.providers[1].functions.values()
    assert sum(type_ is not None for type_ in types) > 1200
    assert sum(type_ is None for type_ in types) < 100


def test_signatures_of_javascript_agree_with_the_main_modules_imports(folder: Path):
    glue = glue_functions((folder / GLUE).read_text(encoding="utf-8"))
    imports = [imported for imported in parse((folder / MAIN).read_bytes()).imports if imported.kind == "func"]
    compared = [imported for imported in imports if glue.get(imported.name)]
    assert len(compared) > 250
    assert [imported.name for imported in compared if imported.type != glue[imported.name]] == []


@pytest.mark.parametrize("name", ["_gmtime_js", "__syscall_stat64", "emscripten_glFinish", "JsvString_FromId", "sin"])
def test_a_wrong_type_is_refused(runtime: RuntimeSymbols, tmp_path: Path, name: str):
    right = next(p.functions[name] for p in runtime.providers if name in p.functions)
    assert isinstance(right, FunctionType)
    for params, codes in ((",".join(right.params), []), (",".join([*right.params, "i32"]), ["WW302"])):
        module = Writer().function(name, f"({params})->({','.join(right.results)})")
        files = {f"demo/x{runtime.extension_suffix}": module.define("PyInit_x").build()}
        tag = f"{runtime.python_tag}-{runtime.python_tag}-{runtime.platform_tag}"
        report = audit_wheel(write_wheel(tmp_path, files, tag=tag), runtime=runtime)
        assert [finding.code.id for finding in report.findings] == codes
