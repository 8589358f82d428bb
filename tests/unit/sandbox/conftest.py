from __future__ import annotations

from pathlib import Path

import pytest

from wasmwright.sandbox.attributes import Attributes, Place, Python


@pytest.fixture
def attributes(tmp_path: Path) -> Attributes:
    library = tmp_path / "zlib"
    (library / "include").mkdir(parents=True)
    (library / "lib/pkgconfig").mkdir(parents=True)
    return Attributes(
        name="thing",
        version="1",
        sources=(Place(path=Path("/store/thing-1.tar.gz")),),
        patches=(),
        toolchain=Path("/store/toolchain"),
        python=Python(
            interpreter=Path("/store/python"),
            target=Path("/store/target"),
            environments=(tmp_path / "environment", Path("/store/frontend")),
        ),
        variables={"CC": "emcc", "_PYTHON_SYSCONFIGDATA_NAME": "_sysconfigdata_x"},
        path=(Path("/store/shell"),),
        dependencies=(library,),
        cflags=("-DC",),
        cxxflags=("-DCXX",),
        ldflags=("-lz",),
        env={"THING": "1", "CC": "mine"},
        out=Path("/store/out"),
    )
