from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from archive_writer import archive
from wasm_writer import Writer

from wasmwright.audit.archive import InvalidArchive, archive_members
from wasmwright.audit.library import audit_library

if TYPE_CHECKING:
    from pathlib import Path


def audited(folder: Path, runtime: Path) -> list[str]:
    report = audit_library(folder, runtime=runtime)
    return [f"{finding.code.id} {finding.member} {finding.message}" for finding in report.findings]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "out" / "lib"
    folder.mkdir(parents=True)
    return folder


def test_names_of_members():
    data = archive(
        (b"/", b"symbols"),
        (b"//", b"a_long_name.o/\nanother.o/\n"),
        (b"a.o/", b"1"),
        (b"/15", b"22"),
        (b"#1/4", b"b.o\0zzz"),
    )
    assert list(archive_members(data, "x.a")) == [("a.o", b"1"), ("another.o", b"22"), ("b.o", b"zzz")]


@pytest.mark.parametrize("cut", [3, 20, 69])
def test_truncated_archives(cut: int):
    with pytest.raises(InvalidArchive, match=r"x\.a: "):
        list(archive_members(archive((b"a.o/", b"12345"))[:cut], "x.a"))


def test_good_library(library: Path, runtime: Path):
    objects = archive((b"a.o/", Writer(dylink=False).function("other_object").build()))
    (library / "libx.a").write_bytes(objects)
    (library / "libx.so").write_bytes(Writer().define("f").build())
    (library / "liby.so").write_bytes(Writer(needed=["libx.so"]).function("f").build())
    report = audit_library(library.parent, runtime=runtime)
    assert report.ok
    assert report.facts == {"static": 1, "shared": 2}


def test_objects_of_another_machine_threads_and_exceptions(library: Path, runtime: Path):
    data = archive(
        (b"elf.o/", b"\x7fELF"),
        (b"t.o/", Writer(dylink=False, features=["+atomics"]).build()),
        (b"e.o/", Writer(dylink=False).function("invoke_v").build()),
    )
    (library / "libx.a").write_bytes(data)
    wrong, threads, exceptions = audited(library.parent, runtime)
    assert wrong.startswith("WW201 lib/libx.a(elf.o) is no WebAssembly object: it does not begin")
    assert threads == "WW501 lib/libx.a(t.o) says that it uses atomics"
    assert exceptions == "WW401 lib/libx.a(e.o) calls invoke_v, of the exceptions that JavaScript makes"


def test_side_modules_are_checked_as_in_wheels(library: Path, runtime: Path):
    (library / "libx.so").write_bytes(Writer(needed=["libz.so"]).function("g").build())
    (library / "liby.so.1").write_bytes(b"!")
    (library / "libw.so").write_bytes(Writer().function("g").build())
    broken, unresolved, needed = audited(library.parent, runtime)
    assert broken.startswith("WW201 lib/liby.so.1 is no WebAssembly module")
    assert unresolved == "WW301 lib/libw.so imports g as ()->(), which nothing exports"
    assert needed == (
        "WW601 lib/libx.so needs libz.so, which is neither in the wheel nor declared;"
        " imports not looked up without it: 1"
    )


def test_functions_of_other_types_are_refused(library: Path, runtime: Path):
    calls = Writer(dylink=False).function("sin", "(f64)->(f64)").function("cos").build()
    takes = Writer(dylink=False).got("func", "sin").build()
    (library / "libx.a").write_bytes(archive((b"a.o/", calls), (b"b.o/", takes)))
    (library / "liby.so").write_bytes(Writer().function("sin", "(f64)->(f64)").build())
    report = audit_library(library.parent, runtime=runtime, differing=["sin", "tan"])
    assert [(finding.code.id, finding.member) for finding in report.findings] == [
        ("WW306", "lib/libx.a(a.o)"),
        ("WW306", "lib/libx.a(b.o)"),
        ("WW306", "lib/liby.so"),
    ]
    assert report.findings[0].message.startswith("calls sin, for which the runtime was compiled with other types")
    assert audit_library(library.parent, runtime=runtime).ok


def test_broken_archive_is_a_finding(library: Path, runtime: Path):
    (library / "libx.a").write_bytes(b"!<thin>\n")
    (finding,) = audited(library.parent, runtime)
    assert finding.startswith("WW201 lib/libx.a cannot be read: it does not begin as a static library")
