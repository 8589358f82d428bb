"""Functions of LLVM and of the C library that flang's code calls, and that differ on wasm32."""

from __future__ import annotations

from wasmwright.fortran.thunks import MALLOC

# What the wasm32 backend, or its C library, is known to do right. Anything else is an error and not a guess.
_KNOWN = frozenset(
    {"memcpy", "memmove", "memset", "stacksave", "stackrestore", "trap", "assume", "expect", "lifetime", "donothing"}
    | {"smax", "smin", "umax", "umin", "abs", "ctpop", "ctlz", "cttz", "bswap", "bitreverse", "fshl", "fshr"}
    | {"fabs", "sqrt", "copysign", "floor", "ceil", "trunc", "rint", "nearbyint", "round", "lround", "llround"}
    | {"roundeven", "lrint", "llrint", "fma", "fmuladd", "minnum", "maxnum", "minimum", "maximum", "powi", "pow"}
    | {"exp", "exp2", "exp10", "log", "log2", "log10", "sin", "cos", "tan", "ldexp", "frexp", "canonicalize"}
    | {"is", "get", "vector", "init", "adjust", "sadd", "uadd", "ssub", "usub", "smul", "umul", "dbg"}
)

_REASONS = {
    "set": "WebAssembly always rounds to nearest",
    "x86": "it belongs to another processor",
}


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
