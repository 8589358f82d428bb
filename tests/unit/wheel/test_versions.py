from __future__ import annotations

import pytest

from wasmwright.wheel.versions import canonical_version, same_version


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.0", "1.0.0"),
        ("v1.0", "1"),
        ("0!1.0", "1.0"),
        ("1.0alpha1", "1.0a1"),
        ("1.0.RC-2", "1.0rc2"),
        ("1.0a", "1.0a0"),
        ("1.0-1", "1.0.post1"),
        ("1.0.rev", "1.0post0"),
        ("1.0_dev3", "1.0.dev3"),
        ("2026.06", "2026.6"),
        ("1.0+Ubuntu-1", "1.0+ubuntu.01"),
    ],
)
def test_spellings_of_one_version(one: str, other: str):
    assert same_version(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.0", "1.0.1"),
        ("1.0", "2.0"),
        ("1!1.0", "1.0"),
        ("1.0", "1.0.post0"),
        ("1.0", "1.0+local"),
        ("1.0a1", "1.0b1"),
        ("1.0.dev0", "1.0"),
        ("one", "two"),
        ("10", "1"),
    ],
)
def test_other_versions(one: str, other: str):
    assert not same_version(one, other)


def test_what_is_no_version_is_compared_as_text():
    assert canonical_version("Latest ") == "latest"
    assert canonical_version("1.²") == "1.²"


def test_more_digits_than_python_takes_for_a_number():
    assert same_version("0" + "9" * 10_000, "9" * 10_000 + ".0")
