from __future__ import annotations

from typing import TYPE_CHECKING

from wheel_writer import write_wheel

from wasmwright.wheel.inspect import read_wheel
from wasmwright.wheeltools.gate import single_tags

if TYPE_CHECKING:
    from pathlib import Path

HEAD = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\n"


def tags_of(folder: Path, *written: str) -> list[str]:
    lines = HEAD + "".join(f"Tag: {tag}\n" for tag in written).encode()
    path = write_wheel(folder, {}, tag="py2.py3-none-any", changed={"demo-1.0.dist-info/WHEEL": lines})
    wheel = single_tags(read_wheel(path))
    assert wheel.members["demo-1.0.dist-info/WHEEL"].data.startswith(HEAD)
    return wheel.wheel.get_all("Tag", [])


def test_sets_of_tags_become_single_ones(tmp_path: Path):
    assert tags_of(tmp_path, "py2.py3-none-any") == ["py2-none-any", "py3-none-any"]


def test_single_tags_stay(tmp_path: Path):
    assert tags_of(tmp_path, "py2-none-any", "py3-none-any") == ["py2-none-any", "py3-none-any"]
    assert tags_of(tmp_path, "no.tag") == ["no.tag"]
