from __future__ import annotations

import io
import tarfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lock_writer import empty_lock
from package_writer import PROFILE, write_package
from recipe_writer import BUILD, by_name, written

from wasmwright.checkout import Checkout
from wasmwright.farm import unusedhost
from wasmwright.farm.unusedhost import unused_hosts
from wasmwright.lock.document import write_lock
from wasmwright.lock.model import OwnSource
from wasmwright.recipe.model import BuildType
from wasmwright.recipe.recipes import Recipes
from wasmwright.recipe.rules import Rule
from wasmwright.sources.entry import Source

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.recipe.model import WrittenRecipe

TEXT = '[package]\nname = "demo"\n\n[dependencies]\nhost = [\n    "numpy",\n    "zlib",\n]\n'
SOURCE = Source(purl="pkg:pypi/demo@1.0", file="demo-1.0.tar.gz", name="demo-1.0.tar.gz", size=1, sha256="0" * 64)


@pytest.fixture
def recipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WrittenRecipe:
    """A package that depends on a library and a wheel, whose source is a file of the test."""
    demo = replace(written("demo", host=("numpy", "zlib")), path=tmp_path / "pkgs/demo/recipe.toml")
    demo.folder.mkdir(parents=True)
    write_lock(demo.lock_path, replace(empty_lock(demo, ()), own=(OwnSource(source=SOURCE),)))
    monkeypatch.setattr(unusedhost, "source_path", lambda source: str(tmp_path / source.name))
    return demo


def archive(folder: Path, **files: str) -> None:
    with tarfile.open(folder / SOURCE.name, "w:gz") as opened:
        for name, text in files.items():
            member = tarfile.TarInfo(f"demo-1.0/{name}")
            member.size = len(text)
            opened.addfile(member, io.BytesIO(text.encode()))


def found(recipe: WrittenRecipe, tmp_path: Path, *, is_built: bool = True) -> list[str]:
    if is_built:
        out = write_package(tmp_path / "store/zlib-wasm")
        for file in ("include/zconf.h", "lib/libz.a", "lib/pkgconfig/zlib.pc"):
            (out / file).parent.mkdir(exist_ok=True, parents=True)
            (out / file).touch()
        roots = tmp_path / ".wasmwright" / PROFILE / "roots"
        roots.mkdir(parents=True)
        (roots / "zlib-wasm").symlink_to(out)
    zlib = replace(written("zlib"), build=replace(BUILD, type=BuildType.LIBRARY))
    checkout = Checkout(root=tmp_path, profile=PROFILE)
    checkout.__dict__["recipes"] = Recipes(sound=by_name(recipe, zlib, written("numpy")))
    offences = unused_hosts(recipe, TEXT, {}, checkout)
    assert {one.rule for one in offences} <= {Rule.UNUSED_HOST}
    return [f"{one.line}: {one.message.split('`')[1]}" for one in offences]


def test_what_neither_source_nor_recipe_names_is_told_with_its_line(recipe: WrittenRecipe, tmp_path: Path):
    archive(tmp_path, setup="from setuptools import setup")
    assert found(recipe, tmp_path) == ["6: numpy", "7: zlib"]


@pytest.mark.parametrize("text", ["#include <ZLIB.h>", "#include <zconf.h>", "libraries=['libz']"])
def test_a_name_of_anything_that_a_library_has_is_use(recipe: WrittenRecipe, tmp_path: Path, text: str):
    archive(tmp_path, setup=f"{text}; numpy")
    assert found(recipe, tmp_path) == []


def test_a_name_in_the_recipe_or_of_a_file_is_use(recipe: WrittenRecipe, tmp_path: Path):
    archive(tmp_path, find_numpy="")
    build = replace(BUILD, env={"WITH": "zlib"})
    assert found(replace(recipe, build=build), tmp_path) == []


def test_what_cannot_be_looked_up_proves_nothing(recipe: WrittenRecipe, tmp_path: Path):
    assert found(recipe, tmp_path) == []
    (tmp_path / SOURCE.name).write_text("no archive")
    assert found(recipe, tmp_path, is_built=False) == []
    archive(tmp_path, setup="numpy")
    (tmp_path / ".wasmwright" / PROFILE / "roots/zlib-wasm").unlink()
    assert found(recipe, tmp_path, is_built=False) == []
