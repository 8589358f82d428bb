from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from wheel_writer import write_wheel

from wasmwright.wheel.inspect import read_wheel
from wasmwright.wheeltools.modules import modules_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["a/__init__.py", "a/b.py", "a/c/__init__.py"], ["a"]),
        (["one.py", "two.cpython-314-wasm32-emscripten.so"], ["one", "two"]),
        (["a/__init__.py", "a/_x.so", "_y.so"], ["a", "a._x", "_y"]),
        (["space/a/__init__.py", "space/b.py"], ["space.a", "space.b"]),
        (["a/__init__.py", "a/tests/__init__.py", "a/tests/_t.so", "tests/x.py"], ["a"]),
        (["a/__init__.py", "a/data-1/x.py", "a/b.txt", "no-name/__init__.py"], ["a"]),
        (["demo-1.0.data/platlib/a.py", "demo-1.0.data/scripts/b.py", "demo-1.0.data/data/c.so"], ["a"]),
        (["README"], []),
    ],
)
def test_modules(tmp_path: Path, files: list[str], expected: list[str]):
    wheel = write_wheel(tmp_path, dict.fromkeys(files, b""), tag="cp314-cp314-any")
    assert modules_of(read_wheel(wheel)) == expected
