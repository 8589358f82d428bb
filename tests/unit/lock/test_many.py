from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from recipe_writer import written

from wasmwright.errors import MirrorUnreachable, Unresolvable
from wasmwright.limits import TOML_SIZE
from wasmwright.lock.many import lock_many
from wasmwright.lock.model import PackageLock

if TYPE_CHECKING:
    from wasmwright.lock.package import PackageLocking
    from wasmwright.recipe.model import WrittenRecipe

RECIPES = [written(name) for name in ("a", "b", "c", "d", "e", "f")]


class FakeLocking:
    def __init__(self, **errors: Exception) -> None:
        self.errors = errors

    def lock(self, recipe: WrittenRecipe) -> PackageLock:
        if recipe.name in self.errors:
            raise self.errors[recipe.name]
        return PackageLock(name=recipe.name, package_version="1", recipe_sha256="", own=())


def _locked(**errors: Exception) -> set[str]:
    made: set[str] = set()

    def note(recipe: WrittenRecipe, lock: PackageLock) -> None:
        assert recipe.name == lock.name
        made.add(lock.name)

    try:
        lock_many(RECIPES, cast("PackageLocking", FakeLocking(**errors)), note)
    finally:
        _locked.made = made  # type: ignore[attr-defined]
    return made


def test_all_are_locked():
    assert _locked() == {"a", "b", "c", "d", "e", "f"}


def test_one_that_fails_stops_no_other():
    with pytest.raises(Unresolvable, match="no b"):
        _locked(b=Unresolvable("no b"))
    assert _locked.made == {"a", "c", "d", "e", "f"}  # type: ignore[attr-defined]


def test_several_that_fail_are_told_together_in_their_order():
    with pytest.raises(Exception, match="3 of 6 packages could not be locked") as caught:
        _locked(
            e=Unresolvable("no e", hint="h", excerpt="why"),
            b=MirrorUnreachable("no b", hint="h"),
            f=TOML_SIZE.exceeded("f", "more"),
        )
    assert str(caught.value).splitlines()[1:3] == ["  no b", "  no e"]
    assert caught.value.excerpt == "why"  # type: ignore[attr-defined]
    assert caught.value.exit_code == MirrorUnreachable.exit_code  # type: ignore[attr-defined]
    assert caught.value.hint.startswith("h; no real file")  # type: ignore[attr-defined]


def test_fault_of_our_own_is_not_collected():
    with pytest.raises(ZeroDivisionError):
        _locked(c=ZeroDivisionError())
