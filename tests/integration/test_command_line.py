"""The command line where its streams are closed, full or without a reader, and where signals end it."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from command_line import COMMAND, ROOT, environment

from wasmwright.filelock import holding
from wasmwright.lock.profile import default_profile

if TYPE_CHECKING:
    from pathlib import Path

UNKNOWN = "error: there is no command `nothing`"


def shell(script: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """What a shell does with the command line, which it has as `$@`."""
    command = ["bash", "-c", script, "bash", *COMMAND]
    cwd = variables.get("HOME", ROOT)
    return subprocess.run(command, env=environment(**variables), cwd=cwd, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("lost", ["2>&-", "2>/dev/full", ">&- 2>&-", "<&- >&- 2>&-"])
def test_what_cannot_be_told_does_not_change_the_exit_code(lost: str):
    assert shell(f'"$@" --version {lost}').returncode == 0
    assert shell(f'"$@" nothing {lost}').returncode == 2
    assert shell(f'"$@" build nothing {lost}').returncode == 12


def test_a_file_does_not_get_what_is_told_to_a_closed_stream():
    # A closed stream's number would be that of the next file, and programs below would write into it.
    code = "import os; from wasmwright.cli.streams import open_streams; open_streams(); "
    code += "opened = os.open('/dev/zero', os.O_RDONLY); print(opened)"
    done = subprocess.run(
        ["sh", "-c", '"$@" 2>&- <&-', "sh", sys.executable, "-c", code],
        env=environment(),
        capture_output=True,
        check=True,
    )
    assert int(done.stdout) > 2


def test_output_that_cannot_be_written_is_an_error():
    for variables in ({}, {"PYTHONUNBUFFERED": "1"}):
        done = shell('"$@" --version >/dev/full', **variables)
        assert (done.returncode, done.stderr.splitlines()[0]) == (23, "error: no space left for standard output")
        assert "Traceback" not in done.stderr


def test_a_reader_that_has_gone_ends_it_without_a_word():
    # The reader ends before anything is written.
    done = shell('{ sleep 0.2; "$@" --help; echo "ended with $?" >&2; } | true')
    assert done.stderr == "ended with 141\n"


def test_names_that_are_no_text_come_out_as_they_are():
    for variables in ({"LC_ALL": "C.UTF-8"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
        done = subprocess.run(
            [*COMMAND, "audit", b"caf\xe9.whl"], env=environment(**variables), capture_output=True, check=False
        )
        assert done.returncode == 2
        assert b"a fault of wasmwright" not in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_is_the_exit_code(number: signal.Signals, tmp_path: Path):
    lock = tmp_path / default_profile(ROOT) / "locks/zlib.lock"
    with holding(lock, waiting=lambda _: None):
        command = [*COMMAND, "build", "zlib"]
        with subprocess.Popen(
            command, env=environment(WASMWRIGHT_STATE=str(tmp_path)), stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stderr is not None
            assert "waiting" in process.stderr.readline()
            process.send_signal(number)
            assert process.stderr.read() == "interrupted; run the same command again to go on\n"
    assert process.returncode == 128 + number


def test_a_terminal_that_closes_does_not_matter_below_nohup(tmp_path: Path):
    lock = tmp_path / default_profile(ROOT) / "locks/zlib.lock"
    with holding(lock, waiting=lambda _: None):
        command = ["sh", "-c", 'trap "" HUP; exec "$@"', "sh", *COMMAND, "build", "zlib"]
        with subprocess.Popen(
            command, env=environment(WASMWRIGHT_STATE=str(tmp_path)), stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stderr is not None
            assert "waiting" in process.stderr.readline()
            process.send_signal(signal.SIGHUP)
            process.terminate()
            process.stderr.read()
    assert process.returncode == 128 + signal.SIGTERM


def test_a_folder_that_has_gone_is_told(tmp_path: Path):
    done = shell('mkdir gone; cd gone; rmdir ../gone; "$@" build zlib', HOME=str(tmp_path))
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, "error: the current folder does not exist any more")
