from __future__ import annotations

import pytest

from wasmwright.fortranabi.signatures import defined_entries, differences, missing
from wasmwright.wasm.model import FunctionType


def _typed(define: str) -> str:
    ((_, kind),) = defined_entries(f"; a comment\n{define} #3 {{\n  ret void\n}}\n")
    return str(kind)


@pytest.mark.parametrize(
    ("define", "expected"),
    [
        ("define void @_FortranAFlush()", "()->()"),
        (
            "define hidden noundef i64 @_FortranAIndex1(ptr noundef %x, i64 noundef %n, i1 noundef zeroext %back)",
            "(i32,i64,i32)->(i64)",
        ),
        ("define noundef zeroext i1 @_FortranAioOutputReal32(ptr noundef %io, float noundef %x)", "(i32,f32)->(i32)"),
        ("define double @_FortranACpuTime()", "()->(f64)"),
        ("define fp128 @_FortranASinF128(fp128 noundef %x)", "(i32,i64,i64)->()"),
        ("define i128 @_FortranASumInteger16(ptr %x)", "(i32,i32)->()"),
        (
            "define void @_FortranAcpowi(ptr noalias sret({ float, float }) %r, ptr byval({ float, float }) %b, i32)",
            "(i32,i32,i32)->()",
        ),
        (
            "define nonnull dereferenceable(24) ptr @_FortranAX(ptr noundef align 8 dereferenceable(24) %d)",
            "(i32)->(i32)",
        ),
    ],
)
def test_entries_are_typed_as_the_c_abi_has_them(define: str, expected: str):
    assert _typed(define) == expected


def test_other_functions_and_declarations_are_no_entries():
    assert not list(defined_entries("define i32 @main() {\n}\ndeclare void @_FortranAX(i64)\n"))


def test_another_type_and_an_unknown_entry_are_differences():
    i64, i32 = FunctionType(params=("i64",), results=()), FunctionType(params=("i32",), results=())
    assert differences({"a": i64, "b": i64}, {"a": i64, "b": i32, "c": i32}) == [
        "b has the type (i32)->(), the compiler calls it as (i64)->()",
        "c has the type (i32)->(), the compiler calls it as nothing known",
    ]


def test_missing_are_the_entries_of_kinds_that_the_target_has():
    names = [
        "_FortranATrim",
        "_FortranASumReal10",
        "_FortranACppReduceComplex2DimRef",
        "_FortranAMatmulTransposeInteger4Real10",
        "_FortranABesselJnX0_10",
        "_FortranAIeeeValueTable_",
        "_FortranAMaxloc",
        "_FortranASumReal16",
        "_FortranAIndex1",
    ]
    assert missing(names, ["_FortranAIndex1"]) == ["_FortranASumReal16", "_FortranATrim"]
