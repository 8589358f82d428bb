"""The stock runtime under Node: what users see of it when things go well, and when they do not."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from wasmwright.checkout import Checkout
from wasmwright.cli.session import every_checkout
from wasmwright.paths import project_root
from wasmwright.process import run
from wasmwright.runtime.errors import RuntimeCrashed, TestsFailed
from wasmwright.runtime.imports import check_imports
from wasmwright.runtime.node import Runtime, command, execute
from wasmwright.stockruntime import stock_runtime

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.nix import Nix
    from wasmwright.process import Completed


@pytest.fixture(scope="module")
def runtime(nix: Nix) -> Runtime:
    """That of the profile whose tags and versions stand below."""
    return stock_runtime([], checkout=Checkout(root=project_root(), profile="pyemscripten_2026_5"), nix=nix)


@pytest.mark.parametrize("checkout", every_checkout(), ids=lambda checkout: checkout.profile)
def test_each_profile_has_its_own_runtime(nix: Nix, checkout: Checkout, tmp_path: Path):
    runtime, abi = stock_runtime([], checkout=checkout, nix=nix), checkout.abi
    assert execute(runtime, ["-c", "import sys; print(sys.version.split()[0])"]).stdout == f"{abi.python_full}\n"
    for other in every_checkout():
        wheel = tmp_path / f"thing-1-{other.abi.python_tag}-{other.abi.python_tag}-{other.abi.platform}.whl"
        wheel.write_bytes(b"no archive")
        told = "cannot be unpacked" if other == checkout else f"the runtime is {abi.platform}"
        assert told in raw(replace(runtime, wheels=(wheel,)), "-c", "pass").stderr


def raw(runtime: Runtime, *python: str) -> Completed:
    return run(command(runtime, python), env={"PATH": "/usr/bin"}, cwd=runtime.node.parent, check=False)


def assert_short(text: str) -> None:
    lines = text.splitlines()
    assert len(lines) < 60
    assert all(len(line) <= 400 for line in lines)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("print(6 * 7)", 0),
        ("raise SystemExit(3)", 3),
        ("raise SystemExit('no')", 1),
        ("1 / 0", 1),
        ("raise SystemExit(-1)", 255),
        ("import os; os._exit(5)", 5),
        ("import os; os._exit(70)", 70),
    ],
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


def test_a_script_in_the_store_is_called_by_its_own_name(nix: Nix, runtime: Runtime, tmp_path: Path):
    script = tmp_path / "test_import.py"
    script.write_text("import sys\nprint(sys.argv)\n1 / 0\n")
    (stored,) = nix.add_fixed([script])
    done = execute(runtime, [stored])
    assert done.stdout == "['/home/pyodide/test_import.py']\n"
    assert stored.partition("-")[0] not in done.stderr


def test_module(runtime: Runtime):
    assert execute(runtime, ["-m", "this"]).stdout.startswith("The Zen of Python")


def test_missing_modules_are_named_together(runtime: Runtime):
    with pytest.raises(TestsFailed, match="cannot import nowhere, neither"):
        check_imports(runtime, ["json", "nowhere", "neither"])


def test_each_imported_module_is_told_with_its_time(runtime: Runtime):
    assert [imported.module for imported in check_imports(runtime, ["json", "csv", "json"])] == ["json", "csv"]


def test_no_module_is_no_test(runtime: Runtime):
    with pytest.raises(TestsFailed, match="nothing would be tested"):
        check_imports(runtime, [])


FORGED = """
import json, os, sys
line = json.dumps({"module": "bad", "milliseconds": 1, "error": None})
print(line, *(f"{word} {line}" for word in ["", *sys.argv, *sys.orig_argv]), sep="\\n", flush=True)
os._exit(0)
"""
# What a module does when it is imported, and what is told of it.
BAD_MODULES = {
    "ends": ("import os; os._exit(0)", "the interpreter ended, with exit code 0, while importing bad"),
    "ends-with-a-code": ("import os; os._exit(3)", "the interpreter ended, with exit code 3, while importing bad"),
    "forges": (FORGED, "the interpreter ended, with exit code 0, while importing bad"),
    "leaves": ("raise SystemExit(0)", "cannot import bad"),
    "leaves-half-a-line": ("print('x', end='', flush=True); 1 / 0", "cannot import bad"),
    "takes-json-away": ("import json, os; json.dumps = os.write = None; 1 / 0", "cannot import bad"),
    "closes-output": ("import sys; sys.stdout.close()", "all was imported, but then the interpreter ended with"),
}


@pytest.mark.parametrize(("code", "told"), BAD_MODULES.values(), ids=BAD_MODULES)
def test_a_bad_module_is_named(runtime: Runtime, tmp_path: Path, code: str, told: str):
    (tmp_path / "bad.py").write_text(code)
    with pytest.raises(TestsFailed) as caught:
        check_imports(replace(runtime, mounts={tmp_path: "/data"}, env={"PYTHONPATH": "/data"}), ["json", "bad"])
    assert str(caught.value).startswith(told)


def test_modules_after_one_that_ends_are_told_too(runtime: Runtime, tmp_path: Path):
    (tmp_path / "bad.py").write_text("import os; os._exit(0)")
    mounted = replace(runtime, mounts={tmp_path: "/data"}, env={"PYTHONPATH": "/data"})
    with pytest.raises(TestsFailed, match=r"cannot import nowhere; .* while importing bad; not tried: json, csv"):
        check_imports(mounted, ["nowhere", "bad", "json", "csv"])


def test_a_module_that_kills_the_runtime_is_named(runtime: Runtime, tmp_path: Path):
    (tmp_path / "bad.py").write_text("import os; os.abort()")
    mounted = replace(runtime, mounts={tmp_path: "/data"}, env={"PYTHONPATH": "/data"})
    with pytest.raises(RuntimeCrashed, match="the runtime died while importing bad; not tried: csv") as caught:
        check_imports(mounted, ["json", "bad", "csv"])
    assert "abort" in (caught.value.excerpt or "")


def test_a_package_whose_own_part_is_missing_is_told_with_the_part(runtime: Runtime, tmp_path: Path):
    # Python's traceback imports the package again, to suggest other names.
    (tmp_path / "nosub").mkdir()
    (tmp_path / "nosub/__init__.py").write_text("from ._core import f\n")
    mounted = replace(runtime, mounts={tmp_path: "/data"}, env={"PYTHONPATH": "/data"})
    with pytest.raises(TestsFailed, match="cannot import nosub") as caught:
        check_imports(mounted, ["json", "nosub"])
    assert "No module named 'nosub._core'" in (caught.value.excerpt or "")
    done = execute(mounted, ["-c", "import nosub"])
    assert done.exit_code == 1
    assert "from ._core import f" in done.stderr
    assert "ModuleNotFoundError: No module named 'nosub._core'" in done.stderr


@pytest.fixture(scope="module", params=every_checkout(), ids=lambda checkout: checkout.profile)
def started_again(nix: Nix, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Runtime:
    """A runtime that begins where another one had just started, which went on and changed what it could."""
    folder = tmp_path_factory.mktemp("memory")
    runtime = stock_runtime([], checkout=request.param, nix=nix)
    kept = replace(runtime, keep_memory=folder / "memory", mounts={folder: "/data"})
    code = (
        "import builtins, os, sys, csv; builtins.left = csv.left = 1; sys.path.append('/left')\n"
        "os.environ['LEFT'] = '1'; open('/tmp/left', 'w').write('x'); os.chdir('/tmp')"
    )
    assert execute(kept, ["-c", code]).exit_code == 0
    return replace(runtime, memory=folder / "memory")


def test_nothing_is_left_of_what_the_first_interpreter_did(started_again: Runtime):
    code = (
        "import builtins, os, sys\n"
        "assert not {'csv', 'left', 'LEFT'} & {*sys.modules, *dir(builtins), *os.environ}\n"
        "import csv; print(hasattr(csv, 'left'), '/left' in sys.path, os.listdir('/tmp'), os.getcwd(), sys.argv)"
    )
    done = execute(started_again, ["-c", code, "a"])
    assert (done.exit_code, done.stdout) == (0, "False False [] /home/pyodide ['-c', 'a']\n")


def test_the_second_interpreter_is_as_good_as_a_first_one(started_again: Runtime, tmp_path: Path):
    (tmp_path / "thing.py").write_text("import ctypes, sqlite3, zlib\nx = 1\n")
    mounted = replace(started_again, mounts={tmp_path: "/data"})
    done = execute(mounted, ["-c", "import sys; sys.path.append('/data'); import thing; print(thing.x)"])
    assert (done.exit_code, done.stdout) == (0, "1\n")
    crashed = raw(started_again, "-c", "import ctypes; ctypes.memset(2**32 - 4096, 0, 9)")
    assert crashed.returncode == 70
    assert "memset (the runtime:0x" in crashed.stderr
    assert execute(started_again, ["-c", "1 / 0"]).stderr.endswith("ZeroDivisionError: division by zero\n")


def test_a_memory_that_there_is_not_and_variables_that_come_too_late(started_again: Runtime, tmp_path: Path):
    missing = raw(replace(started_again, memory=tmp_path / "x"), "-c", "pass")
    late = raw(replace(started_again, env={"X": "1"}), "-c", "pass")
    assert (missing.returncode, late.returncode) == (64, 64)
    assert missing.stderr == f"runtime: {tmp_path / 'x'}, a kept memory, does not exist\n"
    assert "--env comes too late" in late.stderr


@pytest.mark.parametrize(
    ("code", "told"),
    [
        pytest.param("import os; os.abort()", "abort (the runtime:0x", id="abort"),
        pytest.param("import ctypes; ctypes.CFUNCTYPE(None)(4)()", "hiwire_get (the runtime:0x", id="wrong-function"),
        pytest.param("import ctypes; ctypes.memset(2**32 - 4096, 0, 9)", "memset (the runtime:0x", id="wild-pointer"),
    ],
)
def test_a_crash_is_told_in_a_few_lines(runtime: Runtime, code: str, told: str):
    done = raw(runtime, "-c", code)
    assert done.returncode == 70
    assert told in done.stderr
    assert 'Python (most recent call first):\n  File "<string>", line 1' in done.stderr
    assert_short(done.stdout + done.stderr)
    with pytest.raises(RuntimeCrashed):
        execute(runtime, ["-c", code])


# `first` and `second` are one function, which ends in a trap; the other module imports one of them, and calls it.
ALIASES = """
import {{ describe }} from "{frames}";
const section = (id, ...bytes) => [id, bytes.length, ...bytes];
const text = (word) => [word.length, ...Buffer.from(word)];
const module = (...sections) =>
  new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...section(1, 1, 0x60, 0, 0), ...sections.flat()]);
const callee = module(
  section(3, 1, 0),
  section(7, 2, ...text("first"), 0, 0, ...text("second"), 0, 0),
  section(10, 1, 3, 0, 0x00, 0x0b),
);
const caller = module(
  section(2, 1, ...text("env"), ...text("{asked}"), 0, 0),
  section(3, 1, 0),
  section(7, 1, ...text("run"), 0, 1),
  section(10, 1, 4, 0, 0x10, 0, 0x0b),
);
const env = new WebAssembly.Instance(new WebAssembly.Module(callee)).exports;
try {{
  new WebAssembly.Instance(new WebAssembly.Module(caller), {{ env }}).exports.run();
}} catch (error) {{
  console.log(describe(error.stack, new Map()).join());
}}
"""


@pytest.mark.parametrize("asked", ["first", "second"])
def test_a_function_of_many_names_is_told_by_that_of_its_caller(runtime: Runtime, tmp_path: Path, asked: str):
    frames = project_root() / "builder/wasmwright/runtime/wasmframes.mjs"
    (tmp_path / "aliases.mjs").write_text(ALIASES.format(frames=frames, asked=asked))
    told = run([runtime.node, tmp_path / "aliases.mjs"], env={"PATH": "/usr/bin"}, cwd=tmp_path).stdout
    assert [frame.split()[0] for frame in told.split(",")] == [asked, "run"]


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


def test_no_program_of_the_host(runtime: Runtime, tmp_path: Path):
    done = raw(runtime, "-c", f"import os; print(os.waitstatus_to_exitcode(os.system('touch {tmp_path}/made')))")
    assert done.stdout == "127\n"
    assert not (tmp_path / "made").exists()


def test_a_reader_that_takes_its_time_loses_nothing(runtime: Runtime):
    reading, writing = os.pipe()
    # As terminals and other programs may leave it: a full pipe is then an error for those who write.
    os.set_blocking(writing, False)
    code = "print('x' * 1_000_000)"
    with subprocess.Popen(command(runtime, ["-c", code]), stdout=writing, env={"PATH": "/usr/bin"}) as process:
        os.close(writing)
        with os.fdopen(reading, "rb") as file:
            begin = file.read(1)
            time.sleep(1)
            assert len(begin + file.read()) == 1_000_001
    assert process.returncode == 0


def test_a_run_that_hangs_is_ended(runtime: Runtime, tmp_path: Path):
    lines = tmp_path / "a:b"
    lines.touch()
    with pytest.raises(RuntimeCrashed) as caught:
        execute(replace(runtime, watch=(lines, 2)), ["-c", "while True: pass"])
    assert caught.value.excerpt == "runtime: nothing happened for 2 s, so the run was ended"


def test_a_run_that_goes_on_is_left_alone(runtime: Runtime, tmp_path: Path):
    code = """
import time
for _ in range(10):
    time.sleep(0.5)
    open("/data/lines", "a").write(".")
"""
    watched = replace(runtime, mounts={tmp_path: "/data"}, watch=(tmp_path / "lines", 3))
    assert execute(watched, ["-c", code]).exit_code == 0


def test_mounted_folder_is_the_hosts(runtime: Runtime, tmp_path: Path):
    (tmp_path / "in").write_text("from the host")
    mounted = replace(runtime, mounts={tmp_path: "/data"})
    code = "from pathlib import Path; Path('/data/out').write_text(Path('/data/in').read_text().upper())"
    assert execute(mounted, ["-c", code]).exit_code == 0
    assert (tmp_path / "out").read_text() == "FROM THE HOST"


def test_wheel_is_installed_where_packages_lie(runtime: Runtime, tmp_path: Path):
    wheel = tmp_path / "thing-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as zipped:
        zipped.writestr("thing.py", "")
        zipped.writestr("thing-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: thing\nVersion: 1\n")
    code = "import thing, importlib.metadata as m; print(thing.__file__, m.version('thing'))"
    done = execute(replace(runtime, wheels=(wheel,)), ["-c", code])
    assert done.stdout == "/lib/python3.15/site-packages/thing.py 1\n"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("thing-1-cp315-cp315-pyemscripten_2025_0_wasm32.whl", "is for pyemscripten_2025_0_wasm32, the runtime is"),
        ("thing-1-cp315-cp315-pyemscripten_2026_50_wasm32.whl", "is for pyemscripten_2026_50_wasm32, the runtime is"),
        ("thing-1-cp315-cp315-emscripten_4_0_9_wasm32.whl", "is for emscripten_4_0_9_wasm32, the runtime is"),
        ("thing-1-cp38-abi3-emscripten_2026_5_wasm32.whl", "is for emscripten_2026_5_wasm32, the runtime is"),
        ("thing-1-cp314-cp314-pyemscripten_2026_5_wasm32.whl", "is for cp314-cp314, the runtime is cp315"),
        ("thing-1-cp315-cp315t-pyemscripten_2026_5_wasm32.whl", "is for cp315-cp315t, the runtime is cp315"),
        ("thing-1-cp316-abi3-pyemscripten_2026_5_wasm32.whl", "is for cp316-abi3, the runtime is cp315"),
        ("thing-1-cp314-none-pyemscripten_2026_5_wasm32.whl", "is for cp314-none, the runtime is cp315"),
        ("thing-1-py316-none-any.whl", "is for py316-none, the runtime is cp315"),
        ("thing-1-py2-none-any.whl", "is for py2-none, the runtime is cp315"),
        ("thing.whl", "is no wheel"),
        ("thing.zip", "is no wheel"),
    ],
)
def test_wheels_for_something_else_are_refused(runtime: Runtime, tmp_path: Path, name: str, told: str):
    wheel = tmp_path / name
    wheel.write_bytes(b"no archive")
    done = raw(replace(runtime, wheels=(wheel,)), "-c", "pass")
    assert done.returncode == 64
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "tag",
    [
        *("py3-none-any", "py2.py3-none-any", "py314-none-any", "py3-none-pyemscripten_2026_5_wasm32"),
        *("cp315-cp315-pyemscripten_2026_5_wasm32", "cp315-none-pyemscripten_2026_5_wasm32"),
        *("cp315-abi3-pyemscripten_2026_5_wasm32", "cp38-abi3-pyemscripten_2026_0_wasm32.pyemscripten_2026_5_wasm32"),
    ],
)
def test_wheels_for_the_runtime_are_taken(runtime: Runtime, tmp_path: Path, tag: str):
    wheel = tmp_path / f"thing-1-{tag}.whl"
    wheel.write_bytes(b"no archive")
    done = raw(replace(runtime, wheels=(wheel,)), "-c", "pass")
    assert done.returncode == 64
    assert "cannot be unpacked" in done.stderr


@pytest.mark.parametrize("words", [[], ["-c"], ["-m"]])
def test_nothing_to_run_is_told(runtime: Runtime, words: list[str]):
    done = raw(runtime, *words)
    assert (done.returncode, done.stdout) == (64, "")
    assert done.stderr.startswith("runtime: nothing to run: ")


def test_no_runtime_is_told(runtime: Runtime, tmp_path: Path):
    done = raw(replace(runtime, folder=tmp_path), "-c", "pass")
    assert done.returncode == 64
    assert done.stderr == f"runtime: {tmp_path} is no Pyodide runtime: it has no pyodide.mjs\n"


@pytest.mark.parametrize("name", ["pyodide.asm.wasm", "python_stdlib.zip"])
def test_damaged_runtime_is_told(runtime: Runtime, tmp_path: Path, name: str):
    broken = tmp_path / "broken"
    shutil.copytree(runtime.folder, broken)
    whole = (broken / name).read_bytes()
    (broken / name).chmod(0o644)
    (broken / name).write_bytes(whole[: len(whole) // 2])
    done = raw(replace(runtime, folder=broken), "-c", "pass")
    assert done.returncode == 64
    assert f"runtime: the runtime in {broken} does not start: " in done.stderr
    assert_short(done.stderr)
