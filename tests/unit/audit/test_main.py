from __future__ import annotations

import json
from typing import TYPE_CHECKING

from wasm_writer import Writer
from wheel_writer import write_wheel

from wasmwright.audit import Code
from wasmwright.audit.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path

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
        "level": "error",
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


def test_functions_of_other_types_are_looked_for_in_libraries_only(
    tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]
):
    module = Writer().function("sin", "(f64)->(f64)").define("PyInit_x").build()
    wheel = write_wheel(tmp_path, {X: module})
    (tmp_path / "out").mkdir()
    (tmp_path / "out/liby.so").write_bytes(Writer().function("sin", "(f64)->(f64)").build())
    common = ["--runtime", str(runtime), "--differing", "tan", "sin"]
    assert main([str(wheel), *common]) == 0
    assert main([str(tmp_path / "out"), *common]) == 40
    assert "WW306 liby.so calls sin" in capsys.readouterr().out
    assert main([str(tmp_path / "out"), "--runtime", str(runtime), "--differing"]) == 0


def test_unreadable_wheel_ends_with_41(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "demo-1.0-py3-none-any.whl"
    path.write_bytes(b"")
    assert main([str(path), "--runtime", str(runtime)]) == 41
    assert "it is not a zip archive" in capsys.readouterr().err


def test_missing_library_is_told(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    path = write_wheel(tmp_path, {X: GOOD})
    assert main([str(path), "--runtime", str(runtime), "--library", str(tmp_path / "no.so")]) == 46
    assert "no.so does not exist" in capsys.readouterr().err


def test_a_library_that_is_none(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    path, other = write_wheel(tmp_path, {X: GOOD}), tmp_path / "README.md"
    other.write_text("")
    assert main([str(path), "--runtime", str(runtime), "--library", str(other)]) == 46
    assert "README.md is no library" in capsys.readouterr().err


def wheel_of_tests(folder: Path, module: bytes, **options: object) -> Path:
    path = "demo/tests/_t.cpython-315-wasm32-emscripten.so"
    return write_wheel(folder, {path: module}, name="demo_tests", **options)  # type: ignore[arg-type]


def test_wheels_beside_each_other_load_each_others_modules(
    tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]
):
    main_wheel = write_wheel(tmp_path, {X: GOOD, "demo/liby.so": Writer().define("f", "(i32)->()").build()})
    needs = Writer(needed=["liby.so"], runtime_paths=["$ORIGIN/.."])
    tests = wheel_of_tests(tmp_path, needs.function("f", "(i32)->()").define("PyInit__t").build())
    assert main([str(main_wheel), str(tests), "--runtime", str(runtime)]) == 0
    assert main([str(tests), "--runtime", str(runtime)]) == 40
    assert "WW601" in capsys.readouterr().out


def test_a_bad_module_in_the_tests_wheel_is_refused(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    main_wheel, out = write_wheel(tmp_path, {X: GOOD}), tmp_path / "audit.json"
    tests = wheel_of_tests(tmp_path, Writer().function("nowhere").define("PyInit__t").build())
    assert main([str(main_wheel), str(tests), "--runtime", str(runtime), "--json", str(out)]) == 40
    assert "WW301 demo/tests/_t.cpython-315-wasm32-emscripten.so imports nowhere" in capsys.readouterr().out
    assert [(report["subject"], report["ok"]) for report in json.loads(out.read_text())["reports"]] == [
        (main_wheel.name, True),
        (tests.name, False),
    ]


def test_a_tests_wheel_is_checked_as_any(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    main_wheel = write_wheel(tmp_path, {X: GOOD})
    leaked = {"demo/tests/_t.cpython-315-wasm32-emscripten.so": None, "demo/tests/x.py": b"p = '/build/demo/x.py'"}
    tests = wheel_of_tests(tmp_path, GOOD, tag="cp314-cp314-pyemscripten_2026_5_wasm32", changed=leaked)
    assert main([str(main_wheel), str(tests), "--runtime", str(runtime)]) == 40
    told = capsys.readouterr().out
    assert [code for code in ("WW102", "WW702", "WW801") if code not in told] == []


def test_a_run_path_may_lead_to_any_of_several_of_one_name(tmp_path: Path, runtime: Path):
    library = Writer().define("f").build()
    main_wheel = write_wheel(tmp_path, {X: GOOD, "demo/liby.so": library})
    other = write_wheel(tmp_path, {"other/liby.so": library}, name="other")
    needs = Writer(needed=["liby.so"], runtime_paths=["$ORIGIN/.."]).function("f").define("PyInit__t").build()
    for beside in ([main_wheel, other], [other, main_wheel]):
        subjects = [str(path) for path in (*beside, wheel_of_tests(tmp_path, needs))]
        assert main([*subjects, "--runtime", str(runtime)]) == 0


def test_a_wheel_for_another_runtime_says_that_alone(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    wrong = Writer().function("nowhere").define("PyInit_x").build()
    path = write_wheel(tmp_path, {X: wrong}, tag="cp314-cp314-pyemscripten_2026_0_wasm32")
    assert main([str(path), "--runtime", str(runtime)]) == 40
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.startswith("  WW")] == ["WW101"]


def test_codes_are_unique():
    assert len({code.id for code in Code}) == len({code.slug for code in Code}) == len(Code)


def test_what_a_wheel_says_cannot_steer_a_log(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    module = Writer(needed=["lib\x1b[2J\nok.so"]).function("f\u202e\nwasmwright: all is well").define("PyInit_x")
    assert main([str(write_wheel(tmp_path, {X: module.build()})), "--runtime", str(runtime)]) == 40
    said = capsys.readouterr().out
    assert said.replace("\n", "").isprintable()
    assert len(said.splitlines()) == 3
    assert main([str(tmp_path / "a\x1b[2J-1-py3-none-any.whl"), "--runtime", str(runtime)]) == 41
    assert "\x1b" not in capsys.readouterr().err
