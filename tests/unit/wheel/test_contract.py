from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator
from wheel_writer import PLATFORM, write_wheel

import wasmwright
from wasmwright.wheel.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Sequence

SCHEMA = json.loads(Path(wasmwright.__file__).with_name("package.schema.json").read_text(encoding="utf-8"))
METADATA = (
    b"Metadata-Version: 2.1\nName: demo\nVersion: 1.0\nRequires-Dist: other>=2; extra == 'x'\nRequires-Dist: y==1\n"
)
WHEEL = f"demo-1.0-cp315-cp315-{PLATFORM}.whl"
BESIDE = ("/nix/store/0-openblas-wasm-0.3-2026_5", "/nix/store/1-numpy-wasm-2-2026_5")


def write(
    out: Path, meta: object = None, *, kind: str = "wheel", beside: Sequence[str] = ("--beside", *BESIDE), **words: str
) -> int:
    given = {"main": "", "tests": "", "name": "demo", "version": "1.0", "profile": "pyemscripten_2026_5"} | words
    path = out.parent / "meta.json"
    path.write_text(json.dumps(meta or {}))
    options = [word for key, value in given.items() for word in (f"--{key}", value)]
    return main(["contract", "--out", str(out), "--kind", kind, *options, "--meta", str(path), *beside])


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    (folder / "tests").mkdir(parents=True)
    write_wheel(folder, {"demo.py": b""}, changed={"demo-1.0.dist-info/METADATA": METADATA})
    (folder / "tests/demo_tests-1.0-py3-none-any.whl").touch()
    return folder


def test_contract_of_a_wheel(out: Path, capsys: pytest.CaptureFixture[str]):
    meta = {"summary": "A demo", "license": "MIT", "homepage": None, "imports": ["demo"]}
    tests = "tests/demo_tests-1.0-py3-none-any.whl"
    assert write(out, meta, main=str(out / WHEEL), tests=tests) == 0
    assert capsys.readouterr().out == f"{out}/package.json\n"
    document = json.loads((out / "package.json").read_text())
    Draft202012Validator(SCHEMA).validate(document)
    assert document == {
        "version": 1,
        "name": "demo",
        "package_version": "1.0",
        "kind": "wheel",
        "profile": "pyemscripten_2026_5",
        "wheels": {"main": WHEEL, "tests": tests},
        "beside": list(BESIDE),
        "requirements": ["other>=2; extra == 'x'", "y==1"],
        "imports": ["demo"],
        "summary": "A demo",
        "license": "MIT",
        "homepage": None,
    }
    assert sorted(path.name for path in out.iterdir()) == [WHEEL, "package.json", "tests"]


def test_packages_beside_may_be_given_one_by_one(out: Path):
    assert write(out, main=WHEEL, beside=[word for path in BESIDE for word in ("--beside", path)]) == 0
    assert json.loads((out / "package.json").read_text())["beside"] == list(BESIDE)


def test_contract_of_a_library_that_has_no_wheel(out: Path):
    assert write(out, kind="library") == 0
    document = json.loads((out / "package.json").read_text())
    Draft202012Validator(SCHEMA).validate(document)
    assert document["wheels"] == {"main": None, "tests": None}
    assert document["requirements"] == document["imports"] == []
    assert document["summary"] is document["license"] is document["homepage"] is None


@pytest.mark.parametrize("wheel", ["gone.whl", "/etc/hostname"])
def test_a_wheel_that_is_not_in_the_output_is_refused(out: Path, wheel: str, capsys: pytest.CaptureFixture[str]):
    assert write(out, main=wheel) == 41
    assert capsys.readouterr().err == f"wasmwright: {wheel} is no file in {out}\n"
    assert not (out / "package.json").exists()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("version", 2),
        ("kind", "program"),
        ("wheels", {"main": None, "tests": None}),
        ("wheels", {"main": WHEEL, "tests": "demo_tests.whl"}),
        ("beside", ["openblas"]),
        ("summary", ""),
        ("more", 1),
    ],
)
def test_schema_refuses(out: Path, key: str, value: object):
    write(out, main=WHEEL)
    document = json.loads((out / "package.json").read_text())
    assert Draft202012Validator(SCHEMA).is_valid(document)
    assert not Draft202012Validator(SCHEMA).is_valid({**document, key: value})
