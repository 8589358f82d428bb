from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from wheel_writer import write_wheel

from wasmwright.wheel.inspect import Member, read_wheel
from wasmwright.wheel.repack import repack
from wasmwright.wheel.scrub import scrub

if TYPE_CHECKING:
    from pathlib import Path

STORE = "/nix/store/09zy7xlsfhm6rb5d5k0kp7jgrjsyp9ld-toolchain-1.0"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f'"commands": r"{STORE}/bin/em++, -O2"', '"commands": r"em++, -O2"'),
        (f"#!{STORE}/usr/bin/python3\n", "#!python3\n"),
        (f"{STORE}/bin/a {STORE}/bin/b", "a b"),
        (f"{STORE}/lib/x", f"{STORE}/lib/x"),
        (f"{STORE}/bin", f"{STORE}/bin"),
        (f"'{STORE}/bin/'", f"'{STORE}/bin/'"),
        ("/usr/bin/python3", "/usr/bin/python3"),
    ],
)
def test_programs_lose_their_folder(text: str, expected: str):
    member = Member(data=text.encode(), is_executable=True)
    assert scrub({"a.py": member}) == {"a.py": Member(data=expected.encode(), is_executable=True)}


@pytest.mark.parametrize(("name", "data"), [("x.so", b""), ("x.npy", b"\0")])
def test_binaries_are_left_alone(name: str, data: bytes):
    member = Member(data=data + f"{STORE}/bin/x".encode())
    assert scrub({name: member}) == {name: member}


def test_repacking_scrubs(tmp_path: Path):
    path = write_wheel(tmp_path, {"demo/config.py": f"'{STORE}/bin/emcc'".encode()})
    done = repack(path, platform_tag="p", globs=[], epoch=0, out=tmp_path / "out")
    assert read_wheel(done.main).members["demo/config.py"].data == b"'emcc'"


def test_a_long_row_of_paths_is_searched_once():
    text = f"{STORE}/x".encode() * 100_000
    assert scrub({"a.py": Member(data=text)})["a.py"].data == text
