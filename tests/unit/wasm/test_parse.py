from __future__ import annotations

import random

import pytest
from wasm_writer import Writer, custom, leb, section, text, vector

from wasmwright.wasm.dylink import with_runtime_paths
from wasmwright.wasm.model import CompositeType, FunctionType
from wasmwright.wasm.parse import parse
from wasmwright.wasm.reader import InvalidModule

HEADER = b"\0asm\1\0\0\0"


def side_module() -> bytes:
    writer = Writer(
        needed=["libz.so"], runtime_paths=["$ORIGIN"], weak=[("env", "maybe")], features=["+simd128", "-atomics"]
    )
    writer.function("f", "(i32,f64,v128)->(i64,i32)").function("g").got("mem", "d").got("func", "h").tag("t")
    writer.imported_global("base").define("PyInit_x", "()->(i32)").define_global("data").define_tag("own")
    return writer.build()


def test_side_module():
    module = parse(side_module())
    assert [(i.module, i.name, i.kind, str(i.type)) for i in module.imports] == [
        ("env", "memory", "memory", "memory"),
        ("env", "f", "func", "(i32,f64,v128)->(i64,i32)"),
        ("env", "g", "func", "()->()"),
        ("GOT.mem", "d", "global", "(mut i32)"),
        ("GOT.func", "h", "global", "(mut i32)"),
        ("env", "t", "tag", "(i32)->()"),
        ("env", "base", "global", "i32"),
    ]
    assert [(e.name, e.kind, str(e.type)) for e in module.exports] == [
        ("PyInit_x", "func", "()->(i32)"),
        ("data", "global", "i32"),
        ("own", "tag", "(i32)->()"),
    ]
    assert module.dylink is not None
    assert (module.dylink.memory_size, module.dylink.needed, module.dylink.runtime_paths) == (
        8,
        ("libz.so",),
        ("$ORIGIN",),
    )
    assert module.dylink.import_flags == {("env", "maybe"): 1}
    assert module.features == ("+simd128", "-atomics")
    assert module.sections[0] == "dylink.0"


def test_shared_memory():
    assert parse(Writer(shared_memory=True).build()).memories[0].limits.is_shared
    assert not parse(Writer().build()).memories[0].limits.is_shared


def test_types_of_garbage_collection_keep_the_numbering():
    struct = b"\x5f" + vector([b"\x78\1", b"\x63\0\0"])
    types = [
        b"\x4e" + vector([b"\x50" + vector([]) + struct, b"\x4f" + vector([leb(0)]) + b"\x5e\x64\x6d\1"]),
        b"\x65\x60" + vector([b"\x63\1", b"\x64\x65\x70", b"\x6e"]) + vector([b"\x69"]),
    ]
    export = section(7, vector([text("f") + b"\0\0"]))
    module = parse(HEADER + section(1, vector(types)) + section(3, vector([leb(2)])) + export)
    expected = FunctionType(params=("(ref null 1)", "(ref shared func)", "anyref"), results=("exnref",))
    assert module.exports[0].type == expected


def test_composite_types_have_names():
    module = parse(
        HEADER
        + section(1, vector([b"\x5f\0"]))
        + section(13, vector([b"\0\0"]))
        + section(7, vector([text("t") + b"\4\0"]))
    )
    assert module.exports[0].type == CompositeType(kind="struct")


@pytest.mark.parametrize(
    "expression",
    [
        b"\x41\x80\x80\x7c", b"\x42\x7f", b"\x43\0\0\x0b\x0b", b"\x44" + b"\x0b" * 8, b"\x23\0\x41\1\x6a", b"\xd0\x70",
        b"\xd2\0", b"\xfd\x0c" + b"\x0b" * 16, b"\x41\0\xfb\x1c", b"\xfb\x08\0\x0b",
    ],
)  # fmt: skip
def test_initial_values_are_skipped(expression: bytes):
    globals_ = section(6, vector([b"\x7f\0" + expression + b"\x0b", b"\x7e\1\x42\0\x0b"]))
    module = parse(HEADER + globals_ + section(7, vector([text("g") + b"\3\1"])))
    assert str(module.exports[0].type) == "(mut i64)"


def test_tables():
    tables = section(4, vector([b"\x70\1\1\2", b"\x40\0\x63\x6f\0\1\xd0\x6f\x0b"]))
    module = parse(HEADER + tables + section(7, vector([text("t") + b"\1\1"])))
    assert str(module.exports[0].type) == "(ref null extern)"


def test_unknown_parts_of_dylink_are_passed_over():
    assert parse(HEADER + custom("dylink.0", b"\x09\3abc\2\3\1\1z")).dylink.needed == ("z",)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "m.so: it does not begin as WebAssembly does but with b'', at offset 0x0"),
        (b"\x7fELF\1\0\0\0", r"m.so: it does not begin as WebAssembly does but with b'\x7fELF', at offset 0x0"),
        (b"\0asm\2\0\0\0", "m.so: it is of version 02000000, not 1, at offset 0x4"),
        (HEADER + b"\1", "m.so: truncated in the header of a section at offset 0x8"),
        (HEADER + b"\x0a\5\0", "m.so: truncated: section `code` at offset 0x8 has 5 bytes, 1 are left"),
        (HEADER + b"\x2a\0", "m.so: unknown section 42 at offset 0x8"),
        (HEADER + section(1, b"\1\x60\1"), "m.so: section `type` ends too early at offset 0xd"),
        (HEADER + section(1, b"\0\0"), "m.so: section `type` has 1 bytes too many at offset 0xb"),
        (HEADER + section(1, b"\1\x33"), "m.so: unknown form of type 0x33 at offset 0xb"),
        (HEADER + section(1, b"\1\x60\1\x33\0"), "m.so: unknown value type 0x33 at offset 0xd"),
        (HEADER + section(1, b"\1\x60\1\x63\x40\0"), "m.so: unknown heap type 0x40 at offset 0xf"),
        (HEADER + section(1, b"\xff\xff\xff\xff\x7f"), "m.so: a number that is too large at offset 0xf"),
        (HEADER + section(1, b"\xff" * 9), "m.so: a number that is too large at offset 0xf"),
        (HEADER + section(3, b"\1\7"), "m.so: type 7 of 0 at offset 0xc"),
        (HEADER + section(7, b"\1\1f\0\1"), "m.so: export `f` is func 1 of 0 at offset 0xf"),
        (HEADER + section(7, b"\1\1f\x0b\1"), "m.so: unknown kind 11 of import or export at offset 0xe"),
        (HEADER + section(7, b"\1\1\xff\0\1"), "m.so: a name that is not UTF-8 (invalid start byte) at offset 0xd"),
        (HEADER + section(6, b"\1\x7f\0\x01\x0b"), "m.so: instruction 0x1 in a constant expression at offset 0xe"),
        (HEADER + section(6, b"\1\x7f\0\xfb\x7f"), "m.so: instruction 0xfb 127 in a constant expression at offset 0xf"),
        (HEADER + section(0, b"\5ab"), "m.so: truncated in the name of a custom section at offset 0xb"),
    ],
)  # fmt: skip
def test_odd_modules_get_one_clear_error(data: bytes, message: str):
    with pytest.raises(InvalidModule) as caught:
        parse(data, "m.so")
    assert str(caught.value) == message


def test_every_truncation_is_refused_or_harmless():
    data = side_module()
    for size in range(len(data)):
        try:
            parse(data[:size])
        except InvalidModule as error:
            assert "at offset 0x" in str(error)  # noqa: PT017 - some cuts fall between sections and are modules


def test_damage_never_raises_anything_else():
    generator = random.Random(20261121)
    data = side_module()
    refused = 0
    for _ in range(3000):
        damaged = bytearray(data)
        for _ in range(generator.randint(1, 4)):
            damaged[generator.randrange(len(damaged))] = generator.randrange(256)
        try:
            parse(bytes(damaged[: generator.choice([len(damaged), generator.randrange(len(damaged))])]))
        except InvalidModule:
            refused += 1
    assert refused > 1000


def test_deep_nesting_does_not_recurse():
    with pytest.raises(InvalidModule):
        parse(HEADER + section(1, b"\1\x60\1\x63" + b"\x65" * 5000))


def test_run_paths_are_replaced_and_nothing_else():
    module = Writer(needed=["libx.so"], runtime_paths=["$ORIGIN/old"]).define("f").build()
    changed = with_runtime_paths(module, ["$ORIGIN/" + "n" * 200, "$ORIGIN"])
    dylink = parse(changed, "m").dylink
    assert dylink is not None
    assert dylink.runtime_paths == ("$ORIGIN/" + "n" * 200, "$ORIGIN")
    assert dylink.needed == ("libx.so",)
    assert [export.name for export in parse(changed, "m").exports] == ["f"]


@pytest.mark.parametrize("data", [b"", b"\0asm\1\0\0\0", Writer(dylink=False).build(), Writer().build()[:12]])
def test_run_paths_want_a_side_module(data: bytes):
    with pytest.raises(InvalidModule, match=r"dylink\.0"):
        with_runtime_paths(data, [])
