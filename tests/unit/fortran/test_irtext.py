from __future__ import annotations

import pytest

from wasmwright.fortran.irtext import (
    Malformed,
    Parameter,
    after_type,
    closing,
    parse_parameter,
    parse_signature,
    replace_names,
    split_list,
)

LINES = [
    "define i64 @f_(ptr byval({ float, float }) align 4 %0, i32 %1) #0 {",
    "define internal double @_QFhostPinner(ptr %0, ptr nest %1) !dbg !83 {",
    'define linkonce_odr double @"a b"() comdat {',
    "declare !dbg !30 zeroext i1 @_F(ptr nocapture writeonly, i1 immarg) #2",
    "  %22 = call { ptr, i32 } @ff_(ptr %3, i64 3, ptr %4), !dbg !12",
    "  %18 = call ptr @malloc(i64 ptrtoint (ptr getelementptr ([1 x i64], ptr null, i32 1) to i64))",
    "  %3 = call contract fp128 @_FortranASqrtF128(fp128 %2)",
    '  call void %5(ptr nest %1, [2 x i8] c"a,", metadata !3), !dbg !1',
    "  %9 = call i32 (ptr, ...) @printf(ptr @x, i32 1)",
    "  call void (ptr, ...) @open(ptr @x, ...)",
]


@pytest.mark.parametrize("line", LINES)
def test_signature_reads_and_writes_the_same(line: str):
    keyword = next(word for word in ("define", "declare", "call") if f"{word} " in line)
    assert str(parse_signature(line, keyword)) == line


def test_parts_of_a_definition():
    found = parse_signature(LINES[0], "define")
    assert (found.returns, found.name) == ("i64", "@f_")
    assert found.parameters[0] == Parameter("ptr", "byval({ float, float }) align 4", "%0")
    assert found.parameters[1] == Parameter("i32", "", "%1")


def test_declared_parameters_have_no_value():
    assert parse_parameter("ptr sret({ double, double }) align 4").value == ""


def test_types_nest():
    text = "{ ptr, [2 x { i64, <4 x float> }] } @x"
    assert text[: after_type(text, 0)] == "{ ptr, [2 x { i64, <4 x float> }] }"
    assert "ptr addrspace(1) x"[: after_type("ptr addrspace(1) x", 0)] == "ptr addrspace(1)"


def test_lists_split_outside_of_brackets_and_quotes():
    assert split_list('i32 1, [2 x i8] c"a,", { ptr, i32 } %x, ptr @"b,c"') == [
        "i32 1",
        '[2 x i8] c"a,"',
        "{ ptr, i32 } %x",
        'ptr @"b,c"',
    ]
    assert split_list(" ") == []


def test_names_are_replaced_whole_and_not_in_text():
    line = '  store [3 x i8] c"%1 ", ptr %1, %11, !tbaa !1'
    assert replace_names(line, {"%1": "%x"}) == '  store [3 x i8] c"%1 ", ptr %x, %11, !tbaa !1'


@pytest.mark.parametrize("text", ["(a", "(a]", '("a'])
def test_open_brackets_are_refused(text: str):
    with pytest.raises(Malformed):
        closing(text, 0)


def test_call_without_arguments_is_refused():
    with pytest.raises(Malformed):
        parse_signature("  call void @f", "call")
