"""`wasmwright add` with an index that is asked without a network, of projects that require nothing: no pip is run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
import pytest
from documents import faults
from fake_index import registries_of
from index_server import Index
from toolchain_writer import PROFILES, write_toolchain

from wasmwright import paths
from wasmwright.adding import write
from wasmwright.adding.errors import NotAdded, Unconfirmed, UnknownProject
from wasmwright.cli import add, lock, main
from wasmwright.errors import AccessDenied, Unresolvable
from wasmwright.importing.errors import RecipeInTheWay
from wasmwright.lock.model import read_package_lock
from wasmwright.tars import BrokenTar

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT, OTHER = PROFILES
ABOUT = "Metadata-Version: 2.4\nName: demo\nVersion: 1.0\nSummary: Shows it\nLicense-Expression: MIT\n"
LINUX = "cp315-cp315-manylinux_2_17_x86_64"


@pytest.fixture
def index() -> Index:
    return Index()


@pytest.fixture
def root(tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout without a package, in no repository."""
    write_toolchain(tmp_path)
    (tmp_path / "pkgs").mkdir()
    monkeypatch.setattr(paths, "project_root", lambda: tmp_path)
    monkeypatch.setattr(add, "this_machines_registries", lambda _: registries_of(index, tmp_path / "cache"))
    return tmp_path


def run(*arguments: str) -> object:
    with pytest.raises(SystemExit) as caught:
        main(["add", *arguments])
    return caught.value.code


def written(root: Path) -> list[str]:
    """What lies in the checkout's folder of packages, and what is left beside."""
    beside = [path.name for path in (root / ".wasmwright").glob("adding*")]
    return sorted(path.relative_to(root / "pkgs").as_posix() for path in (root / "pkgs").rglob("*")) + beside


def test_extension_is_built_from_its_sdist(root: Path, index: Index, capsys: pytest.CaptureFixture[str]):
    index.add_sdist("demo", "1.0", build_requires=[], **{"PKG-INFO": ABOUT, "src/demo/_c.c": ""})
    index.add_wheel("demo", "1.0", LINUX, files=["demo/__init__.py", "demo/_c.cpython-315-x86_64-linux-gnu.so"])
    assert run("demo") == 0
    told = capsys.readouterr().out
    assert told.startswith("demo 1.0: built from its source: setuptools; C\n")
    assert "wrote pkgs/demo: recipe.toml, lock.json, package.nix" in told
    assert "`./wasmwright build demo`" in told
    assert written(root) == ["demo", "demo/lock.json", "demo/package.nix", "demo/recipe.toml"]
    recipe = (root / "pkgs/demo/recipe.toml").read_text()
    assert 'summary = "Shows it"\nlicense = "MIT"\n' in recipe
    assert '[source]\npypi = "demo"\n' in recipe
    assert 'imports = ["demo", "demo._c"]' in recipe
    locked = read_package_lock(root / "pkgs/demo/lock.json")
    assert ({*locked.profiles}, locked.own[0].source.file) == ({DEFAULT, OTHER}, "demo-1.0.tar.gz")
    assert run("demo") == RecipeInTheWay.exit_code
    assert "`./wasmwright update demo`" in capsys.readouterr().err


def test_pure_project_is_a_pinned_wheel(root: Path, index: Index, capsys: pytest.CaptureFixture[str]):
    index.add_sdist("demo", "1.0", build_requires=["nowhere"])
    index.add_wheel("demo", "1.0", "py3-none-any", "License-Expression: MIT", files=["demo/__init__.py"])
    assert run("Demo==1.0") == 0
    assert "its pure wheel, which is not built" in capsys.readouterr().out
    assert '[source]\npypi-wheel = "demo"\n' in (root / "pkgs/demo/recipe.toml").read_text()
    assert "prebuilt = true;" in (root / "pkgs/demo/package.nix").read_text()


def test_upstreams_wheel_is_for_one_profile(root: Path, index: Index, capsys: pytest.CaptureFixture[str]):
    index.add_sdist("demo", "1.0", build_requires=["maturin"], **{"src/lib.rs": ""})
    wheel = index.add_wheel("demo", "1.0", f"cp314-cp314-{OTHER}_wasm32", files=["demo/_c.so"])
    assert run("demo") == NotAdded.exit_code
    said = capsys.readouterr().err
    assert "demo 1.0 is written in Rust (its build requires maturin), and no toolchain here compiles that" in said
    assert f"upstream publishes a wheel for {OTHER}: --upstream-wheel takes it with that --profile" in said
    assert run("demo", "--upstream-wheel") == NotAdded.exit_code
    assert wheel in capsys.readouterr().err
    assert written(root) == []
    assert run("demo", "--upstream-wheel", "--profile", OTHER) == 0
    recipe = (root / "pkgs/demo/recipe.toml").read_text()
    assert f'profiles = ["{OTHER}"]' in recipe
    assert 'imports = ["demo", "demo._c"]' in recipe
    # Nothing says under which licence it is: that is for a person, and stands at the top.
    assert recipe.startswith("# Imported; to be decided")
    assert "to decide: License: " in capsys.readouterr().out


def test_upstreams_wheels_of_every_profile_are_taken(root: Path, index: Index, capsys: pytest.CaptureFixture[str]):
    tags = {DEFAULT: f"cp315-cp315-{DEFAULT}_wasm32", OTHER: f"cp314-cp314-{OTHER}_wasm32"}
    wheels = {profile: index.add_wheel("demo", "1.0", tag, files=["demo/_c.so"]) for profile, tag in tags.items()}
    index.add_sdist("demo", "1.0", build_requires=["maturin"])
    assert run("demo", "--upstream-wheel") == 0
    assert "only" not in capsys.readouterr().out
    assert "profiles" not in (root / "pkgs/demo/recipe.toml").read_text()
    locked = read_package_lock(root / "pkgs/demo/lock.json")
    for profile, wheel in wheels.items():
        assert [own.source.file for own in locked.for_profile(profile).own] == [wheel]
        assert [source.file for source in locked.for_profile(profile).entries()] == [wheel]
    assert {source.file for source in locked.entries()} == {*wheels.values()}


def test_profile_without_a_wheel_is_told_by_the_lock(
    root: Path, index: Index, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(lock, "this_machines_registries", lambda _: registries_of(index, root / "cache"))
    index.add_wheel("demo", "1.0", f"cp314-cp314-{OTHER}_wasm32", files=["demo.so"])
    assert run("demo", "--upstream-wheel", "--profile", OTHER) == 0
    recipe = root / "pkgs/demo/recipe.toml"
    limit = f'profiles = ["{OTHER}"]\nprofiles-reason = "upstream publishes no wheel for {DEFAULT}"\n'
    assert limit in recipe.read_text()
    recipe.write_text(recipe.read_text().replace(limit, ""))
    with pytest.raises(SystemExit) as caught:
        main(["lock", "demo"])
    assert caught.value.code == Unresolvable.exit_code
    told = capsys.readouterr().err
    assert f"upstream has no wheel of demo 1.0 for {DEFAULT}" in told
    assert f'hint: write `profiles = ["{OTHER}"]` and `profiles-reason` in pkgs/demo/recipe.toml' in told
    index.add_wheel("demo", "1.0", f"cp315-cp315-{DEFAULT}_wasm32", files=["demo.so"])
    with pytest.raises(SystemExit) as caught:
        main(["lock", "demo"])
    assert caught.value.code == 0
    assert [*read_package_lock(root / "pkgs/demo/lock.json").profiles] == [OTHER, DEFAULT]


def test_python_that_is_too_new_limits_the_profiles(root: Path, index: Index):
    index.said[index.add_sdist("demo", "1.0", build_requires=[])] = {"requires-python": "<3.15"}
    assert run("demo") == 0
    recipe = (root / "pkgs/demo/recipe.toml").read_text()
    assert f'profiles = ["{OTHER}"]\nprofiles-reason = "upstream says that it is for Python <3.15"' in recipe
    assert [*read_package_lock(root / "pkgs/demo/lock.json").profiles] == [OTHER]


def test_tools_and_libraries_are_guessed(root: Path, index: Index, capsys: pytest.CaptureFixture[str]):
    library = root / "pkgs/zlib/recipe.toml"
    library.parent.mkdir()
    library.write_text(
        '[package]\nname = "zlib"\nversion = "1"\n[source]\ndebian = "zlib"\n'
        '[build]\ntype = "library"\nsystem = "make"\n'
    )
    files = {"meson.build": "dependency('zlib')\ndependency('absent')\n", "a.cpp": "", "b.f90": ""}
    index.add_sdist("demo", "1.0", build_requires=[], **files)
    assert run("demo", "--dry-run", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert faults("add", document) == []
    (package,) = document["packages"]
    assert (package["way"], document["written"], package["wanted_by"]) == ("source", False, None)
    assert 'tools = ["flang"]' in package["recipe"]
    assert 'host = ["zlib"]' in package["recipe"]
    to_decide = [one["message"] for one in package["findings"] if one["level"] == "person"]
    assert any("looks for `absent`, and no library here is called so" in message for message in to_decide)
    assert written(root) == ["zlib", "zlib/recipe.toml"]
    assert run("zlib") == RecipeInTheWay.exit_code
    assert "pkgs/zlib is a library of that name" in capsys.readouterr().err


def test_what_is_needed_is_asked_about(root: Path, index: Index, capsys: pytest.CaptureFixture[str]):
    index.add_sdist("needed", "2.0", build_requires=[], **{"a.c": ""})
    index.add_wheel("demo", "1.0", "py3-none-any", "Requires-Dist: needed>=2", files=["demo.py"])
    assert run("demo") == Unconfirmed.exit_code
    told = capsys.readouterr()
    assert told.out.startswith("needed 2.0, for demo: built from its source: setuptools; C\n")
    assert "needed would be added too, and there is nobody to ask" in told.err
    assert "--yes" in told.err
    assert written(root) == []
    assert run("demo", "--yes") == 0
    assert {"demo/lock.json", "needed/lock.json"} < {*written(root)}
    assert 'run = ["needed"]' in (root / "pkgs/demo/recipe.toml").read_text()


def test_need_that_is_disabled_here_is_told_as_that(root: Path, index: Index, capsys: pytest.CaptureFixture[str]):
    index.add_wheel("needed", "1.0", files=["needed.py"])
    assert run("needed") == 0
    path = root / "pkgs/needed/recipe.toml"
    path.write_text(path.read_text().replace("[source]", 'disabled = "it needs threads"\n[source]'))
    index.add_wheel("demo", "1.0", "py3-none-any", "Requires-Dist: needed", files=["demo.py"])
    assert run("demo") == NotAdded.exit_code
    told = capsys.readouterr().err
    assert "demo 1.0 requires needed, which is disabled here: it needs threads" in told
    assert "hint: see pkgs/needed/recipe.toml" in told


@pytest.mark.usefixtures("root")
def test_licence_that_is_no_expression_is_for_a_person(index: Index, capsys: pytest.CaptureFixture[str]):
    index.add_wheel("demo", "1.0", "py3-none-any", "License: LGPL with exceptions", files=["demo.py"])
    assert run("demo") == 0
    told = capsys.readouterr().out
    assert "to decide: License: `LGPL with exceptions` is not an SPDX licence expression" in told
    index.add_wheel("other", "1.0", "py3-none-any", "License: Apache 2.0", files=["other.py"])
    assert run("other") == 0
    assert "to decide" not in capsys.readouterr().out


def test_need_that_cannot_be_added_is_told_with_who_needs_it(
    root: Path, index: Index, capsys: pytest.CaptureFixture[str]
):
    index.add_sdist("needed", "2.0", build_requires=["maturin"])
    index.add_wheel("demo", "1.0", "py3-none-any", "Requires-Dist: needed", files=["demo.py"])
    assert run("demo", "--yes") == NotAdded.exit_code
    assert "demo needs what cannot be added: needed 2.0 is written in Rust" in capsys.readouterr().err
    index.add_wheel("needed", "2.0", f"cp315-cp315-{DEFAULT}_wasm32", files=["needed.so"])
    assert run("demo", "--yes", "--upstream-wheel") == 0
    recipe = (root / "pkgs/demo/recipe.toml").read_text()
    assert f'profiles-reason = "needed, which it needs, is for {DEFAULT} only"' in recipe


@pytest.mark.usefixtures("root")
def test_older_version_is_told_wherever_it_is_taken(index: Index, capsys: pytest.CaptureFixture[str]):
    index.add_wheel("needed", "1.0", files=["needed.py"])
    index.add_wheel("needed", "2.0", LINUX)
    index.add_wheel("plain", "1.0", f"cp315-cp315-{DEFAULT}_wasm32", files=["plain.so"])
    index.add_sdist("plain", "1.1", build_requires=["maturin"])
    assert run("plain", "--upstream-wheel") == 0
    assert "version: 1.1 is newer, and has no wheel for the profile" in capsys.readouterr().out
    assert run("needed", "--upstream-wheel") == NotAdded.exit_code
    told = capsys.readouterr().err
    assert "upstream publishes no wheel of needed 2.0" in told
    assert f"`./wasmwright add needed==1.0 --upstream-wheel --profile {DEFAULT}`" in told
    assert run("needed==1.0", "--upstream-wheel") == 0


@pytest.mark.usefixtures("root")
def test_version_of_a_package_that_does_not_fit_is_told(index: Index, capsys: pytest.CaptureFixture[str]):
    index.add_sdist("needed", "1.0", build_requires=[])
    assert run("needed") == 0
    index.add_wheel("demo", "1.0", "py3-none-any", "Requires-Dist: needed>=2", files=["demo.py"])
    assert run("demo") == NotAdded.exit_code
    assert "demo 1.0 requires needed>=2, and pkgs/ has 1.0" in capsys.readouterr().err


def test_what_cannot_be_read_is_told(root: Path, index: Index, capsys: pytest.CaptureFixture[str]):
    index.files["demo"]["demo-1.0.tar.gz"] = b"no archive"
    assert run("demo") == BrokenTar.exit_code
    assert "demo-1.0.tar.gz: it is not a tar archive" in capsys.readouterr().err
    assert run("absent") == UnknownProject.exit_code
    assert "no project `absent`" in capsys.readouterr().err
    index.add_wheel("there", "1.0", files=["there.py"])
    assert run("there") == 0
    assert run("ther") == UnknownProject.exit_code
    assert "did you mean `there`?" in capsys.readouterr().err
    assert run("demo==2") == UnknownProject.exit_code
    (root / "pkgs/demo").mkdir()
    assert run("demo") == RecipeInTheWay.exit_code
    assert "pkgs/demo is there already, without a recipe" in capsys.readouterr().err


def test_all_are_written_or_none(root: Path, index: Index, monkeypatch: pytest.MonkeyPatch):
    for name in ("one", "two"):
        index.add_sdist(name, "1.0", build_requires=[])

    def refuse(path: Path, *_arguments: object) -> None:
        if path.parent.name == "two":
            message = "no right to write"
            raise AccessDenied(message)
        path.write_text("{}")

    monkeypatch.setattr(write, "write_lock", refuse)
    assert run("one", "two") == AccessDenied.exit_code
    assert written(root) == []


def test_interruption_while_folders_take_their_places_leaves_none(
    root: Path, index: Index, monkeypatch: pytest.MonkeyPatch
):
    for name in ("one", "two"):
        index.add_sdist(name, "1.0", build_requires=[])
    rename = type(root).rename

    def interrupted(self: Path, target: Path) -> Path:
        if target.name == "two":
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(type(root), "rename", interrupted)
    with pytest.raises(click.Abort):
        add.command.main(["one", "two"], standalone_mode=False)
    assert written(root) == []


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Missing argument"),
        (["-r"], "No such option"),
        (["a", "--json", "--build"], "do not go together"),
        (["a==1", "A==2"], "a is asked for twice, with different versions"),
        ([""], "`` is no project's name: give `NAME`"),
        (["é"], "is no project's name: give `NAME`"),
        (["a" * 200], "is no project's name: give `NAME`"),
        (["a=="], "`a==` has `==`, and no version: give `NAME`"),
        (["a>=1"], "`a>=1` says more than a name and a version: give"),
        (["a===1"], "says more than a name and a version: give"),
        (["a==1,<2"], "says more than a name and a version: give"),
        (["a b"], "says more than a name and a version: give"),
        (["a[b]"], "names extras, which are no part of a package"),
        (["a[b]==1"], "names extras, which are no part of a package"),
        (["a==1; python_version > '3'"], "has a marker"),
        (["a @ http://b/c"], "is an address"),
        (["http://b/c"], "is an address"),
        (["."], "is a path; `./wasmwright build FOLDER` builds"),
        (["../a"], "is a path"),
    ],
)
def test_what_is_no_name_is_a_wrong_call(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]):
    assert run(*arguments) == 2
    assert told in capsys.readouterr().err


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize("version", ["abc", "1.*", "latest"])
def test_version_that_is_none_is_told_with_those_that_there_are(
    index: Index, capsys: pytest.CaptureFixture[str], version: str
):
    index.add_wheel("demo", "1.0")
    index.add_wheel("demo", "1.1")
    assert run(f"Demo=={version}") == UnknownProject.exit_code
    told = capsys.readouterr().err
    assert f"`{version}` is no version (PEP 440), as all of demo are" in told
    assert "the index has 1.1, 1.0: `./wasmwright add demo==VERSION`" in told
    assert run(f"absent=={version}") == UnknownProject.exit_code
    assert "no project `absent`" in capsys.readouterr().err
