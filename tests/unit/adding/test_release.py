from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from fake_index import registries_of
from index_server import Index
from packaging.specifiers import SpecifierSet
from toolchain_writer import write_toolchain

from wasmwright.adding.errors import NotAdded, UnknownProject
from wasmwright.adding.release import PureWheels, TakenAs, find_release, pure_wheels
from wasmwright.lock.target import read_targets

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.adding.release import ProjectRelease
    from wasmwright.lock.profile import Profile

ANY, LINUX = "py3-none-any", "cp315-cp315-manylinux_2_17_x86_64"


@dataclass(frozen=True, kw_only=True)
class Case:
    """An index, and the profiles of Python 3.15.2, the default one, and of 3.14.2."""

    index: Index
    profiles: list[Profile]
    cache: Path

    def release(self, wanted: str = "", *, upstream: bool = False) -> ProjectRelease:
        """What is found of the project demo."""
        return find_release(
            "demo",
            SpecifierSet(wanted),
            registries_of(self.index, self.cache),
            self.profiles,
            upstream_for=self.profiles[0] if upstream else None,
        )


@pytest.fixture
def case(tmp_path: Path) -> Case:
    write_toolchain(tmp_path)
    profiles = [target.profile for target in read_targets(tmp_path)]
    return Case(index=Index(), profiles=profiles, cache=tmp_path / "cache")


def sdist(index: Index, version: str, python: str = "") -> None:
    index.said[index.add_sdist("demo", version, build_requires=[])] = {"requires-python": python or None}


@pytest.mark.parametrize(
    ("releases", "expected", "fitting"),
    [
        ({"1.0": "", "2.0": ">=3.9", "3.0rc1": ""}, "2.0", 2),
        # Too old a Python: an older version is the one for it.
        ({"1.0": ">=3.9", "2.0": ">=3.16"}, "1.0", 2),
        ({"1.0": ">=3.9", "2.0": ">=3.15"}, "2.0", 1),
        # Too new a Python: what is older only does not say so.
        ({"1.0": "", "2.0": "<3.15"}, "2.0", 1),
    ],
)
def test_newest_that_fits_is_taken(case: Case, releases: dict[str, str], expected: str, fitting: int):
    for version, python in releases.items():
        sdist(case.index, version, python)
    found = case.release()
    assert (str(found.version), len(found.profiles)) == (expected, fitting)
    assert bool(found.limit) == (fitting == 1)
    assert found.newer == (f"2.0 is newer, and is for Python {releases['2.0']}" if expected == "1.0" else "")


def test_older_release_that_says_no_python_is_no_way_out(case: Case):
    sdist(case.index, "0.1")
    sdist(case.index, "2.0", "<3.14")
    with pytest.raises(NotAdded, match=r"demo 2\.0 is for Python <3\.14, and not for 3\.15\.2 or 3\.14\.2"):
        case.release()
    assert str(case.release("==0.1").version) == "0.1"


def test_what_is_not_there_is_told_by_its_kind(case: Case):
    with pytest.raises(UnknownProject, match="no project `demo`"):
        case.release()
    sdist(case.index, "1.0rc1")
    case.index.said[case.index.add_sdist("demo", "0.9", build_requires=[])] = {"yanked": "broken"}
    with pytest.raises(UnknownProject, match="pre-releases only") as caught:
        case.release()
    assert "demo==1.0rc1" in str(caught.value.hint)
    with pytest.raises(UnknownProject, match=r"demo==0\.9 was withdrawn upstream \(yanked\): demo-0\.9\.tar\.gz"):
        case.release("==0.9")
    with pytest.raises(UnknownProject, match=r"nothing of demo==3") as caught:
        case.release("==3")
    assert caught.value.hint == "it has 1.0rc1"
    assert str(case.release("==1.0rc1").version) == "1.0rc1"


@pytest.mark.parametrize(
    ("has_sdist", "tags", "expected"),
    [
        ("sdist", [], TakenAs.SOURCE),
        ("sdist", [ANY], TakenAs.PURE),
        ("sdist", [ANY, LINUX], TakenAs.SOURCE),
        ("", [ANY, LINUX], TakenAs.PURE),
    ],
)
def test_way_is_told_by_the_files(case: Case, has_sdist: str, tags: list[str], expected: TakenAs):
    if has_sdist:
        sdist(case.index, "1.0")
    for tag in tags:
        case.index.add_wheel("demo", "1.0", tag)
    assert case.release().way(case.profiles[0], upstream=False) is expected


def test_wheels_of_other_platforms_alone_are_no_way(case: Case):
    case.index.add_wheel("demo", "1.0", LINUX)
    found = case.release()
    with pytest.raises(NotAdded, match="no source distribution and no pure wheel; there are wheels for manylinux"):
        found.way(case.profiles[0], upstream=False)


def test_upstreams_wheel_may_be_of_an_older_version(case: Case):
    sdist(case.index, "2.0")
    for version in ("1.0", "1.1"):
        case.index.add_wheel("demo", version, f"cp315-cp315-{case.profiles[0].platform}")
    case.index.add_wheel("demo", "2.0", f"cp314-cp314-{case.profiles[1].platform}")
    found = case.release(upstream=True)
    assert (str(found.version), found.way(case.profiles[0], upstream=True)) == ("1.1", TakenAs.UPSTREAM)
    assert found.newer == "2.0 is newer, and has no wheel for the profile"
    with pytest.raises(
        NotAdded, match=rf"no wheel of demo 2\.0 for {case.profiles[0].platform}; there are wheels for demo"
    ) as caught:
        case.release("==2.0", upstream=True).way(case.profiles[0], upstream=True)
    # What has to be built with Rust says that only such a wheel would do: nobody is sent in a circle.
    assert caught.value.hint == "without --upstream-wheel it is built from its source, if that needs no Rust"


def test_old_pure_wheel_is_not_taken_in_silence(case: Case):
    case.index.add_wheel("demo", "1.0")
    case.index.add_wheel("demo", "1.1")
    case.index.add_wheel("demo", "2.0", f"cp314-cp314-{case.profiles[1].platform}")
    platform = case.profiles[0].platform
    with pytest.raises(NotAdded, match=rf"^upstream publishes no wheel of demo 2\.0 for {platform}$") as caught:
        case.release(upstream=True)
    command = f"./wasmwright add demo==1.1 --upstream-wheel --profile {case.profiles[0].name}"
    assert f"older ones are finished: 1.1 (pure), 1.0 (pure); name one, `{command}`" in str(caught.value.hint)
    assert str(case.release("==1.1", upstream=True).version) == "1.1"
    assert str(case.release("<2", upstream=True).version) == "1.1"


def test_wheel_that_tells_most_is_for_our_python_and_linux(case: Case):
    sdist(case.index, "1.0")
    tags = ("cp313-cp313-manylinux_2_17_x86_64", "cp315-cp315t-manylinux_2_17_x86_64", "cp315-cp315-win_amd64", LINUX)
    for tag in tags:
        case.index.add_wheel("demo", "1.0", tag)
    model = case.release().model
    assert model is not None
    assert model.file.name == f"demo-1.0-{LINUX}.whl"


def test_pure_wheel_is_told_with_those_beside_it(case: Case):
    registries = registries_of(case.index, case.cache)
    assert pure_wheels("absent", SpecifierSet(), registries) is None
    case.index.add_wheel("demo", "1.0", LINUX)
    case.index.add_wheel("demo", "0.9")
    case.index.add_wheel("both", "1.0")
    case.index.add_wheel("both", "1.0", LINUX)
    assert pure_wheels("demo", SpecifierSet(">=1"), registries) is None
    newer = "1.0 is newer, and has no pure wheel"
    assert pure_wheels("demo", SpecifierSet(), registries) == PureWheels(has_compiled=False, newer=newer)
    assert pure_wheels("both", SpecifierSet(), registries) == PureWheels(has_compiled=True)


def test_wheel_of_another_interpreter_tells_least(case: Case):
    sdist(case.index, "1.0")
    for tag in ("pp39-pypy39_pp73-manylinux_2_17_x86_64", "cp39-cp39-win_amd64"):
        case.index.add_wheel("demo", "1.0", tag)
    model = case.release().model
    assert model is not None
    assert model.file.name == "demo-1.0-cp39-cp39-win_amd64.whl"
