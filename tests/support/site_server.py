"""The server of `wasmwright serve` as a process of its own."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BUILDER = Path(__file__).resolve().parents[2] / "builder"
COMMAND = (sys.executable, str(BUILDER), "serve")
IN_IMAGES = (sys.executable, "-m", "wasmwright.serving")


class Server:
    """A server that runs, and what it has written so far."""

    def __init__(self, process: subprocess.Popen[str], port: int, log: Path) -> None:
        self.process, self.port, self.log = process, port, log

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        """What is answered on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        response = connection.getresponse()
        data = response.read()
        connection.close()
        return response.status, response.headers, data

    def raw(self, data: bytes) -> bytes:
        """What is answered to any bytes, when nothing more is to come."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as opened:
            received = b""
            # A server that has heard enough closes at once.
            with contextlib.suppress(OSError):
                opened.sendall(data)
                opened.shutdown(socket.SHUT_WR)
            with contextlib.suppress(ConnectionError):
                while piece := opened.recv(1 << 16):
                    received += piece
            return received

    def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End it by a signal."""
        self.process.send_signal(number)
        self.process.wait(20)


@contextlib.contextmanager
def serving(folder: Path, *more: str, command: tuple[str, ...] = COMMAND, log: Path | None = None) -> Iterator[Server]:
    log = log or folder.with_name("log")
    with log.open("w") as opened:
        process = subprocess.Popen(
            [*command, str(folder), "--port", "0", *more],
            stdout=subprocess.PIPE,
            stderr=opened,
            text=True,
            env={**os.environ, "PYTHONPATH": str(BUILDER)},
        )
    assert process.stdout is not None
    with process:
        try:
            told = process.stdout.readline()
            port = json.loads(told)["port"] if told.startswith("{") else int(re.findall(r"\d+", told)[-1])
            yield Server(process, port, log)
        finally:
            process.kill()
