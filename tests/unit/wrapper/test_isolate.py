from __future__ import annotations

import pytest
from wasm_writer import custom, leb, text, vector

from wasmwright.wrapper.isolate import exports, hide, thin_members

WEAK, LOCAL, HIDDEN, UNDEFINED, EXPORTED, NAMED, LATER = 0x1, 0x2, 0x4, 0x10, 0x20, 0x40, 0x180
FUNCTION, DATA, GLOBAL, SECTION, TAG = 0, 1, 2, 3, 4


def symbol(kind: int, name: str, flags: int = 0) -> bytes:
    start = bytes([kind]) + leb(flags)
    if kind == SECTION:
        return start + leb(3)
    if kind == DATA:
        return start + text(name) + (b"" if flags & UNDEFINED else leb(200) + leb(300) + leb(4))
    return start + leb(1000) + (text(name) if not flags & UNDEFINED or flags & NAMED else b"")


def an_object(*symbols: bytes) -> bytes:
    table = vector(list(symbols))
    linking = leb(2) + b"\5" + leb(1) + b"\0" + b"\x08" + leb(len(table)) + table
    return b"\0asm\1\0\0\0" + custom("name", b"\0" * 200) + custom("linking", linking) + custom("producers", b"\0")


def hidden(*symbols: bytes, **options: object) -> bytes:
    data = bytearray(an_object(*symbols))
    hide(data, **options)  # type: ignore[arg-type]
    return bytes(data)


@pytest.mark.parametrize("kind", [FUNCTION, DATA])
@pytest.mark.parametrize("flags", [0, WEAK, EXPORTED, LATER, NAMED])
def test_what_a_module_defines_is_its_own(kind: int, flags: int):
    assert hidden(symbol(kind, "value", flags)) == an_object(symbol(kind, "value", flags | HIDDEN))


@pytest.mark.parametrize("kind", [FUNCTION, DATA])
@pytest.mark.parametrize("flags", [UNDEFINED, UNDEFINED | NAMED, LOCAL, HIDDEN, WEAK | UNDEFINED])
def test_the_rest_stays_as_it_is(kind: int, flags: int):
    data = bytearray(an_object(symbol(kind, "value", flags), symbol(SECTION, ""), symbol(TAG, "__cpp_exception", WEAK)))
    before = bytes(data)
    assert not hide(data)
    assert data == before


def test_each_symbol_by_itself():
    rest = [symbol(GLOBAL, "__stack_pointer", UNDEFINED), symbol(SECTION, ""), symbol(FUNCTION, "other", UNDEFINED)]
    data = [symbol(DATA, "far", UNDEFINED), symbol(DATA, "mine")]
    expected = an_object(*rest, symbol(DATA, "far", UNDEFINED), symbol(DATA, "mine", HIDDEN))
    assert hidden(*rest, *data) == expected


@pytest.mark.parametrize("name", ["_ZTI5Error", "_ZTS5Error"])
def test_types_that_are_thrown_from_one_module_to_another_are_one(name: str):
    assert hidden(symbol(DATA, name, WEAK)) == an_object(symbol(DATA, name, WEAK))
    assert hidden(symbol(DATA, "_ZTV5Error", WEAK)) == an_object(symbol(DATA, "_ZTV5Error", WEAK | HIDDEN))


def test_what_a_needed_library_has_too_is_one_where_it_is_weak():
    shared = frozenset({b"registry", b"level"})
    both = symbol(DATA, "registry", WEAK), symbol(DATA, "level")
    assert hidden(*both, shared=shared) == an_object(symbol(DATA, "registry", WEAK), symbol(DATA, "level", HIDDEN))


def test_a_library_shows_its_own():
    got = hidden(symbol(FUNCTION, "value"), symbol(FUNCTION, "inner", HIDDEN), exported=True)
    assert got == an_object(symbol(FUNCTION, "value", HIDDEN | EXPORTED), symbol(FUNCTION, "inner", HIDDEN))


def member(name: bytes, content: bytes) -> bytes:
    header = name.ljust(16) + b"0".ljust(12) + b"0".ljust(6) * 2 + b"644".ljust(8) + b"%-10d" % len(content) + b"`\n"
    return header + content + b"\n" * (len(content) % 2)


def test_members_of_archives():
    before, after = an_object(symbol(FUNCTION, "f")), an_object(symbol(FUNCTION, "f", HIDDEN))

    def archive(content: bytes) -> bytes:
        parts = [
            member(b"/", b"\0\0\0\0"),
            member(b"a.o/", content),
            member(b"text/", b"odd"),
            member(b"b.o/", content),
        ]
        return b"!<arch>\n" + b"".join(parts) + member(b"#1/20", b"long name of it.o\0\0\0" + content)

    data = bytearray(archive(before))
    assert hide(data)
    assert data == archive(after)


def test_members_of_thin_archives():
    names = b"folder/a_longer_name.o/\n"
    data = (
        b"!<thin>\n" + member(b"/", b"\0\0\0\0") + member(b"//", names) + member(b"/0", b"")[:60] + member(b"b.o/", b"")
    )
    assert thin_members(data) == ["folder/a_longer_name.o", "b.o"]
    assert thin_members(b"!<arch>\n") is None


@pytest.mark.parametrize(
    "wrong",
    [
        member(b"a.o/", b"").replace(b"0         `", b"x         `"),
        member(b"//", b"").replace(b"0         `", b"-1        `"),
        *(member(name, b"") for name in (b"/abc", b"//x", b"/99", b"")),
    ],
)
def test_a_thin_archive_that_cannot_be_read_is_left_to_the_linker(wrong: bytes):
    data = b"!<thin>\n" + member(b"//", b"a.o/\n") + member(b"/0", b"") + wrong
    assert thin_members(data) is None


def test_a_number_without_an_end_is_none():
    # An hour, were each byte to be added to the ones before.
    data = bytearray(b"\0asm\1\0\0\0\0" + b"\x80" * 5_000_000)
    assert not hide(data)
    assert exports(bytes(data)) is None


@pytest.mark.parametrize("length", range(0, 330, 7))
def test_what_is_cut_short_is_left_to_the_linker(length: int):
    data = bytearray(an_object(*[symbol(DATA, "undefined", UNDEFINED)] * 8)[:length])
    assert not hide(data)


def test_what_is_no_object_is_left_alone():
    for text_ in (b"int main;", b"", b"!<arch>\n" + b"x" * 80, b"BC\xc0\xde"):
        data = bytearray(text_)
        assert not hide(data)
        assert exports(text_) is None
