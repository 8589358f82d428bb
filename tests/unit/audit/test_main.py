from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from wasm_writer import Writer
from wheel_writer import write_wheel

from wasmwright.audit import Code
from wasmwright.audit.__main__ import main
from wasmwright.audit.render import codes_page

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

X = "demo/x.cpython-315-wasm32-emscripten.so"
GOOD = Writer().define("PyInit_x").build()


def test_good_wheel_ends_with_0(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    path = write_wheel(tmp_path, {X: GOOD})
    assert main([str(path), "--runtime", str(runtime)]) == 0
    assert capsys.readouterr().out == f"{path.name}: ok\n"


def test_findings_end_with_40(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    module = Writer().function("f").function("g").define("PyInit_x").build()
    path, out = write_wheel(tmp_path, {X: module}), tmp_path / "audit.json"
    assert main([str(path), "--runtime", str(runtime), "--json", str(out)]) == 40
    assert capsys.readouterr().out == (
        f"{path.name}: 2 findings\n"
        f"  WW301 {X} imports f as ()->(), which nothing exports\n"
        f"        hint: {Code.UNRESOLVED.hint}\n"
        f"  WW301 {X} imports g as ()->(), which nothing exports\n"
    )
    document = json.loads(out.read_text())
    assert document["ok"] is False
    assert document["reports"][0]["findings"][0] == {
        "code": "WW301",
        "name": "unresolved",
        "member": X,
        "message": "imports f as ()->(), which nothing exports",
        "hint": Code.UNRESOLVED.hint,
    }


def test_sibling_is_named_in_the_hint(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    module = Writer().function("f").define("PyInit_x").build()
    path = write_wheel(tmp_path, {X: module, "demo/liby.so": Writer().define("f").build()})
    assert main([str(path), "--runtime", str(runtime)]) == 40
    assert "hint: demo/liby.so exports it, but nothing says that it is needed" in capsys.readouterr().out


def test_folder_is_a_library(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "out").mkdir()
    assert main([str(tmp_path / "out"), "--runtime", str(runtime)]) == 0
    assert capsys.readouterr().out == "out: ok\n"


def test_unreadable_wheel_ends_with_41(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "demo-1.0-py3-none-any.whl"
    path.write_bytes(b"")
    assert main([str(path), "--runtime", str(runtime)]) == 41
    assert "it is not a zip archive" in capsys.readouterr().err


def test_missing_library_is_told(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    path = write_wheel(tmp_path, {X: GOOD})
    assert main([str(path), "--runtime", str(runtime), "--library", str(tmp_path / "no.so")]) == 46
    assert "no.so does not exist" in capsys.readouterr().err


def test_codes_are_unique():
    assert len({code.id for code in Code}) == len({code.slug for code in Code}) == len(Code)


def test_reference_page_is_fresh(assert_expected: Callable[[Path, str], None]):
    assert_expected(Path(__file__).parents[3] / "docs" / "reference" / "audit.md", codes_page())
