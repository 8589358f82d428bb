from __future__ import annotations

from pathlib import Path

import pytest

from wasmwright.failure import WasmwrightError
from wasmwright.fortranruntime import build


@pytest.fixture
def flang(tmp_path: Path) -> Path:
    listed = {
        "runtime": "unit.cpp complex-reduction.c main.cpp",
        "runtime/Float128Math": "sin.cpp exp.cpp complex-math.c",
        "lib/Decimal": "binary-to-decimal.cpp",
    }
    for folder, names in listed.items():
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "CMakeLists.txt").write_text(f"set(sources\n{names}\n)\n")
    for folder in ("Runtime", "Common", "Decimal"):
        (tmp_path / "include/flang" / folder).mkdir(parents=True)
    (tmp_path / "runtime/unit.cpp").write_text("#include <cstdio>\n")
    (tmp_path / "include/flang/Common/array.h").write_text("#include <vector>\n")
    return tmp_path


def test_sources_are_upstreams_without_what_would_be_wrong(flang: Path):
    assert [str(path.relative_to(flang)) for path in build.sources(flang)] == [
        "runtime/unit.cpp",
        "runtime/main.cpp",
        "runtime/Float128Math/sin.cpp",
        "lib/Decimal/binary-to-decimal.cpp",
    ]


@pytest.mark.parametrize("wide", [True, False])
def test_prelude_has_the_headers_of_all_folders(flang: Path, tmp_path: Path, *, wide: bool):
    build.write_headers(flang, tmp_path, wide=wide)
    text = (tmp_path / "prelude.h").read_text()
    assert "#include <cstdio>" in text
    assert "#include <vector>" in text
    assert ("#define size_t" in text) is wide
    assert (tmp_path / "config.h").exists()


def test_messages_name_sources_without_the_folder_of_the_build():
    assert "-ffile-prefix-map=/build=." in build.arguments(Path("/build/flang"), Path("/made"))


def test_error_becomes_an_exit_code_and_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "attributes.json").write_text('{"outputs": {"out": "/out"}, "path": "/bin"}')
    monkeypatch.setenv("NIX_ATTRS_JSON_FILE", str(tmp_path / "attributes.json"))
    monkeypatch.setenv("NIX_BUILD_TOP", str(tmp_path))
    seen = []

    def work(derivation: build.RuntimeBuild) -> None:
        seen.append(derivation)
        message = "no such patch"
        raise WasmwrightError(message)

    assert build.reported(work) == WasmwrightError.exit_code
    assert "no such patch" in capsys.readouterr().err
    assert seen[0].out == Path("/out")
    assert seen[0].env["PATH"] == "/bin"
