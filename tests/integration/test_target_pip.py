"""pip sees the markers and tags of the interpreter that it resolves for."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from wasmwright.lock.pip import _SCRIPT, choices
from wasmwright.lock.profile import default_profile
from wasmwright.lock.requirements import build_interpreter, target_interpreter, write_placeholders
from wasmwright.lock.target import read_target
from wasmwright.paths import project_root

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.lock.pip import Interpreter

TARGET = read_target(project_root(), default_profile(project_root()))
PROFILE = TARGET.profile
BUILD = build_interpreter(TARGET)


def _wheel(folder: Path, name: str, *requires: str) -> None:
    info = f"{name}-1.dist-info"
    metadata = "".join(f"Requires-Dist: {text}\n" for text in requires)
    with zipfile.ZipFile(folder / f"{name}-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n{metadata}")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


def _resolve(folder: Path, interpreter: Interpreter, *requirements: str) -> set[str]:
    command = [sys.executable, "-P", str(_SCRIPT), json.dumps(dict(interpreter.markers)), "install", "--dry-run"]
    command += ["--quiet", "--ignore-installed", "--no-index", "--find-links", str(folder), "--report", "-"]
    command += ["--target", str(folder / "target"), *interpreter.pip_options(), *requirements]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {choice.project for choice in choices(json.loads(done.stdout))}


@pytest.mark.parametrize(
    ("interpreter", "expected"),
    [
        (BUILD, {"top", "modern", "linux"}),
        (target_interpreter(PROFILE), {"top", "modern", "wasm"}),
    ],
)
def test_markers_of_dependencies_are_those_of_the_target(tmp_path: Path, interpreter: Interpreter, expected: set[str]):
    write_placeholders(tmp_path, {"old": "1", "modern": "1", "linux": "1", "wasm": "1"})
    _wheel(
        tmp_path,
        "top",
        f"old; python_version < '{PROFILE.python}'",
        f"modern; python_version >= '{PROFILE.python}'",
        "linux; sys_platform == 'linux'",
        "wasm; platform_machine == 'wasm32'",
    )
    assert _resolve(tmp_path, interpreter, "top") == expected


def test_markers_of_requirements_are_those_of_the_target(tmp_path: Path):
    write_placeholders(tmp_path, {"old": "1", "modern": "1"})
    found = _resolve(tmp_path, BUILD, "old; python_version < '3.12'", "modern")
    assert found == {"modern"}
