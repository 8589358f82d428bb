from __future__ import annotations

from pathlib import Path

import pytest
from packaging.requirements import InvalidRequirement
from wheel_writer import write_wheel

from wasmwright.wheel.errors import InvalidWheel
from wasmwright.wheeltools.shelf import Distribution, Picked, select, unpacked, wheel, wheels_in

MARKERS = {"python_version": "3.14", "sys_platform": "linux"}


def distribution(name: str, version: str = "1.0", *requires: str) -> Distribution:
    return Distribution(name=name, version=version, path=Path(f"/{name}-{version}"), requires=requires)


def chosen(*requirements: str, shelf: list[Distribution]) -> Picked:
    return select(requirements, shelf, MARKERS, wanted_by="pyproject.toml")


def versions(selection: Picked) -> dict[str, str]:
    return {name: one.version for name, one in selection.chosen.items()}


def told(selection: Picked) -> list[str]:
    return [lacking.told for lacking in selection.lacking]


def test_what_is_asked_for_comes_with_what_it_needs():
    shelf = [distribution("a", "1.0", "B_b>=1", "c; sys_platform == 'win32'"), distribution("b-b"), distribution("c")]
    assert versions(chosen("A", shelf=shelf)) == {"a": "1.0", "b-b": "1.0"}


def test_extras_are_followed_whenever_they_are_asked_for():
    shelf = [distribution("a", "1.0", "d; extra == 'x'"), distribution("b", "1.0", "a[x]"), distribution("d")]
    assert versions(chosen("a", shelf=shelf)) == {"a": "1.0"}
    assert sorted(versions(chosen("a", "b", shelf=shelf))) == ["a", "b", "d"]


def test_the_first_that_fits_is_taken():
    shelf = [distribution("a", "2.0"), distribution("a", "1.5"), distribution("a", "1.0")]
    assert versions(chosen("a<2", shelf=shelf)) == {"a": "1.5"}


def test_a_beta_that_is_there_counts():
    assert versions(chosen("a>=1", shelf=[distribution("a", "2.0b1")])) == {"a": "2.0b1"}


def test_what_lacks_is_told_with_who_asks_for_it():
    shelf = [distribution("a", "1.0", "x>=2", "y"), distribution("x", "1.0")]
    assert told(chosen("a", "z==3", shelf=shelf)) == [
        "z==3, which pyproject.toml asks for",
        "x>=2 (1.0 is there), which a asks for",
        "y, which a asks for",
    ]


def test_one_version_serves_all():
    shelf = [distribution("a", "1.0", "x<2"), distribution("x", "2.0"), distribution("x", "1.0")]
    assert told(chosen("x", "a", shelf=shelf)) == ["x<2 (2.0 is there), which a asks for"]


def test_a_program_counts_as_its_project():
    ninja = Distribution(name="ninja", version="1.12.1", path=None)
    assert chosen("ninja>=1.8", shelf=[ninja]).lacking == ()


def test_a_wrong_requirement_is_passed_over_in_what_others_wrote_alone():
    assert versions(chosen("a", shelf=[distribution("a", "1.0", "no requirement")])) == {"a": "1.0"}
    with pytest.raises(InvalidRequirement):
        chosen("no requirement", shelf=[])


def test_wheels_say_what_they_are(tmp_path: Path):
    metadata = b"Metadata-Version: 2.1\nName: De_mo\nVersion: 1.0\nRequires-Dist: numpy\n\n"
    path = write_wheel(tmp_path, {}, name="de_mo", tag="py3-none-any", metadata=metadata)
    expected = Distribution(name="de-mo", version="1.0", path=path, requires=("numpy",))
    assert wheel(path) == expected
    assert wheels_in(tmp_path) == [expected]


def test_what_is_no_wheel_is_told(tmp_path: Path):
    path = tmp_path / "demo-1.0-py3-none-any.whl"
    path.write_bytes(b"no zip")
    with pytest.raises(InvalidWheel, match="demo"):
        wheel(path)


def test_folders_say_what_they_are(tmp_path: Path):
    info = tmp_path / "lib/demo-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Name: demo\nVersion: 1.0\n")
    assert unpacked(tmp_path) == Distribution(name="demo", version="1.0", path=tmp_path)
