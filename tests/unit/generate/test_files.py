from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from recipe_known import KNOWN

from wasmwright.errors import InvalidLock, InvalidName, UnknownPackage
from wasmwright.generate import files as generated_files
from wasmwright.generate.files import Generated, drift, stale, write
from wasmwright.generate.packagepage import PAGE as PACKAGES
from wasmwright.generate.pages import PAGES
from wasmwright.recipe.parse import load_all

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]


def plan(root: Path, names: list[str]) -> list[Generated]:
    return generated_files.plan(root, load_all(root / "pkgs", KNOWN), names, known=KNOWN, targets=())


@pytest.fixture
def checkout(tmp_path: Path, add_package: Callable[..., None]) -> Path:
    add_package(tmp_path, "alpha", run="beta")
    add_package(tmp_path, "beta")
    add_package(tmp_path, "gamma")
    return tmp_path


def test_plan_without_names_has_all_packages_and_the_pages(checkout: Path) -> None:
    paths = [file.path for file in plan(checkout, [])]
    assert paths == [*(f"pkgs/{name}/package.nix" for name in ("alpha", "beta", "gamma")), *PAGES, PACKAGES]


def test_plan_with_a_name_has_that_file_only(checkout: Path) -> None:
    assert [file.path for file in plan(checkout, ["alpha", "alpha"])] == ["pkgs/alpha/package.nix"]


def test_a_lock_that_is_not_needed_may_be_missing(checkout: Path) -> None:
    (checkout / "pkgs" / "gamma" / "lock.json").unlink()
    plan(checkout, ["alpha"])
    with pytest.raises(InvalidLock, match=r"pkgs/gamma/lock\.json"):
        plan(checkout, [])


@pytest.mark.parametrize(
    ("name", "error"), [("alfa", UnknownPackage), ("Alpha", InvalidName), ("../alpha", InvalidName), ("", InvalidName)]
)
def test_odd_and_unknown_names(checkout: Path, name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        plan(checkout, [name])


def test_what_is_written_is_fresh(checkout: Path) -> None:
    files = plan(checkout, [])
    assert [entry.reason for entry in drift(checkout, files)] == ["does not exist"] * (4 + len(PAGES))
    write(checkout, files)
    assert drift(checkout, files) == []
    assert not list(checkout.rglob(".package.nix*"))


def test_edited_file_is_named_with_a_short_diff(checkout: Path) -> None:
    files = plan(checkout, [])
    write(checkout, files)
    path = checkout / "pkgs" / "beta" / "package.nix"
    path.write_text(path.read_text().replace('"1.0"', '"6.6"'))
    (found,) = drift(checkout, files)
    error = stale([found])
    assert str(error) == "pkgs/beta/package.nix: differs from what its recipe and lock say"
    assert '-  version = "6.6";\n+  version = "1.0";' in (error.excerpt or "")
    assert error.hint == "run `./wasmwright generate beta`"


def test_package_nix_without_recipe_is_found_and_left_alone(checkout: Path) -> None:
    orphan = checkout / "pkgs" / "old" / "package.nix"
    orphan.parent.mkdir()
    orphan.write_text("{ }: 1\n")
    files = plan(checkout, [])
    write(checkout, files)
    (found,) = drift(checkout, files)
    assert found.path == "pkgs/old/package.nix"
    assert orphan.read_text() == "{ }: 1\n"
    assert stale([found]).hint == "delete pkgs/old/package.nix or restore the recipe.toml beside it"


def test_long_diff_is_cut(tmp_path: Path) -> None:
    text = "".join(f"line {number}\n" for number in range(50))
    (found,) = drift(tmp_path, [Generated(path="x", text=text)])
    assert len(found.diff.splitlines()) == 13
    assert found.diff.endswith("... 41 more lines")


def test_generated_files_of_this_checkout_are_fresh() -> None:
    assert drift(ROOT, plan(ROOT, [])) == []


@pytest.mark.parametrize("present", [b"\xff\xfe", b"\0" * 300_000, b"\n" * (8 << 20)])
def test_what_stands_in_place_of_a_generated_file_may_be_anything(checkout: Path, present: bytes) -> None:
    files = plan(checkout, ["alpha"])
    (checkout / "pkgs/alpha/package.nix").write_bytes(present)
    assert [entry.reason for entry in drift(checkout, files)] == ["differs from what its recipe and lock say"]
