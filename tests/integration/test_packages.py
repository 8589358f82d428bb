"""Every package of pkgs/: built, audited, imported; and part of numpy's own suite."""

from __future__ import annotations

import json
import os
import re
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import command_line
import pytest
from jsonschema import Draft202012Validator

from wasmwright.cli.session import every_checkout, open_checkout
from wasmwright.lock.requirements import target_interpreter
from wasmwright.paths import project_root
from wasmwright.process import run
from wasmwright.recipe.model import CI, BuildType
from wasmwright.recipe.offer import offered

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet


CHECKOUTS = {checkout.profile: checkout for checkout in every_checkout()}
DEFAULT = open_checkout()
# What is built for every profile; the others only for the default one.
SHORT = {"fribidi", "liblz4", "libyaml", "mapbox-earcut", "markupsafe", "murmurhash", "pyyaml", "zlib", "zlib-state"}
SHORT |= {"stdlib-missing"}
# Without extension modules.
PURE = {"stdlib-missing"}
SCHEMA = json.loads((project_root() / "builder/wasmwright/package.schema.json").read_text(encoding="utf-8"))


def chosen(build_type: BuildType | None = None) -> list[ParameterSet]:
    """Profiles and names of packages, of one type or of both; what is not built by `check` is marked."""
    return [
        pytest.param(profile, name, marks=[] if CI in recipe.sets else [pytest.mark.long])
        for profile, checkout in CHECKOUTS.items()
        for name, recipe in offered(checkout.recipes, profile).items()
        if profile == DEFAULT.profile or name in SHORT
        if build_type in {None, recipe.build.type}
    ]


def wasmwright(*arguments: str) -> str:
    done = command_line.wasmwright(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def built(name: str, profile: str = DEFAULT.profile) -> dict[str, Any]:
    """The package as `build --json` tells it."""
    document = json.loads(wasmwright("build", name, "--profile", profile, "--json"))
    (package,) = document["packages"]
    assert document["profile"] == package["profile"] == profile
    return dict(package)


@pytest.mark.parametrize(("profile", "name"), chosen())
def test_package_is_built_audited_and_described(profile: str, name: str):
    package = built(name, profile)
    out = Path(package["out"])
    assert json.loads((out / "audit.json").read_text())["ok"]
    assert package["tested"] == (CHECKOUTS[profile].recipes[name].build.type is BuildType.WHEEL)
    described = json.loads((out / "package.json").read_text())
    Draft202012Validator(SCHEMA).validate(described)
    assert (described["name"], described["profile"]) == (name, profile)
    for beside in described["beside"]:
        assert (Path(beside) / "package.json").exists()


@pytest.mark.parametrize(("profile", "name"), chosen(BuildType.WHEEL))
def test_wheel_has_the_tag_and_holds_no_tests(profile: str, name: str):
    wheel, abi = Path(built(name, profile)["wheel"]), CHECKOUTS[profile].abi
    tag = "py3-none-any" if name in PURE else f"{abi.python_tag}-{abi.python_tag}-{abi.platform}"
    assert wheel.name.endswith(f"-{tag}.whl")
    with zipfile.ZipFile(wheel) as zipped:
        assert any(member.endswith(".so") for member in zipped.namelist()) == (name not in PURE)
        assert not any(re.search(r"/tests/.*test[^/]*\.py$", member) for member in zipped.namelist())


def test_a_library_is_compiled_once_for_all_profiles():
    gates = {profile: Path(built("zlib", profile)["out"]) for profile in CHECKOUTS}
    archives = {(out / "lib/libz.a").resolve() for out in gates.values()}
    assert len(gates) == len(set(gates.values())) > 1
    assert len(archives) == 1


def test_each_profiles_wheel_is_audited_by_its_own_runtime():
    wheels = [built("markupsafe", profile)["wheel"] for profile in CHECKOUTS]
    reports = json.loads(wasmwright("audit", *wheels, "--json"))["reports"]
    assert [report["facts"]["runtime"]["platform_tag"] for report in reports] == [
        checkout.abi.platform for checkout in CHECKOUTS.values()
    ]


def test_blas_comes_in_a_wheel_of_its_own():
    wheel = Path(built("openblas")["wheel"])
    assert wheel.name == f"openblas-{DEFAULT.recipes['openblas'].version}-py3-none-{DEFAULT.abi.platform}.whl"
    assert wheel.stat().st_size <= 2_700_000
    with zipfile.ZipFile(wheel) as zipped:
        (library,) = (info for info in zipped.infolist() if info.filename.endswith(".so"))
    assert library.filename == "openblas.libs/libopenblas.so"
    # Browsers compile no more than this at once while Python waits for it.
    assert library.file_size < 8 << 20


def test_pip_installs_what_numpy_is_linked_with(tmp_path: Path):
    package, profile = built("numpy"), DEFAULT.abi
    for wheel in (*package["artifacts"], *package["beside"]):
        (tmp_path / Path(wheel["path"]).name).symlink_to(wheel["path"])
    abis = (profile.python_tag, "none")
    interpreter = replace(target_interpreter(profile), abis=abis, platforms=(profile.platform,))
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--ignore-installed", "--no-index"]
    command += ["--find-links", str(tmp_path), "--target", str(tmp_path / "target"), "--report", "-"]
    report = json.loads(run([*command, *interpreter.pip_options(), "numpy"], env=os.environ, cwd=tmp_path).stdout)
    assert {item["metadata"]["name"] for item in report["install"]} == {"numpy", "openblas"}


def test_a_part_of_numpys_own_suite():
    document = json.loads(wasmwright("test", "numpy", "--suite", "--part", "fft", "--json"))
    assert document["profile"] == DEFAULT.profile
    (part,) = document["parts"]
    assert document["ok"]
    assert part["passed"] > 100
    assert part["failed"] == part["crashed"] == 0
