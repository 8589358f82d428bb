"""Parses a module, all but its code and data."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from wasmwright import limits
from wasmwright.limits import LimitExceeded
from wasmwright.wasm.constexpr import skip_expression
from wasmwright.wasm.dylink import parse_dylink
from wasmwright.wasm.model import (
    CompositeType,
    Dylink,
    Export,
    ExternType,
    FunctionType,
    GlobalType,
    Import,
    Limits,
    MemoryType,
    Module,
    TableType,
)
from wasmwright.wasm.reader import InvalidModule, Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAGIC = b"\0asm"
_VERSION = b"\1\0\0\0"
_HEADER = len(MAGIC) + len(_VERSION)
_SECTIONS = (
    *(
        "custom",
        "type",
        "import",
        "function",
        "table",
        "memory",
        "global",
        "export",
        "start",
        "element",
        "code",
        "data",
    ),
    *("data count", "tag"),
)
# Custom sections of our compilers begin so.
_NOTES = "wasmwright."
_KINDS = ("func", "table", "memory", "global", "tag")
_REC_GROUP, _SUB, _SUB_FINAL, _SHARED = 0x4E, 0x50, 0x4F, 0x65
_FUNC, _STRUCT, _ARRAY, _CONT = 0x60, 0x5F, 0x5E, 0x5D
_HAS_MAXIMUM, _IS_SHARED, _IS_64, _HAS_PAGE_SIZE = 1, 2, 4, 8
_TABLE_WITH_VALUE = 0x40


def parse(data: bytes, name: str = "the module") -> Module:
    """Read a module; raises InvalidModule, which begins with `name` and ends with the offset, and LimitExceeded."""
    try:
        return _Parser(data).run()
    except LimitExceeded as error:
        raise error.limit.exceeded(name, error.found) from error
    except InvalidModule as error:
        message = f"{name}: {error}"
        raise InvalidModule(message, hint=error.hint) from error


class _Parser:
    """Fills the index spaces section by section; imports come first in each."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.types: list[FunctionType | CompositeType] = []
        self.imports: list[Import] = []
        self.exports: list[Export] = []
        self.spaces: dict[str, list[ExternType]] = {kind: [] for kind in _KINDS}
        self.dylink: Dylink | None = None
        self.features: tuple[str, ...] | None = None
        self.names: list[str] = []
        self.notes: dict[str, list[bytes]] = defaultdict(list)

    def run(self) -> Module:
        self._check_header()
        readers: dict[str, Callable[[Reader], None]] = {
            "type": self._read_types,
            "import": self._read_imports,
            "function": self._read_functions,
            "table": self._read_tables,
            "memory": self._read_memories,
            "global": self._read_globals,
            "export": self._read_exports,
            "tag": self._read_tags,
            "dylink.0": self._read_dylink,
            "target_features": self._read_features,
        }
        for name, reader in self._split():
            self.names.append(name)
            if name.startswith(_NOTES):
                self.notes[name].append(reader.take(reader.left))
            if name in readers:
                self._read(name, readers[name], reader)
        return Module(
            imports=tuple(self.imports),
            exports=tuple(self.exports),
            memories=tuple(memory for memory in self.spaces["memory"] if isinstance(memory, MemoryType)),
            dylink=self.dylink,
            features=self.features,
            sections=tuple(self.names),
            notes={name: b"".join(parts) for name, parts in self.notes.items()},
        )

    def _check_header(self) -> None:
        if self.data[:4] != MAGIC:
            message = f"it does not begin as WebAssembly does but with {self.data[:4]!r}, at offset 0x0"
            raise InvalidModule(message)
        if self.data[4:_HEADER] != _VERSION:
            message = f"it is of version {self.data[4:_HEADER].hex() or 'none'}, not 1, at offset 0x4"
            raise InvalidModule(message)

    def _split(self) -> Iterator[tuple[str, Reader]]:
        """The sections with their payloads; code and data are not copied."""
        whole = Reader(self.data)
        whole.position = _HEADER
        known: set[int] = set()
        while whole.left:
            start = whole.offset
            limits.WASM_SECTIONS.check(len(self.names) + 1, f"offset {start:#x}")
            try:
                number, size = whole.byte(), whole.u32()
            except IndexError:
                message = f"truncated in the header of a section at offset {start:#x}"
                raise InvalidModule(message) from None
            if number >= len(_SECTIONS):
                message = f"unknown section {number} at offset {start:#x}"
                raise InvalidModule(message)
            name = _SECTIONS[number]
            if number in known:
                message = f"a second section `{name}` at offset {start:#x}"
                raise InvalidModule(message)
            known.update({number} if number else ())
            if size > whole.left:
                message = f"truncated: section `{name}` at offset {start:#x} has {size} bytes, {whole.left} are left"
                raise InvalidModule(message)
            begin = whole.position
            whole.position += size
            if name in {"code", "data", "element"}:
                yield name, Reader(b"", begin)
                continue
            payload = Reader(self.data[begin : begin + size], begin)
            if name == "custom":
                name = self._custom_name(payload)
            yield name, payload

    @staticmethod
    def _custom_name(payload: Reader) -> str:
        try:
            return payload.name()
        except IndexError:
            message = "truncated in the name of a custom section"
            raise payload.fail(message) from None

    @staticmethod
    def _read(name: str, read: Callable[[Reader], None], reader: Reader) -> None:
        try:
            read(reader)
        except IndexError:
            message = f"section `{name}` ends too early"
            raise reader.fail(message) from None
        if reader.left:
            message = f"section `{name}` has {reader.left} bytes too many"
            raise reader.fail(message)

    def _read_types(self, reader: Reader) -> None:
        for _ in range(reader.count()):
            count = 1
            if reader.data[reader.position] == _REC_GROUP:
                reader.byte()
                count = reader.count()
            for _ in range(count):
                self.types.append(_sub_type(reader))

    def _read_imports(self, reader: Reader) -> None:
        for _ in range(reader.count(limits.WASM_SYMBOLS)):
            module, name, kind = reader.name(), reader.name(), self._kind(reader)
            type_ = self._extern_type(reader, kind)
            self.spaces[kind].append(type_)
            self.imports.append(Import(module=module, name=name, kind=kind, type=type_))

    def _extern_type(self, reader: Reader, kind: str) -> ExternType:
        match kind:
            case "func":
                return self._type(reader)
            case "table":
                return _table_type(reader)
            case "memory":
                return MemoryType(limits=_limits(reader))
            case "global":
                return _global_type(reader)
            case _:
                return self._tag_type(reader)

    def _read_functions(self, reader: Reader) -> None:
        functions = self.spaces["func"]
        for _ in range(reader.count()):
            functions.append(self._type(reader))

    def _read_tables(self, reader: Reader) -> None:
        for _ in range(reader.count()):
            has_value = reader.data[reader.position] == _TABLE_WITH_VALUE
            if has_value:
                reader.take(2)
            self.spaces["table"].append(_table_type(reader))
            if has_value:
                skip_expression(reader)

    def _read_memories(self, reader: Reader) -> None:
        for _ in range(reader.count()):
            self.spaces["memory"].append(MemoryType(limits=_limits(reader)))

    def _read_globals(self, reader: Reader) -> None:
        for _ in range(reader.count()):
            self.spaces["global"].append(_global_type(reader))
            skip_expression(reader)

    def _read_tags(self, reader: Reader) -> None:
        for _ in range(reader.count()):
            self.spaces["tag"].append(self._tag_type(reader))

    def _read_exports(self, reader: Reader) -> None:
        for _ in range(reader.count(limits.WASM_SYMBOLS)):
            name, kind = reader.name(), self._kind(reader)
            index, space = reader.u32(), self.spaces[kind]
            if index >= len(space):
                message = f"export `{name}` is {kind} {index} of {len(space)}"
                raise reader.fail(message)
            self.exports.append(Export(name=name, kind=kind, type=space[index]))

    def _read_dylink(self, reader: Reader) -> None:
        self.dylink = parse_dylink(reader)

    def _read_features(self, reader: Reader) -> None:
        self.features = reader.vector(lambda: chr(reader.byte()) + reader.name())

    def _kind(self, reader: Reader) -> str:
        number = reader.byte()
        if number >= len(_KINDS):
            message = f"unknown kind {number} of import or export"
            raise reader.fail(message)
        return _KINDS[number]

    def _type(self, reader: Reader) -> FunctionType | CompositeType:
        index = reader.u32()
        if index >= len(self.types):
            message = f"type {index} of {len(self.types)}"
            raise reader.fail(message)
        return self.types[index]

    def _tag_type(self, reader: Reader) -> FunctionType | CompositeType:
        reader.byte()
        return self._type(reader)


def _sub_type(reader: Reader) -> FunctionType | CompositeType:
    code = reader.byte()
    if code in {_SUB, _SUB_FINAL}:
        reader.vector(reader.u32)
        code = reader.byte()
    if code == _SHARED:
        code = reader.byte()
    if code == _FUNC:
        return FunctionType(params=reader.vector(reader.value_type), results=reader.vector(reader.value_type))
    if code == _STRUCT:
        reader.vector(lambda: _field_type(reader))
        return CompositeType(kind="struct")
    if code == _ARRAY:
        _field_type(reader)
        return CompositeType(kind="array")
    if code == _CONT:
        reader.heap_type()
        return CompositeType(kind="cont")
    reader.position -= 1
    message = f"unknown form of type {code:#x}"
    raise reader.fail(message)


def _field_type(reader: Reader) -> None:
    reader.value_type()
    reader.byte()


def _global_type(reader: Reader) -> GlobalType:
    value, flags = reader.value_type(), reader.byte()
    return GlobalType(value=value, is_mutable=bool(flags & 1))


def _table_type(reader: Reader) -> TableType:
    return TableType(element=reader.value_type(), limits=_limits(reader))


def _limits(reader: Reader) -> Limits:
    flags = reader.byte()
    minimum = reader.u64()
    maximum = reader.u64() if flags & _HAS_MAXIMUM else None
    if flags & _HAS_PAGE_SIZE:
        reader.u32()
    return Limits(minimum=minimum, maximum=maximum, is_shared=bool(flags & _IS_SHARED), is_64=bool(flags & _IS_64))
