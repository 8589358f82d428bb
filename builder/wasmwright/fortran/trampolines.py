"""Procedures inside others, passed as arguments: a pointer to one must carry the address of its host's variables.

Elsewhere the processor's code is written at run time. Here each such procedure has a few copies of a small function,
and a slot with that address for each. A slot is taken when the pointer is made and given back when the host returns;
slots of hosts that were left otherwise (an exception, a long jump) are known by their frames, which lie below the
present one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wasmwright.fortran.irtext import Signature

INIT, ADJUST = "@llvm.init.trampoline", "@llvm.adjust.trampoline"
SLOTS = 32


def init(call: Signature, number: int) -> list[str]:
    """The lines that make a pointer: it is kept where the code would be."""
    memory, procedure, variables = (parameter.value for parameter in call.parameters)
    pointer = f"%wasm.bound.{number}"
    return [
        f"  {pointer} = call ptr {procedure}.bind(ptr {memory}, ptr {variables})",
        f"  store ptr {pointer}, ptr {memory}, align 1",
    ]


def adjust(call: Signature, assigned: str) -> list[str]:
    """The line that takes such a pointer."""
    return [f"  {assigned} = load ptr, ptr {call.parameters[0].value}, align 1"]


def released(lines: list[str], made: list[tuple[str, str]]) -> list[str]:
    """The body that gives its slots back; `made` names procedures and where their pointers are kept."""
    changed: list[str] = []
    for line in lines:
        if line.startswith("  ret "):
            changed += [f"  call void {procedure}.release(ptr {memory})" for procedure, memory in dict.fromkeys(made)]
        changed.append(line)
    return changed


def definitions(procedure: Signature, position: int) -> str:
    """The functions and slots of a procedure that takes the address of its host's variables at `position`."""
    name = procedure.name
    others = [(parameter.type, f"%{at}") for at, parameter in enumerate(procedure.parameters) if at != position]
    pointers = ", ".join(f"ptr {name}.{number}" for number in range(SLOTS))
    parts = [
        f"{name}.slots = internal global [{SLOTS} x {{ ptr, ptr }}] zeroinitializer\n",
        f"{name}.pointers = internal constant [{SLOTS} x ptr] [{pointers}]\n",
    ]
    taken = ", ".join(f"{type_} {value}" for type_, value in others)
    passed = [f"{type_} {value}" for type_, value in others]
    passed.insert(position, "ptr %variables")
    call = f"call {procedure.returns} {name}({', '.join(passed)})"
    is_void = procedure.returns == "void"
    body = f"  {call}\n  ret void" if is_void else f"  %result = {call}\n  ret {procedure.returns} %result"
    for number in range(SLOTS):
        place = f"getelementptr ([{SLOTS} x {{ ptr, ptr }}], ptr {name}.slots, i32 0, i32 {number}, i32 1)"
        parts.append(
            f"define internal {procedure.returns} {name}.{number}({taken}) {{\n"
            f"  %variables = load ptr, ptr {place}, align 4\n{body}\n}}\n"
        )
    return "\n".join([*parts, _BIND.format(name=name, slots=SLOTS), _RELEASE.format(name=name, slots=SLOTS)])


_BIND = """define internal ptr {name}.bind(ptr %frame, ptr %variables) {{
begin:
  %mine = ptrtoint ptr %frame to i32
  br label %look

look:
  %at = phi i32 [ 0, %begin ], [ %following, %next ]
  %slot = getelementptr [{slots} x {{ ptr, ptr }}], ptr {name}.slots, i32 0, i32 %at
  %owner = load ptr, ptr %slot, align 4
  %other = ptrtoint ptr %owner to i32
  %free = icmp ule i32 %other, %mine
  br i1 %free, label %take, label %next

next:
  %following = add i32 %at, 1
  %more = icmp ult i32 %following, {slots}
  br i1 %more, label %look, label %none

take:
  %place = getelementptr {{ ptr, ptr }}, ptr %slot, i32 0, i32 1
  store ptr %frame, ptr %slot, align 4
  store ptr %variables, ptr %place, align 4
  %entry = getelementptr [{slots} x ptr], ptr {name}.pointers, i32 0, i32 %at
  %pointer = load ptr, ptr %entry, align 4
  ret ptr %pointer

none:
  call void @llvm.trap()
  unreachable
}}
"""

_RELEASE = """define internal void {name}.release(ptr %frame) {{
begin:
  br label %look

look:
  %at = phi i32 [ 0, %begin ], [ %following, %next ]
  %slot = getelementptr [{slots} x {{ ptr, ptr }}], ptr {name}.slots, i32 0, i32 %at
  %owner = load ptr, ptr %slot, align 4
  %is_mine = icmp eq ptr %owner, %frame
  br i1 %is_mine, label %give, label %next

give:
  store ptr null, ptr %slot, align 4
  br label %next

next:
  %following = add i32 %at, 1
  %more = icmp ult i32 %following, {slots}
  br i1 %more, label %look, label %done

done:
  ret void
}}
"""
