from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from wasmwright.buildshell import inside
from wasmwright.buildshell.prepare import ShownDerivation, entry, fresh_folder, kept_folder, read_derivation
from wasmwright.errors import InternalError

OUT = "/nix/store/00000000000000000000000000000000-demo-1.0-wheel"
ATTRIBUTES = {"build": {"name": "demo"}, "sources": []}
ARGS = ["-c", 'exec python3 "$@"', "python", "-c", "runner", "/part", "wasmwright.sandbox.wheel"]


def shown(**others: object) -> dict[str, Any]:
    return {"name": "demo-1.0-wheel", "builder": "/bash", "args": ARGS, "outputs": {"out": {"path": OUT}}, **others}


DERIVATION = ShownDerivation(name="demo-1.0-wheel", builder="/bash", args=tuple(ARGS), attributes=ATTRIBUTES, out=OUT)


@pytest.mark.parametrize(
    "document",
    [
        {"/d.drv": shown(env={"__json": json.dumps(ATTRIBUTES), "out": OUT})},
        {
            "version": 4,
            "derivations": {
                "d.drv": shown(
                    env={}, structuredAttrs=ATTRIBUTES, outputs={"out": {"path": OUT.removeprefix("/nix/store/")}}
                )
            },
        },
    ],
    ids=["2.26", "2.34"],
)
def test_derivations_are_read_as_nix_writes_them(document: dict[str, Any]):
    assert read_derivation(document) == DERIVATION


def test_a_derivation_of_another_kind_is_refused():
    with pytest.raises(InternalError, match=r"demo-1\.0-wheel has no structured attributes"):
        read_derivation({"/d.drv": shown(env={"out": OUT})})


def keep(place: Path, number: int, out: str = OUT, *, age: int = 0, name: str = DERIVATION.name) -> Path:
    folder = place / f"nix-build-{name}.drv-{number}" / "build"
    folder.mkdir(parents=True)
    (folder / ".attrs.json").write_text(json.dumps({"outputs": {"out": out}}))
    os.utime(folder, (1e9 - age, 1e9 - age))
    return folder


def test_the_latest_kept_build_of_this_derivation_is_found(tmp_path: Path):
    keep(tmp_path / "a", 0, age=20)
    latest = keep(tmp_path / "b", 1, age=10)
    keep(tmp_path / "b", 2, OUT.replace("demo", "demo-of-another-recipe"))
    keep(tmp_path / "b", 3, name="demo-1.0-wheel-2026_0")
    (tmp_path / "b" / "nix-build-demo-1.0-wheel.drv-4" / "build").mkdir(parents=True)
    assert kept_folder(DERIVATION, [tmp_path / "a", tmp_path / "b", tmp_path / "none"]) == latest
    assert kept_folder(DERIVATION, [tmp_path / "none"]) is None


def test_a_fresh_folder_keeps_what_is_there_unless_told(tmp_path: Path):
    folder = fresh_folder(tmp_path / "shells" / "demo", again=False)
    (folder / "file").touch()
    assert fresh_folder(folder, again=False).joinpath("file").exists()
    assert not fresh_folder(folder, again=True).joinpath("file").exists()


def test_the_builders_python_runs_our_program_with_its_own_part(tmp_path: Path):
    found = entry(DERIVATION, tmp_path, ["make", "-n"], cores=3)
    program = [
        *("/bash", "-c", 'exec python3 "$@"', "python"),
        *(inside.__file__, "/part", "wasmwright.sandbox.wheel", "make", "-n"),
    ]
    assert list(found.command[-len(program) - 1 :]) == [str(tmp_path), *program]
    assert found.env["NIX_BUILD_CORES"] == "3"
    assert not {"USER", "PYTHONPATH"} & {*found.env}
    file = tmp_path / Path(found.env["NIX_ATTRS_JSON_FILE"]).name
    assert json.loads(file.read_text()) == {**ATTRIBUTES, "outputs": {"out": OUT}}
