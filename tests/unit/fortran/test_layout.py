from __future__ import annotations

import pytest

from wasmwright.fortran.irtext import Malformed
from wasmwright.fortran.layout import fold_products, named_types, size_and_alignment, size_of_contents

DESCRIPTOR = "{ ptr, i64, i32, i8, i8, i8, i8, [1 x [3 x i64]] }"


@pytest.mark.parametrize(
    ("type_", "expected"),
    [
        ("ptr", (4, 4)),
        ("i1", (1, 1)),
        ("i64", (8, 8)),
        ("fp128", (16, 16)),
        ("{ i32, double }", (16, 8)),
        ("<{ i32, double }>", (12, 1)),
        ("[3 x { i8, i16 }]", (12, 2)),
        ("%t", (24, 8)),
        (DESCRIPTOR, (48, 8)),
    ],
)
def test_sizes_are_those_of_wasm32(type_: str, expected: tuple[int, int]):
    assert size_and_alignment(type_, {"%t": "{ ptr, [2 x i64] }"}) == expected


def test_types_are_found_by_name():
    assert named_types(["%a = type { i32 }", "@b = global i32 0"]) == {"%a": "{ i32 }"}


@pytest.mark.parametrize(
    ("type_", "size"),
    [
        ("[12 x i8]", 12),
        ("{ double, i32 }", 12),
        ("{ [4 x double], [3 x i32], i8, double, i16 }", 58),
        ("{ double, { double, i32 } }", 24),
        ("%block", 12),
        ("<{ i8, double }>", 9),
        ("{}", 0),
    ],
)
def test_contents_end_before_what_fills_a_type_up(type_: str, size: int):
    assert size_of_contents(type_, {"%block": "{ double, i32 }"}) == size


def test_products_of_sizes_are_computed():
    line = "  store i64 mul (i64 ptrtoint (ptr getelementptr (%t, ptr null, i32 1) to i64), i64 -3), ptr %1"
    assert fold_products(line, {"%t": "{ i32, double }"}) == "  store i64 -48, ptr %1"
    nested = "i64 mul (i64 2, i64 mul (i64 3, i64 4))"
    assert fold_products(nested, {}) == "i64 24"


def test_instructions_are_no_products():
    assert fold_products("  %3 = mul nsw i64 %1, 2", {}) == "  %3 = mul nsw i64 %1, 2"


@pytest.mark.parametrize(
    "factor", ["ptrtoint (ptr @x to i64)", "ptrtoint (ptr getelementptr (%no, ptr null, i32 1) to i64)"]
)
def test_unknown_constant_is_refused(factor: str):
    with pytest.raises(Malformed):
        fold_products(f"i64 mul (i64 {factor}, i64 2)", {})
