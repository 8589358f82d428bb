"""Wheels from the user's own index, by pip: its configuration, its variables and its certificates are the user's."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from wasmwright.spawn import run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from wasmwright.spawn import Ended
    from wasmwright.wheeltools.pythons import FittingPython

_NO_NETWORK = re.compile(
    r"NewConnectionError|NameResolutionError|Failed to establish|Max retries exceeded|ReadTimeoutError|ProxyError"
    r"|Temporary failure in name resolution|Network is unreachable"
)
_SAID = re.compile(r"\s*(?:ERROR|error):\s*(.*)")
_SHOWN = 6


class PipRefused(Exception):
    """pip has no answer; the text is what it said, for people."""


@dataclass(frozen=True, kw_only=True)
class Index:
    """pip, for one Python. `path` are folders of modules: pip's own, and those of distributions that are there.

    `options` say which Python is meant; `folders` hold wheels that may be taken as well.
    """

    interpreter: Path
    path: Sequence[Path]
    python: FittingPython
    options: Sequence[str]
    folders: Sequence[Path]
    work: Path

    def resolve(self, requirements: Iterable[str]) -> list[Path]:
        """Wheels for requirements, with all that they need and that is not there. Raises PipRefused."""
        self.work.mkdir(parents=True, exist_ok=True)
        report = self.work / "report.json"
        links = [word for folder in self.folders for word in ("--find-links", str(folder))]
        target = self.work / "nothing"
        options = [str(target) if word == "TARGET" else word for word in self.options]
        self._pip(["install", "--dry-run", "--report", str(report), *options, *links, *requirements])
        items = json.loads(report.read_text(encoding="utf-8"))["install"]
        return self.fetch([_reference(item["download_info"]) for item in items])

    def fetch(self, references: Sequence[str]) -> list[Path]:
        """The files of URLs, each with `#sha256=HASH`. Raises PipRefused."""
        self.work.mkdir(parents=True, exist_ok=True)
        if references:
            options = [word for word in self.options if word not in {"--target", "TARGET", "--break-system-packages"}]
            self._pip(["download", "--no-deps", "--dest", str(self.work), *options, *references])
        return [self.work / file_name(reference) for reference in references]

    def _pip(self, words: Sequence[str]) -> Ended:
        program = self.interpreter / "usr/bin/python3"
        common = ["--quiet", "--no-input", "--disable-pip-version-check", "--only-binary=:all:"]
        command = [str(program), *self.python.pip, words[0], *common, *words[1:]]
        done = run(command, env=self._environment(), cwd=self.work, check=False)
        if done.returncode == 0:
            return done
        if _NO_NETWORK.search(done.stderr):
            message = "the index cannot be reached from here"
            raise PipRefused(message)
        said = [line for line in done.stderr.splitlines() if line.strip()]
        errors = [found[1] for line in said if (found := _SAID.match(line))]
        raise PipRefused("\n".join(f"pip: {line}" for line in (errors or said)[-_SHOWN:]))

    def _environment(self) -> dict[str, str]:
        """The caller's own, in which pip finds the user's index."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "NIX_"))}
        path = ":".join(map(str, self.path))
        # A network that is off is told at once.
        return {"PIP_RETRIES": "1", **kept, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}


def file_name(url: str) -> str:
    """The name of the file that a URL leads to."""
    return unquote(urlsplit(url).path.rpartition("/")[2])


def _reference(info: dict[str, object]) -> str:
    archive = info.get("archive_info")
    hashes = archive.get("hashes") if isinstance(archive, dict) else None
    sha256 = hashes.get("sha256") if isinstance(hashes, dict) else None
    return f"{info['url']}#sha256={sha256}" if sha256 else str(info["url"])
