"""The start script in checkouts made for it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("cmp", "dirname", "env", "readlink", "sh")
LOCK = """
[[package]]
name = "{name}"
version = "1.0"
groups = ["main"]
files = [{{ file = "x.whl", hash = "sha256:00" }}]
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with the start script and a lock, and no environment."""
    root = tmp_path / "a checkout"
    (root / "builder").mkdir(parents=True)
    shutil.copy2(ROOT / "wasmwright", root)
    shutil.copy2(ROOT / "builder" / "bootstrap.py", root / "builder")
    (root / "poetry.lock").write_text("package = []\n")
    return root


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A PATH with nothing but the tools of any machine."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found is not None
        (folder / name).symlink_to(found)
    return folder


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def start(program: Path, *arguments: str, path: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"HOME": str(program.parent), "PATH": str(path), **variables}
    return subprocess.run([program, *arguments], env=environment, cwd="/", capture_output=True, text=True, check=False)


def test_complete_environment_starts_at_once_from_anywhere(checkout: Path, tools: Path):
    script(checkout / ".venv/bin/python", 'echo "$@"; echo "${PYTHONPATH-}"')
    shutil.copy(checkout / "poetry.lock", checkout / ".venv")
    link = tools / "wasmwright"
    link.symlink_to(checkout / "wasmwright")
    done = start(link, "build", "a b", path=tools, PYTHONPATH="/elsewhere", PYTHONHOME="/elsewhere")
    assert done.stdout.splitlines() == [f"-P {checkout}/builder build a b", ""]


def test_machine_without_python_is_told(checkout: Path, tools: Path):
    script(tools / "python3", "exit 1")
    done = start(checkout / "wasmwright", "--version", path=tools)
    assert done.returncode == 1
    assert "error: wasmwright needs Python 3.11 or newer" in done.stderr
    assert not (checkout / ".venv").exists()


def test_newer_python_of_another_name_is_found(checkout: Path, tools: Path):
    script(tools / "python3", "exit 1")
    script(tools / "python3.12", f'exec "{sys.executable}" "$@"')
    done = start(checkout / "wasmwright", "--version", path=f"{tools}:{os.environ['PATH']}")
    assert "installing its Python packages" in done.stderr
    assert (checkout / ".venv/poetry.lock").read_text() == "package = []\n"


def test_failed_installation_is_one_error_and_is_done_again(checkout: Path):
    (checkout / "poetry.lock").write_text(LOCK.format(name="no-such-package-here"))
    for _ in range(2):
        # Nothing listens on the discard port: no index answers.
        done = start(
            checkout / "wasmwright",
            "--version",
            path=os.environ["PATH"],
            PIP_CONFIG_FILE="/dev/null",
            PIP_INDEX_URL="http://127.0.0.1:9/simple",
            PIP_RETRIES="0",
        )
        assert done.returncode == 4
        assert done.stderr.count("error: the Python packages of poetry.lock cannot be installed") == 1
        assert "hint: pip uses this machine's own settings" in done.stderr
        assert not (checkout / ".venv/poetry.lock").exists()


@pytest.mark.parametrize("variable", ["https_proxy", "HTTPS_PROXY"])
def test_a_proxy_that_may_not_answer_is_named(checkout: Path, variable: str):
    (checkout / "poetry.lock").write_text(LOCK.format(name="no-such-package-here"))
    index = {"PIP_CONFIG_FILE": "/dev/null", "PIP_INDEX_URL": "https://index.test/simple", "PIP_RETRIES": "0"}
    secret = "http://name:secret@127.0.0.1:9"
    done = start(checkout / "wasmwright", path=os.environ["PATH"], **index, **{variable: secret})
    assert done.returncode == 4
    assert f"hint: does the proxy of {variable} answer?" in done.stderr


def test_environment_is_made_where_the_path_has_a_colon(checkout: Path):
    root = checkout.rename(checkout.parent / "a:b c")
    package = root / "builder/wasmwright"
    (package / "cli").mkdir(parents=True)
    shutil.copy2(ROOT / "builder/__main__.py", root / "builder")
    (package / "cli/__init__.py").write_text("import sys\ndef main(): print(sys.prefix, sys.argv[1:])\n")
    for _ in range(2):
        done = start(root / "wasmwright", "doctor", "x y", path=os.environ["PATH"], PYTHONPATH="/elsewhere")
        assert done.stdout == f"{root}/.venv ['doctor', 'x y']\n", done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_pip_too(checkout: Path, number: signal.Signals):
    (checkout / "poetry.lock").write_text(LOCK.format(name="no-such-package-here"))
    # An index that takes the question, and never answers.
    with socket.create_server(("127.0.0.1", 0)) as index:
        url = f"http://127.0.0.1:{index.getsockname()[1]}/simple"
        environment = {**os.environ, "PIP_CONFIG_FILE": "/dev/null", "PIP_INDEX_URL": url}
        command = [checkout / "wasmwright", "--version"]
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
            connection, _ = index.accept()
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            process.send_signal(number)
            assert process.stderr is not None
            assert "interrupted; run the same command again" in process.stderr.read()
            connection.close()
    assert process.returncode == 128 + number
    assert len(children) == 1
    assert not [child for child in children if Path("/proc", child).exists()]
    assert not (checkout / ".venv/poetry.lock").exists()


def test_two_at_once_make_one_environment(checkout: Path):
    command = [sys.executable, str(checkout / "builder/bootstrap.py"), str(checkout)]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=120)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum("installing its Python packages" in text for text in said) == 1


def test_tools_are_added_to_the_environment_once(checkout: Path):
    command = [sys.executable, str(checkout / "builder/bootstrap.py"), str(checkout)]
    subprocess.run(command, check=True)
    kept = checkout / ".venv/kept"
    kept.touch()
    assert not (checkout / ".venv/poetry-dev.lock").exists()
    done = [subprocess.run([*command, "dev"], check=True, capture_output=True, text=True) for _ in range(2)]
    assert ["adding ruff, mypy and pytest to .venv" in each.stderr for each in done] == [True, False]
    assert kept.exists()
    assert (checkout / ".venv/poetry-dev.lock").read_text() == "package = []\n"


def test_a_lock_that_cannot_be_read_is_told(checkout: Path):
    for text in ("<<<<<<< HEAD\n", "package = 1\n", "package = [1]\n"):
        (checkout / "poetry.lock").write_text(text)
        done = start(checkout / "wasmwright", path=os.environ["PATH"])
        assert (done.returncode, "error: poetry.lock cannot be read: " in done.stderr) == (4, True), done.stderr
        assert "hint: restore it" in done.stderr


def test_an_environment_that_is_a_link_is_not_written_through(checkout: Path, tmp_path: Path):
    other = tmp_path / "another's"
    other.mkdir()
    (checkout / ".venv").symlink_to(other)
    start(checkout / "wasmwright", path=os.environ["PATH"])
    assert not list(other.iterdir())
    assert (checkout / ".venv/poetry.lock").exists()


def test_what_is_told_to_a_closed_stream_is_no_result(checkout: Path):
    command = ["sh", "-c", '"$@" 2>&-', "sh", sys.executable, checkout / "builder/bootstrap.py", checkout]
    assert subprocess.run(command, check=True, capture_output=True).stdout == b""
