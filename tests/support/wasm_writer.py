"""Writes small WebAssembly modules, so that no binary has to lie in the repository."""

from __future__ import annotations

from dataclasses import dataclass, field

CODES = {"i32": 0x7F, "i64": 0x7E, "f32": 0x7D, "f64": 0x7C, "v128": 0x7B, "funcref": 0x70, "externref": 0x6F}
KINDS = {"func": 0, "table": 1, "memory": 2, "global": 3, "tag": 4}
Signature = tuple[tuple[str, ...], tuple[str, ...]]


def leb(value: int) -> bytes:
    out = bytearray()
    while True:
        value, low = value >> 7, value & 0x7F
        out.append(low | (0x80 if value else 0))
        if not value:
            return bytes(out)


def text(value: str) -> bytes:
    return leb(len(value.encode())) + value.encode()


def vector(items: list[bytes]) -> bytes:
    return leb(len(items)) + b"".join(items)


def section(number: int, payload: bytes) -> bytes:
    return bytes([number]) + leb(len(payload)) + payload


def custom(name: str, payload: bytes) -> bytes:
    return section(0, text(name) + payload)


def signature(written: str) -> Signature:
    """`(i32,f64)->(i32)` taken apart."""
    params, results = (tuple(part for part in side.strip("()").split(",") if part) for side in written.split("->"))
    return params, results


@dataclass
class Writer:
    """A module to be; by default a side module that imports what every side module does."""

    dylink: bool = True
    shared_memory: bool = False
    needed: list[str] = field(default_factory=list)
    runtime_paths: list[str] = field(default_factory=list)
    weak: list[tuple[str, str]] = field(default_factory=list)
    weak_flags: bytes = b"\1"
    features: list[str] = field(default_factory=list)
    data: bytes = b""
    start: list[bytes] = field(default_factory=list)
    types: list[Signature] = field(default_factory=list)
    imports: list[bytes] = field(default_factory=list)
    functions: list[int] = field(default_factory=list)
    globals: list[bytes] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    exports: list[bytes] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))

    def __post_init__(self) -> None:
        limits = b"\3\1\2" if self.shared_memory else b"\0\1"
        self._import("env", "memory", "memory", limits)

    def type(self, written: str) -> int:
        found = signature(written)
        if found not in self.types:
            self.types.append(found)
        return self.types.index(found)

    def function(self, name: str, written: str = "()->()", module: str = "env") -> Writer:
        """Import a function."""
        return self._import(module, name, "func", leb(self.type(written)))

    def got(self, kind: str, name: str) -> Writer:
        """Import an address: of data (`mem`) or of a function (`func`)."""
        return self._import(f"GOT.{kind}", name, "global", b"\x7f\1")

    def imported_global(self, name: str, value: str = "i32", *, mutable: bool = False) -> Writer:
        return self._import("env", name, "global", bytes([CODES[value], mutable]))

    def tag(self, name: str, written: str = "(i32)->()") -> Writer:
        """Import a tag of exceptions."""
        return self._import("env", name, "tag", b"\0" + leb(self.type(written)))

    def define(self, name: str, written: str = "()->()") -> Writer:
        """Define and export a function. All imports of functions come first."""
        self.functions.append(self.type(written))
        return self._export(name, "func", self.counts["func"] + len(self.functions) - 1)

    def define_global(self, name: str, *, mutable: bool = False) -> Writer:
        """Define and export an address."""
        self.globals.append(b"\x7f" + bytes([mutable]) + b"\x41\x2a\x0b")
        return self._export(name, "global", self.counts["global"] + len(self.globals) - 1)

    def define_tag(self, name: str, written: str = "(i32)->()") -> Writer:
        self.tags.append(self.type(written))
        return self._export(name, "tag", self.counts["tag"] + len(self.tags) - 1)

    def build(self) -> bytes:
        types = [
            b"\x60" + vector([bytes([CODES[v]]) for v in p]) + vector([bytes([CODES[v]]) for v in r])
            for p, r in self.types
        ]
        parts = [b"\0asm\1\0\0\0", *self.start]
        parts += [self._dylink()] if self.dylink else []
        parts += [section(1, vector(types)), section(2, vector(self.imports))]
        parts.append(section(3, vector([leb(index) for index in self.functions])))
        parts.append(section(13, vector([b"\0" + leb(index) for index in self.tags])))
        parts.append(section(6, vector(self.globals)))
        parts.append(section(7, vector(self.exports)))
        parts.append(section(10, vector([b"\2\0\x0b"] * len(self.functions))))
        parts.append(section(11, vector([b"\1" + text(self.data.decode())] if self.data else [])))
        if self.features:
            parts.append(
                custom("target_features", vector([name[:1].encode() + text(name[1:]) for name in self.features]))
            )
        return b"".join(parts)

    def _dylink(self) -> bytes:
        parts = b"\1\4" + leb(8) + b"\2" + leb(0) + b"\0"
        for kind, names in ((2, self.needed), (5, self.runtime_paths)):
            if names:
                payload = vector([text(name) for name in names])
                parts += bytes([kind]) + leb(len(payload)) + payload
        if self.weak:
            payload = vector([text(module) + text(name) + self.weak_flags for module, name in self.weak])
            parts += b"\4" + leb(len(payload)) + payload
        return custom("dylink.0", parts)

    def _import(self, module: str, name: str, kind: str, type_: bytes) -> Writer:
        assert kind != "func" or not self.functions, "import functions before defining some"
        self.counts[kind] += 1
        self.imports.append(text(module) + text(name) + bytes([KINDS[kind]]) + type_)
        return self

    def _export(self, name: str, kind: str, index: int) -> Writer:
        self.exports.append(text(name) + bytes([KINDS[kind]]) + leb(index))
        return self
