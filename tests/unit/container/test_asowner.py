from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from wasmwright.container import asowner

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


class Became(Exception):
    pass


def started(monkeypatch: pytest.MonkeyPatch, *, user: int, owner: int, folder: Path) -> list[object]:
    """What is done by `user` where the folder is `owner`'s, up to the command."""
    done: list[object] = []

    def executed(program: str, command: list[str]) -> None:
        done.append((program, command))
        raise Became

    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(os, "setgroups", done.append)
    monkeypatch.setattr(os, "setgid", lambda number: done.append(("group", number)))
    monkeypatch.setattr(os, "setuid", lambda number: done.append(("user", number)))
    monkeypatch.setattr(os, "execvp", executed)
    result = os.stat_result((0o40755, 0, 0, 1, owner, owner + 1, 0, 0, 0, 0))
    monkeypatch.setattr(type(folder), "stat", lambda _path: result)
    with contextlib.suppress(Became):
        asowner.main([str(folder), "sh", "-c", "true"])
    return done


COMMAND = ("sh", ["sh", "-c", "true"])


def test_root_becomes_the_owner_and_gives_up_groups_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    done = started(monkeypatch, user=0, owner=1234, folder=tmp_path)
    assert done == [[], ("group", 1235), ("user", 1234), COMMAND]


def test_root_of_a_folder_of_roots_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert started(monkeypatch, user=0, owner=0, folder=tmp_path) == [COMMAND]


def test_another_user_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert started(monkeypatch, user=77, owner=1234, folder=tmp_path) == [COMMAND]


def test_a_program_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def missing(_program: str, _command: list[str]) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(os, "execvp", missing)
    assert asowner.main([str(tmp_path), "nosuch"]) == 127
    assert capsys.readouterr().err == "there is no program nosuch in this image\n"


def test_a_container_without_the_right_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def refused(_folder: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(asowner, "become_owner", refused)
    assert asowner.main([str(tmp_path), "sh"]) == 125
    assert '--user "$(id -u):$(id -g)"' in capsys.readouterr().err
