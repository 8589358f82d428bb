from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from recipe_known import KNOWN

from wasmwright.config import Config, load_config
from wasmwright.errors import InvalidConfig, InvalidLock, InvalidProfile, InvalidRecipe
from wasmwright.files import folder_without_room, openable, replacing, write_json, write_text
from wasmwright.generate.files import Generated, drift
from wasmwright.lock.document import read_document
from wasmwright.lock.profile import default_profile
from wasmwright.lock.tables import read_tables
from wasmwright.project import read_project
from wasmwright.recipe.parse import load_recipe
from wasmwright.sources.mirrors import Mirrors

if TYPE_CHECKING:
    from collections.abc import Callable


def test_text_replaces_what_was_there_and_leaves_nothing_beside(tmp_path: Path):
    path = tmp_path / "made" / "a.txt"
    write_text(path, "old")
    write_text(path, "neu: \N{LATIN SMALL LETTER U WITH DIAERESIS}")
    assert path.read_text(encoding="utf-8") == "neu: \N{LATIN SMALL LETTER U WITH DIAERESIS}"
    assert [entry.name for entry in path.parent.iterdir()] == ["a.txt"]


def test_what_cannot_be_written_leaves_the_old_one(tmp_path: Path):
    path = tmp_path / "a.txt"
    write_text(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_text(path, "new \ud800")
    assert path.read_text(encoding="utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("is_folder", [False, True])
def test_what_is_complete_takes_the_place_of_the_old_one(tmp_path: Path, *, is_folder: bool):
    path = tmp_path / "made" / "a"

    def write(text: str) -> None:
        with replacing(path) as part:
            assert part.parent == path.parent
            write_text(part / "x" if is_folder else part, text)
            if text == "broken":
                raise OSError(5, "broken", str(part))

    write("old")
    write("new")
    with pytest.raises(OSError, match="broken") as caught:
        write("broken")
    assert caught.value.filename == str(path)
    assert (path / "x" if is_folder else path).read_text() == "new"
    assert [entry.name for entry in path.parent.iterdir()] == ["a"]


def test_a_file_where_a_folder_has_to_be_is_told(tmp_path: Path):
    (tmp_path / "file").touch()
    path = tmp_path / "file/a"
    with pytest.raises(OSError, match="exists") as caught, replacing(path):
        raise AssertionError
    assert caught.value.filename == str(path)


def test_json_keeps_the_order_of_its_keys(tmp_path: Path):
    write_json(tmp_path / "a.json", {"version": 1, "name": "a lone \ud800"})
    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    assert text.endswith("}\n")
    assert list(json.loads(text)) == ["version", "name"]


# What reads a file of a checkout or a user, the file's name, and what it says of one that is none.
READERS: dict[str, tuple[Callable[[Path], object], str, type[Exception]]] = {
    "settings": (lambda folder: load_config({"WASMWRIGHT_CONFIG": f"{folder}/x"}), "x", InvalidConfig),
    "recipe": (lambda folder: load_recipe(folder / "recipe.toml", KNOWN), "recipe.toml", InvalidRecipe),
    "project": (lambda folder: read_project(folder, KNOWN), "pyproject.toml", InvalidRecipe),
    "lock": (lambda folder: read_document(folder / "lock.json", "lock it"), "lock.json", InvalidLock),
    "profile": (lambda folder: read_tables(folder / "x.toml"), "x.toml", InvalidProfile),
    "default profile": (default_profile, "nix/toolchain/default-profile", InvalidProfile),
    "generated": (lambda folder: drift(folder, [Generated(path="package.nix", text="x")]), "package.nix", OSError),
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", READERS)
def test_nobody_waits_for_a_pipe(tmp_path: Path, kind: str):
    read, name, refusal = READERS[kind]
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(tmp_path / name)
    with pytest.raises(refusal, match="a pipe or a socket"):
        read(tmp_path)


@pytest.mark.timeout(60)
def test_nobody_waits_for_a_pipe_in_place_of_the_settings_of_npm(tmp_path: Path):
    os.mkfifo(tmp_path / ".npmrc")
    mirrors = Mirrors(environ={"HOME": str(tmp_path), "PATH": ""}, npm_default=lambda: "http://npm.test")
    assert mirrors.npm == "http://npm.test"


def test_a_socket_is_no_file_and_a_device_may_be_one(tmp_path: Path):
    os.mknod(tmp_path / "socket", stat.S_IFSOCK | 0o600)
    with pytest.raises(OSError, match="a pipe or a socket"):
        openable(tmp_path / "socket")
    assert load_config({"WASMWRIGHT_CONFIG": os.devnull}) == Config()


def test_what_is_no_disk_is_not_full():
    # It tells of 0 blocks, of which 0 are free.
    assert folder_without_room([Path("/proc")]) is None
