from __future__ import annotations

import pytest

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
    "name", ["numpy.whl", "a-1-py3-none-any.zip", "a-1-b-py3-none-any.whl", "a-1-1-2-py3-none-any.whl", "a--x-y-z.whl"]
)
def test_other_names_are_refused(name: str):
    with pytest.raises(InvalidWheel, match=r"`.*`"):
        parse_wheel_name(name)


def test_normalized():
    assert normalized("Foo.-_Bar") == "foo_bar"
