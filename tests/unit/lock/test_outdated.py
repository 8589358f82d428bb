from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, cast

import pytest
from documents import faults
from recipe_writer import written
from toolchain_writer import write_toolchain

from wasmwright.errors import MirrorUnreachable
from wasmwright.lock.outdated import Newest, PackagesOutdated, check_up_to_date, is_newer, newest_of_each
from wasmwright.lock.target import read_targets
from wasmwright.sources.kinds.kind import Latest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wasmwright.lock.target import Target
    from wasmwright.recipe.model import WrittenRecipe
    from wasmwright.sources.kinds.kind import AskedVersion, Fitting, Origin
    from wasmwright.sources.registries import Registries


@dataclass(frozen=True, kw_only=True)
class Upstream:
    """A source of which somebody tells the newest version, or nobody does."""

    version: str | None = None
    passed_over: str = ""
    asked: list[Fitting] = field(default_factory=list)
    is_wheel: ClassVar[bool] = False

    def pin(self, asked: AskedVersion, registries: Registries) -> Any:  # noqa: ANN401
        raise NotImplementedError

    def newest(self, fitting: Fitting, registries: Registries) -> Latest:
        del registries
        self.asked.append(fitting)
        if self.version == "down":
            message = "no answer"
            raise MirrorUnreachable(message)
        return Latest(version=self.version, passed_over=self.passed_over)


@pytest.fixture
def targets(tmp_path: Path) -> Sequence[Target]:
    write_toolchain(tmp_path)
    return read_targets(tmp_path)


def recipe(name: str, version: str | None) -> WrittenRecipe:
    return replace(written(name), source=cast("Origin", Upstream(version=version)))


def test_each_package_is_told_and_one_that_cannot_be_asked_stops_no_other(targets: Sequence[Target]):
    recipes = [
        replace(recipe("held", "2.0"), hold="others want the old one"),
        *(
            recipe(name, version)
            for name, version in (("down", "down"), ("new", "1.1"), ("same", "1.0"), ("rev", None))
        ),
    ]
    found = newest_of_each(recipes, targets, cast("Registries", None))
    assert [one.name for one in found if one.is_outdated] == ["held", "new"]
    assert [one.name for one in found if one.newest is None] == ["down", "rev"]
    assert str(found[1].error) == "no answer"
    document = {"version": 1, "packages": [one.to_json() for one in found]}
    assert faults("update --check", document) == []
    assert found[0].hold == "others want the old one"


def test_newer_release_that_does_not_fit_is_told(targets: Sequence[Target]):
    upstream = Upstream(version="1.0", passed_over="2.0 is newer, and has no pure wheel")
    demo = replace(written("demo"), source=cast("Origin", upstream))
    (found,) = newest_of_each([demo], targets, cast("Registries", None))
    assert not found.is_outdated
    assert found.to_json()["passed_over"] == "2.0 is newer, and has no pure wheel"


def test_only_what_is_outdated_and_not_held_is_an_error():
    held = Newest(name="held", version="1.0", newest="1.1", hold="others want the old one")
    same, revision = Newest(name="same", version="1.0", newest="1.0"), Newest(name="rev", version="1.0", newest=None)
    check_up_to_date([held, same, revision])
    with pytest.raises(PackagesOutdated, match=r"^new is outdated$"):
        check_up_to_date([held, Newest(name="new", version="1.0", newest="1.1"), same])


def test_a_version_has_to_fit_the_profiles_of_the_recipe_only(targets: Sequence[Target]):
    demo = recipe("demo", "1.0")
    limited = replace(recipe("limited", "1.0"), profiles=("pyemscripten_2026_0",), profiles_reason="no 3.15 yet")
    newest_of_each([demo, limited], targets, cast("Registries", None))
    ((every,), (one,)) = (cast("Upstream", each.source).asked for each in (demo, limited))
    assert len(every.pythons) == len(every.platforms) == 2
    assert [python[:4] for python in one.pythons] == ["3.14"]


@pytest.mark.parametrize(
    ("version", "than", "newer"),
    [
        ("1.10", "1.9", True),
        ("1.9", "1.10", False),
        ("1.0", "1", False),
        ("2024b-x", "2024a-x", True),
        ("a", "a", False),
    ],
)
def test_newer(version: str, than: str, *, newer: bool):
    assert is_newer(version, than) is newer
    assert Newest(name="a", version=than, newest=version).is_outdated is newer
