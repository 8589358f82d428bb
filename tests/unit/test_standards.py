from __future__ import annotations

import pytest
from packaging.requirements import InvalidRequirement
from packaging.version import InvalidVersion

from wasmwright.recipe import checks
from wasmwright.standards import is_version, parse_requirement, parse_version


def test_real_ones_are_read():
    assert str(parse_version("1!2.0rc1.post3+local.1")) == "1!2.0rc1.post3+local.1"
    assert parse_requirement("a[b]>=1; (python_version > '3' or (os_name == 'x'))").name == "a"
    assert is_version("3.14.2")
    assert not is_version("3.14.x")


@pytest.mark.parametrize("text", ["9" * 5000, "1." * 100_000 + "1", "x", ""])
def test_versions_of_any_length_are_refused(text: str):
    with pytest.raises(InvalidVersion):
        parse_version(text)
    assert "is not a version" in str(checks.version(text))


@pytest.mark.parametrize("text", ["a; " + "(" * 20_000, "a; " + "(" * 500, "a==" + "9" * 5000, "a" * 100_000, "a b"])
def test_requirements_of_any_depth_are_refused(text: str):
    with pytest.raises(InvalidRequirement):
        parse_requirement(text)
    assert "is not a requirement" in str(checks.requirement(text))
    assert len(str(checks.requirement(text))) < 1000
