"""Recipes become locks: a real pip against an index on loopback."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import command_line
import pytest
from index_server import Index, registries_of, serving
from toolchain_writer import write_toolchain

from wasmwright import checkout as checkouts
from wasmwright.cli.ready import make_ready
from wasmwright.errors import (
    HashMismatch,
    InvalidLock,
    InvalidRecipe,
    PinUnavailable,
    StaleGenerated,
    Unresolvable,
)
from wasmwright.lock.document import write_lock
from wasmwright.lock.fresh import check_package_locks, read_locks
from wasmwright.lock.model import PackageLock, read_package_lock
from wasmwright.lock.package import PackageLocking
from wasmwright.lock.profile import profile_lock_path, profile_path
from wasmwright.lock.target import read_targets
from wasmwright.paths import project_root
from wasmwright.recipe.known import Known
from wasmwright.recipe.parse import load_all
from wasmwright.sources.tree import nar_hash

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wasmwright.recipe.recipes import Recipes

FIRST, SECOND = "pyemscripten_2026_5", "pyemscripten_2026_0"
KNOWN = Known(tools=("cmake", "flang"), profiles=(SECOND, FIRST))
LINUX = "manylinux_2_17_x86_64"
# Of the first profile; the second has 3.14.
CP315, CP314 = f"cp315-cp315-{LINUX}", f"cp314-cp314-{LINUX}"
NUMERIC = '[package]\nname = "numeric"\nversion = "1.0"\n[source]\npypi = "numeric"\n[tests]\nimports = ["numeric"]\n'
DEMO = """\
[package]
name = "demo"
version = "1.0"
[source]
pypi = "demo"
[dependencies]
host = ["numeric"]
run = ["numeric"]
[tests]
imports = ["demo"]
requires = ["checker"]
"""
MIXED = """\
[package]
name = "mixed"
version = "1.0"
[source]
github = "owner/mixed"
rev = "v1"
sha256 = "SHA256"
folder = "python"
[[source.more]]
pypi = "data"
version = "2.0"
into = "third_party/data.tar.gz"
unpack = false
[tests]
imports = ["mixed"]
"""


@pytest.fixture
def index() -> Iterator[Index]:
    yield from serving(Index())


@pytest.fixture
def root(tmp_path: Path, index: Index) -> Path:
    """A checkout with a package that compiles against another, both in the index."""
    write_toolchain(tmp_path)
    for name, text in (("numeric", NUMERIC), ("demo", DEMO)):
        folder = tmp_path / "pkgs" / name
        folder.mkdir(parents=True)
        (folder / "recipe.toml").write_text(text)
    index.add_sdist("numeric", "1.0", build_requires=["backend"])
    index.add_sdist("demo", "1.0", build_requires=["backend>=1"])
    index.add_wheel("backend", "1.0")
    for version in ("1.0", "1.1"):
        for tag in (CP315, CP314):
            index.add_wheel("numeric", version, tag)
    index.add_wheel("checker", "1", "py3-none-any", "Requires-Dist: numeric")
    return tmp_path


class Checkout:
    def __init__(self, root: Path, index: Index) -> None:
        self.root = root
        self.said: list[str] = []
        self.registries = registries_of(index, root / "cache", self.said.append)

    @property
    def recipes(self) -> Recipes:
        return load_all(self.root / "pkgs", KNOWN)

    def lock(self, name: str) -> PackageLock:
        locking = PackageLocking(
            targets=read_targets(self.root),
            recipes=self.recipes,
            registries=replace(self.registries),
        )
        lock = locking.lock(self.recipes[name])
        write_lock(self.recipes[name].lock_path, lock)
        return lock

    def check(self) -> None:
        recipes = self.recipes
        check_package_locks(
            recipes.values(), read_locks(recipes.values()), targets=read_targets(self.root), known=recipes
        )

    def check_only(self, name: str) -> None:
        recipes = self.recipes
        check_package_locks(
            [recipes[name]], read_locks(recipes.values()), targets=read_targets(self.root), known=recipes
        )

    def change(self, path: Path, old: str, new: str) -> None:
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))


@pytest.fixture
def checkout(root: Path, index: Index) -> Checkout:
    return Checkout(root, index)


def metadata(*requires: str) -> str:
    required = "".join(f"Requires-Dist: {each}\n" for each in requires)
    return f"Metadata-Version: 2.4\nName: demo\nVersion: 1.0\n{required}\nText.\n"


def _files(lock: PackageLock, profile: str) -> tuple[list[str], list[str]]:
    found = lock.for_profile(profile)
    return [wheel.file for wheel in found.build_requires], [wheel.file for wheel in found.test_requires]


@pytest.mark.parametrize("is_html", [False, True])
def test_source_stands_once_and_wheels_by_profile(checkout: Checkout, index: Index, *, is_html: bool):
    index.is_html = is_html
    lock = checkout.lock("demo")
    assert [own.source.file for own in lock.own] == ["demo-1.0.tar.gz"]
    assert lock.own[0].source.sha256 == index.sha256("demo-1.0.tar.gz")
    assert _files(lock, FIRST) == (
        ["backend-1.0-py3-none-any.whl", f"numeric-1.0-{CP315}.whl"],
        ["checker-1-py3-none-any.whl"],
    )
    assert _files(lock, SECOND)[0] == ["backend-1.0-py3-none-any.whl", f"numeric-1.0-{CP314}.whl"]
    assert sorted(lock.wheels) == [
        "backend-1.0-py3-none-any.whl",
        "checker-1-py3-none-any.whl",
        f"numeric-1.0-{CP314}.whl",
        f"numeric-1.0-{CP315}.whl",
    ]
    assert lock.profiles[SECOND].made_for.wheels == {"numeric": "1.0"}
    assert read_package_lock(checkout.root / "pkgs/demo/lock.json") == lock


def test_what_it_requires_and_is_no_package_is_pinned(checkout: Checkout, index: Index):
    requires = ["numeric>=1", "pure>=1", "never; sys_platform == 'win32'", "plots; extra == 'more'"]
    index.add_sdist("demo", "1.0", build_requires=["backend>=1"], **{"PKG-INFO": metadata(*requires)})
    index.add_wheel("pure", "1.5", "py3-none-any", "Requires-Dist: deeper")
    index.add_wheel("pure", "2.0", CP315)
    index.add_wheel("deeper", "3", "py3-none-any", "Requires-Dist: numeric")
    lock = checkout.lock("demo")
    for profile in FIRST, SECOND:
        found = [wheel.file for wheel in lock.for_profile(profile).run_requires]
        assert found == ["deeper-3-py3-none-any.whl", "pure-1.5-py3-none-any.whl"]
    assert read_package_lock(checkout.root / "pkgs/demo/lock.json") == lock


def test_what_its_source_does_not_tell_is_said_by_the_recipe(checkout: Checkout, index: Index):
    checkout.change(
        checkout.root / "pkgs/demo/recipe.toml", 'run = ["numeric"]', 'run = ["numeric"]\nrequires = ["told"]'
    )
    index.add_wheel("told", "1")
    lock = checkout.lock("demo")
    assert [wheel.file for wheel in lock.for_profile(FIRST).run_requires] == ["told-1-py3-none-any.whl"]
    checkout.change(checkout.root / "pkgs/demo/recipe.toml", 'requires = ["told"]', 'requires = ["told>=1"]')
    with pytest.raises(InvalidLock, match="the recipe has changed"):
        checkout.check_only("demo")


def test_what_a_patch_takes_out_is_not_pinned(checkout: Checkout, index: Index):
    checkout.change(
        checkout.root / "pkgs/demo/recipe.toml", 'run = ["numeric"]', 'run = ["numeric"]\nwithout = ["native"]'
    )
    index.add_sdist("demo", "1.0", build_requires=["backend>=1"], **{"PKG-INFO": metadata("pure", "Native>=1")})
    index.add_wheel("pure", "1")
    lock = checkout.lock("demo")
    assert [wheel.file for wheel in lock.for_profile(FIRST).run_requires] == ["pure-1-py3-none-any.whl"]


def test_what_it_requires_and_nobody_has_is_told(checkout: Checkout, index: Index):
    index.add_sdist("demo", "1.0", build_requires=["backend>=1"], **{"PKG-INFO": metadata("native")})
    index.add_wheel("native", "1", CP315)
    with pytest.raises(
        Unresolvable, match=r"what demo requires for 2026_5 and pkgs/ does not have \(pure wheels only\)"
    ):
        checkout.lock("demo")


def test_lock_is_the_same_each_time(checkout: Checkout):
    checkout.lock("demo")
    path = checkout.root / "pkgs/demo/lock.json"
    before = path.read_bytes()
    checkout.lock("demo")
    assert path.read_bytes() == before


def test_second_profile_keeps_near_the_versions_of_the_first(checkout: Checkout, index: Index):
    index.add_wheel("backend", "2.0", CP314)
    lock = checkout.lock("demo")
    assert _files(lock, FIRST)[0][0] == _files(lock, SECOND)[0][0] == "backend-1.0-py3-none-any.whl"


def test_second_profile_has_others_where_those_have_no_solution(checkout: Checkout, index: Index):
    index.add_wheel("backend", "2.0", CP315)
    lock = checkout.lock("demo")
    assert _files(lock, FIRST)[0][0] == f"backend-2.0-{CP315}.whl"
    assert _files(lock, SECOND)[0][0] == "backend-1.0-py3-none-any.whl"
    assert [line for line in checkout.said if "no solution" in line] == [
        "demo: build requirements for 2026_0: the versions of the first profile have no solution, so others"
    ]


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("python_full_version >= '3.15.9'", {FIRST}),
        ("python_version < '3.15'", {SECOND}),
        ("sys_platform == 'linux'", {FIRST, SECOND}),
        ("sys_platform == 'emscripten'", set()),
    ],
)
def test_build_requirements_have_the_markers_of_the_build_machine(
    checkout: Checkout, index: Index, marker: str, expected: set[str]
):
    index.add_wheel("extra", "1")
    index.add_wheel("backend", "3.0", "py3-none-any", f"Requires-Dist: extra; {marker}")
    lock = checkout.lock("demo")
    assert {name for name in lock.profiles if "extra-1-py3-none-any.whl" in _files(lock, name)[0]} == expected


def test_recipe_is_locked_for_the_profiles_that_it_names(checkout: Checkout):
    recipe = checkout.root / "pkgs/demo/recipe.toml"
    checkout.change(recipe, "[source]", f'profiles = ["{SECOND}"]\nprofiles-reason = "a test"\n[source]')
    lock = checkout.lock("demo")
    assert lock.profiles.keys() == {SECOND}
    with pytest.raises(InvalidLock, match=f"no answer for profile {FIRST}"):
        lock.for_profile(FIRST)


def test_library_has_no_answers(checkout: Checkout, index: Index):
    index.add_sdist("lib", "1.0", build_requires=[])
    folder = checkout.root / "pkgs/lib"
    folder.mkdir()
    (folder / "recipe.toml").write_text(
        '[package]\nname = "lib"\nversion = "1.0"\n[source]\npypi = "lib"\n[build]\ntype = "library"\nsystem = "make"\n'
    )
    lock = checkout.lock("lib")
    assert (lock.profiles, lock.wheels) == ({}, {})
    assert [source.file for source in lock.for_profile(FIRST).entries()] == ["lib-1.0.tar.gz"]


def test_lock_is_stale_once_a_package_that_the_build_uses_has_moved(checkout: Checkout, index: Index):
    for name in ("numeric", "demo"):
        checkout.lock(name)
    checkout.check()
    index.add_sdist("numeric", "1.1", build_requires=["backend"])
    checkout.change(checkout.root / "pkgs/numeric/recipe.toml", '"1.0"', '"1.1"')
    checkout.lock("numeric")
    with pytest.raises(InvalidLock) as caught:
        checkout.check()
    assert "was made for a build with numeric 1.0, and the recipes have numeric 1.1 now" in str(caught.value)
    assert caught.value.hint == "run `./wasmwright lock demo`"
    checkout.lock("demo")
    checkout.check()


def test_lock_is_stale_once_the_python_of_a_profile_has_moved(checkout: Checkout):
    for name in ("numeric", "demo"):
        checkout.lock(name)
    checkout.change(profile_path(checkout.root, SECOND), '"3.14.2"', '"3.14.3"')
    with pytest.raises(InvalidLock) as caught:
        checkout.check()
    assert f"was made for python full 3.14.2, and profile {SECOND} has 3.14.3 now" in str(caught.value)
    assert caught.value.hint == "run `./wasmwright lock demo numeric`"


def test_lock_is_stale_once_the_pinned_python_of_a_profile_has_moved(checkout: Checkout):
    for name in ("numeric", "demo"):
        checkout.lock(name)
    checkout.change(profile_lock_path(checkout.root, SECOND), "python3.14@3.14.9-1", "python3.14@3.14.10-1")
    with pytest.raises(InvalidLock) as caught:
        checkout.check()
    assert f"was made for build python 3.14.9, and profile {SECOND} has 3.14.10 now" in str(caught.value)
    assert caught.value.hint == "run `./wasmwright lock demo numeric`"


def test_lock_says_for_which_profiles_it_is(checkout: Checkout, root: Path):
    checkout.lock("numeric")
    checkout.lock("demo")
    for path in profile_path, profile_lock_path:
        path(root, "pyemscripten_2026_1").write_text(path(root, SECOND).read_text())
    with pytest.raises(InvalidLock, match="has no answer for profile pyemscripten_2026_1"):
        checkout.check()


def test_sources_of_many_kinds_make_one_package(checkout: Checkout, index: Index, tmp_path: Path):
    top = tmp_path / "made" / "tree-of-any-name"
    (top / "python").mkdir(parents=True)
    (top / "python" / "pyproject.toml").write_text('[build-system]\nrequires = ["backend"]\n')
    (top / "third_party").mkdir()
    index.add_archive("owner/mixed/v1", top)
    sha256, size = nar_hash(top)
    index.add_sdist("data", "2.0", build_requires=[])
    recipe = checkout.root / "pkgs/mixed/recipe.toml"
    recipe.parent.mkdir()
    text = MIXED.replace("SHA256", sha256)
    recipe.write_text(text)
    lock = checkout.lock("mixed")
    first, data = lock.own
    assert (first.source.name, first.source.tree, first.source.size) == ("mixed-v1", True, size)
    assert (data.source.file, data.into, data.unpack) == ("data-2.0.tar.gz", "third_party/data.tar.gz", False)
    assert _files(lock, FIRST)[0] == ["backend-1.0-py3-none-any.whl"]
    assert read_package_lock(recipe.with_name("lock.json")) == lock
    checkout.change(recipe, 'folder = "python"\n', "")
    with pytest.raises(InvalidLock, match=r"pkgs/mixed/lock\.json: was made from another recipe"):
        checkout.check_only("mixed")
    (top / "changed").touch()
    index.add_archive("owner/mixed/v1", top)
    with pytest.raises(HashMismatch, match="owner/mixed at v1 holds something else"):
        checkout.lock("mixed")
    index.archives.clear()
    with pytest.raises(PinUnavailable, match="no registry has owner/mixed at v1"):
        checkout.lock("mixed")


def test_finished_wheel_needs_nothing_to_be_built(checkout: Checkout, index: Index):
    index.add_wheel("pure", "1.0", "py3-none-any", "Requires-Dist: checker")
    index.add_wheel("pure", "1.0", CP314)
    recipe = checkout.root / "pkgs/pure/recipe.toml"
    recipe.parent.mkdir()
    recipe.write_text(NUMERIC.replace("numeric", "pure").replace("pypi =", "pypi-wheel ="))
    lock = checkout.lock("pure")
    assert [own.source.file for own in lock.own] == ["pure-1.0-py3-none-any.whl"]
    assert (_files(lock, FIRST), _files(lock, SECOND)) == (([], []), ([], []))


def test_index_without_the_source_is_told(checkout: Checkout):
    checkout.change(checkout.root / "pkgs/demo/recipe.toml", 'version = "1.0"', 'version = "1.5"')
    with pytest.raises(Unresolvable, match=r"no source distribution of demo==1\.5 \(it has 1\.0\)"):
        checkout.lock("demo")
    checkout.change(checkout.root / "pkgs/demo/recipe.toml", 'pypi = "demo"', 'pypi = "nowhere"')
    with pytest.raises(PinUnavailable, match="no registry has nowhere"):
        checkout.lock("demo")


def test_requirement_without_a_wheel_is_told_with_package_and_profile(checkout: Checkout):
    checkout.change(checkout.root / "pkgs/demo/recipe.toml", '["checker"]', '["checker", "absent"]')
    with pytest.raises(Unresolvable, match=r"the test requirements of demo for 2026_5 \(pure wheels only\)") as caught:
        checkout.lock("demo")
    assert "absent" in (caught.value.excerpt or "")


def test_what_is_missing_is_made_before_a_build_and_what_is_stale_is_left(
    root: Path, index: Index, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("WASMWRIGHT_PYPI_INDEX", index.url)
    monkeypatch.setenv("WASMWRIGHT_CACHE", str(root / "cache"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    (root / "pkgs/broken").mkdir()
    (root / "pkgs/broken/recipe.toml").write_text("no recipe")
    make_ready(checkouts.Checkout(root=root, profile=FIRST), ["demo"])
    lock, generated = root / "pkgs/demo/lock.json", root / "pkgs/demo/package.nix"
    assert {path.name for path in (root / "pkgs/numeric").iterdir()} == {"recipe.toml", "lock.json", "package.nix"}
    written = lock.read_text(), generated.read_text()
    recipe = root / "pkgs/demo/recipe.toml"
    recipe.write_text(DEMO + '[build]\ncflags = ["-DX"]\n')
    with pytest.raises(StaleGenerated) as caught:
        make_ready(checkouts.Checkout(root=root, profile=FIRST), ["demo"])
    assert caught.value.hint == "run `./wasmwright generate demo`"
    recipe.write_text(DEMO.replace('"checker"', '"checker>=1"'))
    with pytest.raises(InvalidLock) as stale:
        make_ready(checkouts.Checkout(root=root, profile=FIRST), ["demo"])
    assert stale.value.hint == "run `./wasmwright lock demo`"
    assert (lock.read_text(), generated.read_text()) == written


def test_command_writes_locks_and_asks_for_their_sources(root: Path, index: Index):
    shutil.copytree(project_root() / "builder", root / "builder", ignore=shutil.ignore_patterns("__pycache__"))

    def wasmwright(*arguments: str) -> tuple[int, str]:
        own = {"WASMWRIGHT_PYPI_INDEX": index.url, "WASMWRIGHT_CACHE": str(root / "cache"), "NO_PROXY": "127.0.0.1"}
        done = command_line.wasmwright("lock", *arguments, root=root, cwd=root, **own)
        return done.returncode, done.stdout + done.stderr

    code, told = wasmwright("demo")
    assert code == 0, told
    assert "pkgs/demo/lock.json" in told
    assert read_package_lock(root / "pkgs/demo/lock.json").profiles.keys() == {FIRST, SECOND}
    assert not (root / "pkgs/numeric/lock.json").exists()
    code, told = wasmwright("demo", "--check")
    assert (code, told) == (0, "the mirrors have all 5 pinned sources\n")
    del index.files["checker"]
    code, told = wasmwright("demo", "--check")
    assert code == PinUnavailable.exit_code, told
    assert "./wasmwright lock demo" in told
    recipe = root / "pkgs/demo/recipe.toml"
    recipe.write_text(recipe.read_text().replace('["numeric"]', '["numerik"]'))
    for arguments in (["demo"], ["demo", "--check"]):
        code, told = wasmwright(*arguments)
        assert code == InvalidRecipe.exit_code, told
        assert "there is no recipe `numerik`" in told
