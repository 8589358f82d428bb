"""Builds that are stopped in the middle, and builds that meet."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command_line import environment, wasmwright

from wasmwright.cli.session import nix_request, open_checkout
from wasmwright.filelock import holding
from wasmwright.nixenv import find_nix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wasmwright.nix import Nix

HOLD = """
import sys, time
from pathlib import Path
from wasmwright.filelock import holding
with holding(Path(sys.argv[1]), waiting=lambda pid: print(f"waiting for {pid}", flush=True)):
    print("holds", flush=True)
    time.sleep(float(sys.argv[2]))
"""
BUILD = """
import dataclasses, sys
from pathlib import Path
from wasmwright.cli.boundary import guarded, heed_signals
from wasmwright.cli.buildview import PlainView
from wasmwright.cli.session import open_checkout, open_nix

def run():
    root = Path(sys.argv[1])
    nix = dataclasses.replace(open_nix(open_checkout()), root=root, logs=root / "logs")
    nix.build([sys.argv[2]], progress=PlainView(verbose=True))
    return 0

heed_signals()
sys.exit(guarded(run, debug=False))
"""

# Its threads start a program anew when it ends, as suites do with the runtime.
SUITE = """
import os, sys
from pathlib import Path
from wasmwright import process, suites
from wasmwright.cli.boundary import guarded, heed_signals, leave
from wasmwright.runtime.suite import Part

def again(*_, **__):
    while True:
        process.attach(["sh", "-c", "echo started; exec sleep 20"], env=os.environ, cwd=Path.cwd())

def run():
    suites.run_part = again
    plan = suites.SuitePlan(parts=(Part(name="one", args=()),), jobs=1, folder=Path.cwd(), python="3.14")
    suites.run_suite(None, plan, tell=lambda line: None)
    return 0

heed_signals()
leave(guarded(run, debug=False))
"""


@contextmanager
def start(script: str, *arguments: str | Path) -> Iterator[subprocess.Popen[str]]:
    """A session of its own, of which nothing is left afterwards: a test that fails would wait for it."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    with subprocess.Popen(
        command,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise


def wait_for(process: subprocess.Popen[str], text: str) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if text in line:
            return
    pytest.fail(f"the process ended without saying {text!r}")


def test_second_process_waits_and_says_for_whom(tmp_path: Path):
    with start(HOLD, tmp_path / "lock", "1") as first:
        wait_for(first, "holds")
        with start(HOLD, tmp_path / "lock", "0") as second:
            wait_for(second, f"waiting for {first.pid}")
            wait_for(second, "holds")
        assert first.wait(10) == 0
    assert second.returncode == 0


def test_killed_process_leaves_no_lock(tmp_path: Path):
    with start(HOLD, tmp_path / "lock", "60") as first:
        wait_for(first, "holds")
        first.kill()
    with holding(tmp_path / "lock", waiting=lambda pid: pytest.fail(f"{pid} is dead")):
        pass


def children_of(process: subprocess.Popen[str]) -> list[str]:
    """The programs that it has started, by their numbers. Linux may leave one out while others begin or end."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        children = []
        for path in Path(f"/proc/{process.pid}/task").glob("*/children"):
            with suppress(FileNotFoundError, ProcessLookupError):
                children += path.read_text().split()
        if children:
            return children
        time.sleep(0.05)
    pytest.fail("the process has started no program")


def test_interrupted_build_ends_nix_and_goes_on_later(failing_flake: Nix):
    with start(BUILD, failing_flake.root, "path:.#slow") as process:
        wait_for(process, "started")
        children = children_of(process)
        os.killpg(process.pid, signal.SIGINT)
        assert process.stdout is not None
        said = process.stdout.read()
    assert process.returncode == 130
    assert "interrupted; run the same command again to go on" in said
    assert "error:" not in said
    assert not [child for child in children if Path("/proc", child).exists()]
    assert failing_flake.build(["path:.#good"])


def test_terminated_build_ends_nix_too(failing_flake: Nix):
    with start(BUILD, failing_flake.root, "path:.#slow") as process:
        wait_for(process, "started")
        children = children_of(process)
        # The process alone, as `kill` and `timeout` do.
        process.terminate()
        assert process.stdout is not None
        said = process.stdout.read()
    assert process.returncode == 143
    assert "interrupted; run the same command again to go on" in said
    assert not [child for child in children if Path("/proc", child).exists()]


@pytest.mark.skipif(sys.platform != "linux", reason="no other system tells a program that its parent is gone")
def test_killed_build_ends_nix_too(failing_flake: Nix):
    with start(BUILD, failing_flake.root, "path:.#slow") as process:
        wait_for(process, "started")
        children = children_of(process)
        # The process alone, as the kernel does where memory is short.
        process.kill()
    deadline = time.monotonic() + 30
    while any(Path("/proc", child).exists() for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [child for child in children if Path("/proc", child).exists()]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_interrupted_suite_starts_no_runtime_anew(number: signal.Signals, code: int):
    with start(SUITE) as process:
        wait_for(process, "started")
        children = children_of(process)
        # Ctrl-C goes to all programs of a terminal.
        (os.killpg if number is signal.SIGINT else os.kill)(process.pid, number)
        assert process.wait(20) == code
    assert not [child for child in children if Path("/proc", child).exists()]


def test_build_killed_in_the_middle_harms_nobody(failing_flake: Nix):
    with start(BUILD, failing_flake.root, "path:.#slow") as process:
        wait_for(process, "started")
        os.killpg(process.pid, signal.SIGKILL)
    (built,) = failing_flake.build(["path:.#good"])
    assert failing_flake.valid_paths([str(built.out)])
    with start(BUILD, failing_flake.root, "path:.#slow") as again:
        wait_for(again, "started")
        os.killpg(again.pid, signal.SIGINT)
        assert again.stdout is not None
        again.stdout.read()
    assert again.returncode == 130


def test_two_builds_of_one_derivation_at_once_both_succeed(failing_flake: Nix):
    with ExitStack() as stack:
        processes = [stack.enter_context(start(BUILD, failing_flake.root, "path:.#above")) for _ in range(2)]
        codes = [process.wait(60) for process in processes]
    assert codes == [0, 0]


def test_missing_user_namespaces_are_said(failing_flake: Nix):
    # In a namespace of its own a process may lower the limit without touching the machine's.
    limit = "echo 0 > /proc/sys/user/max_user_namespaces"
    script = f'{limit} && exec "{sys.executable}" -c "$0" "$@"'
    command = [
        "unshare",
        "--user",
        "--map-root-user",
        "sh",
        "-c",
        script,
        BUILD,
        str(failing_flake.root),
        "path:.#good",
    ]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 32, done.stderr
    assert "--no-sandbox" in done.stderr


def test_old_nix_that_was_asked_for_is_refused(tmp_path: Path):
    old = fake_nix(tmp_path, "2.18.1")
    done = wasmwright("nix", "--", "--version", WASMWRIGHT_NIX=str(old))
    assert done.returncode == 31
    assert f"error: {old} is Nix 2.18; wasmwright needs 2.24 or newer" in done.stderr
    assert "hint: upgrade it" in done.stderr


def test_broken_nix_that_was_asked_for_is_refused(tmp_path: Path):
    done = wasmwright("nix", "--", "--version", WASMWRIGHT_NIX=str(tmp_path / "nothing"))
    assert done.returncode == 30
    assert "does not say what version of Nix it is" in done.stderr


def test_old_nix_on_path_is_passed_over(nix: Nix, tmp_path: Path):
    if not nix.private:
        pytest.skip("would install a private Nix")
    fake_nix(tmp_path, "2.18.1")
    told: list[str] = []
    environ = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    assert find_nix(nix_request(open_checkout()), step=told.append, environ=environ).private
    assert "wasmwright needs 2.24: using a private one" in told[0]


def fake_nix(folder: Path, version: str) -> Path:
    program = folder / "nix"
    program.write_text(f"#!/bin/sh\necho 'nix (Nix) {version}'\n")
    program.chmod(0o755)
    return program
