"""The section `dylink.0` of the tool conventions: what a dynamic linker has to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright import limits
from wasmwright.wasm.model import Dylink
from wasmwright.wasm.reader import InvalidModule, Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SECTION = "dylink.0"
_HEADER = 8
_LOW, _MORE = 0x7F, 0x80
_MEM_INFO, _NEEDED, _EXPORT_INFO, _IMPORT_INFO, _RUNTIME_PATH = 1, 2, 3, 4, 5


def parse_dylink(reader: Reader) -> Dylink:
    """Read the section; parts of a kind that we do not know are passed over, as the convention wants."""
    memory_size = table_size = 0
    needed: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    exports: dict[str, int] = {}
    imports: dict[tuple[str, str], int] = {}
    while reader.left:
        kind, size = reader.byte(), reader.u32()
        start = reader.offset
        part = Reader(reader.take(size), start)
        if kind == _MEM_INFO:
            memory_size, _, table_size, _ = (part.u32() for _ in range(4))
        elif kind == _NEEDED:
            needed = part.vector(part.name)
        elif kind == _RUNTIME_PATH:
            paths = part.vector(part.name)
        elif kind == _EXPORT_INFO:
            exports = {part.name(): part.u32() for _ in range(part.count(limits.WASM_SYMBOLS))}
        elif kind == _IMPORT_INFO:
            imports = {(part.name(), part.name()): part.u32() for _ in range(part.count(limits.WASM_SYMBOLS))}
    return Dylink(
        memory_size=memory_size,
        table_size=table_size,
        needed=needed,
        runtime_paths=paths,
        export_flags=exports,
        import_flags=imports,
    )


def with_runtime_paths(data: bytes, paths: Sequence[str]) -> bytes:
    """The side module `data` with `paths` as all its run paths; raises InvalidModule where it is none."""
    module = Reader(data)
    try:
        module.take(_HEADER)
        kind, section = module.byte(), Reader(module.take(module.u32()))
        name = section.name() if kind == 0 else ""
        kept = list(_parts_but_paths(section)) if name == SECTION else []
    except IndexError:
        kept = []
    if not kept:
        message = "no side module: it does not begin with a section dylink.0"
        raise InvalidModule(message)
    listed = _u32(len(paths)) + b"".join(map(_name, paths))
    content = b"".join([_name(SECTION), *kept, bytes([_RUNTIME_PATH]), _u32(len(listed)), listed])
    return data[:_HEADER] + b"\0" + _u32(len(content)) + content + data[module.position :]


def _parts_but_paths(section: Reader) -> Iterator[bytes]:
    while section.left:
        start, kind = section.position, section.byte()
        section.take(section.u32())
        if kind != _RUNTIME_PATH:
            yield section.data[start : section.position]


def _name(text: str) -> bytes:
    return _u32(len(text.encode())) + text.encode()


def _u32(value: int) -> bytes:
    groups = bytearray()
    while value > _LOW:
        groups.append(value & _LOW | _MORE)
        value >>= 7
    return bytes([*groups, value])
