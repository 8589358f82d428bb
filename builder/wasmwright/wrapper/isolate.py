"""Inputs of a link, such that the module keeps to its own symbols.

What a side module shows, it also takes from whoever in the process showed that name first: another module's function of
the same name runs in place of its own. On other platforms modules do not see each other, nor do they where the linker
takes every symbol that a module defines for hidden. No option of wasm-ld says that without parting what C++ shares on
purpose, so the objects' symbols are marked: one bit of each, in copies of the files.
(WebAssembly tool-conventions, Linking.md, "Symbol table"; DynamicLinking.md)
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in failure.py

if TYPE_CHECKING:
    from collections.abc import Iterator

OBJECT = b"\0asm"
_ARCHIVE, _THIN = b"!<arch>\n", b"!<thin>\n"
_HEADER = 60
# Members of an archive that are no files: names of symbols, and long names of files.
_TABLES = {b"/", b"//", b"/SYM64/"}

_CUSTOM, _EXPORTS = 0, 7
_SYMBOLS = 8
_CONTINUES = 0x80
# Bits that a number may take up.
_LONGEST = 70
_FUNCTION, _DATA, _SECTION = 0, 1, 3
_WEAK, _LOCAL, _HIDDEN, _UNDEFINED, _EXPORTED, _NAMED = 0x01, 0x02, 0x04, 0x10, 0x20, 0x40
# What tells C++ types apart when they are thrown from one module to another: by address.
_TYPES = (b"_ZTI", b"_ZTS")


def hide(data: bytearray, *, shared: frozenset[bytes] = frozenset(), exported: bool = False) -> bool:
    """Mark the symbols that an object, or the members of an archive, define as hidden; whether any was marked.

    Not those of C++ types, nor weak ones among `shared`, which libraries that the module needs have too: they are one.
    With `exported` they are marked to be shown all the same, as a library's are. What is no object stays as it is.
    """
    marks = _HIDDEN | _EXPORTED if exported else _HIDDEN
    return sum(_hide(data, begin, end, shared, marks) for begin, end in _objects(data)) > 0


def thin_members(data: bytes) -> list[str] | None:
    """The files that a thin archive stands for, relative to its folder; None for a file that cannot be read as one."""
    if not data.startswith(_THIN):
        return None
    names: list[str] = []
    table = b""
    position = len(_THIN)
    while position + _HEADER <= len(data):
        name, field = data[position : position + 16].rstrip(), data[position + 48 : position + 58].strip()
        position += _HEADER
        if name in _TABLES and field.isdigit():
            size = int(field)
            table = data[position : position + size] if name == b"//" else table
            position += size + size % 2
            continue
        if name.startswith(b"/"):
            begin = int(name[1:]) if name[1:].isdigit() else len(table)
            name = table[begin : table.find(b"/\n", begin)]
        if not name.strip(b"/") or not field.isdigit():
            return None
        names.append(name.rstrip(b"/").decode(errors="surrogateescape"))
    return names


def exports(data: bytes) -> frozenset[bytes] | None:
    """The names that a linked module exports; None for what is none."""
    if not data.startswith(OBJECT):
        return None
    names = []
    is_linked = False
    try:
        for kind, begin, _ in _sections(data, 0, len(data)):
            is_linked = is_linked or (kind == _CUSTOM and data.startswith(b"dylink.0", begin + 1))
            if kind == _EXPORTS:
                count, position = _number(data, begin)
                for _ in range(count):
                    length, position = _number(data, position)
                    names.append(bytes(data[position : position + length]))
                    _, position = _number(data, position + length + 1)
    except IndexError:
        return None
    return frozenset(names) if is_linked else None


def _objects(data: bytes | bytearray) -> Iterator[tuple[int, int]]:
    """Where objects begin and end: the file, or members of an archive."""
    if not data.startswith(_ARCHIVE):
        yield 0, len(data)
        return
    position = len(_ARCHIVE)
    while position + _HEADER <= len(data):
        name, field = bytes(data[position : position + 16]), bytes(data[position + 48 : position + 58]).strip()
        if not field.isdigit():
            return
        position += _HEADER
        end = position + int(field)
        # BSD's way: the name stands before the file.
        before = int(name[3:]) if name.startswith(b"#1/") and name[3:].strip().isdigit() else 0
        yield position + before, min(end, len(data))
        position = end + end % 2


def _hide(data: bytearray, begin: int, end: int, shared: frozenset[bytes], marks: int) -> bool:
    """Mark the symbols of one object. One that cannot be read is left to the linker, which says why."""
    if not data.startswith(OBJECT, begin):
        return False
    try:
        return sum(_mark(data, *table, shared, marks) for table in _symbol_tables(data, begin, end)) > 0
    except IndexError:
        return False


def _symbol_tables(data: bytearray, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the entries of symbol tables begin, and how many they are."""
    for kind, start, stop in _sections(data, begin, end):
        if kind == _CUSTOM and data.startswith(b"\x07linking", start):
            _, position = _number(data, start + 8)
            while position < stop:
                part = data[position]
                size, position = _number(data, position + 1)
                if part == _SYMBOLS:
                    count, first = _number(data, position)
                    yield first, count
                position += size


def _mark(data: bytearray, position: int, count: int, shared: frozenset[bytes], marks: int) -> bool:
    is_marked = False
    for _ in range(count):
        kind, flags, at = data[position], data[position + 1], position + 1
        position += 2
        # The flags that count are in the first byte of the number.
        while data[position - 1] & _CONTINUES:
            position += 1
        name = b""
        is_defined = not flags & _UNDEFINED
        if kind == _DATA or (kind != _SECTION and (is_defined or flags & _NAMED)):
            if kind != _DATA:
                _, position = _number(data, position)
            length, position = _number(data, position)
            name = bytes(data[position : position + length])
            position += length
            for _ in range(3 if kind == _DATA and is_defined else 0):
                _, position = _number(data, position)
        else:
            _, position = _number(data, position)
        if kind > _DATA or not is_defined or flags & (_LOCAL | _HIDDEN) or name.startswith(_TYPES):
            continue
        if flags & _WEAK and name in shared:
            continue
        data[at] |= marks
        is_marked = True
    return is_marked


def _sections(data: bytes | bytearray, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Kind, begin and end of each section."""
    position = begin + 8
    while position < end:
        kind = data[position]
        size, position = _number(data, position + 1)
        yield kind, position, position + size
        position += size


def _number(data: bytes | bytearray, position: int) -> tuple[int, int]:
    """An unsigned LEB128 number, and where it ends; raises IndexError for one that is longer than any."""
    value = shift = 0
    while shift < _LONGEST:
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < _CONTINUES:
            return value, position
        shift += 7
    raise IndexError
