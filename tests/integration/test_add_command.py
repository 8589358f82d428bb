"""`wasmwright add`: a real pip against an index on loopback, and three projects of the real index, built."""

from __future__ import annotations

import os
import shutil
from functools import partial
from typing import TYPE_CHECKING

import pytest
from checkout_copy import CheckoutCopy, copy_checkout
from index_server import Index, registries_of, serving
from toolchain_writer import write_toolchain

from wasmwright import paths
from wasmwright.cli import add, main
from wasmwright.gitcheckout import tracked
from wasmwright.lock.model import read_package_lock
from wasmwright.process import run as run_program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wasmwright.nix import Nix

NEW, OLD = "pyemscripten_2026_5", "pyemscripten_2026_0"
# Small: an extension in C, a pure project, and one that publishes wheels for WebAssembly.
EXTENSION, PURE, PUBLISHED = "lazy-object-proxy", "toolz", "xxhash"


@pytest.fixture
def index() -> Iterator[Index]:
    yield from serving(Index())


@pytest.fixture
def root(tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout without a package, in a repository of its own."""
    root = tmp_path / "checkout"
    write_toolchain(root)
    (root / "pkgs").mkdir()
    run_program(["git", "init", "-q"], env=os.environ, cwd=root)
    monkeypatch.setattr(paths, "project_root", lambda: root)
    monkeypatch.setattr(add, "this_machines_registries", partial(registries_of, index, tmp_path / "cache"))
    return root


def run(*arguments: str) -> object:
    with pytest.raises(SystemExit) as caught:
        main(["add", *arguments])
    return caught.value.code


def test_name_that_upstream_only_keeps_is_no_package(root: Path, index: Index, capsys: pytest.CaptureFixture[str]):
    said = "Metadata-Version: 2.1\nName: kept\nVersion: 1.0\nSummary: deprecated package, use scikit-kept instead\n"
    index.add_sdist("kept", "1.0", build_requires=[], **{"PKG-INFO": said, "setup.py": "raise SystemExit(1)"})
    assert run("kept") == 57
    told = capsys.readouterr().err
    assert "kept 1.0 has nothing in it that could be imported: upstream only keeps the name" in told
    assert "`deprecated package, use scikit-kept instead`; `./wasmwright add scikit-kept` takes that" in told
    assert not [*(root / "pkgs").iterdir()]


def test_need_of_a_pure_wheel_becomes_a_package_and_is_named(
    root: Path, index: Index, capsys: pytest.CaptureFixture[str]
):
    """Nothing but pip knows that the pure wheel, which demo requires, requires what has to be compiled."""
    index.add_sdist("compiled", "3.0", build_requires=[], **{"a.c": ""})
    index.add_wheel("between", "1.0", "py3-none-any", "Requires-Dist: compiled>=2")
    index.add_wheel("between", "1.0", "cp315-cp315-manylinux_2_17_x86_64", "Requires-Dist: compiled>=2")
    index.add_wheel("demo", "1.0", "py3-none-any", "Requires-Dist: between", files=["demo.py"])
    assert run("demo", "--yes") == 0
    told = capsys.readouterr().out
    assert "compiled 3.0, for demo: built from its source" in told
    assert "`between` comes as its pure wheel; `./wasmwright add between` first would build" in told
    assert 'run = ["compiled"]' in (root / "pkgs/demo/recipe.toml").read_text()
    lock = read_package_lock(root / "pkgs/demo/lock.json")
    assert {answer.run_requires for answer in lock.profiles.values()} == {("between-1.0-py3-none-any.whl",)}
    files = [
        f"pkgs/{name}/{file}" for name in ("compiled", "demo") for file in ("recipe.toml", "lock.json", "package.nix")
    ]
    assert tracked(root, files) == {*files, ""}


def test_build_requirement_without_a_wheel_leaves_the_profile_out(
    root: Path, index: Index, capsys: pytest.CaptureFixture[str]
):
    index.add_sdist("demo", "1.0", build_requires=["backend"], **{"a.c": ""})
    index.add_wheel("backend", "1.0", "cp314-cp314-manylinux_2_17_x86_64")
    assert run("demo") == 0
    recipe = (root / "pkgs/demo/recipe.toml").read_text()
    assert f'profiles = ["{OLD}"]' in recipe
    assert f"for {OLD} only: no wheels of what its build" in capsys.readouterr().out
    index.files.pop("backend")
    index.add_sdist("other", "1.0", build_requires=["backend"], **{"a.c": ""})
    assert run("other") == 25
    assert not (root / "pkgs/other").exists()


def test_what_back_ends_ask_for_while_they_run_is_required(root: Path, index: Index):
    pyproject = '[build-system]\nrequires = []\nbuild-backend = "pdm.backend"\n'
    index.add_sdist("demo", "1.0", build_requires=[], **{"pyproject.toml": pyproject, "a.pyx": ""})
    for name in ("cython", "setuptools"):
        index.add_wheel(name, "1.0")
    assert run("demo") == 0
    assert 'requires = ["cython", "setuptools"]' in (root / "pkgs/demo/recipe.toml").read_text()


def test_what_git_does_not_take_is_told_and_stays(root: Path, index: Index, capsys: pytest.CaptureFixture[str]):
    index.add_wheel("demo", "1.0", files=["demo.py"])
    (root / ".git/index.lock").touch()
    assert run("demo") == 6
    told = capsys.readouterr().err
    assert "git did not take pkgs/demo" in told
    assert "`git add pkgs/demo`" in told
    assert (root / "pkgs/demo/package.nix").exists()


@pytest.fixture
def tree(checkout: Path, tmp_path: Path) -> CheckoutCopy:
    """This checkout, without the packages that are to be added."""
    copied = copy_checkout(checkout, tmp_path / "tree")
    for name in (EXTENSION, PURE, PUBLISHED):
        shutil.rmtree(copied.root / "pkgs" / name, ignore_errors=True)
    return copied


def test_projects_of_the_index_become_tested_wheels(nix: Nix, tree: CheckoutCopy):
    assert nix
    built = tree.wasmwright("add", EXTENSION, "--build")
    assert f"{EXTENSION}: built and imported" in built
    assert built.splitlines()[-1].endswith("_wasm32.whl")
    built = tree.wasmwright("add", PURE, "--build")
    assert "its pure wheel, which is not built" in built
    assert built.splitlines()[-1].endswith("-none-any.whl")
    built = tree.wasmwright("add", PUBLISHED, "--upstream-wheel", "--profile", NEW, "--build")
    assert "upstream's own wheel for WebAssembly" in built
    assert built.splitlines()[-1].endswith(f"-{NEW}_wasm32.whl")
    for name in (EXTENSION, PURE, PUBLISHED):
        assert tracked(tree.root, [f"pkgs/{name}/lock.json"]) == {f"pkgs/{name}/lock.json", ""}
    again = tree.end("wasmwright", "add", PURE)
    assert again.returncode == 86
    assert f"`./wasmwright update {PURE}`" in again.stderr
