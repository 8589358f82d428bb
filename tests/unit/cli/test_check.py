from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from wasmwright import paths
from wasmwright.cli import check, main

if TYPE_CHECKING:
    from pathlib import Path

TOOLS = ["builder/bootstrap.py", "dev"]


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The programs that are started, of which ruff fails; the arguments of Python, and the checkout, are left out."""
    programs: list[list[str]] = []

    def attach(command: list[str | Path], *, env: dict[str, str], cwd: Path) -> int:
        programs.append([str(part).removeprefix(f"{cwd}/") for part in command if part not in {"-P", "-m", cwd}][1:])
        return 5 if "ruff" in command and env else 0

    monkeypatch.setattr(check, "attach", attach)
    monkeypatch.setattr(paths, "project_root", lambda: tmp_path)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    return programs


def run(*args: str) -> object:
    with pytest.raises(SystemExit) as caught:
        main(["check", *args])
    return caught.value.code


def test_tools_come_first_and_a_failure_does_not_stop_the_others(started: list[list[str]]):
    assert run("--fast") == 5
    assert started[0] == TOOLS
    assert [command[0] for command in started[1:]] == ["ruff", "ruff", "mypy", "builder", "builder", "pytest"]


@pytest.mark.usefixtures("started")
def test_what_failed_above_the_summary_of_pytest_is_told_below_it(capsys: pytest.CaptureFixture[str]):
    run("--fast")
    assert capsys.readouterr().err.splitlines()[-1].endswith("see above: `ruff check`, `ruff format --check`")
    run("--fast", "--no-lint")
    assert "see above" not in capsys.readouterr().err


def test_packages_are_built_for_every_profile(started: list[list[str]], tmp_path: Path):
    (tmp_path / "nix/toolchain/profiles").mkdir(parents=True)
    for name in ("one", "two"):
        (tmp_path / f"nix/toolchain/profiles/{name}.toml").touch()
    run("--no-lint")
    assert started[2] == ["builder", "fetch", "--set", "ci"]
    builds = [command for command in started if command[:2] == ["builder", "build"]]
    assert [command[-2:] for command in builds] == [["--profile", "one"], ["--profile", "two"]]
    assert all(command[2:4] == ["--set", "ci"] for command in builds)
    started.clear()
    run("--no-lint", "--long")
    assert started[2] == ["builder", "fetch"]
    builds = [command for command in started if command[:2] == ["builder", "build"]]
    assert builds
    assert all(command[2] == "--all" for command in builds)


@pytest.mark.parametrize(
    ("fast", "is_long", "marks"),
    [(True, False, "unit and not long"), (True, True, "unit"), (False, False, "not long"), (False, True, "")],
)
def test_rings_are_chosen_by_their_marks(*, fast: bool, is_long: bool, marks: str):
    assert check.marks(fast=fast, is_long=is_long) == marks


def test_fast_runs_the_unit_tests(started: list[list[str]]):
    run("--fast", "--no-lint")
    assert started[-1] == ["pytest", "unit and not long"]


def test_install_does_nothing_else(started: list[list[str]]):
    assert run("--install") == 0
    assert started == [TOOLS]


def test_tools_that_cannot_be_installed_are_one_error(monkeypatch: pytest.MonkeyPatch, started: list[list[str]]):
    monkeypatch.setattr(check, "attach", lambda command, **_: started.append(command) or 4)
    assert run("--fast") == 4
    assert len(started) == 1


def test_environment_of_somebody_else_is_left_alone(monkeypatch: pytest.MonkeyPatch, started: list[list[str]]):
    monkeypatch.setattr(sys, "prefix", "/elsewhere")
    run("--fast")
    assert [command[0] for command in started] == ["ruff", "ruff", "mypy", "builder", "builder", "pytest"]


def test_options_of_pytest_come_after_two_dashes(started: list[list[str]], capsys: pytest.CaptureFixture[str]):
    assert run("--fast", "--no-lint", "--", "-k", "names", "-x") == 0
    assert started[-1][-3:] == ["-k", "names", "-x"]
    started.clear()
    assert run("--instal") == 2
    assert started == []
    assert "--install" in capsys.readouterr().err
