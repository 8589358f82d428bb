"""The section `dylink.0` of the tool conventions: what a dynamic linker has to know."""

from __future__ import annotations

from wasmwright.wasm.model import Dylink
from wasmwright.wasm.reader import Reader

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
            exports = {part.name(): part.u32() for _ in range(part.u32())}
        elif kind == _IMPORT_INFO:
            imports = {(part.name(), part.name()): part.u32() for _ in range(part.u32())}
    return Dylink(
        memory_size=memory_size,
        table_size=table_size,
        needed=needed,
        runtime_paths=paths,
        export_flags=exports,
        import_flags=imports,
    )
