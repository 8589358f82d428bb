"""The start script in checkouts made for it."""

from __future__ import annotations

import os
import shutil
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
    script(checkout / ".venv/bin/python", 'echo "$@"; echo "$PYTHONPATH"')
    shutil.copy(checkout / "poetry.lock", checkout / ".venv")
    link = tools / "wasmwright"
    link.symlink_to(checkout / "wasmwright")
    done = start(link, "build", "a b", path=tools, PYTHONPATH="/elsewhere", PYTHONHOME="/elsewhere")
    assert done.stdout.splitlines() == ["-P -m wasmwright build a b", str(checkout / "builder")]


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
