from __future__ import annotations

import pytest

from wasmwright.limits import LimitExceeded
from wasmwright.wheel.errors import InvalidWheel
from wasmwright.wheel.tags import normalized, parse_wheel_name


@pytest.mark.parametrize(
    "name",
    ["numpy-2.5.5-cp315-cp315-pyemscripten_2026_5_wasm32.whl", "a_b-1.0-1x-py2.py3-none-any.whl"],
)
def test_names_survive(name: str):
    assert str(parse_wheel_name(name)) == name


def test_parts():
    name = parse_wheel_name("a_b-1.0-2-py2.py3-none-any.whl")
    assert (name.distribution, name.version, name.build) == ("a_b", "1.0", "2")
    assert name.dist_info == "a_b-1.0.dist-info"
    assert name.is_pure
    assert name.expanded_tags() == ["py2-none-any", "py3-none-any"]


def test_retagged_keeps_the_python_unless_told():
    name = parse_wheel_name("a-1-cp315-abi3-linux_x86_64.whl")
    assert not name.is_pure
    assert name.retagged(platform="p").tag == "cp315-abi3-p"
    assert name.retagged(platform="p", python="cp316", abi="cp316").tag == "cp316-cp316-p"


@pytest.mark.parametrize(
    "name",
    [
        "numpy.whl",
        "a-1-py3-none-any.zip",
        "a-1-b-py3-none-any.whl",
        "a-1-1-2-py3-none-any.whl",
        "a--x-y-z.whl",
        "a-1-²-py3-none-any.whl",
        "a b-1-py3-none-any.whl",
    ],
)
def test_other_names_are_refused(name: str):
    with pytest.raises(InvalidWheel, match=r"`.*`"):
        parse_wheel_name(name)


def test_many_tags_are_refused():
    tags = "-".join(".".join(f"{kind}{number}" for number in range(11)) for kind in "pam")
    with pytest.raises(LimitExceeded, match="combinations of the tags of a wheel: 1,331, and no more than 1,000"):
        parse_wheel_name(f"a-1-{tags}.whl")


@pytest.mark.parametrize(
    ("file", "name", "version", "is_of"),
    [
        ("a_b-1.0-py3-none-any.whl", "A.b", "1.0.0", True),
        ("a_b-1.0_1-py3-none-any.whl", "a-b", "1.0.post1", True),
        ("a_b-1.0-py3-none-any.whl", "ab", "1.0", False),
        ("a_b-1.0-py3-none-any.whl", "a-b", "1.0.1", False),
    ],
)
def test_wheel_of_a_distribution(file: str, name: str, version: str, is_of: bool):  # noqa: FBT001 - a case
    assert parse_wheel_name(file).is_of(name, version) is is_of


def test_normalized():
    assert normalized("Foo.-_Bar") == "foo_bar"
