from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from recipe_known import KNOWN
from toolchain_writer import write_toolchain

from wasmwright.checkout import Checkout
from wasmwright.errors import InvalidLock, UnknownPackage
from wasmwright.lock.model import OwnSource, read_package_lock
from wasmwright.lock.profile import profile_lock_path
from wasmwright.recipe.parse import load_recipe
from wasmwright.wanted import library_names, package_names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from wasmwright.lock.model import PackageLock
    from wasmwright.recipe.model import WrittenRecipe
    from wasmwright.sources.wanted import Wanted

PROFILE = "pyemscripten_2026_5"
OTHER = "pyemscripten_2026_0"
# What every build has.
ALWAYS = {
    "acorn-1.tgz",
    "busybox-static_1-1_amd64.deb",
    "libc6_1-1_amd64.deb",
    "node-1-py3-none-any.whl",
    "pyodide-1.tgz",
    "python3.15_3.15.9-1_amd64.deb",
}
HELPERS, FORTRAN = "m4_1-1_amd64.deb", "fortran_1-1_amd64.deb"
FORTRAN_RUNTIME = "fortran-source_1.orig.tar.xz"
OF_CHECKS = {"reference_1-1_amd64.deb", "reference-source_1.orig.tar.xz"}
OF_OUTPUTS = {"packer_1-1_amd64.deb", "channel-1-py3-none-any.whl"}
OF_NIX = "nix-bin_1-1_amd64.deb"


@pytest.fixture
def root(tmp_path: Path, add_package: Callable[..., None]) -> Path:
    """A checkout with one package."""
    write_toolchain(tmp_path)
    add_package(tmp_path, "base")
    return tmp_path


def _wanted(
    root: Path,
    names: Sequence[str],
    profile: str = PROFILE,
    project: tuple[WrittenRecipe, PackageLock] | None = None,
) -> Wanted:
    return Checkout(root=root, profile=profile).wanted(names, project)


def _all(root: Path) -> Wanted:
    return Checkout(root=root, profile=PROFILE).all_wanted()


def _build(root: Path, text: str) -> None:
    recipe = root / "pkgs/base/recipe.toml"
    written = recipe.read_text().split("[tests]")[0] if "library" in text else recipe.read_text()
    recipe.write_text(f"{written}\n[build]\n{text}\n")


def test_toolchain_alone_is_that_of_checks_too_without_the_private_nix(root: Path):
    wanted = _wanted(root, ())
    assert wanted.sources.keys() == {*ALWAYS, *OF_CHECKS, *OF_OUTPUTS, HELPERS, FORTRAN, FORTRAN_RUNTIME}
    assert wanted.busybox is not None
    assert wanted.busybox.source in wanted.sources
    assert set(wanted.relock.values()) == {"./wasmwright lock --toolchain --regenerate"}


@pytest.mark.parametrize("name", ["base.toml", f"profiles/{PROFILE}.toml"])
def test_toolchain_that_was_locked_otherwise_is_refused_before_anything_is_fetched(root: Path, name: str):
    with (root / "nix/toolchain" / name).open("a") as file:
        file.write(
            "# Changed.\n[roots.further]\nsuite = 'sid'\npackages = ['x']\n" if "base" in name else "# Changed.\n"
        )
    for call in (lambda: _wanted(root, ()), lambda: _wanted(root, ["base"]), lambda: _all(root)):
        with pytest.raises(InvalidLock, match="which has changed since") as caught:
            call()
        assert caught.value.hint == "run `./wasmwright lock --toolchain`"


def test_toolchain_needs_no_recipe(root: Path):
    (root / "pkgs/base/recipe.toml").write_text("no recipe")
    assert _wanted(root, ()).sources.keys() >= ALWAYS


def test_other_profile_has_its_own_python(root: Path):
    ours, other = (_wanted(root, (), profile).sources.keys() for profile in (PROFILE, OTHER))
    assert ours ^ other == {"python3.15_3.15.9-1_amd64.deb", "python3.14_3.14.9-1_amd64.deb"}


def test_all_are_those_of_all_profiles_and_of_the_private_nix_too(root: Path):
    wanted = _all(root)
    of_others = {*OF_CHECKS, *OF_OUTPUTS, OF_NIX}
    toolchain = {*ALWAYS, *of_others, HELPERS, FORTRAN, FORTRAN_RUNTIME, "python3.14_3.14.9-1_amd64.deb"}
    assert wanted.sources.keys() == {*toolchain, "x.tar.gz"}
    assert wanted.relock["x.tar.gz"] == "./wasmwright lock base"
    assert wanted.busybox is not None


def test_two_files_of_one_name_are_refused(root: Path):
    path = profile_lock_path(root, OTHER)
    text = path.read_text().replace("pyodide-1.tgz", "acorn-1.tgz").replace('"0000', '"1111')
    path.write_text(text)
    with pytest.raises(InvalidLock, match=r"two locks pin different files named acorn-1\.tgz"):
        _all(root)


def test_dependencies_are_wanted_too(root: Path, add_package: Callable[..., None]):
    add_package(root, "top", run="base")
    path = root / "pkgs/top/lock.json"
    path.write_text(path.read_text().replace("x.tar.gz", "top.tar.gz"))
    wanted = _wanted(root, ["top"])
    assert wanted.relock["x.tar.gz"] == "./wasmwright lock base"
    assert wanted.relock["top.tar.gz"] == "./wasmwright lock top"


@pytest.mark.parametrize(
    ("build", "expected"),
    [
        ('tools = ["cmake"]', {HELPERS}),
        ('tools = ["flang"]', {FORTRAN, FORTRAN_RUNTIME}),
        ('tools = ["flang-compiler"]', {FORTRAN}),
        ('type = "library"\nsystem = "autotools"', set()),
        ('type = "library"\nsystem = "cmake"', {HELPERS}),
    ],
)
def test_packages_want_what_their_tools_need(root: Path, build: str, expected: set[str]):
    assert _wanted(root, ["base"]).sources.keys() == {*ALWAYS, "x.tar.gz"}
    _build(root, build)
    assert _wanted(root, ["base"]).sources.keys() == {*ALWAYS, *expected, "x.tar.gz"}


def test_tools_of_dependencies_are_wanted_too(root: Path, add_package: Callable[..., None]):
    _build(root, 'tools = ["flang"]')
    add_package(root, "top", run="base")
    assert FORTRAN in _wanted(root, ["top"]).sources


def test_what_makes_outputs_is_wanted_for_outputs_only(root: Path):
    checkout = Checkout(root=root, profile=PROFILE)
    assert checkout.wanted(["base"], outputs=True).sources.keys() == {*ALWAYS, *OF_OUTPUTS, "x.tar.gz"}
    assert checkout.wanted(["base"]).sources.keys() == {*ALWAYS, "x.tar.gz"}


def test_project_wants_its_own_and_what_it_depends_on(root: Path, add_package: Callable[..., None]):
    add_package(root / "elsewhere", "mine")
    path = root / "elsewhere/pkgs/mine/recipe.toml"
    path.write_text(f'{path.read_text()}\n[build]\ntools = ["flang"]\n')
    recipe = load_recipe(path, KNOWN)
    lock = read_package_lock(recipe.lock_path)
    source = replace(lock.own[0].source, file="mine.tar.gz", name="mine.tar.gz")
    project = recipe, replace(lock, own=(OwnSource(source=source),))
    wanted = _wanted(root, ["base"], project=project)
    assert wanted.relock["x.tar.gz"] == "./wasmwright lock base"
    assert wanted.relock["mine.tar.gz"] == f"rm {recipe.lock_path}"
    assert FORTRAN in wanted.sources
    alone = _wanted(root, (), project=project)
    assert alone.sources.keys() == {*ALWAYS, FORTRAN, FORTRAN_RUNTIME, "mine.tar.gz"}


def test_unknown_package_names_the_known_ones(root: Path):
    with pytest.raises(UnknownPackage) as caught:
        _wanted(root, ["bas"])
    assert caught.value.hint == "did you mean `base`?"


def test_package_without_lock_says_what_to_run(root: Path):
    (root / "pkgs/base/lock.json").unlink()
    with pytest.raises(InvalidLock) as caught:
        _wanted(root, ["base"])
    assert "./wasmwright lock base" in str(caught.value.hint)


def test_folders_without_recipe_are_no_packages(root: Path):
    (root / "pkgs/odd").mkdir()
    assert package_names(root / "pkgs") == ("base",)


def test_libraries_are_told_by_their_recipes_and_broken_ones_are_none(tmp_path: Path):
    for name, text in {
        "lib": '[build]\ntype = "library"\n',
        "wheel": '[package]\nname = "wheel"\n',
        "odd": "build = 3\n",
        "broken": "[build",
    }.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "recipe.toml").write_text(text)
    (tmp_path / "folder" / "recipe.toml").mkdir(parents=True)
    assert library_names(tmp_path) == {"lib"}
