"""The stock runtime under Node: what users see of it when things go well, and when they do not."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from wasmwright.errors import RuntimeCrashed, TestsFailed
from wasmwright.process import run
from wasmwright.runtime.imports import check_imports
from wasmwright.runtime.node import Runtime, command, execute

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.nix import Nix
    from wasmwright.process import Completed

pytestmark = pytest.mark.nix


@pytest.fixture(scope="module")
def runtime(nix: Nix) -> Runtime:
    package, node = nix.build([".#pyodide-runtime", ".#node"])
    return Runtime(folder=package.out, node=node.out / "bin" / "node")


def raw(runtime: Runtime, *python: str) -> Completed:
    return run(command(runtime, python), env={"PATH": "/usr/bin:/bin"}, cwd=runtime.folder, check=False)


def assert_short(text: str) -> None:
    lines = text.splitlines()
    assert len(lines) < 60
    assert all(len(line) <= 400 for line in lines)


@pytest.mark.parametrize(
    ("code", "expected"),
    [("print(6 * 7)", 0), ("raise SystemExit(3)", 3), ("raise SystemExit('no')", 1), ("1 / 0", 1)],
)
def test_exit_code_is_pythons(runtime: Runtime, code: str, expected: int):
    assert execute(runtime, ["-c", code]).exit_code == expected


def test_streams_are_kept_apart(runtime: Runtime):
    done = execute(runtime, ["-c", "import sys; print('out'); print('err', file=sys.stderr)"])
    assert (done.stdout, done.stderr) == ("out\n", "err\n")


def test_traceback_holds_nothing_of_ours(runtime: Runtime):
    stderr = execute(runtime, ["-c", "1 / 0"]).stderr
    assert stderr.splitlines() == [
        "Traceback (most recent call last):",
        '  File "<string>", line 1, in <module>',
        "ZeroDivisionError: division by zero",
    ]


def test_script_and_its_arguments(runtime: Runtime, tmp_path: Path):
    script = tmp_path / "hello.py"
    script.write_text("import sys\nprint(sys.argv[1:], __name__)\n")
    assert execute(runtime, [str(script), "a", "b"]).stdout == "['a', 'b'] __main__\n"


def test_module(runtime: Runtime):
    assert execute(runtime, ["-m", "this"]).stdout.startswith("The Zen of Python")


def test_missing_modules_are_named_together(runtime: Runtime):
    with pytest.raises(TestsFailed, match="cannot import nowhere, neither"):
        check_imports(runtime, ["json", "nowhere", "neither"])


@pytest.mark.parametrize(
    ("code", "told"),
    [
        pytest.param("import os; os.abort()", "unreachable", id="abort"),
        pytest.param("import ctypes; ctypes.CFUNCTYPE(None)(4)()", "died", id="wrong-function-pointer"),
        pytest.param("import ctypes; ctypes.string_at(2**32 - 8, 4096)", "out of bounds", id="wild-pointer"),
    ],
)
def test_a_crash_is_told_in_a_few_lines(runtime: Runtime, code: str, told: str):
    done = raw(runtime, "-c", code)
    assert done.returncode == 70
    assert told in done.stderr
    assert 'File "<string>", line 1' in done.stderr
    assert_short(done.stdout + done.stderr)
    with pytest.raises(RuntimeCrashed):
        execute(runtime, ["-c", code])


def test_javascript_errors_are_exceptions_of_python(runtime: Runtime):
    done = raw(runtime, "-c", "import pyodide.code; pyodide.code.run_js('throw new Error(\"from below\")')")
    assert done.returncode == 1
    assert "from below" in done.stderr
    assert_short(done.stderr)


def test_memory_that_there_is_not(runtime: Runtime):
    done = raw(runtime, "-c", "x = []\nwhile True: x.append(bytearray(200_000_000))")
    assert done.returncode == 1
    assert "MemoryError" in done.stderr


def test_endless_recursion(runtime: Runtime):
    done = raw(runtime, "-c", "def f(): f()\nf()")
    assert done.returncode == 1
    assert "RecursionError" in done.stderr


def test_no_network(runtime: Runtime):
    code = "import asyncio, pyodide.http as h\nasyncio.run(h.pyfetch('http://127.0.0.1:9/'))"
    done = raw(runtime, "-c", code)
    assert done.returncode != 0
    assert_short(done.stderr)


def test_mounted_folder_is_the_hosts(runtime: Runtime, tmp_path: Path):
    (tmp_path / "in").write_text("from the host")
    mounted = Runtime(folder=runtime.folder, node=runtime.node, mounts={tmp_path: "/data"})
    code = "from pathlib import Path; Path('/data/out').write_text(Path('/data/in').read_text().upper())"
    assert execute(mounted, ["-c", code]).exit_code == 0
    assert (tmp_path / "out").read_text() == "FROM THE HOST"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("thing-1-cp314-cp314-pyemscripten_2025_0_wasm32.whl", "is for pyemscripten_2025_0_wasm32"),
        ("thing.zip", "is no wheel"),
    ],
)
def test_wheels_for_something_else_are_refused(runtime: Runtime, tmp_path: Path, name: str, told: str):
    wheel = tmp_path / name
    shutil.make_archive(str(tmp_path / "made"), "zip", tmp_path)
    (tmp_path / "made.zip").rename(wheel)
    done = raw(Runtime(folder=runtime.folder, node=runtime.node, wheels=(wheel,)), "-c", "pass")
    assert done.returncode == 64
    assert told in done.stderr


def test_damaged_runtime_is_told(runtime: Runtime, tmp_path: Path):
    done = raw_in(runtime, tmp_path)
    assert done.returncode == 64
    assert done.stderr == f"runtime: {tmp_path} is no Pyodide runtime: it has no pyodide.mjs\n"


def raw_in(runtime: Runtime, folder: Path) -> Completed:
    broken = Runtime(folder=folder, node=runtime.node)
    return run(command(broken, ["-c", "pass"]), env={"PATH": "/usr/bin"}, cwd=folder, check=False)
