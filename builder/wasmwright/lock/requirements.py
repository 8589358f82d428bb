"""The closure of Python requirements as wheels, resolved by pip for an interpreter that need not run here."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import re
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from packaging.utils import parse_wheel_filename
from packaging.version import Version

from wasmwright import process
from wasmwright.errors import MirrorUnreachable, PinUnavailable, Unresolvable
from wasmwright.names import normalize
from wasmwright.sources import pypi
from wasmwright.sources.client import NotThere
from wasmwright.sources.kinds.pypifiles import page, pin_file
from wasmwright.sources.registries import unreachable
from wasmwright.targetmarkers import cpython_markers, target_markers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wasmwright.lock.profile import Profile
    from wasmwright.lock.target import Target
    from wasmwright.sources.entry import Source
    from wasmwright.sources.registries import Registries

_SCRIPT = Path(__file__).with_name("target_pip.py")
_NOTHING_FOUND = re.compile(r"No matching distribution found for ([A-Za-z0-9][A-Za-z0-9._-]*)")
_CRASH = "Traceback (most recent call last)"
_NO_NETWORK = ("NewConnectionError", "Failed to establish", "Max retries exceeded", "ReadTimeoutError", "ProxyError")


@dataclass(frozen=True, kw_only=True)
class Interpreter:
    """What decides which wheels fit and what markers say."""

    version: str
    abis: tuple[str, ...]
    platforms: tuple[str, ...]
    markers: Mapping[str, str]

    def pip_options(self) -> list[str]:
        """The interpreter as pip takes it."""
        options = ["--python-version", self.version, "--implementation", "cp", "--only-binary=:all:"]
        options += [word for abi in self.abis for word in ("--abi", abi)]
        return options + [word for platform in self.platforms for word in ("--platform", platform)]


def build_interpreter(target: Target) -> Interpreter:
    """The CPython that runs the build back ends: the one that the profile's lock pins."""
    profile = target.profile
    markers = {"sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64"}
    return Interpreter(
        version=Version(target.build_python).base_version,
        abis=(profile.python_tag, "abi3", "none"),
        platforms=target.build_platforms,
        markers={**cpython_markers(profile.python, target.build_python), **markers},
    )


def target_interpreter(profile: Profile) -> Interpreter:
    """The CPython of the WebAssembly runtime, as far as pure wheels go."""
    return Interpreter(
        version=Version(profile.python_full).base_version,
        abis=("none",),
        platforms=("any",),
        markers=target_markers(profile.python, profile.python_full),
    )


@dataclass(frozen=True, kw_only=True)
class RequirementResolver:
    """Resolves requirements with pip and pins what it chose."""

    registries: Registries
    run: process.Runner = process.run

    def resolve(
        self,
        requirements: Sequence[str],
        interpreter: Interpreter,
        *,
        own: Mapping[str, str],
        wanted_by: str,
        near: Mapping[str, str] | None = None,
    ) -> tuple[Source, ...]:
        """The wheels for `requirements` with all that they need, sorted by name.

        `own` holds versions of packages that are built here: they are there for the resolver, but are not pinned.
        `near` holds the only versions allowed of what it names.
        """
        if not requirements:
            return ()
        with tempfile.TemporaryDirectory(prefix="wasmwright-") as name:
            folder = Path(name)
            write_placeholders(folder, own)
            constraints = folder / "constraints.txt"
            constraints.write_text("".join(f"{name}=={version}\n" for name, version in (near or {}).items()))
            wanted = ["--constraint", str(constraints), *requirements]
            report = self._report(wanted, interpreter, folder, wanted_by)
        own_names = {normalize(name) for name in own}
        chosen = [item for item in chosen_files(report) if item[0] not in own_names]
        pins = (self._pin(project, file) for project, file in chosen)
        return tuple(sorted(pins, key=lambda source: source.name))

    def _report(
        self, wanted: Sequence[str], interpreter: Interpreter, folder: Path, wanted_by: str
    ) -> Mapping[str, object]:
        command = [sys.executable, "-P", str(_SCRIPT), json.dumps(dict(interpreter.markers))]
        command += ["install", "--dry-run", "--ignore-installed", "--quiet", "--no-input", "--report", "-"]
        command += [
            "--target",
            str(folder / "target"),
            "--find-links",
            str(folder),
            *self.registries.mirrors.pip_options,
        ]
        command += [*interpreter.pip_options(), *wanted]
        done = self.run(command, env=self._environ(), cwd=folder, check=False)
        if done.returncode != 0:
            self._check_page(done.stderr)
            raise _refusal(done, wanted_by)
        report = json.loads(done.stdout)
        assert isinstance(report, dict)
        return report

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

    def _pin(self, project: str, name: str) -> Source:
        files = page(project, self.registries)
        found = next((release for release in pypi.wheels(files) if release.file.name == name), None)
        if found is None:
            missing = f"{project}/{name}"
            raise unreachable(name, NotThere(missing))
        return pin_file(self.registries.client, project, found)


def chosen_files(report: Mapping[str, object]) -> list[tuple[str, str]]:
    """Project and file name of everything in pip's report."""
    items = report["install"]
    assert isinstance(items, list)
    names = (unquote(urlsplit(item["download_info"]["url"]).path.rpartition("/")[2]) for item in items)
    return [(parse_wheel_filename(name)[0], name) for name in names]


def write_placeholders(folder: Path, own: Mapping[str, str]) -> None:
    """Empty wheels for packages that are built here."""
    for name, version in own.items():
        plain = normalize(name).replace("-", "_")
        info = f"{plain}-{version}.dist-info"
        files = {
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
            f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: wasmwright\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        with zipfile.ZipFile(folder / f"{plain}-{version}-py3-none-any.whl", "w") as wheel:
            for path, text in files.items():
                wheel.writestr(path, text)
            wheel.writestr(f"{info}/RECORD", _record(files, info))


def _record(files: Mapping[str, str], info: str) -> str:
    rows = (f"{path},sha256={_digest(text)},{len(text)}" for path, text in files.items())
    return "\n".join((*rows, f"{info}/RECORD,,", ""))


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


def _refusal(done: process.Completed, wanted_by: str) -> MirrorUnreachable | Unresolvable:
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    told = "\n".join(_errors(lines)[-8:])
    if any(sign in done.stderr for sign in _NO_NETWORK):
        message = f"pip cannot reach the index for {wanted_by}"
        return MirrorUnreachable(message, hint="check the network, or set WASMWRIGHT_PYPI_INDEX", excerpt=told)
    if _CRASH in done.stderr:
        message = f"pip ended with an error of its own for {wanted_by}: the index may give something that is no page"
        return MirrorUnreachable(message, hint="set WASMWRIGHT_PYPI_INDEX to another index", excerpt=told)
    message = f"pip finds no wheels for {wanted_by}"
    hint = "change `requires` or `without` in the recipe"
    return Unresolvable(message, hint=hint, excerpt=told)


def _errors(lines: Iterable[str]) -> list[str]:
    lines = list(lines)
    return [line for line in lines if line.startswith("ERROR")] or lines
