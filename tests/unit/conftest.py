from __future__ import annotations

import os
import socket
import subprocess
from typing import NoReturn

import pytest

_PROCESS_STARTERS = ("system", "popen", "fork", "forkpty", "posix_spawn", "posix_spawnp", "execv", "execve")


@pytest.fixture(autouse=True)
def _no_process_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> NoReturn:
        pytest.fail("a unit test must not start a process or use the network: move it to tests/integration")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    for name in _PROCESS_STARTERS:
        monkeypatch.setattr(os, name, refuse)
    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
