"""`wasmwright list`, `show` and `graph` on this checkout and its store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import command_line
from documents import faults

from wasmwright.cli.session import open_checkout
from wasmwright.recipe.offer import offered

CHECKOUT = open_checkout()


def wasmwright(*arguments: str) -> str:
    done = command_line.wasmwright(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def document(command: str, *arguments: str) -> Any:  # noqa: ANN401
    found = json.loads(wasmwright(*arguments, "--json"))
    assert faults(command, found) == []
    return found


def test_every_recipe_is_listed():
    listed = document("list", "list")["packages"]
    assert [package["name"] for package in listed] == [*CHECKOUT.package_names]


def test_what_was_built_is_shown_as_it_lies_in_the_store():
    wasmwright("build", "markupsafe")
    profile = document("show", "show", "markupsafe")["package"]["profiles"][CHECKOUT.profile]
    built = profile["built"]
    wheel = Path(built["out"], built["wheels"][0]["file"])
    assert wheel.stat().st_size == built["wheels"][0]["size"] > 0
    assert profile["last"]["outcome"] in {"built", "from the store"}


def test_a_change_rebuilds_what_links_a_library_and_tests_what_only_runs_with_a_wheel():
    steps = {step["name"]: step for step in document("graph --rebuilds", "graph", "--rebuilds", "zlib")["packages"]}
    assert {"zlib", "libpng", "zlib-state"} <= steps.keys()
    assert any("-wheel-" in name for name in steps["zlib-state"]["derivations"])
    steps = {step["name"]: step for step in document("graph --rebuilds", "graph", "--rebuilds", "numpy")["packages"]}
    assert any("-wheel-" in name for name in steps["bottleneck"]["derivations"])
    # It compiles against no header of numpy's.
    assert not any("-wheel-" in name for name in steps["mapbox-earcut"]["derivations"])
    assert any(name.endswith("-import") for name in steps["mapbox-earcut"]["derivations"])
    assert "openblas" not in steps


def test_the_drawing_has_every_package_that_is_built(tmp_path: Path):
    drawing = tmp_path / "all.svg"
    assert wasmwright("graph", "--svg", str(drawing)).splitlines() == [str(drawing)]
    text = drawing.read_text(encoding="utf-8")
    assert [name for name in offered(CHECKOUT.recipes) if f">{name}<" not in text] == []


def test_our_own_recipes_have_no_faults():
    assert document("check-recipes", "check-recipes")["ok"] is True
