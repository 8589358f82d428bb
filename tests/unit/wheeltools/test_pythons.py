from __future__ import annotations

from types import SimpleNamespace

from wasmwright.wheeltools.pythons import build_python, target_python

INSTALLATION = SimpleNamespace(
    profile="pyemscripten_2026_0",
    platform="pyemscripten_2026_0_wasm32",
    python="3.14",
    build_markers={},
    target_markers={},
)


def test_pip_is_told_which_machine_wheels_are_for():
    build, target = build_python(INSTALLATION), target_python(INSTALLATION)
    assert "--platform manylinux_2_28_x86_64 --platform manylinux2014_x86_64 --python-version 3.14" in build.example
    assert "--platform pyemscripten_2026_0_wasm32 --python-version 3.14" in target.example


def test_wheels_of_the_other_python_do_not_fit():
    build, target = build_python(INSTALLATION), target_python(INSTALLATION)
    wheels = ["x-1-cp314-cp314-pyemscripten_2026_0_wasm32.whl", "x-1-py3-none-any.whl", "no-wheel.whl"]
    assert [target.takes(wheel) for wheel in wheels] == [True, True, False]
    assert [build.takes(wheel) for wheel in wheels] == [False, True, False]
