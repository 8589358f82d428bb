from __future__ import annotations

import csv
import io
import os
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wasmwright import limits
from wasmwright.limits import Limit
from wasmwright.sandbox.traces import Traces, clean_folder, clean_wheel, traces_of

if TYPE_CHECKING:
    from wasmwright.sandbox.attributes import Attributes

HASH = "0123456789abcdfghijklmnpqrsvwxyz"
TOOL = Path(f"/nix/store/{HASH}-toolchain-6")
OTHER = f"/nix/store/{HASH}-zlib-1.3"
TRACES = Traces(top=Path("/build"), tools=[TOOL])


@pytest.fixture
def path(tmp_path: Path) -> str:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("env", "python3", "perl"):
        (programs / name).touch(mode=0o755)
    return str(programs)


@pytest.mark.parametrize(
    "line",
    [
        "#!/usr/bin/env python3",
        "#! /usr/bin/env -S python3 -u",
        "#!/usr/bin/perl -w",
        "#!/usr/local/bin/python3",
        "#!/bin/env python3\r",
    ],
)
def test_scripts_start_what_the_build_has_and_are_shipped_as_they_were(tmp_path: Path, path: str, line: str):
    script = tmp_path / "source/sub/x"
    script.parent.mkdir(parents=True)
    script.write_bytes(f"{line}\nbody\n".encode())
    script.chmod(0o544)
    os.utime(script, ns=(1, 7_000_000_001))
    traces = Traces(top=tmp_path, tools=[])
    traces.lead(tmp_path / "source", path)
    first, body = script.read_bytes().split(b"\n", 1)
    place = line.removeprefix("#!").split()[0]
    assert first.decode() == f"#!{tmp_path}/interpreters{line.removeprefix('#!').lstrip()}"
    assert body == b"body\n"
    assert (tmp_path / f"interpreters{place}").resolve() == Path(path) / Path(place).name
    assert (script.stat().st_mode & 0o777, script.stat().st_mtime_ns) == (0o544, 7_000_000_001)
    assert traces.led_back(script.read_bytes()) == f"#!{line.removeprefix('#!').lstrip()}\nbody\n".encode()
    clean_folder(tmp_path / "source", traces)
    assert script.read_bytes() == traces.led_back(script.read_bytes())


@pytest.mark.parametrize(
    "data",
    [
        b"#!/bin/sh\n",
        b"#!/usr/bin/ruby\n",
        b"#!/usr/bin/env/python3\n",
        b"#!/usr/bin/../../x/python3\n",
        b"#!python3\n",
        b"#!",
        b"#!\0/usr/bin/env\n",
        b"#include <x.h>\n",
        b"",
    ],
)
def test_other_files_are_left_alone(tmp_path: Path, path: str, data: bytes):
    source = tmp_path / "source"
    source.mkdir()
    (source / "x").write_bytes(data)
    (source / "link").symlink_to("/nowhere")
    Traces(top=tmp_path, tools=[]).lead(source, path)
    assert (source / "x").read_bytes() == data
    assert not (tmp_path / "interpreters").exists()


@pytest.mark.parametrize(
    ("text", "removed"),
    [
        ("/build/source/x-1/y.c", "./source/x-1/y.c"),
        ('"/build/build"', '"./build"'),
        ("cc -I/build/target/numpy -L/build/source", "cc -I./target/numpy -L./source"),
        ("--file=/build/tmpab1_cd2z/x", "--file=./tmp/x"),
        ("/build/source/.mesonpy-ab1_cd2z/sub", "./source/.mesonpy/sub"),
        (f"--cross-file={TOOL}/share/cross.ini", "--cross-file=toolchain-6/share/cross.ini"),
        # What is no folder of the build, or told elsewhere.
        ("see /build/docs and https://x.org/build/source", None),
        ("lib/build/source /build/sources /build/tmpfile", None),
        (f"{OTHER}/share {TOOL}/usr/bin/emcc", None),
        ("/build/source\0", None),
    ],
)
def test_text_holds_no_folder_of_the_build(text: str, removed: str | None):
    assert TRACES.removed(text.encode()) == (text if removed is None else removed).encode()


def test_a_long_text_of_nothing_but_traces_takes_no_longer_than_its_length():
    assert TRACES.removed(f"{TOOL}/a".encode() * 50_000).count(b"toolchain-6/a") == 50_000
    assert TRACES.removed(b"/build/source" * 50_000).count(b"/build") == 50_000 - 1


def test_files_that_tools_name_are_tools_too(attributes: Attributes):
    settings = {"mesonpy": {"setup-args": [f"--cross-file=/nix/store/{HASH}-fortran.ini"]}}
    traces = traces_of(replace(attributes, toolchain=TOOL, settings=settings), Path("/build"))
    assert Path(f"/nix/store/{HASH}-fortran.ini") in traces.tools
    assert TOOL in traces.tools


def test_a_cleaned_wheel_agrees_with_its_record(tmp_path: Path):
    wheel, out = tmp_path / "a-1-py3-none-any.whl", tmp_path / "out.whl"
    info = zipfile.ZipInfo("a.data/scripts/run")
    info.external_attr = 0o755 << 16
    record = 'a/config.py,sha256=old,3\n"a/b,c.py",sha256=kept,1\na-1.dist-info/RECORD,,\n'
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("a/config.py", "/build/source")
        zipped.writestr("a/b,c.py", "x")
        zipped.writestr(info, "#!/build/interpreters/usr/bin/env python3\n")
        zipped.writestr("a-1.dist-info/RECORD", record)
    clean_wheel(wheel, out, TRACES)
    with zipfile.ZipFile(out) as zipped:
        assert zipped.testzip() is None
        assert zipped.read("a/config.py") == b"./source"
        assert zipped.read(info.filename) == b"#!/usr/bin/env python3\n"
        assert zipped.getinfo(info.filename).external_attr == info.external_attr
        rows = list(csv.reader(io.StringIO(zipped.read("a-1.dist-info/RECORD").decode())))
    assert rows == [
        ["a/config.py", "sha256=qiQDiViGdO760yIEFnrr101CVzczEuAjjnhBulaDhnQ", "8"],
        ["a/b,c.py", "sha256=kept", "1"],
        ["a-1.dist-info/RECORD", "", ""],
    ]


def test_a_wheel_that_is_too_large_is_for_the_gate_to_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with zipfile.ZipFile(tmp_path / "a.whl", "w") as zipped:
        zipped.writestr("x", "/build/source")
    monkeypatch.setattr(limits, "WHEEL_SIZE", Limit(name="size", most=12))
    clean_wheel(tmp_path / "a.whl", tmp_path / "out.whl", TRACES)
    assert (tmp_path / "out.whl").read_bytes() == (tmp_path / "a.whl").read_bytes()


def test_what_is_no_wheel_is_for_the_gate_to_tell(tmp_path: Path):
    (tmp_path / "broken.whl").write_bytes(b"PK\x03\x04 no")
    clean_wheel(tmp_path / "broken.whl", tmp_path / "out.whl", TRACES)
    assert (tmp_path / "out.whl").read_bytes() == b"PK\x03\x04 no"
