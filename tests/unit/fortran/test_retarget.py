from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from wasmwright.fortran.errors import Unsupported
from wasmwright.fortran.retarget import LAYOUT, Options, relative_names, retarget

if TYPE_CHECKING:
    from collections.abc import Callable

    Find = Callable[[str, str], str]

HEAD = 'target datalayout = "e-m:e"\ntarget triple = "i686-unknown-nacl"\n\n'
TAIL = """
!1 = !DILocation(line: 7, column: 3, scope: !2)
!2 = distinct !DISubprogram(name: "f", linkageName: "f_", scope: !3, file: !3, line: 1)
!3 = !DIFile(filename: "odd.f90", directory: "/")
"""


def _signature(text: str, name: str) -> str:
    found = re.search(rf"^define .*@{re.escape(name)}\(.*\)", text, re.MULTILINE)
    assert found is not None
    return found.group()


def test_target_is_wasm32_without_processor_or_debugging(wasm: str):
    assert f'target datalayout = "{LAYOUT}"' in wasm
    assert 'target triple = "wasm32-unknown-emscripten"' in wasm
    for other in ("i686", "!dbg", "#dbg", "!llvm.dbg.cu ="):
        assert other not in wasm


def test_constant_lengths_are_left_out(wasm: str, definition: Find):
    assert _signature(wasm, "fixed_") == "define void @fixed_(ptr %0, ptr %1, ptr %2)"
    # Blocks keep their numbers, so the one at the entry is named by its own.
    assert definition(wasm, "fixed_").splitlines()[1] == "5:"
    assert "i32 6, 1" in definition(wasm, "fixed_")


def test_procedures_with_other_lengths_take_all_and_are_found_by_both_names(wasm: str):
    assert _signature(wasm, "star_") == "define i32 @star_(ptr %0, ptr %1, i32 %2)"
    assert "@star_.len = hidden alias i32 (ptr, ptr, i32), ptr @star_" in wasm


def test_module_procedures_keep_their_lengths(wasm: str):
    assert _signature(wasm, "_QMshapesPlabel") == "define hidden void @_QMshapesPlabel(ptr %0, ptr %1, i32 %2)"


def test_calls_out_of_the_file_go_through_a_weak_thunk(wasm: str, definition: Find):
    assert re.search(r"call void @other_\.len\(ptr %\d+, ptr %1, i32 %\d+\)", definition(wasm, "fixed_"))
    assert definition(wasm, "other_.len").splitlines() == [
        "define weak hidden void @other_.len(ptr %0, ptr %1, i32 %2) {",
        "  call void @other_(ptr %0, ptr %1)",
        "  ret void",
        "}",
    ]
    assert "declare void @other_(ptr, ptr)\n" in wasm


def test_routines_known_to_take_lengths_are_called_with_them(wasm: str, definition: Find):
    assert re.search(r"call void @xerbla_\(ptr %\d+, ptr %1, i32 %\d+\)", definition(wasm, "fixed_"))
    assert "xerbla_.len" not in wasm


def test_named_routines_are_called_with_lengths(conventions: str):
    told = retarget(conventions, Options(star_lengths=("other",)))
    assert re.search(r"call void @other_\(ptr %\d+, ptr %1, i32 %\d+\)", told)


def test_calls_inside_a_file_are_direct(wasm: str, definition: Find):
    assert re.search(r"call void @fixed_\(ptr %\d+, ptr %1, ptr %\d+\)", definition(wasm, "star_"))


def test_procedure_passed_on_is_the_one_with_lengths(wasm: str, definition: Find):
    assert "call void @take_(ptr @fixed_.len)" in definition(wasm, "star_")
    assert "define weak hidden void @fixed_.len(ptr %0, ptr %1, ptr %2, i32 %3, i32 %4)" in wasm


def test_hidden_lengths_leave_all_as_flang_has_it(conventions: str):
    hidden = retarget(conventions, Options(hidden_lengths=True))
    assert "define void @fixed_(ptr %0, ptr %1, ptr %2, i32 %3, i32 %4)" in hidden
    assert ".len" not in hidden.replace("wasm.length", "")
    assert "lengths=hidden" in hidden


def test_c_bindings_never_have_lengths(conventions: str, definition: Find):
    for options in (Options(), Options(hidden_lengths=True)):
        text = retarget(conventions, options)
        assert _signature(text, "bound") == "define void @bound(ptr %0)"
        assert re.search(r"call void @told\(ptr %\d+\)", definition(text, "bound"))


def test_character_results_have_a_length_of_32_bits(wasm: str, definition: Find):
    assert _signature(wasm, "word_") == "define void @word_(ptr %0, i32 %wasm.length, ptr %2)"
    assert re.search(r"call void @word_\(ptr %\d+, i32 %wasm\.length\.\d+, ptr %\d+\)", definition(wasm, "words_"))


def test_complex_results_go_through_a_pointer(wasm: str, definition: Find):
    twice = definition(wasm, "twice_")
    assert twice.startswith(
        "define void @twice_(ptr %wasm.result, ptr %0) {\n1:\n  %wasm.complex = alloca { float, float }"
    )
    assert "call void @doubled_(ptr %wasm.complex, ptr %0)" in twice
    assert re.search(r"store i64 %\d+, ptr %wasm\.result, align 4\n  ret void", twice)
    assert "declare void @doubled_(ptr, ptr)" in wasm


def test_results_of_64_bits_stay(wasm: str, definition: Find):
    large = definition(wasm, "large_")
    assert large.startswith("define i64 @large_(ptr %0)")
    assert "call i64 @llvm.llround.i64.f64(double" in large


def test_complex_arguments_by_value_are_pointers_everywhere(wasm: str):
    assert "byval" not in wasm
    assert "sret" not in wasm
    assert "declare double @cabs(ptr)" in wasm
    assert "declare void @csqrtf(ptr, ptr)" in wasm


def test_memory_is_asked_for_through_a_check(wasm: str, definition: Find):
    assert "call ptr @__wasmwright_fortran_malloc(i64" in definition(wasm, "common_and_heap_")
    assert "call ptr @malloc(i32 %bytes)" in definition(wasm, "__wasmwright_fortran_malloc")


def test_common_blocks_are_weak_and_recorded(wasm: str):
    assert "@sizes_ = weak hidden global [16 x i8] zeroinitializer" in wasm
    assert re.search(r'!\{!"wasmwright\.fortran", !"lengths=c .*common=sizes_:16\\0A"\}', wasm)


def test_conventions_are_recorded(wasm: str):
    assert "defines=fixed_:3+2,star_:2+1*,words_:1+1 calls=note_:2+1,other_:2+1,xerbla_:2+1" in wasm


def test_other_side_modules_see_external_procedures(wasm: str, conventions: str):
    assert "define void @fixed_(" in wasm
    assert "define hidden void @_QMshapesPlabel(" in wasm
    assert re.search(r"^@_QQclX78 = linkonce hidden constant", wasm, re.MULTILINE)
    hidden = retarget(conventions, Options(visibility="hidden"))
    assert "define hidden void @fixed_(" in hidden
    assert "define internal double @_QFhostPinner(" in hidden
    shown = retarget(conventions, Options(visibility="default"))
    assert "define void @_QMshapesPlabel(" in shown
    assert "@sizes_ = weak global" in shown


def test_sources_are_named_without_their_folder(conventions: str):
    text = relative_names(conventions, "/build/source")
    assert '[16 x i8] c"conventions.f90\\00"' in text
    assert "/build/source/conventions" not in text
    assert 'c"conventions.f90\\00"' in relative_names(conventions, "/elsewhere")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("  %2 = fadd x86_fp80 %1, %1, !dbg !1", "odd.f90:7: REAL(10) does not exist in WebAssembly"),
        ('  call void asm "nop", ""(), !dbg !1', "odd.f90:7: assembly of another processor"),
        ("  call void @llvm.set.rounding(i32 1), !dbg !1", "odd.f90:7: llvm.set.rounding has no counterpart"),
        ("  call void @f", "f.f90: flang wrote something that is not understood"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_place(body: str, said: str):
    declared = "declare void @llvm.set.rounding(i32)\n" if "rounding" in body else ""
    text = f"{HEAD}{declared}define void @f_(ptr %0) !dbg !2 {{\n{body}\n  ret void\n}}\n{TAIL}"
    with pytest.raises(Unsupported) as caught:
        retarget(text, Options(), source="f.f90")
    assert str(caught.value).startswith(said)


def test_program_begins_where_emscripten_expects():
    text = f"{HEAD}define i32 @main(i32 %0, ptr %1, ptr %2) {{\n  ret i32 0\n}}\n"
    program = retarget(text, Options())
    assert "define internal i32 @wasmwright.main(i32 %0, ptr %1, ptr %2)" in program
    assert "define i32 @__main_argc_argv(i32 %count, ptr %words)" in program


def test_declaration_learns_from_calls():
    text = f"{HEAD}declare void @f_()\n\ndefine void @g_(ptr %0) {{\n  call void @f_(ptr %0)\n  ret void\n}}\n"
    assert "declare void @f_(ptr)" in retarget(text, Options())


def test_with_constant_lengths_calls_out_of_the_file_are_direct(conventions: str):
    text = retarget(conventions, Options(constant_lengths=True))
    assert re.search(r"call void @other_\(ptr %\d+, ptr %1\)", text)
    assert re.search(r"call void @xerbla_\(ptr %\d+, ptr %1, i32 %\d+\)", text)
    assert "other_.len" not in text


def test_replacement_of_a_routine_that_takes_lengths_takes_them_too(conventions: str):
    text = retarget(conventions, Options(star_lengths=("fixed",)))
    assert _signature(text, "fixed_") == "define void @fixed_(ptr %0, ptr %1, ptr %2, i32 %3, i32 %4)"
