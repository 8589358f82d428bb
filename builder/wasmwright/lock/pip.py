"""pip as a resolver: what it would install for an interpreter that need not run here, and what it says against it."""

from __future__ import annotations

import contextlib
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from packaging.utils import parse_wheel_filename

from wasmwright import process
from wasmwright.errors import MirrorUnreachable, PinUnavailable, Unresolvable
from wasmwright.sources import pypi
from wasmwright.sources.client import NotThere
from wasmwright.sources.kinds.pypifiles import page, pin_file
from wasmwright.sources.registries import unreachable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wasmwright.sources.entry import Source
    from wasmwright.sources.registries import Registries

_SCRIPT = Path(__file__).with_name("target_pip.py")
_NOTHING_FOUND = re.compile(r"No matching distribution found for ([A-Za-z0-9][A-Za-z0-9._-]*)")
_CRASH = "Traceback (most recent call last)"
# What pip says of a file that the index lists and does not give, or gives broken.
_NO_FILE = ("ERROR: HTTP error ", "ERROR: Could not install packages due to an OSError")
_NO_NETWORK = ("NewConnectionError", "Failed to establish", "Max retries exceeded", "ReadTimeoutError", "ProxyError")
# In its log each line begins with the time.
_LOG = "pip.log"
_LOGGED = re.compile(r"^\d{4}-\d\d-\d\dT\S+ ?")
_CONFLICT, _WITHOUT = "The conflict is caused by:", "Additionally, some packages in these conflicts have no matching"


@dataclass(frozen=True, kw_only=True)
class Interpreter:
    """What decides which wheels fit and what markers say."""

    version: str
    abis: tuple[str, ...]
    platforms: tuple[str, ...]
    markers: Mapping[str, str]

    @property
    def is_pure(self) -> bool:
        """Whether it takes wheels that run anywhere alone."""
        return self.platforms == ("any",)

    def takes(self, release: pypi.Release) -> bool:
        """Whether a file is a wheel that fits, as far as ABI and platform tell."""
        return any(tag.abi in self.abis and tag.platform in {"any", *self.platforms} for tag in release.tags)

    def pip_options(self) -> list[str]:
        """The interpreter as pip takes it."""
        options = ["--python-version", self.version, "--implementation", "cp", "--only-binary=:all:"]
        options += [word for abi in self.abis for word in ("--abi", abi)]
        return options + [word for platform in self.platforms for word in ("--platform", platform)]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A wheel that pip chose: of a project, the name of its file, and what its metadata says."""

    project: str
    file: str
    version: str = ""
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PipWishes:
    """What pip is asked for: requirements, the only versions allowed of others, and who wants it, for messages."""

    requirements: Sequence[str]
    constraints: Sequence[str] = ()
    wanted_by: str
    hint: str


@dataclass(frozen=True, kw_only=True)
class Pip:
    """pip of this Python, with the machine's own indexes."""

    registries: Registries
    run: process.Runner = process.run

    def choose(self, wishes: PipWishes, interpreter: Interpreter, folder: Path) -> tuple[Choice, ...]:
        """The wheels for `wishes` with all that they need; those that lie in `folder` count as well.

        Raises Unresolvable, and MirrorUnreachable.
        """
        constraints = folder / "constraints.txt"
        constraints.write_text("".join(f"{line}\n" for line in wishes.constraints), encoding="utf-8")
        command = [sys.executable, "-P", str(_SCRIPT), json.dumps(dict(interpreter.markers))]
        command += ["install", "--dry-run", "--ignore-installed", "--quiet", "--no-input", "--report", "-"]
        command += ["--log", str(folder / _LOG), "--target", str(folder / "target"), "--find-links", str(folder)]
        command += [*self.registries.mirrors.pip_options, *interpreter.pip_options()]
        command += ["--constraint", str(constraints), *wishes.requirements]
        done = self.run(command, env=self._environ(), cwd=folder, check=False)
        if done.returncode != 0:
            self._check_page(done.stderr)
            raise _refusal(done, wishes, folder / _LOG)
        report = json.loads(done.stdout)
        assert isinstance(report, dict)
        return choices(report)

    def pin(self, choice: Choice) -> Source:
        """Where the index has a wheel. Raises PinUnavailable, MirrorUnreachable and HashMismatch."""
        files = page(choice.project, self.registries)
        found = next((release for release in pypi.wheels(files) if release.file.name == choice.file), None)
        if found is None:
            missing = f"{choice.project}/{choice.file}"
            raise unreachable(choice.file, NotThere(missing))
        return pin_file(self.registries.client, choice.project, found)

    def _check_page(self, said: str) -> None:
        """Where pip finds nothing of a project: raise MirrorUnreachable if the index gives no page of it at all."""
        named = _NOTHING_FOUND.search(said)
        if named is not None:
            with contextlib.suppress(PinUnavailable):
                page(named[1], self.registries)

    def _environ(self) -> dict[str, str]:
        """The user's environment without local wheels: they would hide what the registries lack."""
        dropped = ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL", "PIP_INDEX_URL", "PIP_TARGET", "PIP_NO_INDEX", "PYTHONPATH")
        kept = {key: value for key, value in self.registries.mirrors.environ.items() if key not in dropped}
        return {**kept, "PIP_CONFIG_FILE": "/dev/null", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def choices(report: Mapping[str, Any]) -> tuple[Choice, ...]:
    """Everything in pip's report."""
    return tuple(map(_choice, report["install"]))


def _choice(item: Mapping[str, Any]) -> Choice:
    file = unquote(urlsplit(item["download_info"]["url"]).path.rpartition("/")[2])
    project, version, _, _ = parse_wheel_filename(file)
    requires = item.get("metadata", {}).get("requires_dist", ())
    return Choice(project=project, file=file, version=str(version), requires=tuple(requires))


def _refusal(done: process.Completed, wishes: PipWishes, log: Path) -> MirrorUnreachable | Unresolvable:
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    told = "\n".join(_errors(lines)[-8:])
    if any(sign in done.stderr for sign in _NO_NETWORK):
        message = f"pip cannot reach the index for {wishes.wanted_by}"
        return MirrorUnreachable(message, hint="check the network, or set WASMWRIGHT_PYPI_INDEX", excerpt=told)
    if any(line.startswith(_NO_FILE) for line in lines):
        message = f"the index lists a file for {wishes.wanted_by}, and does not give it"
        hint = "try again later, or set WASMWRIGHT_PYPI_INDEX to another index"
        return MirrorUnreachable(message, hint=hint, excerpt=told)
    if _CRASH in done.stderr:
        message = (
            f"pip ended with an error of its own for {wishes.wanted_by}: the index may give something that is no page"
        )
        return MirrorUnreachable(message, hint="set WASMWRIGHT_PYPI_INDEX to another index", excerpt=told)
    error = Unresolvable(f"pip finds no wheels for {wishes.wanted_by}", hint=wishes.hint, excerpt=told)
    logged = [_LOGGED.sub("", line) for line in log.read_text(errors="replace").splitlines()] if log.exists() else []
    error.conflict = _block(logged, _CONFLICT)
    error.missing = _block(logged, _WITHOUT) or tuple(_NOTHING_FOUND.findall(done.stderr))
    return error


def _block(lines: Sequence[str], title: str) -> tuple[str, ...]:
    """The indented lines below the last line that begins so."""
    starts = [number for number, line in enumerate(lines) if line.startswith(title)]
    found: list[str] = []
    for line in lines[starts[-1] + 1 :] if starts else ():
        if not line.startswith("    "):
            break
        found.append(line.strip())
    return tuple(found)


def _errors(lines: Iterable[str]) -> list[str]:
    lines = list(lines)
    return [line for line in lines if line.startswith("ERROR")] or lines
