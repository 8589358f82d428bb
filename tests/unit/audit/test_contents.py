from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from wasm_writer import Writer
from wheel_writer import PLATFORM, write_wheel

from wasmwright.audit.runtime import load_runtime
from wasmwright.audit.wheel import audit_wheel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Found = Callable[..., list[str]]

X = "demo/x.cpython-315-wasm32-emscripten.so"
STORE = "/nix/store/09zy7xlsfhm6rb5d5k0kp7jgrjsyp9ld-toolchain"


@pytest.mark.parametrize(
    "tag",
    [
        f"cp315-cp315-{PLATFORM}",
        f"cp310-abi3-{PLATFORM}",
        f"cp315-abi3-{PLATFORM}",
        f"py3-none-{PLATFORM}",
        f"cp315-none-{PLATFORM}",
        f"py314-none-{PLATFORM}",
    ],
)
def test_tags_that_fit(found: Found, tag: str):
    assert found(Writer(), tag=tag) == []


@pytest.mark.parametrize(
    ("tag", "code", "message"),
    [
        (f"cp314-cp314-{PLATFORM}", "WW102", "is for cp314-cp314, the runtime's Python is cp315"),
        (f"cp316-abi3-{PLATFORM}", "WW102", "is for cp316-abi3, the runtime's Python is cp315"),
        (f"cp315-cp315t-{PLATFORM}", "WW102", "is for cp315-cp315t, the runtime's Python is cp315"),
        (f"cp314-cp315-{PLATFORM}", "WW102", "is for cp314-cp315, the runtime's Python is cp315"),
        (f"py316-none-{PLATFORM}", "WW102", "is for py316-none, the runtime's Python is cp315"),
        (f"py2-none-{PLATFORM}", "WW102", "is for py2-none, the runtime's Python is cp315"),
        (
            "cp315-cp315-linux_x86_64",
            "WW101",
            f"is for the platform linux_x86_64; the runtime takes cp315 and {PLATFORM}",
        ),
        ("py3-none-any", "WW101", f"is for the platform any; the runtime takes cp315 and {PLATFORM}"),
        (
            "cp314-cp314-pyemscripten_2026_0_wasm32",
            "WW101",
            (
                "is for the platform pyemscripten_2026_0_wasm32, and is for cp314-cp314;"
                f" the runtime takes cp315 and {PLATFORM}"
            ),
        ),
    ],
)
def test_tags_that_do_not_fit(found: Found, tag: str, code: str, message: str):
    assert found(Writer(), tag=tag) == [f"{code} demo-1.0-{tag}.whl {message}"]


def test_pure_wheel(tmp_path: Path, runtime: Path):
    report = audit_wheel(write_wheel(tmp_path, {"demo.py": b""}, tag="py3-none-any"), runtime=runtime)
    assert report.ok


def test_expected_platform_can_be_given(tmp_path: Path, runtime: Path):
    path = write_wheel(tmp_path, {"demo.so": Writer().build()}, tag="py3-none-other")
    assert audit_wheel(path, runtime=runtime, platform_tag="other").ok


def test_tag_lines_must_agree_with_the_name(tmp_path: Path, runtime: Path):
    path = write_wheel(tmp_path, {X: Writer().define("PyInit_x").build()}, tag="cp315-cp315-linux_x86_64")
    report = audit_wheel(path.rename(tmp_path / f"demo-1.0-cp315-cp315-{PLATFORM}.whl"), runtime=runtime)
    (finding,) = report.findings
    assert finding.code.id == "WW103"
    assert finding.message == f"has the tags cp315-cp315-linux_x86_64, the file name cp315-cp315-{PLATFORM}"


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        ("Name: requests\nVersion: 1.0\n", "has the Name `requests`, the file name demo"),
        ("Name: demo\nVersion: 99\n", "has the Version `99`, the file name 1.0"),
        ("Name: demo\n", "has the Version none, the file name 1.0"),
        ("Name: demo\nName: demo\nVersion: 1.0\n", "has the Name `demo` and `demo`, the file name demo"),
        ("Name: DEMO\nVersion: v1\n", ""),
    ],
)
def test_metadata_tells_of_the_same_distribution_as_the_file_name(
    tmp_path: Path, runtime: Path, metadata: str, message: str
):
    text = f"Metadata-Version: 2.1\n{metadata}\n".encode()
    path = write_wheel(tmp_path, {}, tag="py3-none-any", changed={"demo-1.0.dist-info/METADATA": text})
    report = audit_wheel(path, runtime=runtime)
    found = [f.message for f in report.findings if f.code.id == "WW104"]
    assert found == ([message] if message else [])


def test_many_tags_are_not_all_listed(tmp_path: Path, runtime: Path):
    many = ".".join(f"cp3{number}" for number in range(30))
    path = write_wheel(tmp_path, {"demo.py": b""}, tag="py3-none-any").rename(
        tmp_path / f"demo-1.0-{many}-none-any.whl"
    )
    (finding,) = [f for f in audit_wheel(path, runtime=runtime).findings if f.code.id == "WW103"]
    assert finding.message.endswith("cp310-none-any, cp311-none-any, 18 more")


def test_store_path_in_text(found: Found):
    text = f"a = '{STORE}/bin/emcc'\nb = '{STORE}/bin/em++'\n".encode()
    assert found(Writer(), files={"demo/config.py": text}) == [f"WW701 demo/config.py holds the path {STORE} (2 times)"]


def test_store_path_in_a_module(found: Found, good: Writer):
    good.data = f"{STORE}/include/x.h".encode()
    assert found(good) == [f"WW701 {X} holds the path {STORE} (1 time)"]


def test_build_path(found: Found, good: Writer):
    good.data = b"assertion failed: /build/source/x.c:3"
    assert found(good) == [f"WW702 {X} holds the path /build/source (1 time)"]


@pytest.mark.parametrize(
    "text", [b"see /nix/store/ and /nix/store/...", b"docs/build/html", b"https://x.org/build/a", b"$(top)/build/x"]
)
def test_other_paths_are_no_leaks(found: Found, text: bytes):
    assert found(Writer(), files={"demo/notes.txt": text}) == []


C = '/* {"depends": ["/build/target/ndarraytypes.h"]}\n END */\n// /build/x\n#include <x.h> // "\nchar *a = "//";\n'


@pytest.mark.parametrize(
    ("member", "text"),
    [
        ("core.c", C),
        ("core.cpp", C + "/* open /build/x"),
        ("core.pyx", "# /build/x\n  # see /build/y\n"),
        ("core.h", f"// {STORE}/bin/emcc\n"),
    ],
)
def test_paths_in_comments_are_warnings(found: Found, member: str, text: str):
    (told,) = found(Writer(), files={f"demo/{member}": text.encode()})
    assert told.startswith(f"WW703 demo/{member} holds the path /")
    assert told.endswith(" in a comment")


@pytest.mark.parametrize(
    ("member", "text"),
    [
        ("core.c", C + 'char *b = "// /build/x";'),
        ("core.c", C + '#line 7 "/build/x"\n'),
        ("core.c", C + 'char *b = "\\"/* /build/x */";'),
        ("core.pyx", "a = 1 # b\nc = '# /build/x'\n"),
        ("core.txt", C),
    ],
)
def test_paths_beside_comments_are_errors(found: Found, member: str, text: str):
    (told,) = found(Writer(), files={f"demo/{member}": text.encode()})
    assert told.startswith(f"WW702 demo/{member} holds the path /build/")


@pytest.mark.parametrize(
    "text",
    ["/* " * 700_000, "x/build/y" * 300_000, "// '" * 500_000, f"{STORE}" * 50_000, '"\\' * 500_000, " " * 2_000_000],
)
def test_no_text_takes_long(found: Found, text: str):
    told = found(Writer(), files={"demo/x.c": f"{text}\n".encode(), "demo/x.py": f"{text}\n /build/x".encode()})
    assert [line for line in told if line.startswith("WW702 demo/x.py holds")]


def test_record(found: Found):
    expected = [
        "WW801 demo/extra.py is not listed in RECORD",
        "WW801 demo/__init__.py differs from its hash in RECORD",
        "WW801 demo/__init__.py has 7 bytes, RECORD says `0`",
    ]
    assert found(Writer(), changed={"demo/__init__.py": b"changed", "demo/extra.py": b""}) == expected


def test_facts(tmp_path: Path, runtime: Path, good: Writer):
    path = write_wheel(tmp_path, {X: good.define("PyInit_x").build()})
    facts = audit_wheel(path, runtime=load_runtime(runtime)).facts
    assert facts["imports_checked"] == {"address": 3, "by name": 0, "by type": 7, "weak": 0}
    assert facts["modules"][0]["path"] == X  # type: ignore[index]
    assert facts["size"] == path.stat().st_size


def test_the_archive_that_brought_a_path_is_named(tmp_path: Path, runtime: Path):
    archive = tmp_path / "xml" / "lib" / "libxml2.a"
    archive.parent.mkdir(parents=True)
    archive.write_bytes(f"{STORE}/etc".encode())
    path = write_wheel(tmp_path, {X: Writer(data=f"{STORE}/etc".encode()).define("PyInit_x").build()})
    (finding,) = audit_wheel(path, runtime=runtime, libraries=[tmp_path / "xml"]).findings
    assert finding.hint.startswith(f"{archive} has it, which was linked: ")
