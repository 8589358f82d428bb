from __future__ import annotations

import pytest

from wasmwright.wheel.glob import matcher


@pytest.mark.parametrize(
    ("glob", "name", "expected"),
    [
        ("**/tests/**", "numpy/_core/tests/test_x.py", True),
        ("**/tests/**", "tests/x.py", True),
        ("**/tests/**", "numpy/testing/x.py", False),
        ("**/tests/**", "numpy/mytests/x.py", False),
        ("**/tests/**", "numpy/tests", False),
        ("numpy/tests/**", "scipy/numpy/tests/x.py", False),
        ("*/test_*.py", "a/test_b.py", True),
        ("*/test_*.py", "a/b/test_b.py", False),
        ("**/test_?.py", "test_b.py", True),
        ("**/test_?.py", "test_bb.py", False),
        ("a.b", "axb", False),
        ("a[b]", "a[b]", True),
    ],
)
def test_matching(glob: str, name: str, expected: bool):  # noqa: FBT001 - a table
    assert matcher(["nothing", glob])(name) is expected


def test_no_globs_match_nothing():
    assert not matcher([])("a")
