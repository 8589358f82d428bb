from __future__ import annotations

import pytest

from wasmwright.adding.model import compiled_modules


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["a/_b.cpython-314-x86_64-linux-gnu.so", "a/__init__.py"], ("a._b",)),
        (["_c.abi3.so", "a/d.cp314-win_amd64.pyd", "a/e.so"], ("_c", "a.d", "a.e")),
        # A shared library beside, a folder that is none of modules, and tests.
        (["a/libz.so", "a.libs/libpng-1.so.16", "a-b/c.so", "a/tests/_t.abi3.so", "a/x.so.1"], ()),
        (["a/lib.cpython-314-x86_64-linux-gnu.so"], ("a.lib",)),
    ],
)
def test_compiled_modules_are_told_by_their_files(files: list[str], expected: tuple[str, ...]):
    assert compiled_modules(files) == expected
