"""Reads the binary format's elements: numbers, names, types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright import limits
from wasmwright.failure import WasmwrightError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from wasmwright.limits import Limit

    T = TypeVar("T")

_CONTINUES = 0x80
_BITS = 7
_SIGN = 0x40

VALUE_TYPES = {0x7F: "i32", 0x7E: "i64", 0x7D: "f32", 0x7C: "f64", 0x7B: "v128", 0x78: "i8", 0x77: "i16"}
_HEAP_NAMES = "nocont noexn nofunc noextern none func extern any eq i31 struct array exn cont"
HEAP_TYPES = dict(zip(range(0x75, 0x67, -1), _HEAP_NAMES.split(), strict=True))
_REF, _REF_NULL, _SHARED = 0x64, 0x63, 0x65


class InvalidModule(WasmwrightError):
    """A file that is not a readable WebAssembly module."""

    exit_code = 42


class Reader:
    """A position in some bytes. Reading past their end raises IndexError, which `parse` turns into InvalidModule."""

    def __init__(self, data: bytes, base: int = 0) -> None:
        """`base` is where `data` begins in its file, for messages."""
        self.data = data
        self.base = base
        self.position = 0

    @property
    def offset(self) -> int:
        """The position in the file."""
        return self.base + self.position

    @property
    def left(self) -> int:
        """How many bytes follow."""
        return len(self.data) - self.position

    def fail(self, message: str) -> InvalidModule:
        """The error for what stands at the present position."""
        return InvalidModule(f"{message} at offset {self.offset:#x}")

    def byte(self) -> int:
        """One byte."""
        value = self.data[self.position]
        self.position += 1
        return value

    def take(self, count: int) -> bytes:
        """The next `count` bytes."""
        if count > self.left:
            raise IndexError
        start = self.position
        self.position += count
        return self.data[start : self.position]

    def u32(self) -> int:
        """An unsigned LEB128 number of up to 32 bits."""
        value = self.data[self.position]
        if value < _CONTINUES:
            self.position += 1
            return value
        return self._unsigned(32)

    def u64(self) -> int:
        """An unsigned LEB128 number of up to 64 bits."""
        return self._unsigned(64)

    def signed(self, bits: int) -> int:
        """A signed LEB128 number of up to `bits` bits."""
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & ~_CONTINUES) << shift
            shift += _BITS
            if byte < _CONTINUES:
                return value - (1 << shift) if byte & _SIGN else value
            if shift >= bits:
                raise self._too_long()

    def name(self) -> str:
        """A name: its length, then UTF-8."""
        length = self.count(limits.WASM_NAME)
        try:
            return self.take(length).decode("utf-8")
        except UnicodeDecodeError as error:
            message = f"a name that is not UTF-8 ({error.reason})"
            raise self.fail(message) from error

    def count(self, limit: Limit = limits.WASM_ENTRIES) -> int:
        """How many elements follow; raises LimitExceeded."""
        value = self.u32()
        limit.check(value, f"offset {self.offset:#x}")
        return value

    def vector(self, read: Callable[[], T]) -> tuple[T, ...]:
        """A count, then that many elements."""
        return tuple([read() for _ in range(self.count())])

    def value_type(self) -> str:
        """A value or storage type."""
        code = self.byte()
        if code in VALUE_TYPES:
            return VALUE_TYPES[code]
        if code in HEAP_TYPES:
            return f"{HEAP_TYPES[code]}ref"
        if code in {_REF, _REF_NULL}:
            return f"(ref {'null ' if code == _REF_NULL else ''}{self.heap_type()})"
        self.position -= 1
        message = f"unknown value type {code:#x}"
        raise self.fail(message)

    def heap_type(self) -> str:
        """What a reference refers to: an abstract type or the index of a defined one."""
        code = self.data[self.position]
        shared = "shared " if code == _SHARED else ""
        if shared:
            self.position += 1
            code = self.data[self.position]
        if code in HEAP_TYPES:
            self.position += 1
            return shared + HEAP_TYPES[code]
        index = self.signed(33)
        if index < 0:
            message = f"unknown heap type {code:#x}"
            raise self.fail(message)
        return str(index)

    def _unsigned(self, bits: int) -> int:
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & ~_CONTINUES) << shift
            shift += _BITS
            if byte < _CONTINUES:
                if value >> bits:
                    raise self._too_long()
                return value
            if shift >= bits:
                raise self._too_long()

    def _too_long(self) -> InvalidModule:
        return self.fail("a number that is too large")
