from __future__ import annotations

from wasmwright.fortran.pointers import widen, widened

HEAD = ["%_QMmTops = type { i32, ptr, { ptr, i64 } }", "%_QMmTplain = type { i32 }", "@x = global i32 0"]
TYPES = {"%_QMmTops": frozenset({1})}


def test_procedure_pointers_are_the_bare_pointers_of_derived_types():
    assert widened(HEAD) == TYPES


def test_types_and_constants_are_widened():
    assert widen(HEAD[0], TYPES) == "%_QMmTops = type { i32, %wasm.address, { ptr, i64 } }"
    line = "@a = global [1 x %_QMmTops] [%_QMmTops { i32 1, ptr @f, { ptr, i64 } zeroinitializer }]"
    widened_pointer = "%wasm.address { ptr @f, [0 x i64] zeroinitializer }"
    assert widen(line, TYPES) == line.replace("ptr @f", widened_pointer)


def test_parts_are_taken_from_inside():
    assert (
        widen("  %2 = extractvalue %_QMmTops %1, 1, !tbaa !2", TYPES)
        == "  %2 = extractvalue %_QMmTops %1, 1, 0, !tbaa !2"
    )
    assert widen("  %3 = insertvalue %_QMmTops %1, ptr @f, 1", TYPES) == "  %3 = insertvalue %_QMmTops %1, ptr @f, 1, 0"
    assert widen("  %2 = extractvalue %_QMmTops %1, 0", TYPES) == "  %2 = extractvalue %_QMmTops %1, 0"
