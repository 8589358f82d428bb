from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from environment_writer import PURE, RUNTIME, candidate

from wasmwright.outputs.documents import FILE, WheelOrigin, read_environment
from wasmwright.outputs.environment import Candidate, Locked, make
from wasmwright.outputs.errors import InvalidEnvironment
from wasmwright.outputs.wheels import WheelFacts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILE_A = f"a-1.0-{PURE}.whl"


def made(folder: Path, *candidates: Candidate, locked: Sequence[Locked] = ()) -> dict[str, tuple[str, ...]]:
    out = folder / "out"
    make(candidates, locked, RUNTIME, out)
    return {one.name: one.depends for one in read_environment(out).wheels}


def test_license_that_a_recipe_gives_comes_before_what_the_wheel_says(tmp_path: Path):
    said = candidate(tmp_path, "a", "License: BSD, more or less")
    out = tmp_path / "out"
    make([replace(said, license="BSD-3-Clause"), candidate(tmp_path, "b", "License: MIT")], (), RUNTIME, out)
    assert [one.license for one in read_environment(out).wheels] == ["BSD-3-Clause", "MIT"]


def refusal(folder: Path, *candidates: Candidate, locked: Sequence[Locked] = ()) -> str:
    with pytest.raises(InvalidEnvironment) as caught:
        make(candidates, locked, RUNTIME, folder / "out")
    return str(caught.value)


def test_each_wheel_is_described(tmp_path: Path):
    tag = "cp315-cp315-pyemscripten_2026_5_wasm32"
    fields = ("Requires-Dist: B_b>=1", "License-Expression: MIT", "Summary: Does  this.")
    one = candidate(
        tmp_path, "Aa", *fields, tag=tag, files=("aa/x.so", "_aa.cpython-315-wasm32-emscripten.so", "n/a.py")
    )
    made(tmp_path, one, candidate(tmp_path, "b_b"))
    document = json.loads((tmp_path / "out" / FILE).read_text())
    entry = document["wheels"][0]
    assert (entry.pop("size"), entry.pop("sha256")) == (one.path.stat().st_size, WheelFacts(one.path).sha256)
    assert entry == {
        "name": "aa",
        "version": "1.0",
        "file": f"Aa-1.0-{tag}.whl",
        "depends": ["b-b"],
        "imports": ["_aa", "aa", "n"],
        "origin": "index",
        "purl": "pkg:pypi/Aa@1.0",
        "license": "MIT",
        "summary": "Does this.",
    }
    assert (tmp_path / "out/wheels" / entry["file"]).read_bytes() == one.path.read_bytes()


def test_markers_are_those_of_the_runtime(tmp_path: Path):
    markers = {
        "yes": "sys_platform == 'emscripten' and python_version >= '3.15' and platform_machine == 'wasm32'",
        "no": "sys_platform == 'linux' or platform_release != ''",
        "extra": "extra == 'more'",
    }
    fields = [f"Requires-Dist: {name}; {marker}" for name, marker in markers.items()]
    assert made(tmp_path, candidate(tmp_path, "a", *fields), candidate(tmp_path, "yes"))["a"] == ("yes",)


def test_extras_that_are_asked_for_count(tmp_path: Path):
    a = candidate(tmp_path, "a", "Requires-Dist: b[more]")
    b = candidate(tmp_path, "b", "Requires-Dist: c[deep]; extra == 'more'")
    c = candidate(tmp_path, "c", "Requires-Dist: d; extra == 'deep'")
    found = made(tmp_path, a, b, c, candidate(tmp_path, "d"))
    assert found == {"a": ("b",), "b": ("c",), "c": ("d",), "d": ()}


def test_a_locked_extra_counts(tmp_path: Path):
    a = candidate(tmp_path, "a", "Requires-Dist: b; extra == 'more'")
    locked = [Locked(name="a", version="1.0", file=FILE_A, sha256=WheelFacts(a.path).sha256, extras=("more",))]
    assert made(tmp_path, a, candidate(tmp_path, "b"), locked=locked)["a"] == ("b",)


def test_all_that_is_missing_is_told_at_once(tmp_path: Path):
    a = candidate(tmp_path, "a", "Requires-Dist: b>=2", "Requires-Dist: gone", "Requires-Dist: lost")
    said = refusal(tmp_path, a, candidate(tmp_path, "b"))
    assert "a requires b>=2, and 1.0 is there" in said
    assert "a requires gone, which is not there" in said
    assert "a requires lost, which is not there" in said


@pytest.mark.parametrize(
    ("fields", "tag", "said"),
    [
        ([], "cp315-cp315-pyemscripten_2026_0_wasm32", "is for pyemscripten_2026_0_wasm32"),
        ([], "cp315-cp315-manylinux_2_28_x86_64.manylinux2014_x86_64", "is for manylinux_2_28_x86_64 and many"),
        ([], "cp314-cp314-pyemscripten_2026_5_wasm32", "is for cp314, and pyemscripten_2026_5 has Python 3.15"),
        ([], "cp39-none-any", "is for cp39, and pyemscripten_2026_5 has Python 3.15"),
        (["Requires-Python: <3.15"], PURE, "is for Python <3.15, and pyemscripten_2026_5 has 3.15.0rc1"),
        (["Requires-Dist: two words"], PURE, "requires 'two words', which is no requirement"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, fields: Sequence[str], tag: str, said: str):
    assert said in refusal(tmp_path, candidate(tmp_path, "a", *fields, tag=tag))


def test_odd_old_metadata_is_no_reason(tmp_path: Path):
    assert made(tmp_path, candidate(tmp_path, "a", "Requires-Python: 3.x or so")) == {"a": ()}


def test_two_wheels_of_a_name_are_refused(tmp_path: Path):
    (tmp_path / "other").mkdir()
    said = refusal(tmp_path, candidate(tmp_path, "a_b"), candidate(tmp_path / "other", "A.b"))
    assert "two wheels are a-b: a_b-1.0-py3-none-any.whl and A.b-1.0-py3-none-any.whl" in said


def test_another_wheel_than_was_locked_is_refused(tmp_path: Path):
    locked = [Locked(name="a", version="1.0", file=FILE_A, sha256="0" * 64, extras=())]
    said = refusal(tmp_path, candidate(tmp_path, "a"), locked=locked)
    assert "a-1.0-py3-none-any.whl has sha256" in said
    assert "the checkout builds another wheel" in said


@pytest.mark.parametrize("tag", [PURE, "py2.py3-none-any", "cp310-abi3-pyemscripten_2026_5_wasm32", "cp315-none-any"])
def test_what_fits_is_taken(tmp_path: Path, tag: str):
    assert made(tmp_path, candidate(tmp_path, "a", tag=tag)) == {"a": ()}


def test_a_file_of_another_name_than_was_locked_is_refused(tmp_path: Path):
    one = candidate(tmp_path, "a")
    file = "a-1.0-cp315-cp315-pyemscripten_2026_5_wasm32.whl"
    locked = [Locked(name="a", version="1.0", file=file, sha256=WheelFacts(one.path).sha256, extras=())]
    assert f"the lock names {file}, and the wheel of that package is {FILE_A}" in refusal(tmp_path, one, locked=locked)


def test_a_wheel_of_the_lock_that_is_not_there_is_told(tmp_path: Path):
    locked = [Locked(name="b", version="2", file="b-2-py3-none-any.whl", sha256="0" * 64, extras=())]
    assert "the lock names b 2, and no wheel is" in refusal(tmp_path, candidate(tmp_path, "a"), locked=locked)


def test_a_license_that_is_a_whole_text_is_passed_over(tmp_path: Path):
    text = "x" * 200
    classifiers = ("Classifier: License :: OSI Approved :: MIT License", "Classifier: Topic :: Math")
    one = candidate(tmp_path, "a", f"License: {text}", *classifiers)
    assert WheelFacts(one.path).license == "MIT License"


def test_a_folder_stands_for_the_wheel_in_it(tmp_path: Path):
    (tmp_path / "built").mkdir()
    path = candidate(tmp_path / "built", "a").path
    one = Candidate(path=path.parent, file=None, origin=WheelOrigin.BUILT, purl="pkg:generic/a@1.0")
    assert made(tmp_path, one) == {"a": ()}
