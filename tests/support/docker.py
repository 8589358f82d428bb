"""A Docker daemon of the tests' own, with its images in a folder of theirs."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from debian import install

from wasmwright.process import run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wasmwright.process import Completed

_PACKAGES = {"dockerd": "docker.io", "docker": "docker.io"}
_SECONDS = 60.0


@dataclass(frozen=True, kw_only=True)
class Docker:
    """The client of a daemon that listens at `host`."""

    host: str

    def __call__(self, *words: str | Path) -> Completed:
        """A command of it."""
        environment = {**os.environ, "DOCKER_HOST": self.host}
        return run(["docker", *map(str, words)], env=environment, cwd=Path("/"), check=False)

    def run(self, image: str, *words: str, options: tuple[str, ...] = ()) -> Completed:
        """A command in a container without a network and with a root that can only be read."""
        return self("run", "--rm", "--network=none", "--read-only", "--tmpfs", "/tmp:exec", *options, image, *words)


@contextmanager
def daemon(folder: Path) -> Iterator[Docker]:
    """A daemon without networks, which root alone may start. Its socket's path has to be short."""
    install(_PACKAGES)
    docker = Docker(host=f"unix://{folder}/d.sock")
    command = [
        *("dockerd", "--host", docker.host, "--pidfile", folder / "pid"),
        *("--data-root", folder / "data", "--exec-root", folder / "exec"),
        *("--bridge=none", "--iptables=false", "--ip6tables=false"),
    ]
    log = folder / "log"
    with log.open("wb") as file, subprocess.Popen(command, stdout=file, stderr=file) as process:
        try:
            _wait(docker, process, log)
            yield docker
        finally:
            process.terminate()


def _wait(docker: Docker, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _SECONDS
    while docker("info").returncode != 0:
        assert process.poll() is None, log.read_text(errors="replace")[-2000:]
        assert time.monotonic() < end, "the daemon does not answer"
        time.sleep(0.2)
