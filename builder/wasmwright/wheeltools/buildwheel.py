"""`build-wheel [OPTIONS] [FOLDER]`: an audited wheel of the user's own project, imported in the stock runtime.

Run as `python -m wasmwright.wheeltools.buildwheel SETTINGS ARGUMENTS...`.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.container.asowner import become_owner
from wasmwright.failure import WasmwrightError
from wasmwright.unpacking import EARLIEST
from wasmwright.wheel.inspect import read_wheel
from wasmwright.wheeltools.building import BuildWishes, Workshop
from wasmwright.wheeltools.command import absolute, add_sources, assignment, parser, program, say
from wasmwright.wheeltools.gate import Gate
from wasmwright.wheeltools.inside import Named, build_supply, target_supply
from wasmwright.wheeltools.installation import read_installation
from wasmwright.wheeltools.locked import lock_beside, read_lock
from wasmwright.wheeltools.place import publish, work_folder, writable
from wasmwright.wheeltools.project import copy_source, read_project

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from wasmwright.audit.findings import Report
    from wasmwright.runtime.imports import Imported
    from wasmwright.wheeltools.installation import Installation
    from wasmwright.wheeltools.project import Project
    from wasmwright.wheeltools.shelf import Distribution
    from wasmwright.wheeltools.supply import Supply

_DESCRIPTION = """\
Make a wheel of a Python project for the WebAssembly runtime: built by the project's own back end, audited, imported in
the stock runtime, and written to FOLDER/dist. The folder itself is left alone, and may be read-only.

Build requirements are taken from what is inside (setuptools, meson-python, scikit-build-core, hatchling, cython,
pybind11, nanobind, numpy and others), from folders given by --wheels, from a pylock.build.toml or pylock.toml in
FOLDER, and at last from the index that pip is configured for.
"""
_EPILOG = """\
examples:
  docker run --rm -v "$PWD:/src" IMAGE build-wheel
  docker run --rm --network=none -v "$PWD:/src" IMAGE build-wheel --wheels /src/wheels
  docker run --rm -v "$PWD:/src:ro" -v "$PWD/dist:/out" IMAGE build-wheel --out /out
  build-wheel -C setup-args=-Dblas=none --import mypackage ./mypackage

exit codes: 0 a wheel was made; 62 the build failed; 40 the audit found an error; 50, 51 it cannot be imported;
74 no project; 75 a folder cannot be written; 76 requirements are missing; 77 a lock is wrong; 78 no space.
"""
# What tells back ends a version that they would ask git for.
_VERSIONS = ("PBR_VERSION", "PDM_BUILD_SCM_VERSION", "POETRY_DYNAMIC_VERSIONING_BYPASS", "UV_DYNAMIC_VERSIONING_BYPASS")


@dataclass(frozen=True, kw_only=True)
class BuildWheelOptions:
    """The command line."""

    folder: Path
    out: Path
    named: Named
    wishes: BuildWishes
    modules: tuple[str, ...]
    is_tested: bool
    log: Path | None
    as_json: bool


@dataclass(kw_only=True)
class Clock:
    """Steps of the work, with the seconds that each took."""

    seconds: dict[str, float] = field(default_factory=dict)
    _began: float = field(default_factory=time.monotonic)

    def step(self, name: str, text: str) -> None:
        """Tell what has been done since the last step."""
        now = time.monotonic()
        self.seconds[name] = round(now - self._began, 1)
        self._began = now
        say(f"{self.seconds[name]:6.1f} s  {text}")


def main(argv: Sequence[str]) -> int:
    """Build a wheel, and name it; the exit code is that of the error, if there is one."""
    file, *arguments = argv
    written = _parser().parse_args(arguments)
    return program(lambda: _run(read_installation(Path(file)), written))


def _run(installation: Installation, written: argparse.Namespace) -> int:
    # What is made belongs to whom the folder does. A folder that is not there is told below.
    with suppress(OSError):
        become_owner(written.folder)
    project = read_project(written.folder)
    options = _options(written, project)
    with writable(options.out), work_folder() as top:
        # Steps of builds read these, as a derivation's builder does.
        os.environ |= {"NIX_BUILD_TOP": str(top), "TMPDIR": str(top)}
        made = _Making(installation=installation, project=project, options=options, top=top).wheel()
        target = publish(made.wheel, options.out)
    sys.stdout.write(made.document(target, installation) if options.as_json else f"{target}\n")
    return 0


@dataclass(frozen=True, kw_only=True)
class MadeWheel:
    """A wheel, and what is known of it."""

    wheel: Path
    report: Report
    imported: tuple[Imported, ...]
    requirements: Mapping[str, str]
    seconds: Mapping[str, float]

    def document(self, target: Path, installation: Installation) -> str:
        """As JSON."""
        content = target.read_bytes()
        wheel = {"file": target.name, "path": str(target), "size": len(content)}
        document = {
            "version": 1,
            "profile": installation.profile,
            "wheel": {**wheel, "sha256": hashlib.sha256(content).hexdigest()},
            "requirements": dict(self.requirements),
            "audit": self.report.as_json(),
            "imports": [{"module": one.module, "milliseconds": one.milliseconds} for one in self.imported],
            "seconds": dict(self.seconds),
        }
        return json.dumps(document, indent=1) + "\n"


@dataclass(kw_only=True)
class _Making:
    """One wheel in the making, in the folder `top`."""

    installation: Installation
    project: Project
    options: BuildWheelOptions
    top: Path
    clock: Clock = field(default_factory=Clock)

    def wheel(self) -> MadeWheel:
        workshop = self._workshop()
        supply = build_supply(self.installation, self.options.named, self.top)
        chosen = self._required(workshop, supply)
        requirements = {one.name: one.version for one in sorted(chosen.values(), key=lambda one: one.name)}
        self.clock.step("requirements", f"requirements: {_listed(requirements)}")
        built = workshop.build(workshop.as_folders(chosen.values()))
        self.clock.step("build", f"built {built.name}")
        gate = Gate(installation=self.installation)
        wheel = gate.repack(built, self.top / "gate", epoch=self.options.wishes.epoch)
        report = gate.audit(wheel)
        self.clock.step("audit", f"audited {wheel.name}")
        imported = self._imported(gate, wheel) if self.options.is_tested else []
        return MadeWheel(
            wheel=wheel,
            report=report,
            imported=tuple(imported),
            requirements=requirements,
            seconds=self.clock.seconds,
        )

    def _workshop(self) -> Workshop:
        (self.top / "source").mkdir()
        source = self.top / "source/tree"
        copy_source(self.project.folder, source, without={self.options.out})
        log = self.options.log or self.top / "build.log"
        log.write_bytes(b"")
        return Workshop(
            installation=self.installation,
            project=self.project,
            wishes=self.options.wishes,
            top=self.top,
            source=source,
            log=log,
        )

    def _required(self, workshop: Workshop, supply: Supply) -> Mapping[str, Distribution]:
        what = f"the build of {self.project.name}"
        wanted = [*self.project.requires]
        chosen = supply.take(wanted, wanted_by="its pyproject.toml", what=what)
        asked = workshop.asked_for(workshop.as_folders(chosen.values()))
        if not asked:
            return chosen
        return supply.take([*wanted, *asked], wanted_by="the project or its back end", what=what)

    def _imported(self, gate: Gate, wheel: Path) -> list[Imported]:
        supply = target_supply(self.installation, self.options.named, self.top)
        requires = read_wheel(wheel).metadata.get_all("Requires-Dist", [])
        beside = supply.take(map(str, requires), wanted_by=wheel.name, what=f"the import test of {self.project.name}")
        paths = [one.path for one in beside.values() if one.path is not None]
        imported = gate.try_imports(wheel, paths, self.options.modules)
        self.clock.step("import", f"imported {', '.join(one.module for one in imported)}")
        return imported


def _listed(requirements: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in requirements.items()) or "none"


def source_date(text: str) -> int:
    """What SOURCE_DATE_EPOCH says, in seconds since 1970; the earliest of a wheel where it says nothing."""
    try:
        return int(text) if text else EARLIEST
    except ValueError:
        message = f"SOURCE_DATE_EPOCH is {text!r}, which is no number of seconds"
        raise WasmwrightError(message, hint="unset it, or give it the time of the sources") from None


def _options(written: argparse.Namespace, project: Project) -> BuildWheelOptions:
    settings: dict[str, list[str]] = {}
    for key, value in written.config_setting:
        settings.setdefault(key, []).append(value)
    passed = {name: value for name, value in os.environ.items() if name in _VERSIONS or "PRETEND_VERSION" in name}
    wishes = BuildWishes(
        config_settings=settings,
        env={**passed, **dict(written.env)},
        exports=written.exports if written.exports in {"pyinit", "all"} else written.exports.split(","),
        epoch=source_date(os.environ.get("SOURCE_DATE_EPOCH", "")),
        verbose=written.verbose,
    )
    lock = lock_beside(project.folder) if written.lock is None else read_lock(written.lock)
    return BuildWheelOptions(
        folder=project.folder,
        out=(written.out or project.folder / "dist").absolute(),
        named=Named(
            folders=tuple(written.wheels), lock=lock, offline=written.offline, any_version=tuple(written.any_version)
        ),
        wishes=wishes,
        modules=tuple(written.modules),
        is_tested=written.is_tested,
        log=written.log,
        as_json=written.as_json,
    )


def _parser() -> argparse.ArgumentParser:
    options = parser("build-wheel", _DESCRIPTION, _EPILOG)
    options.add_argument(
        "folder", type=absolute, nargs="?", default=Path("/src"), metavar="FOLDER", help="the project; default: /src"
    )
    options.add_argument("--out", type=absolute, metavar="DIR", help="where the wheel goes; default: FOLDER/dist")
    add_sources(options)
    options.add_argument(
        "--lock", type=absolute, metavar="FILE", help="the pylock.toml of build requirements; default: FOLDER's"
    )
    options.add_argument(
        "--any-version",
        action="append",
        default=[],
        metavar="NAME",
        help="take the NAME that is inside, whatever version is asked for",
    )
    options.add_argument(
        "-C",
        "--config-setting",
        type=assignment,
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="for the back end",
    )
    options.add_argument(
        "--env", type=assignment, action="append", default=[], metavar="NAME=VALUE", help="a variable of the build"
    )
    options.add_argument(
        "--exports",
        default="pyinit",
        metavar="NAMES",
        help="functions that modules show besides PyInit: names with commas between, or `all`",
    )
    options.add_argument(
        "--import",
        dest="modules",
        action="append",
        default=[],
        metavar="MODULE",
        help="what is imported to test it, instead of all that the wheel has",
    )
    options.add_argument("--no-test", dest="is_tested", action="store_false", help="do not import it")
    options.add_argument("--log", type=absolute, metavar="FILE", help="keep what the build says")
    options.add_argument("--json", dest="as_json", action="store_true", help="tell of the wheel as JSON")
    options.add_argument("-v", "--verbose", action="store_true", help="show what the build says")
    return options


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
