from __future__ import annotations

import re
from pathlib import Path

import pytest

from wasmwright.farm.changes import INSIDE, Everywhere, changes

ROOT = Path(__file__).parents[3]
PROFILE = "pyemscripten_2026_5"


def everywhere(*files: str) -> str | None:
    found = changes(files, since="main", profile=PROFILE).everywhere
    return None if found is None else found.file


def test_files_of_packages_belong_to_them():
    found = changes(["pkgs/numpy/patches/1.patch", "pkgs/zlib/lock.json", "pkgs/README"], since="main", profile=PROFILE)
    assert found.names == {"numpy", "zlib"}
    assert found.everywhere is None


@pytest.mark.parametrize(
    "file",
    [
        *("flake.nix", "nix/default.nix", "nix/build/finishWheel.sh", "nix/tools/cmake.nix", "nix/toolchain/base.toml"),
        f"nix/toolchain/profiles/{PROFILE}.lock.json",
        f"nix/toolchain/profiles/{PROFILE}/include/signal.h",
        "builder/wasmwright/f2pytarget.py",
        "builder/wasmwright/failure.py",
        "builder/wasmwright/wrapper/rules.py",
    ],
)
def test_what_is_part_of_every_build(file: str):
    assert everywhere("docs/index.md", file) == file


@pytest.mark.parametrize(
    "file",
    [
        *(
            "README.md",
            "docs/index.md",
            "tests/unit/test_nix.py",
            "nix/checks/hello-c.nix",
            "nix/flake/checks.nix",
            "nix/outputs/dist.nix",
        ),
        "nix/toolchain/profiles/pyemscripten_2026_0.lock.json",
        "nix/toolchain/profiles/pyemscripten_2026_0/include/signal.h",
        "builder/wasmwright/errors.py",
        "builder/wasmwright/cli/build.py",
        "builder/bootstrap.py",
    ],
)
def test_what_is_part_of_no_package(file: str):
    assert everywhere(file) is None


def test_what_another_profile_lacks_changes_libraries():
    file = "nix/toolchain/profiles/pyemscripten_2026_0.toml"
    found = changes([file], since="main", profile=PROFILE).everywhere
    assert found == Everywhere(file=file, reason="may say what libraries, which all profiles share, have to do without")


def test_every_part_of_packages_that_nix_cuts_out_counts():
    """Those of checks and outputs do not: no package is made of them."""
    (cut,) = (ROOT / "nix").rglob("sandboxPython.nix")
    text = cut.read_text(encoding="utf-8")
    parts = re.findall(r"^  (\w+) = (?:part|select) \"[^\"]+\" \[(.*?)\];", text, re.MULTILINE | re.DOTALL)
    beside = {
        "conformance",
        "comparison",
        "container",
        "netlib",
        "ociDatabase",
        "serving",
        "startedRuntime",
        "wheelTools",
    }
    folders = {word for part, words in parts if part not in beside for word in re.findall(r'"(\w+)[("]', words)}
    assert folders
    assert folders - {*INSIDE} == set()


def test_every_part_that_nix_names_by_its_path_counts():
    files = (path for path in (ROOT / "nix").rglob("*.nix") if not {"checks", "outputs"} & {*path.parts})
    texts = (path.read_text(encoding="utf-8") for path in files)
    parts = {part for text in texts for part in re.findall(r"builder/wasmwright/([\w.]+)", text)}
    assert {"f2pytarget.py", "wrapper"} <= parts
    assert parts - {*INSIDE} == set()
