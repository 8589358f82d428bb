"""The parts of the front end that need no back end; tests/integration/test_project_shapes.py runs all of it."""

from __future__ import annotations

import pytest

from wasmwright.sandbox.frontend import config_settings, unmet


def test_settings_that_stand_several_times_are_lists():
    words = ["a=1", "b=x=y", "a=2", "c=", "a=3"]
    assert config_settings(words) == {"a": ["1", "2", "3"], "b": "x=y", "c": ""}


@pytest.mark.parametrize(
    ("requirement", "told"),
    [
        ("pytest", []),
        ("PyTest>=1", []),
        ("pytest>9999", ["pytest>9999"]),
        ("not-there-at-all", ["not-there-at-all"]),
        ("not-there-at-all; python_version < '3'", []),
        ("not a requirement", []),
    ],
)
def test_what_is_not_installed_is_unmet(requirement: str, told: list[str]):
    assert unmet([requirement]) == told
