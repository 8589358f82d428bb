from __future__ import annotations

import os
import platform
import shutil
from collections import namedtuple
from typing import TYPE_CHECKING

import pytest

from wasmwright import doctor
from wasmwright.process import Completed

if TYPE_CHECKING:
    from pathlib import Path

Usage = namedtuple("Usage", ["total", "used", "free"])  # noqa: PYI024 - as shutil has it


@pytest.mark.parametrize(("free", "ok"), [(12_000_000_000, True), (11_999_999_999, None), (1_000_000, False)])
def test_little_space_is_noted(*, free: int, ok: bool | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    asked: list[Path] = []

    def usage(folder: Path) -> Usage:
        asked.append(folder)
        return Usage(0, 0, free)

    monkeypatch.setattr(shutil, "disk_usage", usage)
    found = doctor._space("the Nix store", tmp_path / "not" / "yet")
    assert (found.ok, bool(found.hint)) == (ok, ok is not True)
    # What is not there yet will lie on the disk of what is.
    assert asked == [tmp_path]


@pytest.mark.parametrize(("pages", "ok"), [(1_000_000, True), (900_000, None)])
def test_little_memory_is_noted(*, pages: int, ok: bool | None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "sysconf", {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": pages}.get)
    found = doctor._memory()
    assert (found.ok, "--jobs 1" in (found.hint or "")) == (ok, ok is None)


@pytest.mark.parametrize(("machine", "ok"), [("x86_64", True), ("aarch64", False)])
def test_another_machine_cannot_build(*, machine: str, ok: bool, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    monkeypatch.setattr(platform, "machine", lambda: machine)
    found = doctor._system()
    assert (found.ok, found.detail, bool(found.hint)) == (ok, f"Linux {machine}", not ok)


@pytest.mark.parametrize(
    ("code", "stderr", "needed", "ok", "detail"),
    [
        (0, "", True, True, "available"),
        (1, "Operation not permitted\n", True, False, "Operation not permitted"),
        (1, "Operation not permitted\n", False, None, "Operation not permitted"),
    ],
)
def test_a_kernel_that_gives_no_namespaces_is_told(  # noqa: PLR0913 - a row of the table
    *, code: int, stderr: str, needed: bool, ok: bool | None, detail: str, monkeypatch: pytest.MonkeyPatch
):
    ended = Completed(command=("python3",), returncode=code, stdout="", stderr=stderr)
    monkeypatch.setattr(doctor, "run", lambda *_, **__: ended)
    found = doctor._namespaces({}, needed=needed)
    assert (found.ok, found.detail, "--no-sandbox" in (found.hint or "")) == (ok, detail, not ok)


def test_namespaces_are_needed_for_a_sandbox_without_a_daemon(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(doctor, "is_daemons", lambda: False)
    assert doctor._needs_namespaces({})
    assert not doctor._needs_namespaces({"WASMWRIGHT_NO_SANDBOX": "1"})
    monkeypatch.setattr(doctor, "is_daemons", lambda: True)
    assert not doctor._needs_namespaces({})


def test_a_program_that_only_some_commands_need_is_noted(tmp_path: Path):
    (tmp_path / "git").touch(mode=0o755)
    assert [(one.name, one.ok) for one in doctor._programs({"PATH": str(tmp_path)})] == [("apt-get", None)]
