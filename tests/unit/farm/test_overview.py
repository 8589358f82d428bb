from __future__ import annotations

from dataclasses import replace

from recipe_writer import written

from wasmwright.farm.overview import PREBUILT, kind, overview
from wasmwright.sources.kinds.pypi_wheel import PypiWheel

PROFILES = ("p1", "p2")


def test_each_profile_says_whether_it_has_the_package():
    limited = replace(written("demo"), profiles=("p2",), profiles_reason="needs exceptions")
    found = overview(limited, PROFILES)
    assert found.reasons == {"p1": "demo is not for profile p1: needs exceptions", "p2": None}
    assert found.is_offered
    disabled = overview(replace(written("demo"), disabled="upstream is gone"), PROFILES)
    assert {*disabled.reasons.values()} == {"demo is disabled: upstream is gone"}
    assert not disabled.is_offered


def test_a_finished_wheel_is_told_from_one_that_is_built():
    assert kind(written("demo")) == "wheel"
    assert kind(replace(written("demo"), source=PypiWheel(project="demo"))) == PREBUILT
