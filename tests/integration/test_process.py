from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from wasmwright import process, spawn
from wasmwright.limits import LOG_LINE
from wasmwright.process import CUT, Completed, end_all, run, run_streaming
from wasmwright.spawn import ToolFailed, ToolMissing

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "builder")}
PATH = {"PATH": os.environ["PATH"]}


def test_a_program_that_fills_both_pipes_is_read(tmp_path: Path):
    code = "import sys; sys.stdout.write('o' * 300_000); sys.stdout.flush(); sys.stderr.write('e' * 300_000 + '\\n')"
    lines: list[str] = []
    done = run_streaming([sys.executable, "-c", code], env=os.environ, cwd=tmp_path, on_stderr_line=lines.append)
    assert (done.returncode, len(done.stdout), len(lines[0])) == (0, 300_000, 300_000)


def test_a_program_gets_the_environment_that_is_given_and_no_other(tmp_path: Path):
    given = {**PATH, "LC_ALL": "C", "TWO": "lines\nof = signs", "EMPTY": "", "LATIN": os.fsdecode(b"\xe4")}
    done = run_streaming(["env", "-0"], env=given, cwd=tmp_path, on_stderr_line=print)
    assert dict(entry.split("=", 1) for entry in done.stdout.split("\0") if entry) == {**given, "LATIN": "\ufffd"}


def test_libraries_in_the_environment_are_for_the_program_alone(tmp_path: Path):
    (tmp_path / "library.so").write_text("none\n")
    given = {**PATH, "LD_PRELOAD": str(tmp_path / "library.so")}
    lines: list[str] = []
    done = run_streaming(["true"], env=given, cwd=tmp_path, on_stderr_line=lines.append)
    # What links programs tells of it in each that is started.
    assert (done.returncode, len(lines)) == (0, 1 if sys.platform == "linux" else 0)


def test_of_a_line_that_is_too_long_beginning_and_end_are_handed_over(tmp_path: Path):
    code = "import sys; sys.stderr.write('before\\n[' + 'e' * 5_000_000 + ']\\nafter\\n' + 'o' * 3_000_000)"
    lines: list[str] = []
    run_streaming([sys.executable, "-c", code], env=os.environ, cwd=tmp_path, on_stderr_line=lines.append)
    before, long, after, open_ = lines
    assert (before, after) == ("before", "after")
    begin, end = long.split(CUT)
    assert (begin[:2], end[-2:]) == ("[e", "e]")
    assert len(long) < LOG_LINE.most + 1000
    assert open_.endswith("o")


def test_programs_that_run_in_threads_can_be_ended(tmp_path: Path):
    said = tmp_path / "started"
    ended: list[Completed] = []
    script = f"touch {said}; exec sleep 60"

    def wait() -> None:
        ended.append(run(["sh", "-c", script], env=os.environ, cwd=tmp_path, check=False))

    thread = threading.Thread(target=wait)
    thread.start()
    while not said.exists():
        time.sleep(0.01)
    while thread.is_alive():  # the script may have begun before its process is known here
        end_all()
        thread.join(0.01)
    assert [done.returncode for done in ended] == [-15]


@pytest.mark.skipif(sys.platform != "linux", reason="no other system tells a program that its parent is gone")
def test_a_program_ends_when_its_starter_is_killed(tmp_path: Path):
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\necho $$ $0 > told\nexec sleep 60\n")
    program.chmod(0o755)
    code = f"""
import os, pathlib
from wasmwright.process import run_streaming
run_streaming(["{program}"], env=dict(os.environ), cwd=pathlib.Path("{tmp_path}"), on_stderr_line=print)
"""
    with subprocess.Popen([sys.executable, "-c", code], env=ENVIRONMENT) as starter:
        while not (told := tmp_path / "told").exists() or not told.read_text():
            time.sleep(0.01)
        number, name = told.read_text().split()
        assert (name, Path("/proc", number, "stat").exists()) == (str(program), True)
        starter.kill()
    deadline = time.monotonic() + 10
    while _is_alive(number) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _is_alive(number)


def _is_alive(number: str) -> bool:
    """Whether a process runs: one that nobody has waited for has ended too."""
    try:
        return Path("/proc", number, "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_program_that_does_not_end_when_asked_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(process, "_GRACE_SECONDS", 0.1)
    script = 'trap "" TERM; echo deaf >&2; while :; do sleep 1; done'

    def interrupt(line: str) -> None:
        assert line == "deaf"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_streaming(["sh", "-c", script], env=os.environ, cwd=tmp_path, on_stderr_line=interrupt)


def test_a_program_that_takes_over_hears_that_its_reader_has_gone():
    code = "import os; from wasmwright.process import become; become(['sh', '-c', 'yes; echo $? >&2'], env=os.environ)"
    script = '"$@" | true'
    done = subprocess.run(
        ["sh", "-c", script, "sh", sys.executable, "-c", code],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == f"{128 + signal.SIGPIPE}\n"


def test_programs_of_builds_are_started_with_their_environment_alone(tmp_path: Path):
    done = spawn.run(["sh", "-c", "echo $A; echo e >&2; exit 3"], env={**PATH, "A": "1"}, cwd=tmp_path, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (3, "1\n", "e\n")
    with pytest.raises(ToolFailed, match="ended with exit code 3") as caught:
        spawn.run(["sh", "-c", "echo why; exit 3"], env=PATH, cwd=tmp_path)
    assert caught.value.excerpt == "why"
    assert spawn.attach(["sh", "-c", "exit 4"], env=PATH, cwd=tmp_path) == 4


def test_a_tool_that_a_build_lacks_is_named(tmp_path: Path):
    with pytest.raises(ToolMissing, match="`cmake` is not on the PATH"):
        spawn.attach(["cmake"], env={"PATH": str(tmp_path)}, cwd=tmp_path)
