"""`wasmwright build FOLDER`: the tutorial's project, as its page has it, and what is said when it does not compile."""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wasmwright.cli.session import every_checkout, open_checkout
from wasmwright.lock.document import write_lock
from wasmwright.lock.fresh import lock_digest
from wasmwright.lock.model import read_package_lock
from wasmwright.lock.target import read_known
from wasmwright.paths import project_root
from wasmwright.process import run
from wasmwright.project import read_project

if TYPE_CHECKING:
    from wasmwright.checkout import Checkout
    from wasmwright.nix import Nix
    from wasmwright.process import Completed


DEFAULT = open_checkout()
_BLOCK = re.compile(r"^```(?!console)\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_FILE = re.compile(r"`([\w.]+\.(?:f90|build|toml|py))`")


def page(checkout: Path) -> dict[str, str]:
    """The files of the tutorial: each block belongs to the file that was named last."""
    parts = _BLOCK.split((checkout / "docs/tutorial/fortran-extension.md").read_text(encoding="utf-8"))
    return {_FILE.findall(before)[-1]: block for before, block in zip(parts[::2], parts[1::2], strict=False)}


@pytest.fixture
def heat(checkout: Path, tmp_path: Path) -> Path:
    """The tutorial's project, locked to wheels that the store has."""
    for name, content in page(checkout).items():
        (tmp_path / name).write_text(content)
    lock = read_package_lock(checkout / "pkgs/apexpy/lock.json")
    recipe = read_project(tmp_path, read_known(checkout))
    answers = {profile: replace(answer, test_requires=()) for profile, answer in lock.profiles.items()}
    lock = replace(
        lock, name="heat", package_version="1.0", recipe_sha256=lock_digest(recipe), own=(), profiles=answers
    )
    write_lock(recipe.lock_path, lock)
    return tmp_path


def build(folder: Path, *options: str) -> Completed:
    command = [sys.executable, "-P", str(project_root() / "builder"), "build", f"{folder}/", *options]
    return run(command, env=os.environ, cwd=folder, check=False)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


@pytest.mark.parametrize("target", every_checkout(), ids=lambda target: target.profile)
def test_project_of_the_tutorial(nix: Nix, heat: Path, target: Checkout):
    assert nix
    assert set(page(Path(__file__).parents[2])) >= {"heat.f90", "meson.build", "pyproject.toml", "recipe.toml"}
    before = (heat / "lock.json").read_text()
    done = build(heat, "--profile", target.profile)
    assert done.returncode == 0, done.stderr
    assert "heat: built and imported" in done.stdout
    wheel = Path(done.stdout.splitlines()[-1])
    assert wheel.name == f"heat-1.0-{target.abi.python_tag}-{target.abi.python_tag}-{target.abi.platform}.whl"
    assert json.loads((wheel.parent / "audit.json").read_text())["ok"]
    assert (heat / "lock.json").read_text() == before


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param("= field(2:n-1) +", "= fields(2:n-1) +", "heat.f90:13:", id="name"),
        pytest.param(
            "  implicit none", "  use grids\n  implicit none", "grids.mod is in none of the folders", id="module"
        ),
        pytest.param("real(8), intent(in) :: alpha", "real(10), intent(in) :: alpha", "REAL(10)", id="kind"),
    ],
)
def test_errors_of_the_compiler_are_shown(nix: Nix, heat: Path, old: str, new: str, told: str):
    assert nix
    change(heat / "heat.f90", old, new)
    done = build(heat)
    assert done.returncode == 34
    assert told in done.stderr
    assert "heat.f90:" in done.stderr
    assert "  | ninja: " not in done.stderr.splitlines()[1]
    log = re.search(r"^log: (.*)$", done.stderr, re.MULTILINE)
    assert log is not None
    assert told in Path(log[1]).read_text()
    assert f"`./wasmwright build {heat} --profile {DEFAULT.abi.short} --keep-failed`" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [(["/nowhere/at-all"], 10, "there is no folder /nowhere/at-all"), (["./x", "numpy"], 2, "is built alone")],
)
def test_odd_folders_are_refused_at_the_door(tmp_path: Path, arguments: list[str], code: int, told: str):
    command = [sys.executable, "-P", str(project_root() / "builder"), "build", *arguments]
    done = run(command, env=os.environ, cwd=tmp_path, check=False)
    assert done.returncode == code
    assert told in done.stderr
