"""`list`, `show` and `graph`, which look at the farm and build nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from documents import faults
from fake_farm import FakeNix
from package_writer import write_package
from toolchain_writer import PROFILES, write_toolchain

from wasmwright import paths
from wasmwright.cli import graph, main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NEW, OLD = PROFILES
SUITE = {"name": "all", "tests": 5, "passed": 3, "failed": 1, "crashed": 1, "known": 2, "seconds": 1.5}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, add_package: Callable[..., None]) -> Path:
    """A checkout of four packages: alpha needs beta, delta is disabled."""
    write_toolchain(tmp_path)
    add_package(tmp_path, "alpha", run="beta")
    for name in ("beta", "gamma", "delta"):
        add_package(tmp_path, name)
    recipe = tmp_path / "pkgs/delta/recipe.toml"
    recipe.write_text(recipe.read_text().replace("[source]", 'disabled = "upstream is gone"\nsets = ["odd"]\n[source]'))
    monkeypatch.setattr(paths, "project_root", lambda: tmp_path)
    monkeypatch.delenv("WASMWRIGHT_STATE", raising=False)
    return tmp_path


def run(*args: str) -> object:
    with pytest.raises(SystemExit) as caught:
        main(args)
    return caught.value.code


@pytest.mark.usefixtures("root")
def test_everything_is_listed_and_what_is_not_built_says_why(capsys: pytest.CaptureFixture[str]):
    assert run("list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:4] for line in lines[1:5]] == [
        ["alpha", "1.0", "wheel", "2026_0"],
        ["beta", "1.0", "wheel", "2026_0"],
        ["delta", "1.0", "wheel", "none"],
        ["gamma", "1.0", "wheel", "2026_0"],
    ]
    assert lines[5:] == ["delta is disabled: upstream is gone", "4 packages, 1 of them not built"]


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["*a", "--without", "odd"], ["alpha", "beta", "gamma"]),
        (["--without", "odd"], ["alpha", "beta", "gamma"]),
        (["--set", "odd"], ["delta"]),
        (["delta", "gamma"], ["delta", "gamma"]),
    ],
)
def test_packages_are_chosen_as_for_a_build(capsys: pytest.CaptureFixture[str], arguments: list[str], names: list[str]):
    assert run("list", *arguments, "--json", "--profile", "2026_0") == 0
    document = json.loads(capsys.readouterr().out)
    assert faults("list", document) == []
    assert [package["name"] for package in document["packages"]] == names
    assert {profile for package in document["packages"] for profile in package["profiles"]} == {OLD}


def test_a_broken_recipe_hides_no_other_and_is_an_error(root: Path, capsys: pytest.CaptureFixture[str]):
    (root / "pkgs/gamma/recipe.toml").write_text("no recipe")
    assert run("list") == 10
    said = capsys.readouterr()
    assert "beta" in said.out
    assert "pkgs/gamma/recipe.toml" in said.err


def test_a_package_is_shown_with_what_was_done_here(root: Path, capsys: pytest.CaptureFixture[str]):
    wheel = "beta-1.0-py3-none-any.whl"
    out = write_package(root / "store/beta-wasm", main=wheel)
    state = root / ".wasmwright" / NEW
    (state / "roots").mkdir(parents=True)
    (state / "roots/beta-wasm").symlink_to(out)
    result = {"outcome": "failed", "at": "2026-01-02", "stage": "import test", "error": "no\nmore", "log": "/l"}
    (state / "results.json").write_text(json.dumps({"version": 1, "packages": {"beta": result}}))
    (state / "tests").mkdir()
    (state / "tests/beta.json").write_text(json.dumps({"version": 1, "ok": False, "parts": [SUITE]}))
    assert run("show", "beta") == 0
    text = capsys.readouterr().out
    assert text.splitlines()[0] == "beta 1.0, wheel"
    for told in (
        "needed by: alpha",
        f"wheel: {wheel}  25 B",
        "last build: failed (import test), 2026-01-02",
        "all: 5 tests, 3 passed, 2 failed, 2 of them known, 1.5 s",
        f"{OLD}:\n  not built here",
    ):
        assert told in text
    assert run("show", "beta", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert faults("show", document) == []
    assert document["package"]["profiles"][NEW]["built"]["version"] == "1.0"


def test_what_left_the_store_is_not_shown_as_built(root: Path, capsys: pytest.CaptureFixture[str]):
    roots = root / ".wasmwright" / NEW / "roots"
    roots.mkdir(parents=True)
    (roots / "beta-wasm").symlink_to(root / "gone")
    assert run("show", "beta", "--profile", "2026_5", "--json") == 0
    assert json.loads(capsys.readouterr().out)["package"]["profiles"][NEW]["built"] is None


@pytest.mark.usefixtures("root")
def test_an_unknown_package_is_told_with_the_nearest(capsys: pytest.CaptureFixture[str]):
    assert run("show", "bata") == 12
    assert "did you mean `beta`?" in capsys.readouterr().err


def test_the_graph_is_printed_or_drawn(root: Path, capsys: pytest.CaptureFixture[str]):
    assert run("graph") == 0
    text = capsys.readouterr().out
    assert '"alpha" -> "beta" [style=dashed];' in text
    assert "delta" not in text
    assert run("graph", "beta", "--reverse", "--svg", str(root / "out/all.svg")) == 0
    drawn = ET.parse(root / "out/all.svg").getroot()
    assert {element.text for element in drawn.iter() if element.text in {"alpha", "beta", "gamma"}} == {"alpha", "beta"}


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize(
    "arguments",
    [["--rebuilds"], ["beta", "--json"], ["beta", "--rebuilds", "--reverse"], ["beta", "--rebuilds", "--svg", "x"]],
)
def test_options_of_graph_that_contradict_each_other(arguments: list[str]):
    assert run("graph", *arguments) == 2


def test_what_a_change_rebuilds_is_told(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    needs = {"alpha-wasm.tests.import": ("alpha-wasm", "beta-wasm")}
    nix = FakeNix(store=root / "store", needs_of=needs)
    monkeypatch.setattr(graph, "open_nix", lambda *_: nix)
    assert run("generate") == 0
    capsys.readouterr()
    assert run("graph", "--rebuilds", "beta", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert faults("graph --rebuilds", document) == []
    steps = {step["name"]: step["derivations"] for step in document["packages"]}
    assert steps["alpha"] == ["alpha-wasm.tests.import"]
    assert "beta-wasm" in steps["beta"]
    assert nix.asked == []


def test_recipes_are_looked_through(root: Path, capsys: pytest.CaptureFixture[str]):
    assert run("check-recipes", "beta") == 5
    said = capsys.readouterr()
    assert "pkgs/beta/recipe.toml:1: WR101 [package] has no `license`" in said.out
    assert said.out.splitlines()[-1] == "1 package: 4 faults, 0 warnings"
    assert "error: 4 faults in recipes" in said.err
    recipe = root / "pkgs/beta/recipe.toml"
    told = 'license = "MIT"\nsummary = "A demo"\nhomepage = "https://example.test/"\n[source]'
    recipe.write_text(recipe.read_text().replace("[source]", told))
    (root / "pkgs/beta/test_import.py").write_text("import x\nassert x.f() == 1\n")
    assert run("check-recipes", "beta") == 0
    capsys.readouterr()
    (root / "pkgs/beta/known_failures.toml").write_text('[[failure]]\ntest = "a"\n')
    assert run("check-recipes", "beta") == 5
    told = "pkgs/beta/known_failures.toml: WR001 failure 1: `reason` is missing or empty"
    assert told in capsys.readouterr().out
    (root / "pkgs/gamma/recipe.toml").write_text("no recipe")
    assert run("check-recipes", "--json") == 5
    document = json.loads(capsys.readouterr().out)
    assert faults("check-recipes", document) == []
    assert "WR001" in {finding["code"] for finding in document["findings"] if "gamma" in finding["file"]}
