"""Wheels that nobody honest makes, each wrong in one way: made by code, no archive lies in the repository.

`HOSTILE` has them by name, with a pattern of what has to be said of each; an empty one if nothing is wrong.
"""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasm_writer import Writer, custom, leb, section, text
from wheel_writer import PLATFORM, wheel_files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TAG = f"cp315-cp315-{PLATFORM}"
NAME = f"demo-1.0-{TAG}.whl"
INFO = "demo-1.0.dist-info"
X = "demo/x.abi3.so"
_LISTED, _LOCAL, _END = b"PK\1\2", b"PK\3\4", b"PK\5\6"
_MIB = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Hostile:
    """A wheel to be, and a pattern of what has to be said of it."""

    make: Callable[[], bytes]
    told: str


def wheel(
    files: Mapping[str, bytes] | None = None,
    *,
    changed: Mapping[str, bytes | None] | None = None,
    metadata: bytes | None = None,
    extra: Callable[[zipfile.ZipFile], None] | None = None,
    method: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A wheel of one good module and `files`; `changed` go behind RECORD's back, `extra` writes what it likes."""
    good = {X: Writer().define("PyInit_x").build(), **(files or {})}
    members: dict[str, bytes | None] = {**wheel_files(good, tag=TAG, metadata=metadata), **(changed or {})}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression=method) as archive:
        for name, data in members.items():
            if data is not None:
                archive.writestr(name, data)
        if extra:
            extra(archive)
    return buffer.getvalue()


def _entry(name: str, *, mode: int = 0, data: bytes = b"", method: int = zipfile.ZIP_STORED) -> bytes:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.compress_type = method
    return wheel(extra=lambda archive: archive.writestr(info, data))


def _patched(data: bytes, marker: bytes, offset: int, packed: str, *values: int, last: bool = False) -> bytes:
    """The archive with fields behind its first, or last, record of a kind changed."""
    changed = bytearray(data)
    at = changed.rindex(marker) if last else changed.index(marker)
    struct.pack_into(packed, changed, at + offset, *values)
    return bytes(changed)


def _listed(offset: int, packed: str, *values: int, data: bytes | None = None) -> bytes:
    return _patched(wheel() if data is None else data, _LISTED, offset, packed, *values)


def _ended(offset: int, packed: str, *values: int) -> bytes:
    return _patched(wheel(), _END, offset, packed, *values, last=True)


def _renamed(old: bytes, new: bytes, *, everywhere: bool = True) -> bytes:
    """Another name of the same length, in the list at the end only if not `everywhere`."""
    data = wheel({old.decode(): b"x"})
    at = 0 if everywhere else data.index(_LISTED)
    return data[:at] + data[at:].replace(old, new)


def _without_flag_of_utf8(name: bytes) -> bytes:
    """A member whose name claims to be UTF-8 and is not."""
    data = wheel({"demo/" + "y" * len(name): b"x"}).replace(b"y" * len(name), name)
    local, listed = data.index(b"demo/" + name) - 30, data.rindex(b"demo/" + name) - 46
    changed = bytearray(data)
    struct.pack_into("<H", changed, local + 6, 0x800)
    struct.pack_into("<H", changed, listed + 8, 0x800)
    return bytes(changed)


def _overlapping() -> bytes:
    """A thousand names for one member's data."""
    data = wheel()
    begin, end = data.index(_LISTED), data.rindex(_END)
    size = 46 + struct.unpack_from("<H", data, begin + 28)[0]
    entry = data[begin : begin + size]
    rows = [entry[: 46 + 4] + f"{number:04}"[-4:].encode() + entry[46 + 8 :] for number in range(1000)]
    listing = b"".join(rows)
    tail = bytearray(data[end:])
    struct.pack_into("<HHII", tail, 8, len(rows), len(rows), len(listing), begin)
    return data[:begin] + listing + bytes(tail)


def _zip64(*, offset: int, size: int = 0) -> bytes:
    data = wheel()
    end = data.rindex(_END)
    record = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 5, 5, size, offset)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, end, 1)
    tail = bytearray(data[end:])
    struct.pack_into("<HHII", tail, 8, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
    return data[:end] + record + locator + bytes(tail)


def _with_zip64_extra(extra: bytes) -> bytes:
    info = zipfile.ZipInfo("demo/y.py")
    info.extra = extra
    data = wheel(extra=lambda archive: archive.writestr(info, b""))
    at = data.rindex(b"demo/y.py") - 46
    return data[: at + 20] + b"\xff" * 8 + data[at + 28 :]


def _bombs(count: int, size: int) -> bytes:
    """Members of zeros, and so many that their sum is too much."""
    return wheel({f"demo/{number}": bytes(size) for number in range(count)})


def _module(*parts: bytes) -> bytes:
    return wheel({X: b"".join([b"\0asm\1\0\0\0", custom("dylink.0", b""), *parts])})


def _record(text_: bytes) -> bytes:
    return wheel(changed={f"{INFO}/RECORD": text_})


_SYMBOL = "\x1b]0;t\x07\u202e[/red]"

HOSTILE: dict[str, Hostile] = {
    name: Hostile(make=make, told=told)
    for name, (make, told) in {
        # The archive.
        "empty": (lambda: b"", "not a zip archive"),
        "page": (lambda: b"<html>404</html>", "not a zip archive"),
        "cut": (lambda: wheel()[:-30], "not a zip archive"),
        "end alone": (lambda: _END + bytes(18), "0 folders .dist-info"),
        "end of ones": (lambda: _END + b"\xff" * 18, "not a zip archive"),
        "prefix": (lambda: b"#!/bin/sh\n" + wheel(), ""),
        "comment": (lambda: _ended(20, "<H", 5) + b"hello", ""),
        "comment with an end in it": (lambda: _ended(20, "<H", 22) + _END + bytes(18), "folders .dist-info"),
        "list beyond the file": (lambda: _ended(16, "<I", 0x7FFFFFF0), "cannot be read"),
        "list too long": (lambda: _ended(12, "<I", 0x7FFFFFF0), "not a zip archive|size of the list"),
        "zip64 list beyond the file": (lambda: _zip64(offset=1 << 63), "not a zip archive|0 folders"),
        "zip64 list too long": (lambda: _zip64(offset=0, size=1 << 62), "not a zip archive|size of the list"),
        "zip64 field that is short": (lambda: _with_zip64_extra(b"\1\0\4\0aaaa"), "not a zip archive"),
        "zip64 field with huge sizes": (lambda: _with_zip64_extra(b"\1\0\x10\0" + b"\xfe" * 16), "size of|not a zip"),
        "field longer than its record": (lambda: _with_zip64_extra(b"\1\0\xff\xffaaaa"), "not a zip archive"),
        "member twice": (
            lambda: wheel({"demo/aaaa.py": b"", "demo/bbbb.py": b""}).replace(b"bbbb", b"aaaa"),
            "is there twice",
        ),
        "names that differ": (lambda: _renamed(b"demo/abcd.py", b"demo/abce.py", everywhere=False), "cannot be read"),
        "one member under many names": (_overlapping, "cannot be read|Overlapped|folders .dist-info"),
        "wrong checksum": (lambda: _listed(16, "<I", 1), "Bad CRC"),
        "encrypted": (lambda: _listed(8, "<H", 1), "is encrypted"),
        "strongly encrypted": (lambda: _listed(8, "<H", 0x41), "is encrypted"),
        "patched data": (lambda: _listed(8, "<H", 0x20), "cannot be read"),
        "lzma": (lambda: wheel(method=zipfile.ZIP_LZMA), "compressed with lzma"),
        "bzip2": (lambda: wheel(method=zipfile.ZIP_BZIP2), "compressed with bzip2"),
        "said to be lzma": (lambda: _listed(10, "<H", 14), "compressed with lzma"),
        "zstd": (lambda: _listed(10, "<H", 93), "compressed with zstd"),
        "unknown compression": (lambda: _listed(10, "<H", 255), "compressed with method 255"),
        "no deflate at all": (lambda: _listed(10, "<H", 8, data=wheel(method=zipfile.ZIP_STORED)), "cannot be read"),
        "version of the far future": (lambda: _listed(6, "<H", 0xFFFF), "not a zip archive"),
        "larger than it says": (lambda: _listed(24, "<I", 3), "Bad CRC"),
        "smaller than it says": (lambda: _listed(24, "<I", 60 * _MIB), "bytes, and 62914560 in the list"),
        "no offset": (lambda: _listed(42, "<I", 0xFFFFFFF0), "cannot be read"),
        "bomb": (lambda: _bombs(1, 80 * _MIB), "in times of its own"),
        "many small bombs": (lambda: _bombs(40, 2 * _MIB), "in times of its own"),
        "bomb by its word": (lambda: _listed(24, "<I", 0xFFFFFF00), "size of one file"),
        # Names and kinds of members.
        "above": (lambda: _entry("../x.py"), "outside its folder"),
        "above within": (lambda: _entry("demo/../../x.py"), "outside its folder"),
        "absolute": (lambda: _entry("/etc/passwd"), "outside its folder"),
        "backslash": (lambda: _entry("demo\\..\\x.py"), "outside its folder"),
        "drive": (lambda: _entry("C:/x.py"), "outside its folder"),
        "here": (lambda: _entry("./x.py"), "outside its folder"),
        "no name between slashes": (lambda: _entry("demo//x.py"), "outside its folder"),
        "no name": (lambda: _entry(""), "outside its folder"),
        "NUL": (lambda: _renamed(b"demo/abcd.py", b"demo/ab\0d.py"), "has a NUL"),
        "escape": (lambda: _entry("demo/\x1b]0;t\x07.py"), "steer a terminal"),
        "escape of eight bits": (lambda: _entry("demo/\x9b2J.py"), "steer a terminal"),
        "line break": (lambda: _entry("demo/a\nok.py"), "steer a terminal"),
        "turned": (lambda: _entry("demo/\u202egpj.py"), "steer a terminal"),
        "markup": (lambda: _entry("demo/[/red]x.so"), "WW201"),
        "not UTF-8": (lambda: _without_flag_of_utf8(b"\xff\xfe.py"), "not a zip archive"),
        "half of a pair": (lambda: _without_flag_of_utf8(b"\xed\xa0\x80.py"), "not a zip archive"),
        "link": (lambda: _entry("demo/l", mode=0o120777, data=b"/etc/passwd"), "symbolic link"),
        "device": (lambda: _entry("demo/d", mode=0o020666), "special file"),
        "pipe": (lambda: _entry("demo/p", mode=0o010666), "special file"),
        "folder with contents": (lambda: _entry("demo/sub/", data=b"x"), ""),
        "file that is a folder": (lambda: _entry("demo/x.abi3.so/y.py"), "and the folder of"),
        "long name": (lambda: _entry("demo/" + "a" * 5000), "bytes in the name"),
        "deep": (lambda: _entry("d/" * 150 + "x.py"), "folders above a file"),
        # What describes it.
        "no metadata": (
            lambda: wheel(changed=dict.fromkeys(f"{INFO}/{n}" for n in ("METADATA", "WHEEL", "RECORD"))),
            "0 folders .dist-info",
        ),
        "metadata twice": (lambda: wheel(changed={"other-1.0.dist-info/RECORD": b""}), "2 folders .dist-info"),
        "no RECORD": (lambda: wheel(changed={f"{INFO}/RECORD": None}), "lacks RECORD"),
        "RECORD of others": (lambda: _record(b"../../../etc/passwd,,\n/etc/shadow,sha256=x,1\n"), "WW801"),
        "RECORD that is no text": (lambda: _record(b"\xff\xfe\0"), "WW801 .* cannot be read"),
        "RECORD with NUL": (lambda: _record(b"a\0b,,\n"), "WW801"),
        "RECORD of one long field": (lambda: _record(b'"' + b"a" * 200_000), "WW801 .* cannot be read"),
        "RECORD of five columns": (lambda: _record(b"a,b,c,d,e\n"), "has 5 fields"),
        "RECORD of very many rows": (lambda: _record(b",,\n" * 300_000), "files in an archive"),
        "RECORD with an old hash": (lambda: _record(f"{X},md5=x,1\n".encode()), "WW801 .* no sha256"),
        "RECORD with an escape": (lambda: _record(b"a\x1b[2J,,\n"), "WW801"),
        "METADATA of another": (lambda: wheel(metadata=b"Name: requests\nVersion: 99\n\n"), "WW104"),
        "METADATA of nobody": (lambda: wheel(metadata=b"\xff\0\n"), "WW104"),
        "METADATA of two": (lambda: wheel(metadata=b"Name: demo\nName: demo\nVersion: 1.0\n"), "WW104"),
        "METADATA with digits": (lambda: wheel(metadata=b"Name: demo\nVersion: " + b"9" * 9000 + b"\n"), "WW104"),
        "METADATA of very many lines": (lambda: wheel(metadata=b"a: b\n" * 30_000), "lines before the text"),
        "METADATA with odd needs": (
            lambda: wheel(metadata=b"Name: demo\nVersion: 1.0\nRequires-Dist: ;;;\nRequires-Dist:\n\n"),
            "",
        ),
        "WHEEL without tags": (lambda: wheel(changed={f"{INFO}/WHEEL": b""}), "WW103"),
        "code of Python's own": (lambda: wheel({"json/__init__.py": b""}), "WW107"),
        "start of Python": (lambda: wheel({"sitecustomize.py": b""}), "WW107"),
        "python by another": (lambda: wheel({"demo-1.0.data/scripts/python3": b""}), "WW107"),
        "unknown scheme": (lambda: wheel({"demo-1.0.data/etc/passwd": b"", "demo-1.0.data/x": b""}), ""),
        # Modules.
        "module without contents": (lambda: wheel({X: b""}), "WW201"),
        "module of another machine": (lambda: wheel({X: b"\x7fELF\2"}), "WW201"),
        "module without code": (_module, "WW901"),
        "section twice": (lambda: _module(section(1, b"\0"), section(1, b"\0")), "WW201 .* a second section"),
        "section too long": (lambda: _module(b"\1\xff\xff\xff\xff\x0f"), "WW201 .* truncated"),
        "count without entries": (lambda: _module(section(2, leb(100_000))), "WW201 .* ends too early"),
        "count beyond the limit": (lambda: _module(section(2, leb(1 << 31))), "imports or exports"),
        "types beyond the limit": (lambda: _module(section(1, b"\1\x4e" + leb(1 << 31))), "entries of a section"),
        "very many sections": (lambda: _module(b"\0\1\0" * 20_000), "sections of a WebAssembly module"),
        "long name in a module": (lambda: _module(section(2, b"\1" + text("a" * 200_000))), "bytes in a name"),
        "number without an end": (lambda: _module(section(1, b"\xff" * 9)), "WW201 .* too large"),
        "symbol with an escape": (
            lambda: wheel({X: Writer().function(_SYMBOL).define("PyInit_x").build()}),
            "WW301",
        ),
        "needs what steers": (lambda: wheel({X: Writer(needed=[_SYMBOL]).define("PyInit_x").build()}), "WW601"),
        "run path that steers": (
            lambda: wheel({X: Writer(runtime_paths=[_SYMBOL]).define("PyInit_x").build()}),
            "WW602",
        ),
        "needs itself": (lambda: wheel({X: Writer(needed=["x.abi3.so"]).define("PyInit_x").build()}), "WW603"),
        "Fortran by odd digits": (
            lambda: wheel(
                {
                    X: Writer().define("PyInit_x").build()
                    + custom("wasmwright.fortran", "lengths=c defines=a:\xb2+1 common=a:\xb2\n".encode())
                }
            ),
            "",
        ),
        "quotes in the suffix": (
            lambda: wheel({'demo/y.abi3-"wasm32-emscripten".so': Writer().define("PyInit_y").build()}),
            "WW203",
        ),
        "paths without an end": (lambda: wheel({"demo/x.py": b"/build/" + b"a" * 100_000}), "WW702"),
        "paths in paths": (lambda: wheel({"demo/x.py": b"x/build" * 200_000}), ""),
    }.items()
}
