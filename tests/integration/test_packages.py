"""Every package of pkgs/: built, audited, imported; and part of numpy's own suite."""

from __future__ import annotations

import json
import os
import re
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wasmwright.lock.profile import default_profile, profile_path, read_profile
from wasmwright.lock.requirements import target_interpreter
from wasmwright.paths import project_root
from wasmwright.process import run
from wasmwright.recipe.known import KNOWN
from wasmwright.recipe.model import LONG, BuildType
from wasmwright.recipe.parse import load_all

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _pytest.mark import ParameterSet


RECIPES = load_all(project_root() / "pkgs", KNOWN)
WHEELS = [name for name, recipe in RECIPES.items() if recipe.build.type is BuildType.WHEEL]


def marked(names: Iterable[str]) -> list[ParameterSet]:
    long = {name for name in names if LONG in RECIPES[name].sets}
    return [pytest.param(name, marks=[pytest.mark.long] if name in long else []) for name in names]


def wasmwright(*arguments: str) -> str:
    command = [sys.executable, "-P", "-m", "wasmwright", *arguments]
    return run(command, env=os.environ, cwd=project_root()).stdout


@pytest.mark.parametrize("name", marked(RECIPES))
def test_package_is_built_and_audited(name: str):
    (package,) = json.loads(wasmwright("build", name, "--json"))["packages"]
    report = json.loads((Path(package["out"]) / "audit.json").read_text())
    assert report["ok"]
    assert package["tested"] == (name in WHEELS)


@pytest.mark.parametrize("name", marked(WHEELS))
def test_wheel_has_the_tag_and_holds_no_tests(name: str):
    (package,) = json.loads(wasmwright("build", name, "--json"))["packages"]
    wheel = Path(package["wheel"])
    assert wheel.name.endswith("-cp315-cp315-pyemscripten_2026_5_wasm32.whl")
    with zipfile.ZipFile(wheel) as zipped:
        assert any(member.endswith(".so") for member in zipped.namelist())
        assert not any(re.search(r"/tests/.*test[^/]*\.py$", member) for member in zipped.namelist())


def test_blas_comes_in_a_wheel_of_its_own():
    (package,) = json.loads(wasmwright("build", "openblas", "--json"))["packages"]
    wheel = Path(package["wheel"])
    assert wheel.name == "openblas-0.3.34-py3-none-pyemscripten_2026_5_wasm32.whl"
    assert wheel.stat().st_size <= 2_700_000
    with zipfile.ZipFile(wheel) as zipped:
        (library,) = (info for info in zipped.infolist() if info.filename.endswith(".so"))
    assert library.filename == "openblas.libs/libopenblas.so"
    # Browsers compile no more than this at once while Python waits for it.
    assert library.file_size < 8 << 20


def test_pip_installs_what_numpy_is_linked_with(tmp_path: Path):
    (package,) = json.loads(wasmwright("build", "numpy", "--json"))["packages"]
    for wheel in (*package["artifacts"], *package["beside"]):
        (tmp_path / Path(wheel["path"]).name).symlink_to(wheel["path"])
    profile = read_profile(profile_path(project_root(), default_profile(project_root())))
    abis = (profile.python_tag, "none")
    interpreter = replace(target_interpreter(profile), abis=abis, platforms=(profile.platform,))
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--ignore-installed", "--no-index"]
    command += ["--find-links", str(tmp_path), "--target", str(tmp_path / "target"), "--report", "-"]
    report = json.loads(run([*command, *interpreter.pip_options(), "numpy"], env=os.environ, cwd=tmp_path).stdout)
    assert {item["metadata"]["name"] for item in report["install"]} == {"numpy", "openblas"}


def test_a_part_of_numpys_own_suite():
    document = json.loads(wasmwright("test", "numpy", "--suite", "--part", "fft", "--json"))
    (part,) = document["parts"]
    assert document["ok"]
    assert part["passed"] > 100
    assert part["failed"] == part["crashed"] == 0
