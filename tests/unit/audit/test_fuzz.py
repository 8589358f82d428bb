"""Broken wheels, modules and libraries in quantity: each is judged or refused, in time and in little memory."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from archive_writer import archive
from fuzz import few_or_many, mutated_bytes, mutated_text, odd_text, try_cases
from hostile_wheels import HOSTILE, INFO, NAME, wheel
from wasm_writer import Writer, custom, section

from wasmwright.audit.library import audit_library
from wasmwright.audit.render import as_json, as_text
from wasmwright.audit.runtime import load_runtime
from wasmwright.audit.wheel import audit_wheels
from wasmwright.wasm.dylink import with_runtime_paths
from wasmwright.wasm.parse import parse
from wasmwright.wheel.repack import repack
from wasmwright.wheel.tags import parse_wheel_name
from wasmwright.wheel.versions import canonical_version

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from fuzz import Cases

    from wasmwright.audit.runtime import RuntimeSymbols

TEXTS = (
    "Metadata-Version: 2.4\nName: demo\nVersion: 1.0\nRequires-Dist: numpy (>=2) ; python_version > '3'\n\nText\n",
    "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: false\nTag: cp315-cp315-pyemscripten_2026_5_wasm32\n",
    "demo/x.abi3.so,sha256=AAAA,12\ndemo/y.py,,\ndemo-1.0.dist-info/RECORD,,\n",
    "lengths=c defines=lsame_:2+2,title_:1+1* calls=xerbla_:2+1 common=blk_:16\n",
    "p = '/nix/store/09zy7xlsfhm6rb5d5k0kp7jgrjsyp9ld-x/bin/y' # /build/source\n/* /build/x */ \"//\" 'x' \\\n",
)
BUILD_FILES = (
    "prefix=/nix/store/x\nlibdir=${prefix}/lib\nName: x\nLibs: -L${libdir} -lx -lm\nCflags: -I${prefix}/include # x\n",
    'set_target_properties(X::x PROPERTIES IMPORTED_LOCATION "${_IMPORT_PREFIX}/lib/libx.a")\nset_and_check(A "x")\n',
)
NAMES = (NAME, "a_b-1.0+local.1-2x-py2.py3-none-any.whl", "1!2.0rc1.post2.dev3+ubuntu.1")


def modules() -> list[bytes]:
    """Side modules with something of everything."""
    full = Writer(needed=["liba.so"], runtime_paths=["$ORIGIN/../a.libs"], weak=[("env", "w")], features=["+simd128"])
    full.function("f", "(i32,f64,v128)->(i64)").function("w").got("func", "f").got("mem", "d").tag("t")
    full.imported_global("__memory_base").define("PyInit_x", "()->(i32)").define_global("d").define_tag("e")
    record = custom("wasmwright.fortran", TEXTS[3].encode())
    types = section(1, b"\3\x4e\1\x50\0\x5f\1\x7f\1\x5e\x64\0\1\x60\1\x7b\1\x6f")
    return [full.build() + record, Writer().build(), b"\0asm\1\0\0\0" + custom("dylink.0", b"\1\4\0\0\0\0") + types]


@pytest.fixture
def symbols(runtime: Path) -> RuntimeSymbols:
    return load_runtime(runtime)


@few_or_many
def test_wheels(cases: Cases, tmp_path: Path, symbols: RuntimeSymbols):
    def told(case: tuple[str, bytes]) -> None:
        path = tmp_path / NAME
        path.write_bytes(case[1])
        for report in audit_wheels([path], runtime=symbols):
            as_text(report)
            as_json([report])

    samples = [wheel(), wheel({"demo/y.py": b"x" * 500}), HOSTILE["zip64 list too long"].make()]
    try_cases(told, lambda rng: ("bytes", mutated_bytes(rng, samples)), cases)
    try_cases(told, lambda rng: ("members", _members(rng)), cases)


def _members(rng: random.Random) -> bytes:
    """A whole archive with odd members, so that more than the archive is looked at."""
    buffer = io.BytesIO()
    members: dict[str, bytes] = {}
    for _ in range(rng.randrange(1, 5)):
        name = rng.choice(
            [odd_text(rng), f"demo/{odd_text(rng)}.so", f"demo-1.0.data/{odd_text(rng)}/x.py", "demo/y.c"]
        )
        members[_zip_name(name)] = rng.choice([mutated_text(rng, TEXTS).encode("utf-8", "surrogatepass"), _module(rng)])
    for name, text in zip(("METADATA", "WHEEL", "RECORD"), TEXTS, strict=False):
        changed = mutated_text(rng, [text]) if rng.random() < 0.4 else text
        members[f"{INFO}/{name}"] = changed.encode("utf-8", "surrogatepass")
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in members.items():
            opened.writestr(name, data)
    return buffer.getvalue()


def _zip_name(name: str) -> str:
    """What fits into an archive."""
    return (name.replace("\0", "x") or "x").encode("utf-8", "replace")[:60_000].decode("utf-8", "ignore")


def _module(rng: random.Random) -> bytes:
    return mutated_bytes(rng, modules()) if rng.random() < 0.8 else rng.choice(modules())


@few_or_many
def test_modules(cases: Cases):
    def told(data: bytes) -> None:
        parse(data, "x.so")
        with_runtime_paths(data, ["$ORIGIN"])

    try_cases(told, _module, cases)


@few_or_many
def test_libraries(cases: Cases, tmp_path: Path, symbols: RuntimeSymbols):
    folder = tmp_path / "library"
    folder.mkdir()

    def told(case: tuple[str, bytes]) -> None:
        for old in folder.iterdir():
            old.unlink()
        (folder / case[0]).write_bytes(case[1])
        as_text(audit_library(folder, runtime=symbols))

    def made(rng: random.Random) -> tuple[str, bytes]:
        objects = archive(
            (b"//", b"a_long_name.o/\n"), (b"/0", _module(rng)), (b"#1/4", b"b.o\0zz"), (b"a.o/", _module(rng))
        )
        text = mutated_text(rng, BUILD_FILES).encode("utf-8", "surrogatepass")
        return rng.choice(
            [("libx.a", mutated_bytes(rng, [objects])), ("libx.so.1", _module(rng)), ("x.pc", text), ("x.cmake", text)]
        )

    try_cases(told, made, cases)


@few_or_many
def test_repacked_wheels(cases: Cases, tmp_path: Path):
    def told(data: bytes) -> None:
        (tmp_path / NAME).write_bytes(data)
        repack(tmp_path / NAME, platform_tag="p_wasm32", globs=["**/x*"], epoch=0, out=tmp_path / "out")

    try_cases(told, _members, cases)


@few_or_many
def test_names_and_versions(cases: Cases):
    def told(text: str) -> None:
        canonical_version(text)
        parse_wheel_name(text).expanded_tags()

    try_cases(told, lambda rng: mutated_text(rng, NAMES), cases)
