from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from wasmwright.errors import NixUnavailable
from wasmwright.nixenv import store
from wasmwright.process import Completed

if TYPE_CHECKING:
    from pathlib import Path


def ensure(nix: Path, environ: dict[str, str] | None = None) -> None:
    store.ensure_store(environ or {}, step=lambda _: None, nix=nix)


def test_missing_store_is_made(tmp_path: Path):
    ensure(tmp_path / "nix")
    assert (tmp_path / "nix/store").is_dir()
    assert (tmp_path / "nix/var/nix").is_dir()


def test_empty_folder_of_ours_is_filled(tmp_path: Path):
    (tmp_path / "nix").mkdir()
    ensure(tmp_path / "nix")
    assert (tmp_path / "nix/var/nix").is_dir()


def test_foreign_store_without_daemon_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "nix/store").mkdir(parents=True)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(NixUnavailable, match="belongs to another user") as caught:
        ensure(tmp_path / "nix")
    assert "sudo chown -R" in (caught.value.hint or "")


def test_foreign_store_with_a_daemon_that_answers_is_fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    socket = tmp_path / "nix/var/nix/daemon-socket/socket"
    socket.parent.mkdir(parents=True)
    socket.touch()
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(store, "_answers", lambda _: True)
    ensure(tmp_path / "nix")
    assert store.is_daemons(tmp_path / "nix")
    monkeypatch.setattr(store, "_answers", lambda _: False)
    with pytest.raises(NixUnavailable, match="the Nix daemon does not answer"):
        ensure(tmp_path / "nix")


def test_store_that_is_half_foreign_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "nix/store").mkdir(parents=True)
    (tmp_path / "nix/var/nix").mkdir(parents=True)
    monkeypatch.setattr(os, "access", lambda path, _: path != tmp_path / "nix/var/nix")
    with pytest.raises(NixUnavailable, match="belongs to another user"):
        ensure(tmp_path / "nix")


def test_whether_a_store_can_be_made_is_told_before_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    nix = tmp_path / "nix"
    nothing = {"PATH": str(tmp_path / "bin")}
    assert store.making_fault(nothing, nix) is None
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert f"-o {store._user()} {nix}`" in str(store.making_fault(nothing, nix).hint)
    assert not nix.exists()
    nix.mkdir()
    assert store.making_fault(nothing, nix) is None


def forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    def mkdir(*_args: object, **_options: object) -> None:
        raise PermissionError

    monkeypatch.setattr(store.Path, "mkdir", mkdir)


def test_without_sudo_the_command_for_an_administrator_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    forbid(monkeypatch)
    with pytest.raises(NixUnavailable) as caught:
        ensure(tmp_path / "nix", {"PATH": str(tmp_path)})
    assert f"`sudo install -d -m 755 -o {store._user()} {tmp_path}/nix`" in (caught.value.hint or "")


def test_sudo_that_wants_a_password_is_not_asked_without_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    forbid(monkeypatch)
    (tmp_path / "sudo").touch(mode=0o755)
    done = Completed(command=("sudo",), returncode=1, stdout="", stderr="")
    monkeypatch.setattr(store, "run", lambda *_args, **_options: done)
    monkeypatch.setattr(store, "attach", lambda *_args, **_options: pytest.fail("asked"))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    with pytest.raises(NixUnavailable, match="may not make it"):
        ensure(tmp_path / "nix", {"PATH": str(tmp_path)})
