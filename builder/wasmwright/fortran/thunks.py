"""Text of functions that a retargeted module gets besides its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wasmwright.fortran.irtext import Signature

MAIN_INSIDE = "@wasmwright.main"
MALLOC = "@__wasmwright_fortran_malloc"

# flang writes sizes as i64. What does not fit, or is not there, must not become a pointer to something.
MALLOC_DEFINITION = f"""define linkonce_odr hidden noalias ptr {MALLOC}(i64 %size) {{
  %small = icmp ult i64 %size, 4294967296
  br i1 %small, label %allocate, label %fail

allocate:
  %bytes = trunc i64 %size to i32
  %memory = call ptr @malloc(i32 %bytes)
  %got = icmp ne ptr %memory, null
  %nothing = icmp eq i32 %bytes, 0
  %fine = or i1 %got, %nothing
  br i1 %fine, label %done, label %fail

done:
  ret ptr %memory

fail:
  call void @llvm.trap()
  unreachable
}}

declare ptr @malloc(i32)
"""

# clang's name for a C main with arguments; flang's has a third one, with the environment.
MAIN = f"""@environ = external global ptr

define i32 @__main_argc_argv(i32 %count, ptr %words) {{
  %variables = load ptr, ptr @environ, align 4
  %status = call i32 {MAIN_INSIDE}(i32 %count, ptr %words, ptr %variables)
  ret i32 %status
}}
"""

TRAP = "declare void @llvm.trap()\n"


def alias(full: Signature, name: str) -> str:
    """`NAME.len` for a definition that takes all lengths itself."""
    types = ", ".join(parameter.type for parameter in full.parameters)
    return f"{name}.len = hidden alias {full.returns} ({types}), ptr {name}\n"


def thunk(full: Signature, plain: Signature) -> str:
    """A weak `NAME.len` that leaves the lengths out. A definition with CHARACTER*(*) dummies has a strong one."""
    named = ", ".join(f"{parameter.type} %{at}" for at, parameter in enumerate(full.parameters))
    passed = ", ".join(f"{parameter.type} %{at}" for at, parameter in enumerate(plain.parameters))
    call = f"call {full.returns} {plain.name}({passed})"
    is_void = full.returns == "void"
    body = [f"  {call}", "  ret void"] if is_void else [f"  %result = {call}", f"  ret {full.returns} %result"]
    return "\n".join([f"define weak hidden {full.returns} {plain.name}.len({named}) {{", *body, "}", ""])


def record(text: str, metadata: Iterable[int]) -> str:
    """A line in the custom section that tells of a module's conventions; `metadata` are the numbers in use."""
    number = 1 + max(metadata, default=0)
    return f'!wasm.custom_sections = !{{!{number}}}\n!{number} = !{{!"wasmwright.fortran", !"{text}\\0A"}}\n'
