"""`wasmwright bench` in the real runtime and natively, on the shortest arrays: what it says, not how fast."""

from __future__ import annotations

import json
import shutil
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import command_line
import pytest
from documents import faults

from wasmwright.cli.session import open_checkout
from wasmwright.package import read_package

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.nix import Nix

pytestmark = pytest.mark.usefixtures("nix")
QUICK = ("--rounds", "1", "--repeats", "1")


@pytest.fixture(scope="module")
def numpy(nix: Nix) -> Path:
    (built,) = nix.build([open_checkout().output("numpy-wasm")])
    return built.out


def test_loops_beside_another_wheel(numpy: Path, tmp_path: Path):
    done = command_line.wasmwright(
        *("bench", "loops", "sort", "add f8", "astype f8-i4", "--sizes", "1000,2000", *QUICK),
        *("--against", numpy, "--json", tmp_path / "a.json", "--plot", tmp_path / "a.svg"),
    )
    assert done.returncode == 0, done.stderr
    said = [line for line in done.stderr.splitlines() if line.startswith("measuring")]
    assert said == [f"measuring {name}" for name in ("wasm", "other wheel", "native", "native 128-bit")]
    assert "  2000 elements" in done.stderr.splitlines()
    written = json.loads((tmp_path / "a.json").read_text())
    assert faults("bench", written) == []
    assert list(written["series"]) == ["wasm", "other wheel", "native", "native 128-bit"]
    cases = list(written["series"]["wasm"])
    assert cases[:2] == ["add f8 1000", "astype f8-i4 1000"]
    # Seven sorts besides, at both lengths.
    assert len(cases) == 18
    assert all(list(series) == cases for series in written["series"].values())
    assert all(0 < found["seconds"] < 1 for series in written["series"].values() for found in series.values())
    assert written["means"]["sort 2000"]["cases"] == 7
    assert written["means"]["all 1000"]["cases"] == 9
    assert "| sort 2000 | 7 |" in done.stdout
    assert "Most of wasm / native 128-bit: " in done.stdout
    assert "sort 2000" in "".join(ET.parse(tmp_path / "a.svg").getroot().itertext())


@pytest.mark.parametrize(("what", "count"), [("loops", 262), ("programs", 10)])
def test_everything_runs_in_both(what: str, count: int, tmp_path: Path):
    done = command_line.wasmwright("bench", what, "--sizes", "small", *QUICK, "--json", tmp_path / "a.json")
    assert done.returncode == 0, done.stderr
    written = json.loads((tmp_path / "a.json").read_text())
    assert {name: len(cases) for name, cases in written["series"].items() if not name.startswith("wasm ")} == {
        "wasm": count,
        "native": count,
        "native 128-bit": count,
    }


def test_library_is_measured_without_a_package_that_is_linked_with_it(nix: Nix, tmp_path: Path):
    (openblas,) = nix.build([open_checkout().output("openblas-wasm")])
    done = command_line.wasmwright(
        *("bench", "blas", "ddot", "--sizes", "small", *QUICK, "--against", openblas.out, "--json", tmp_path / "a.json")
    )
    assert done.returncode == 0, done.stderr
    series = json.loads((tmp_path / "a.json").read_text())["series"]
    assert {*series} == {"wasm", "other wheel", "native", "native 128-bit"}
    assert all(found["seconds"] > 0 for cases in series.values() for found in cases.values())


def test_wheel_for_another_runtime_is_refused(numpy: Path, tmp_path: Path):
    wheel = tmp_path / "numpy-2.5.5-cp399-cp399-pyemscripten_2099_0_wasm32.whl"
    shutil.copy(read_package(numpy).main or "", wheel)
    done = command_line.wasmwright("bench", "loops", "add", *QUICK, "--against", wheel)
    assert done.returncode == 2
    assert "is for cp399-cp399-pyemscripten_2099_0_wasm32, and this runtime takes" in done.stderr
    assert done.stdout == ""
