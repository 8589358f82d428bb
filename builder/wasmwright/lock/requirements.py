"""The closure of Python requirements as wheels, resolved by pip for an interpreter that need not run here."""

from __future__ import annotations

import base64
import hashlib
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.version import Version

from wasmwright import process
from wasmwright.lock.pip import Choice, Interpreter, Pip, PipWishes
from wasmwright.names import normalize
from wasmwright.sources import pypi
from wasmwright.sources.kinds.pypifiles import page
from wasmwright.standards import parse_version
from wasmwright.targetmarkers import cpython_markers, target_markers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from wasmwright.lock.profile import Profile
    from wasmwright.lock.target import Target
    from wasmwright.sources.entry import Source
    from wasmwright.sources.registries import Registries


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


def runtime_interpreter(profile: Profile) -> Interpreter:
    """The same, and wheels that were compiled for it: what can be installed there."""
    return Interpreter(
        version=Version(profile.python_full).base_version,
        abis=(profile.python_tag, "abi3", "none"),
        platforms=(profile.platform,),
        markers=target_markers(profile.python, profile.python_full),
    )


@dataclass(frozen=True, kw_only=True)
class RequirementResolver:
    """Resolves requirements with pip and pins what it chose.

    `note` is told of releases that are newer than what was chosen, and have no wheel for the interpreter.
    """

    registries: Registries
    run: process.Runner = process.run
    note: Callable[[str], None] = lambda _: None

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
        pip = Pip(registries=self.registries, run=self.run)
        wishes = PipWishes(
            requirements=requirements,
            constraints=[f"{name}=={version}" for name, version in (near or {}).items()],
            wanted_by=wanted_by,
            hint="change `requires` or `without` in the recipe",
        )
        with tempfile.TemporaryDirectory(prefix="wasmwright-") as name:
            folder = Path(name)
            write_placeholders(folder, own)
            chosen = pip.choose(wishes, interpreter, folder)
        own_names = {normalize(name) for name in own}
        foreign = [choice for choice in chosen if choice.project not in own_names]
        pins = tuple(sorted(map(pip.pin, foreign), key=lambda source: source.name))
        for choice in foreign:
            self._tell_newer(choice, interpreter)
        return pins

    def _tell_newer(self, choice: Choice, interpreter: Interpreter) -> None:
        what = "pure wheel" if interpreter.is_pure else "wheel that fits"
        usable = pypi.Usable(fits=interpreter.takes, what=what)
        newer = pypi.passed_over(page(choice.project, self.registries), usable, than=parse_version(choice.version))
        if newer:
            self.note(f"{choice.project} {choice.version} is taken; {newer}")


def write_placeholders(
    folder: Path, own: Mapping[str, str], requires: Mapping[str, Sequence[str]] | None = None
) -> None:
    """Empty wheels for packages that are built here, which may require others."""
    for name, version in own.items():
        required = "".join(f"Requires-Dist: {each}\n" for each in (requires or {}).get(name, ()))
        plain = normalize(name).replace("-", "_")
        info = f"{plain}-{version}.dist-info"
        files = {
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{required}",
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
