from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from wasm_writer import Writer
from wheel_writer import write_wheel

from wasmwright.audit.wheel import audit_wheels

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ANY = "py3-none-any"


def alone(folder: Path, runtime: Path, files: Mapping[str, bytes]) -> list[str]:
    return together(folder, runtime, files)


def together(folder: Path, runtime: Path, files: Mapping[str, bytes], **others: Mapping[str, bytes]) -> list[str]:
    """What is found in a wheel of `files` with wheels of `others` beside it."""
    wheel = write_wheel(folder, files, tag=ANY)
    beside = [write_wheel(folder, held, name=name, tag=ANY) for name, held in others.items()]
    (report,) = audit_wheels([wheel], runtime=runtime, beside=beside)
    return [f"{found.code.id} {found.member} {found.message}" for found in report.findings if found.code.id != "WW101"]


def test_wheels_that_share_nothing(tmp_path: Path, runtime: Path):
    files = {"demo/__init__.py": b"", "demo-1.0.data/scripts/demo": b"#!python"}
    assert together(tmp_path, runtime, files, numpy={"numpy/__init__.py": b"1", "LICENSE": b"x"}) == []


@pytest.mark.parametrize(
    ("member", "where"),
    [
        ("numpy/__init__.py", ""),
        ("demo-1.0.data/purelib/numpy/__init__.py", " as numpy/__init__.py"),
        ("demo-1.0.data/platlib/numpy/__init__.py", " as numpy/__init__.py"),
        ("demo-1.0.data/data/lib/python3.15/site-packages/numpy/__init__.py", " as numpy/__init__.py"),
    ],
)
def test_code_of_another_package(tmp_path: Path, runtime: Path, member: str, where: str):
    found = together(tmp_path, runtime, {member: b"evil"}, numpy={"numpy/__init__.py": b"good"})
    assert found == [f"WW105 {member} is in numpy-1.0-py3-none-any.whl too{where}, with other contents"]


def test_the_same_contents_are_no_fault(tmp_path: Path, runtime: Path):
    assert together(tmp_path, runtime, {"tests/__init__.py": b""}, numpy={"tests/__init__.py": b""}) == []


def test_texts_are_warnings(tmp_path: Path, runtime: Path):
    assert together(tmp_path, runtime, {"LICENSE": b"MIT"}, numpy={"LICENSE": b"BSD"}) == [
        "WW106 LICENSE is in numpy-1.0-py3-none-any.whl too, with other contents"
    ]


@pytest.mark.parametrize(
    ("member", "other"),
    [("numpy.py", "numpy/__init__.py"), ("numpy/core.py", "numpy/core.pyc"), ("x/__init__.py", "x.py")],
)
def test_another_file_for_the_same_module(tmp_path: Path, runtime: Path, member: str, other: str):
    (found,) = together(tmp_path, runtime, {member: b"1"}, numpy={other: b"2"})
    assert found.startswith(f"WW105 {member} is the module ")
    assert found.endswith(f", and so is {other} in numpy-1.0-py3-none-any.whl")


def test_a_fallback_for_a_module_of_the_same_wheel(tmp_path: Path, runtime: Path):
    module = Writer().define("PyInit_x").build()
    found = alone(tmp_path, runtime, {"demo/x.py": b"", "demo/x.abi3.so": module})
    assert [line for line in found if not line.startswith("WW101")] == []


def test_scripts_of_one_name(tmp_path: Path, runtime: Path):
    files = {"demo-1.0.data/scripts/run": b"1"}
    (found,) = together(tmp_path, runtime, files, other={"other-1.0.data/scripts/run": b"2"})
    assert found == (
        "WW105 demo-1.0.data/scripts/run is in other-1.0-py3-none-any.whl too as other-1.0.data/scripts/run,"
        " with other contents"
    )


def entries(text: str) -> dict[str, bytes]:
    return {"demo-1.0.dist-info/entry_points.txt": text.encode()}


def test_scripts_that_installers_make(tmp_path: Path, runtime: Path):
    own = entries("# x\n[console_scripts]\nrun = demo:main\nalone = demo:main\n[demo.plugins]\npython = demo:x\n")
    script = {"other-1.0.data/scripts/run": b"2"}
    (found,) = together(tmp_path, runtime, own, other=script)
    assert found.startswith(
        "WW105 demo-1.0.dist-info/entry_points.txt is in other-1.0-py3-none-any.whl too as other-1.0"
    )
    assert found.endswith("scripts/run, with other contents")
    (found,) = alone(tmp_path, runtime, entries("[gui_scripts]\npython3.14=demo:main\n"))
    assert found == "WW107 demo-1.0.dist-info/entry_points.txt is installed where the program `python` is looked for"


def test_two_members_for_one_place(tmp_path: Path, runtime: Path):
    found = alone(tmp_path, runtime, {"demo/x.py": b"1", "demo-1.0.data/purelib/demo/x.py": b"2"})
    assert found == ["WW105 demo-1.0.data/purelib/demo/x.py is installed where demo/x.py is"]


@pytest.mark.parametrize(
    ("member", "message"),
    [
        ("json/__init__.py", "has the name of `json`, which is in the standard library"),
        ("random.py", "has the name of `random`, which is in the standard library"),
        ("random.abi3.so", "has the name of `random`, which is in the standard library"),
        ("sitecustomize.py", "is `sitecustomize`, which the user's own may be, and runs at each start of Python"),
        (
            "usercustomize/__init__.py",
            "is `usercustomize`, which the user's own may be, and runs at each start of Python",
        ),
        ("demo-1.0.data/data/lib/python3.15/json.py", "is installed into the folder of the standard library"),
        ("demo-1.0.data/scripts/python3", "is installed where the program `python` is looked for"),
    ],
)
def test_what_would_replace_pythons_own(tmp_path: Path, runtime: Path, member: str, message: str):
    found = alone(tmp_path, runtime, {member: Writer().define("PyInit_random").build()})
    assert f"WW107 {member} {message}" in found


def test_names_below_the_top_are_free(tmp_path: Path, runtime: Path):
    assert (
        alone(tmp_path, runtime, {"demo/json/__init__.py": b"", "demo/sitecustomize.py": b"", "demo/x.pth": b""}) == []
    )


def test_what_runs_at_each_start_is_a_warning(tmp_path: Path, runtime: Path):
    assert alone(tmp_path, runtime, {"demo.pth": b"import demo"}) == ["WW108 demo.pth is for each start of Python"]


def test_wheels_that_are_audited_together_are_compared(tmp_path: Path, runtime: Path):
    wheels = [write_wheel(tmp_path, {"x.py": name.encode()}, name=name, tag=ANY) for name in ("one", "two")]
    reports = audit_wheels(wheels, runtime=runtime)
    assert [[found.code.id for found in report.findings] for report in reports] == [["WW105"], ["WW105"]]
    assert not any(report.ok for report in reports)
