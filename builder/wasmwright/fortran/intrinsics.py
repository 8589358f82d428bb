"""Functions of LLVM and of the C library that flang's code calls, and that differ on wasm32."""

from __future__ import annotations

# What the wasm32 backend, or its C library, is known to do right. Anything else is an error and not a guess.
_KNOWN = frozenset(
    {"memcpy", "memmove", "memset", "stacksave", "stackrestore", "trap", "assume", "expect", "lifetime", "donothing"}
    | {"smax", "smin", "umax", "umin", "abs", "ctpop", "ctlz", "cttz", "bswap", "bitreverse", "fshl", "fshr"}
    | {"fabs", "sqrt", "copysign", "floor", "ceil", "trunc", "rint", "nearbyint", "round", "lround", "llround"}
    | {"roundeven", "lrint", "llrint", "fma", "fmuladd", "minnum", "maxnum", "minimum", "maximum", "powi", "pow"}
    | {"exp", "exp2", "exp10", "log", "log2", "log10", "sin", "cos", "tan", "ldexp", "frexp", "canonicalize"}
    | {"is", "get", "vector", "sadd", "uadd", "ssub", "usub", "smul", "umul", "dbg"}
)

_REASONS = {
    "set": "WebAssembly always rounds to nearest",
    "x86": "it belongs to another processor",
    "init": "a procedure inside another is passed as an argument and uses its variables",
}

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

declare void @llvm.trap()
"""


def refusal(name: str) -> str | None:
    """Why an intrinsic such as `@llvm.set.rounding` cannot be used, or None if it can."""
    kind = name.removeprefix("@llvm.").split(".")[0]
    return None if kind in _KNOWN else _REASONS.get(kind, "it is not known to work there")


def renamed(name: str) -> str:
    """The function to call instead of `name`.

    A C `long` has 32 bits, so that rounding to an i64 is `llround`'s work; `lround` would be called with a wrong type.
    """
    for wrong, right in (("@llvm.lround.i64.", "@llvm.llround.i64."), ("@llvm.lrint.i64.", "@llvm.llrint.i64.")):
        if name.startswith(wrong):
            return right + name.removeprefix(wrong)
    return MALLOC if name == "@malloc" else name
