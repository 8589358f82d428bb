"""`wasmwright update` in a small checkout: a real pip against an index on loopback."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import pytest
from documents import faults
from index_server import Index, registries_of, serving
from toolchain_writer import write_toolchain

from wasmwright import paths
from wasmwright.cli import main, update
from wasmwright.errors import DiskFull
from wasmwright.generate import files
from wasmwright.lock.model import read_package_lock
from wasmwright.lock.outdated import PackagesOutdated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RECIPE = """\
[package]
name = "{name}"
version = "1.0"  # as upstream says
{more}
[source]
pypi = "{name}"
patches = [{patches}]
[build]
env = {{ NOTE = "made for 1.0" }}
[tests]
imports = ["{name}"]
"""
PATCH = "Why.\n\n--- a/code\n+++ b/code\n@@ -1,3 +1,3 @@\n one\n-two\n+second\n three\n"


@pytest.fixture
def index() -> Iterator[Index]:
    yield from serving(Index())


@pytest.fixture
def root(tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of demo, which has a patch, of user, which compiles against it, and of held."""
    write_toolchain(tmp_path)
    needs = '[dependencies]\nhost = ["demo"]\n'
    for name, more, patches, end in (
        ("demo", "", '"0001-second.patch"', ""),
        ("user", "", "", needs),
        ("held", 'hold = "others want the old one"', "", ""),
    ):
        folder = tmp_path / "pkgs" / name
        (folder / "patches").mkdir(parents=True)
        (folder / "recipe.toml").write_text(RECIPE.format(name=name, more=more, patches=patches) + end)
        for version in ("1.0", "1.1"):
            index.add_sdist(name, version, build_requires=[f"backend=={version}"], code="zero\none\ntwo\nthree\n")
    (tmp_path / "pkgs/demo/patches/0001-second.patch").write_text(PATCH)
    for version in ("1.0", "1.1"):
        index.add_wheel("backend", version)
        for tag in ("cp315-cp315-manylinux_2_17_x86_64", "cp314-cp314-manylinux_2_17_x86_64"):
            index.add_wheel("demo", version, tag)
    monkeypatch.setattr(paths, "project_root", lambda: tmp_path)
    monkeypatch.setattr(update, "this_machines_registries", partial(registries_of, index, tmp_path / "cache"))
    return tmp_path


def run(*arguments: str) -> object:
    with pytest.raises(SystemExit) as caught:
        main(["update", *arguments])
    return caught.value.code


def folder(root: Path, name: str) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (root / "pkgs" / name).glob("*") if file.is_file()}


def test_what_is_outdated_is_told_and_nothing_written(root: Path, capsys: pytest.CaptureFixture[str]):
    before = folder(root, "demo")
    assert run("--check") == PackagesOutdated.exit_code
    told = capsys.readouterr()
    lines = [line.split() for line in told.out.splitlines()]
    assert lines[1] == ["demo", "1.0", "1.1"]
    assert lines[2] == ["held", "1.0", "1.1", "held:", "others", "want", "the", "old", "one"]
    assert " ".join(lines[-1]) == "3 of 3 packages outdated"
    assert "error: demo, user are outdated\n" in told.err
    assert run("--check", "user", "--json") == PackagesOutdated.exit_code
    document = json.loads(capsys.readouterr().out)
    assert faults("update --check", document) == []
    assert run("--check", "held") == 0
    assert folder(root, "demo") == before


def test_recipe_lock_and_nix_are_those_of_the_new_version(root: Path, capsys: pytest.CaptureFixture[str]):
    assert run("demo", "--to", "1.0") == 0
    capsys.readouterr()
    assert run("demo") == 0
    told = capsys.readouterr().out
    recipe = (root / "pkgs/demo/recipe.toml").read_text()
    assert 'version = "1.1"  # as upstream says' in recipe
    assert read_package_lock(root / "pkgs/demo/lock.json").own[0].source.file == "demo-1.1.tar.gz"
    assert '"1.1"' in (root / "pkgs/demo/package.nix").read_text()
    for line in (
        "demo: 1.0 -> 1.1",
        "    backend: 1.0 -> 1.1",
        "  patch 0001-second.patch: applies, 1 hunk, 1 at another line",
        "  pkgs/demo/recipe.toml:9 names 1.0 still: look at it",
        "  will be rebuilt too: user",
        "run `./wasmwright lock user`",
    ):
        assert line in told
    assert run("demo") == 0
    assert "1.1 is the newest that fits" in capsys.readouterr().out


def test_a_patch_that_does_not_apply_leaves_the_folder_as_it_is(
    root: Path, index: Index, capsys: pytest.CaptureFixture[str]
):
    index.add_sdist("demo", "1.2", build_requires=["backend"], code="one\nsecond\nthree\n")
    before = folder(root, "demo")
    assert run("demo") == 55
    said = capsys.readouterr().err
    assert "1 of 1 patches do not apply to demo 1.2: 0001-second.patch" in said
    assert "hunk 1 of code (line 5 of the patch): the change is in the source already" in said
    assert folder(root, "demo") == before
    assert run("demo", "--despite-patches") == 0
    assert "patch 0001-second.patch: does not apply" in capsys.readouterr().out
    assert 'version = "1.2"' in (root / "pkgs/demo/recipe.toml").read_text()


def test_what_cannot_be_written_is_as_before(root: Path, monkeypatch: pytest.MonkeyPatch):
    before = folder(root, "demo")

    def fail(*_arguments: object) -> None:
        message = "no space left"
        raise DiskFull(message)

    monkeypatch.setattr(files, "package_nix", fail)
    assert run("demo") == DiskFull.exit_code
    assert folder(root, "demo") == before


def test_one_that_cannot_be_updated_stops_no_other_and_a_held_one_stays(
    root: Path, index: Index, capsys: pytest.CaptureFixture[str]
):
    assert run("demo", "--to", "1.0") == 0
    index.add_sdist("demo", "1.1", build_requires=["nowhere"])
    assert run("--all") == 25
    said = capsys.readouterr()
    assert "held: 1.1 is there, and 1.0 is held: others want the old one" in said.out
    assert "user: 1.0 -> 1.1" in said.out
    assert 'version = "1.0"' in (root / "pkgs/demo/recipe.toml").read_text()


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize(
    "arguments", [[], ["demo", "--all"], ["demo", "--json"], ["--all", "--to", "1"], ["demo", "--check", "--to", "1"]]
)
def test_options_that_contradict_each_other(arguments: list[str]):
    assert run(*arguments) == 2
