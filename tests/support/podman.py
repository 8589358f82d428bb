"""Podman and a registry of the machine, with a store of images of the tests' own."""

from __future__ import annotations

import os
import socket
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

# What each program is in.
_PACKAGES = {"podman": "podman", "runc": "runc", "docker-registry": "docker-registry"}
# Root of a container only may not raise these, which runc does otherwise.
_LIMITS = ("--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1000:1000")
_SECONDS = 20.0
_STORAGE = """[storage]
driver = "overlay"
graphroot = "{folder}/images"
runroot = "{folder}/run"
"""
_REGISTRY = """version: 0.1
log: {{level: error}}
storage: {{filesystem: {{rootdirectory: {folder}/blobs}}{more}}}
http: {{addr: 127.0.0.1:{port}}}
"""


def install_podman() -> None:
    """Have podman and a registry on this machine."""
    install(_PACKAGES)


@dataclass(frozen=True, kw_only=True)
class Podman:
    """Podman with what is in `folder` alone. `variables` have skopeo use the same."""

    folder: Path

    @classmethod
    def at(cls, folder: Path) -> Podman:
        """One whose store is made in `folder`."""
        (folder / "storage.conf").write_text(_STORAGE.format(folder=folder), encoding="utf-8")
        return cls(folder=folder)

    @property
    def variables(self) -> dict[str, str]:
        """Those that lead to it."""
        return {"CONTAINERS_STORAGE_CONF": str(self.folder / "storage.conf")}

    @property
    def environment(self) -> dict[str, str]:
        """That of this process, with these."""
        return {**os.environ, **self.variables}

    def __call__(self, *words: str | Path) -> Completed:
        """A command of it."""
        command = ["podman", "--runtime", "runc", *map(str, words)]
        return run(command, env=self.environment, cwd=Path("/"), check=False)

    def run(self, image: str, *words: str, options: tuple[str, ...] = ()) -> Completed:
        """A command in a container without a network and with a root that can only be read."""
        alone = ("--rm", "--network=none", "--read-only", "--tmpfs", "/tmp:exec")
        return self("run", *alone, *_LIMITS, *options, image, *words)

    @contextmanager
    def running(self, name: str, image: str) -> Iterator[None]:
        """A container that runs until the end."""
        started = self("run", "--detach", "--network=none", "--read-only", *_LIMITS, "--name", name, image)
        assert started.returncode == 0, started.stderr
        try:
            yield
        finally:
            self("rm", "--force", name)


@contextmanager
def registry(folder: Path, *, is_read_only: bool = False) -> Iterator[str]:
    """A registry of this machine, as `HOST:PORT`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    more = ", maintenance: {readonly: {enabled: true}}" if is_read_only else ""
    config = folder / f"registry-{port}.yml"
    config.write_text(_REGISTRY.format(folder=folder, more=more, port=port), encoding="utf-8")
    with subprocess.Popen(["docker-registry", "serve", config], stderr=subprocess.DEVNULL) as process:
        try:
            _wait(port)
            yield f"127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait(port: int) -> None:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    message = "the registry does not answer"
    raise AssertionError(message)
