"""Skips constant expressions: the initial values of globals and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wasmwright.wasm.reader import Reader

_END = 0x0B
_I32_CONST, _I64_CONST, _F32_CONST, _F64_CONST = 0x41, 0x42, 0x43, 0x44
_GLOBAL_GET, _REF_NULL, _REF_FUNC = 0x23, 0xD0, 0xD2
_ARITHMETIC = {0x6A, 0x6B, 0x6C, 0x7C, 0x7D, 0x7E}
_GC, _VECTOR = 0xFB, 0xFD
_V128_CONST = 12
# How many indices follow an instruction of the garbage collection proposal.
_GC_INDICES = {0: 1, 1: 1, 6: 1, 7: 1, 8: 2, 0x1A: 0, 0x1B: 0, 0x1C: 0}


def skip_expression(reader: Reader) -> None:
    """Move past an expression and its end; raises InvalidModule for an instruction that no constant can have."""
    while (code := reader.byte()) != _END:
        if code in {_GLOBAL_GET, _REF_FUNC}:
            reader.u32()
        elif code == _I32_CONST:
            reader.signed(32)
        elif code == _I64_CONST:
            reader.signed(64)
        elif code in {_F32_CONST, _F64_CONST}:
            reader.take(4 if code == _F32_CONST else 8)
        elif code == _REF_NULL:
            reader.heap_type()
        elif code in {_GC, _VECTOR}:
            _skip_prefixed(reader, code)
        elif code not in _ARITHMETIC:
            message = f"instruction {code:#x} in a constant expression"
            raise reader.fail(message)


def _skip_prefixed(reader: Reader, prefix: int) -> None:
    code = reader.u32()
    if prefix == _VECTOR and code == _V128_CONST:
        reader.take(16)
    elif prefix == _GC and code in _GC_INDICES:
        for _ in range(_GC_INDICES[code]):
            reader.u32()
    else:
        message = f"instruction {prefix:#x} {code} in a constant expression"
        raise reader.fail(message)
