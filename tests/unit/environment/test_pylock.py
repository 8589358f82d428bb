from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from environment_writer import FOREIGN, LOCK, OURS
from packaging.pylock import Pylock

from wasmwright.environment.errors import InvalidEnvironmentLock
from wasmwright.environment.pylock import read_lock, write_lock

if TYPE_CHECKING:
    from pathlib import Path


def test_a_lock_is_read_as_it_was_written(tmp_path: Path):
    path = tmp_path / "pylock.toml"
    write_lock(path, LOCK)
    assert read_lock(path) == LOCK
    assert (LOCK.packages, LOCK.sources) == (("numpy",), (FOREIGN.source,))


def test_it_is_one_of_the_standard(tmp_path: Path):
    path = tmp_path / "pylock.toml"
    write_lock(path, LOCK)
    document = tomllib.loads(path.read_text())
    Pylock.from_dict(document).validate()
    first = document["packages"][0]
    assert first["wheels"][0]["path"] == f"wheels/{OURS.file}"
    assert first["wheels"][0]["hashes"] == {"sha256": "a" * 64}
    assert document["environments"] == ['sys_platform == "emscripten" and python_version == "3.14"']
    assert "://" not in path.read_text()


def test_the_same_lock_is_the_same_bytes(tmp_path: Path):
    write_lock(tmp_path / "one", LOCK)
    write_lock(tmp_path / "two", replace(LOCK))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


GOOD = {
    "profile": 'profile = "pyemscripten_2026_0"',
    "origin": 'origin = "built"',
    "purl": "purl = ",
    "size": "size = 3",
    "file": OURS.file,
    "hash": 'sha256 = "' + "a" * 64,
    "version": 'lock-version = "1.0"',
    "store": "store-name = ",
    "depends": 'name = "openblas"',
}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (GOOD["profile"], "profile = 1"),
        (GOOD["profile"], ""),
        ('python = "3.14"', 'python = "3.14.*, !=3.14"'),
        (GOOD["origin"], 'origin = "thin air"'),
        (GOOD["origin"], ""),
        (GOOD["purl"], 'other = "x"\nold = '),
        (GOOD["purl"], "purl = 'no url at all'\nold = "),
        (GOOD["size"], ""),
        (GOOD["size"], "size = true"),
        (GOOD["size"], "size = -1\nbad ="),
        (GOOD["file"], "numpy-2.5.6-cp314-cp314-pyemscripten_2026_0_wasm32.whl"),
        (GOOD["hash"], 'md5 = "' + "a" * 64),
        (GOOD["version"], 'lock-version = "9.0"'),
        (GOOD["version"], "lock-version = []"),
        (GOOD["store"], 'store-name = "../../x"\nold = '),
        (GOOD["depends"], "name = 5"),
        ("[tool.wasmwright]", "[tool.other]"),
        ("[[packages]]", "[packages]"),
        ("created-by", "created-with"),
    ],
)
def test_a_broken_lock_is_told(tmp_path: Path, old: str, new: str):
    path = tmp_path / "pylock.toml"
    write_lock(path, LOCK)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    with pytest.raises(InvalidEnvironmentLock, match="is no lock of an environment") as caught:
        read_lock(path)
    assert "env lock" in str(caught.value.hint)


def test_a_lock_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(InvalidEnvironmentLock, match="No such file"):
        read_lock(tmp_path / "none.toml")
