from __future__ import annotations

from pathlib import Path

import pytest

from wasmwright.sandbox.attributes import Attributes


@pytest.fixture
def attributes(tmp_path: Path) -> Attributes:
    library = tmp_path / "zlib"
    (library / "include").mkdir(parents=True)
    (library / "lib/pkgconfig").mkdir(parents=True)
    return Attributes(
        name="thing",
        version="1",
        source=Path("/store/thing-1.tar.gz"),
        patches=(),
        toolchain=Path("/store/toolchain"),
        target_python=Path("/store/target"),
        host_python=Path("/store/python"),
        host_environments=(tmp_path / "host", Path("/store/frontend")),
        path=(Path("/store/shell"),),
        dependencies=(library,),
        cflags=("-DC",),
        cxxflags=("-DCXX",),
        ldflags=("-lz",),
        env={"THING": "1", "CC": "mine"},
        host_platform="emscripten-6.0.5-wasm32",
        sysconfigdata="_sysconfigdata_x",
        out=Path("/store/out"),
    )
