"""The steps of docs/how-to/new-profile.md, walked with a profile made of pinned parts: what brings a third ABI.

Each step is a function of its own, whose docstring starts as the step does.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from checkout_copy import CheckoutCopy, copy_checkout
from index_server import Index, serving

from wasmwright.lock.model import read_package_lock
from wasmwright.lock.pins import read_toolchain_lock
from wasmwright.lock.profile import default_profile, profile_lock_path, profile_path
from wasmwright.sources.storepath import source_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wasmwright.nix import Nix

LIKE, NEW = "pyemscripten_2026_5", "pyemscripten_2026_5_again"
PACKAGE = "markupsafe"
# Nothing listens there: a command that asks a registry fails.
NOWHERE = "http://127.0.0.1:1"


@pytest.fixture
def tree(checkout: Path, tmp_path: Path) -> CheckoutCopy:
    return copy_checkout(checkout, tmp_path / "tree")


@pytest.fixture
def index(nix: Nix, checkout: Path) -> Iterator[Index]:
    """An index that has what the package's lock pins, from the store, and nothing else."""
    assert nix
    index = Index()
    for source in read_package_lock(checkout / "pkgs" / PACKAGE / "lock.json").entries():
        index.files[source.package.name][source.file] = Path(source_path(source)).read_bytes()
    yield from serving(index)


def test_a_new_profile_builds_a_package(tree: CheckoutCopy, index: Index):
    say_what_is_wanted(tree)
    pin_it(tree)
    compare(tree)
    lock_the_packages(tree, index)
    build_and_test(tree)
    make_it_the_default(tree)


def say_what_is_wanted(tree: CheckoutCopy) -> None:
    """Say what is wanted: all that another profile wants."""
    for path in profile_path, profile_lock_path:
        shutil.copy(path(tree.root, LIKE), path(tree.root, NEW))


def pin_it(tree: CheckoutCopy) -> None:
    """Pin it: what is asked for alike keeps its pins, so that no registry is asked."""
    tree.wasmwright(
        *("lock", "--toolchain", "--profile", NEW),
        WASMWRIGHT_DEBIAN_MIRRORS=NOWHERE,
        WASMWRIGHT_NPM_REGISTRY=NOWHERE,
        WASMWRIGHT_PYPI_INDEX=NOWHERE,
    )
    like, new = (read_toolchain_lock(profile_lock_path(tree.root, name)) for name in (LIKE, NEW))
    assert (new.name, new.sources) == (NEW, like.sources)


def compare(tree: CheckoutCopy) -> None:
    """Compare what compiles with what was compiled: one of the two tests; the other runs every runtime for minutes."""
    told = tree.call("pytest", "-q", "tests/integration/test_lacking.py", "-k", f"profile_lists and {NEW}")
    assert "2 passed" in told


def lock_the_packages(tree: CheckoutCopy, index: Index) -> None:
    """Lock the packages: one of them, from an index that has what is pinned for the other profiles."""
    before = read_package_lock(tree.root / "pkgs" / PACKAGE / "lock.json")
    tree.wasmwright("lock", PACKAGE, WASMWRIGHT_PYPI_INDEX=index.url, NO_PROXY="127.0.0.1")
    after = read_package_lock(tree.root / "pkgs" / PACKAGE / "lock.json")
    assert after.profiles == {**before.profiles, NEW: before.profiles[LIKE]}
    assert (after.own, after.wheels) == (before.own, before.wheels)
    tree.wasmwright("generate", PACKAGE)


def build_and_test(tree: CheckoutCopy) -> None:
    """Build and test: the package that was locked. Suites take too long for here."""
    built = json.loads(tree.wasmwright("build", PACKAGE, "--profile", NEW, "--json"))
    (package,) = built["packages"]
    contract = json.loads((Path(package["out"]) / "package.json").read_text())
    assert contract["profile"] == NEW
    assert package["tested"]
    assert (tree.root / ".wasmwright" / NEW / "roots").is_dir()
    assert not (tree.root / ".wasmwright" / LIKE).exists()


def make_it_the_default(tree: CheckoutCopy) -> None:
    """Make it the default: it is what a command without --profile means."""
    (tree.root / "nix/toolchain/default-profile").write_text(f"{NEW}\n")
    assert default_profile(tree.root) == NEW
    assert json.loads(tree.wasmwright("build", PACKAGE, "--json"))["profile"] == NEW
