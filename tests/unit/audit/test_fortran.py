from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from wasm_writer import Writer, custom

from wasmwright.audit.fortran import SECTION, check_fortran
from wasmwright.audit.symbols import Provider, Resolver
from wasmwright.wasm.parse import parse

if TYPE_CHECKING:
    from collections.abc import Callable


def _found(*lines: str) -> list[str]:
    findings = check_fortran("x.so", [f"{line}\n".encode() for line in lines])
    return [f"{finding.code.id} {finding.member} {finding.message}" for finding in findings]


def test_objects_of_one_convention_agree():
    assert _found("lengths=c defines=a_:1+1 calls=b_:2+1 common=", "lengths=c defines=b_:2+1 calls= common=") == []
    assert _found("lengths=hidden defines=a_:1+1 calls=a_:1+1 common=") == []


def test_mix_of_conventions_names_the_procedure_and_both_sides():
    (found,) = _found("lengths=c defines=a_:1+1 calls=b_:2+1 common=", "lengths=hidden defines=b_:2+1 calls= common=")
    assert found == (
        "WW304 x.so calls b_ with 2 arguments, as without -fhidden-lengths,"
        " but defines it with 2 arguments and 1 lengths, as with -fhidden-lengths"
    )


def test_conventions_may_differ_where_nothing_meets():
    assert _found("lengths=c defines=a_:1+1 calls=c_:1+1 common=", "lengths=hidden defines=b_:2+1 calls= common=") == []


def test_procedure_that_takes_lengths_of_all_callers_agrees_with_all():
    star = "lengths=c defines=b_:2+1* calls= common="
    assert _found("lengths=c defines= calls=b_:2+1 common=", "lengths=hidden defines= calls=b_:2+1 common=", star) == []


def test_common_blocks_have_one_size():
    smaller, larger = (f"lengths=c defines= calls= common=blk_:{size},other_:8" for size in (12, 16))
    found = _found(smaller, larger)
    assert found == ["WW305 x.so has the COMMON block blk_ with sizes of 12 and 16 bytes"]


def test_blank_common_too():
    (found,) = _found("lengths=c defines= calls= common=__BLNK__:8", "lengths=c defines= calls= common=__BLNK__:16")
    assert found.startswith("WW305 x.so has the COMMON block __BLNK__")


def test_odd_records_are_passed_over():
    assert _found("", "odd", "lengths=c defines=a_,b_:x+y calls=: common=c_:many") == []
    odd = f"lengths=c defines=a_:²+1,b_:1+{'9' * 5000} calls=a_:\u0661+1 common=c_:²,c_:{'1' * 5000}"
    assert _found(odd, odd.replace("=c", "=hidden")) == []


def test_module_of_a_wheel_is_looked_at(found: Callable[..., list[str]], good: Writer):
    record = b"lengths=c defines= calls=b_:1+1 common=\nlengths=hidden defines=b_:1+1 calls= common=\n"
    module = good.define("PyInit_x", "()->(i32)").build()
    assert found(module) == []
    assert [line.split()[0] for line in found(module + custom(SECTION, record))] == ["WW304"]


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("(i32,i32)->()", ["WW304 x.so passes f_ 1 lengths after its 2 arguments but lib.so exports (i32,i32)->()"]),
        ("(i32,i32,i32)->()", []),
    ],
)
def test_lengths_are_compared_with_what_another_module_exports(kind: str, found: list[str]):
    record = b"lengths=hidden defines= calls=f_:2+1 common=\n"
    module = parse(Writer().got("func", "f_").build() + custom(SECTION, record), "x.so")
    library = Provider.of_module("lib.so", parse(Writer().define("f_", kind).build(), "lib.so"))
    findings = Resolver(providers=(library,)).check("x.so", module)
    assert [f"{finding.code.id} {finding.member} {finding.message}" for finding in findings] == found
