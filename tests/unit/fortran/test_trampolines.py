from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wasmwright.fortran.trampolines import SLOTS

if TYPE_CHECKING:
    from collections.abc import Callable


def test_pointer_to_a_nested_procedure_is_taken_and_given_back(wasm: str, definition: Callable[[str, str], str]):
    host = definition(wasm, "host_")
    assert re.search(
        r"(%wasm\.bound\.\d+) = call ptr @_QFhostPinner\.bind\(ptr (%\d+), ptr %\d+\)\n  store ptr \1, ptr \2", host
    )
    assert re.search(r"call void @_QFhostPinner\.release\(ptr %\d+\)\n  ret void", host)
    assert "@llvm.init.trampoline" not in wasm


def test_hosts_keep_frames_of_their_own(wasm: str):
    assert "define void @host_(ptr %0, ptr %1) noinline {" in wasm


def test_copies_pass_the_variables_of_their_slot(wasm: str, definition: Callable[[str, str], str]):
    last = definition(wasm, f"_QFhostPinner.{SLOTS - 1}")
    assert f"@_QFhostPinner.slots, i32 0, i32 {SLOTS - 1}, i32 1" in last
    assert "call double @_QFhostPinner(ptr %0, ptr %variables)" in last
    assert "define internal double @_QFhostPinner(ptr %0, ptr %1)" in wasm
