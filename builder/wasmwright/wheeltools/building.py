"""One build as derivations do it (wasmwright.sandbox), in a folder of its own."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from wasmwright.assemble.buildenvironment import assemble
from wasmwright.buildcause import telling_lines
from wasmwright.sandbox.attributes import load
from wasmwright.sandbox.environment import cross_environment, prepare_home, version_variables
from wasmwright.sandbox.errors import BackendFailed
from wasmwright.sandbox.traces import clean_wheel, traces_of
from wasmwright.sandbox.wheel import back_end, config_settings, frontend_command
from wasmwright.spawn import attach
from wasmwright.wheeltools import asking
from wasmwright.wheeltools.errors import NoWorkSpace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from wasmwright.sandbox.attributes import Attributes
    from wasmwright.wheeltools.installation import Installation
    from wasmwright.wheeltools.project import Project
    from wasmwright.wheeltools.shelf import Distribution

_SHOWN = 20
# In bytes: with less, whatever failed did so for that.
_LEAST_SPACE = 1_000_000
# All that a program says, in the order in which it says it; standard output is for the program's own result.
_TO_LOG = 'log=$1; shift; exec "$@" >> "$log" 2>&1'
_TO_BOTH = 'log=$1; shift; set -o pipefail; "$@" 2>&1 | tee -a "$log" >&2'


@dataclass(frozen=True, kw_only=True)
class BuildWishes:
    """What the user says of a build. `env` is for the back end; `epoch` in seconds since 1970."""

    config_settings: Mapping[str, list[str]] = field(default_factory=dict)
    env: Mapping[str, str] = field(default_factory=dict)
    exports: str | list[str] = "pyinit"
    epoch: int
    verbose: bool = False


@dataclass(kw_only=True)
class Workshop:
    """A folder `top` in which a copy of the project lies in `source`, and all that is made."""

    installation: Installation
    project: Project
    wishes: BuildWishes
    top: Path
    source: Path
    log: Path
    _led: bool = field(default=False, init=False)
    _home: Path | None = field(default=None, init=False)

    def asked_for(self, distributions: Iterable[Distribution]) -> list[str]:
        """What the back end wants besides what pyproject.toml names. Raises BackendFailed."""
        attributes, environment = self._equipped(distributions)
        answer = self.top / "asked.json"
        settings = config_settings(attributes, back_end(self.source))
        words = [f"{key}={value}" for key, values in settings.items() for value in values]
        program = attributes.python.interpreter / "usr/bin/python3"
        command = [str(program), "-P", str(asking.__file__), str(answer), str(self.source), *words]
        if self._run(command, environment) != 0:
            what = f"the build back end of {self.project.name} cannot say what it needs"
            raise self._failure(what)
        found: list[str] = json.loads(answer.read_text(encoding="utf-8"))
        return found

    def build(self, distributions: Iterable[Distribution]) -> Path:
        """The wheel as the back end makes it. Raises BackendFailed with the lines that tell why."""
        attributes, environment = self._equipped(distributions)
        wheels = self.top / "wheels"
        if self._run(frontend_command(attributes, self.source, wheels), environment) != 0:
            what = f"the build of {self.project.name} failed"
            raise self._failure(what)
        built = sorted(wheels.glob("*.whl"))
        if len(built) != 1:
            message = f"the back end made {len(built)} wheels, not one: {', '.join(path.name for path in built)}"
            raise BackendFailed(message)
        attributes.out.mkdir(parents=True)
        clean_wheel(built[0], attributes.out / built[0].name, traces_of(attributes, self.top))
        return attributes.out / built[0].name

    def as_folders(self, distributions: Iterable[Distribution]) -> list[Distribution]:
        """Those that are wheels as folders with `lib` and `bin`, their programs bound to the toolchain's libraries."""
        return [self._unpacked(one) if one.path is not None and one.path.is_file() else one for one in distributions]

    def _unpacked(self, distribution: Distribution) -> Distribution:
        assert distribution.path is not None
        into = self.top / "requirements" / distribution.name
        installation = self.installation
        if not into.exists():
            assemble(
                [distribution.path],
                into,
                patchelf=installation.patchelf,
                root=installation.interpreter,
                libraries=installation.libraries,
            )
        return replace(distribution, path=into)

    def _equipped(self, distributions: Iterable[Distribution]) -> tuple[Attributes, dict[str, str]]:
        """What a derivation would hand over, and the environment of the build."""
        chosen = [*distributions]
        document = self._document(chosen)
        file = self.top / ".attrs.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        # They are how a derivation tells its builder.
        os.environ["NIX_ATTRS_JSON_FILE"] = str(file)
        attributes = load()
        self._home = self._home or prepare_home()
        environment = cross_environment(attributes, epoch=self.wishes.epoch, home=self._home)
        # A recipe knows its version; a project says it itself, or takes it from git.
        for name in version_variables(attributes):
            if name not in self.wishes.env:
                environment.pop(name, None)
        if not self._led:
            traces_of(attributes, self.top).lead(self.source, environment["PATH"])
            self._led = True
        return attributes, environment

    def _document(self, distributions: Sequence[Distribution]) -> dict[str, object]:
        said = self.installation.attributes
        known = self.installation.headers
        headers = [known[one.name] for one in distributions if one.name in known]
        environments = [str(one.path) for one in distributions if one.path is not None]
        return {
            **said,
            "dependencies": [str(path) for path in headers],
            "python": {**said["python"], "environments": [*environments, *said["python"]["environments"]]},
            "build": {
                **said["build"],
                "name": self.project.name,
                "version": self.project.version,
                "configSettings": self.wishes.config_settings,
                "exports": self.wishes.exports,
                "env": {**said["build"]["env"], **self.wishes.env},
            },
            "outputs": {"out": str(self.top / "out")},
        }

    def _run(self, command: Sequence[str], environment: Mapping[str, str]) -> int:
        script = _TO_BOTH if self.wishes.verbose else _TO_LOG
        bash = self.installation.shell / "usr/bin/bash"
        return attach([bash, "-c", script, "bash", self.log, *command], env=environment, cwd=self.source)

    def _failure(self, what: str) -> BackendFailed | NoWorkSpace:
        """What to tell of a back end that failed: where there is no room left, that is why."""
        if shutil.disk_usage(self.top).free < _LEAST_SPACE:
            hint = "make room there, or name another folder in TMPDIR"
            message = f"{what}: no space is left in {self.top.parent}"
            return NoWorkSpace(message, excerpt=self._cause(), hint=hint)
        return BackendFailed(what, excerpt=self._cause(), hint=self._hint())

    def _cause(self) -> str | None:
        if self.wishes.verbose:
            return None
        text = self.log.read_text(encoding="utf-8", errors="replace")
        return "\n".join(telling_lines(text.replace(f"{self.source}/", "").splitlines(), _SHOWN)) or None

    def _hint(self) -> str | None:
        return None if self.wishes.verbose else "-v shows all that the build says, --log FILE keeps it"
