from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from archive_writer import archive
from wasm_writer import Writer

from wasmwright.audit.archive import InvalidArchive, archive_members
from wasmwright.audit.library import audit_library
from wasmwright.limits import BUILD_FILE_SIZE, LimitExceeded

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


STORE = "/nix/store/09zy7xlsfhm6rb5d5k0kp7jgrjsyp9ld-xml-2.15-library"


@pytest.mark.parametrize(
    ("path", "code"), [(f"{STORE}/etc/xml/catalog", "WW701"), ("/build/source/catalog.c", "WW702")]
)
def test_paths_that_are_compiled_into_archives_and_modules(library: Path, runtime: Path, path: str, code: str):
    (library / "libx.a").write_bytes(archive((b"a.o/", Writer(dylink=False, data=path.encode()).build())))
    (library / "liby.so").write_bytes(Writer(data=path.encode()).build())
    first, second = audited(library.parent, runtime)
    assert first.startswith(f"{code} lib/libx.a(a.o) holds the path {path[:13]}")
    assert second.startswith(f"{code} lib/liby.so holds the path {path[:13]}")


PC = """\
prefix={root}
libdir=${{prefix}}/lib
includedir=${{prefix}}/include

Name: x
Libs: -L${{libdir}} -lx {more} \\
  -lm
Libs.private: -lpthread
Cflags: -I${{includedir}}/{folder} -DX # -lcomment
"""


def described(library: Path, text: str, name: str = "lib/pkgconfig/x.pc") -> None:
    path = library.parent / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.fixture
def installed(library: Path) -> Path:
    (library / "libx.a").write_bytes(archive())
    (library.parent / "include" / "x").mkdir(parents=True)
    return library


@pytest.mark.parametrize(
    ("more", "folder", "found"),
    [
        ("", "x", []),
        ("-lz -lx", "x", []),
        ("-lqhull_r", "x", ["WW604 lib/pkgconfig/x.pc names the library qhull_r (-lqhull_r), which is not there"]),
        ("-I../x -I", "x", []),
        ("", "y", ["WW604 lib/pkgconfig/x.pc names the folder {root}/include/y (-I), which is not there"]),
    ],
)
def test_what_pkgconfig_is_told_has_to_be_there(
    installed: Path, runtime: Path, more: str, folder: str, found: list[str]
):
    root, tmp_path = str(installed.parent), installed.parents[1]
    described(installed, PC.format(root=root, more=more, folder=folder))
    (tmp_path / "zlib" / "lib").mkdir(parents=True)
    (tmp_path / "zlib" / "lib" / "libz.so.1").write_bytes(Writer().build())
    report = audit_library(installed.parent, runtime=runtime, linked=[tmp_path / "zlib"])
    told = [f"{finding.code.id} {finding.member} {finding.message}" for finding in report.findings]
    assert told == [line.format(root=root) for line in found]


def test_variables_that_grow_are_cut(installed: Path, runtime: Path):
    lines = ["a0=-lx"] + [f"a{number}=${{a{number - 1}}} ${{a{number - 1}}}" for number in range(1, 60)]
    described(installed, "\n".join([*lines, "a=${a}", "Libs: ${a59} ${a}"]))
    assert len(audited(installed.parent, runtime)) <= 2


CMAKE = """\
set_target_properties(X::x PROPERTIES
  INTERFACE_INCLUDE_DIRECTORIES "${{_IMPORT_PREFIX}}/include;${{_IMPORT_PREFIX}}/{folder}"
  INTERFACE_LINK_LIBRARIES "$<LINK_ONLY:m>"
  IMPORTED_LOCATION_RELEASE "${{_IMPORT_PREFIX}}/lib/{file}"
)
list(APPEND _cmake_import_check_files_for_X::x "${{_IMPORT_PREFIX}}/lib/libx.a")
set_and_check(X_DIR "${{PACKAGE_PREFIX_DIR}}/include")
set(X_DOC_DIR "${{PACKAGE_PREFIX_DIR}}/share/doc")
"""


@pytest.mark.parametrize(
    ("file", "folder", "missing"),
    [("libx.a", "include/x", ""), ("libq.a", "include/x", "lib/libq.a"), ("libx.a", "include/q", "include/q")],
)
def test_what_cmake_is_told_has_to_be_there(installed: Path, runtime: Path, file: str, folder: str, missing: str):
    described(installed, CMAKE.format(file=file, folder=folder), "lib/cmake/X/XTargets.cmake")
    message = f"WW604 lib/cmake/X/XTargets.cmake names {missing} below the folder of installation, which is not there"
    assert audited(installed.parent, runtime) == ([message] if missing else [])


@pytest.mark.parametrize("name", ["a" * 5000, "a\0b"])
def test_names_that_no_file_can_have_are_not_there(installed: Path, runtime: Path, name: str):
    described(installed, f"Cflags: -I/{name}")
    described(installed, f'set_and_check(A "${{PACKAGE_PREFIX_DIR}}/{name}")', "x.cmake")
    assert len(audited(installed.parent, runtime)) == 2


def test_a_build_file_has_a_limit(installed: Path, runtime: Path):
    described(installed, " " * (BUILD_FILE_SIZE.most + 1))
    with pytest.raises(LimitExceeded, match=r"size of a \.pc or CMake file"):
        audit_library(installed.parent, runtime=runtime)
