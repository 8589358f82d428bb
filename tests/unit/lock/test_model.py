from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import pytest

from wasmwright.errors import InvalidLock
from wasmwright.lock.document import write_lock
from wasmwright.lock.model import Answer, MadeFor, OwnSource, PackageLock, read_package_lock
from wasmwright.sources.entry import Source

if TYPE_CHECKING:
    from pathlib import Path


def _source(name: str) -> Source:
    return Source(purl=f"pkg:pypi/{name}@1", file=f"{name}.whl", name=f"{name}.whl", size=1, sha256="0" * 64)


MADE_FOR = MadeFor(
    python="3.15",
    python_full="3.15.1",
    python_tag="cp315",
    platform="p",
    build_python="3.15.2",
    build_platforms=("l",),
    wheels={"numpy": "1"},
)
Z = replace(_source("z"), tree=True)
PACKAGE = PackageLock(
    name="a",
    package_version="1",
    recipe_sha256="f" * 64,
    own=(OwnSource(source=_source("a")), OwnSource(source=Z, into="vendored/z.whl", unpack=False)),
    wheels={"b.whl": _source("b"), "c.whl": _source("c")},
    profiles={
        "one": Answer(made_for=MADE_FOR, build_requires=("b.whl",), test_requires=()),
        "two": Answer(made_for=MADE_FOR, build_requires=("b.whl",), test_requires=("c.whl",), run_requires=("b.whl",)),
    },
)


def test_package_lock_survives_writing_and_reading(tmp_path: Path):
    write_lock(tmp_path / "lock.json", PACKAGE)
    assert read_package_lock(tmp_path / "lock.json") == PACKAGE
    assert [path.name for path in tmp_path.iterdir()] == ["lock.json"]


def test_file_stands_once_with_its_role(tmp_path: Path):
    write_lock(tmp_path / "lock.json", PACKAGE)
    sources = json.loads((tmp_path / "lock.json").read_text())["sources"]
    assert {name: entry["role"] for name, entry in sources.items()} == {
        "a.whl": "source",
        "b.whl": "wheel",
        "c.whl": "wheel",
        "z.whl": "source",
    }
    assert sources["z.whl"]["into"] == "vendored/z.whl"


def test_profile_has_its_own_wheels():
    one, two = (PACKAGE.for_profile(name) for name in ("one", "two"))
    assert [source.name for source in one.entries()] == ["a.whl", "z.whl", "b.whl"]
    assert [source.name for source in two.test_requires] == ["c.whl"]
    assert [source.name for source in two.run_requires] == ["b.whl"]
    assert "run_requires" not in json.dumps(PACKAGE.profiles["one"].to_json())
    assert len(PACKAGE.entries()) == 4
    with pytest.raises(InvalidLock, match="no answer for profile three") as caught:
        PACKAGE.for_profile("three")
    assert caught.value.hint == "run `./wasmwright lock a`"


def test_profiles_may_have_finished_wheels_of_their_own(tmp_path: Path):
    own = tuple(OwnSource(source=_source(name), profiles=(name,)) for name in ("one", "two"))
    lock = replace(PACKAGE, own=own)
    write_lock(tmp_path / "lock.json", lock)
    assert read_package_lock(tmp_path / "lock.json") == lock
    assert [source.name for source in lock.for_profile("two").entries()] == ["two.whl", "b.whl", "c.whl", "b.whl"]
    assert {source.name for source in lock.entries()} == {"one.whl", "two.whl", "b.whl", "c.whl"}
    for lacking in own[:1], (*own, OwnSource(source=_source("three"))):
        write_lock(tmp_path / "lock.json", replace(lock, own=lacking))
        with pytest.raises(InvalidLock, match="the lock of a has no source, or several, for profile") as caught:
            read_package_lock(tmp_path / "lock.json")
        assert f"`./wasmwright lock {tmp_path.name}`" in str(caught.value.hint)


@pytest.mark.parametrize("into", ["../x", "/x", "a/./b", 3])
def test_source_stays_below_the_first(tmp_path: Path, into: object):
    entry = {"role": "source", **_source("a").to_json(), "into": into}
    (tmp_path / "lock.json").write_text(json.dumps({**PACKAGE.to_json(), "sources": {"a.whl": entry}}))
    with pytest.raises(InvalidLock, match=r"`into` of a\.whl is") as caught:
        read_package_lock(tmp_path / "lock.json")
    assert caught.value.hint == f"restore it with git, or run `./wasmwright lock {tmp_path.name}`"


def test_mistake_in_a_source_is_told_with_the_package_to_lock(tmp_path: Path):
    entry = {"role": "source", **_source("a").to_json(), "size": "1"}
    (tmp_path / "lock.json").write_text(json.dumps({**PACKAGE.to_json(), "sources": {"a.whl": entry}}))
    with pytest.raises(InvalidLock, match=r"a\.whl has no size") as caught:
        read_package_lock(tmp_path / "lock.json")
    assert caught.value.hint == f"restore it with git, or run `./wasmwright lock {tmp_path.name}`"


def test_lock_without_answers_is_every_profiles():
    assert replace(PACKAGE, profiles={}).for_profile("any").entries() == (_source("a"), Z)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("sources", {"a.whl": {**_source("a").to_json(), "role": "other"}}),
        ("sources", {"a.whl": {**_source("a").to_json(), "role": []}}),
        ("sources", {}),
        ("sources", ["a"]),
        ("profiles", {"one": {}}),
        ("profiles", {"one": {**asdict(PACKAGE.profiles["one"]), "build_requires": [["b.whl"]]}}),
        ("profiles", {"one": {**asdict(PACKAGE.profiles["one"]), "made_for": {**asdict(MADE_FOR), "python": 3}}}),
        ("name", None),
    ],
)
def test_lock_that_does_not_hold_together_is_told(tmp_path: Path, part: str, value: object):
    (tmp_path / "lock.json").write_text(json.dumps({**PACKAGE.to_json(), part: value}))
    with pytest.raises(InvalidLock, match="is incomplete"):
        read_package_lock(tmp_path / "lock.json")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1}', '{"version": 2, "name": "a"}'])
def test_broken_lock_names_the_package_and_the_command(tmp_path: Path, text: str):
    path = tmp_path / "numpy" / "lock.json"
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(InvalidLock, match=r"numpy/lock\.json") as caught:
        read_package_lock(path)
    assert "./wasmwright lock numpy" in str(caught.value.hint)
