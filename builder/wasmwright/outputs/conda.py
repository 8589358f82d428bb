"""Makes a conda channel of an environment: a package of each wheel, and the stubs that these depend on.

From the environment: `manifestPath`, a JSON file of nix/outputs/condaChannel.nix, and `out`.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from wasmwright.outputs.condafiles import licenses_of, placed
from wasmwright.outputs.condapackage import CondaPackage, made_at, write_package
from wasmwright.outputs.condarepodata import write_repodata
from wasmwright.outputs.condaspec import (
    NOARCH,
    PYTHON,
    PYTHON_ABI,
    SUBDIR,
    TargetPython,
    conda_version,
    dependencies,
    is_of_any_place,
    python_versions,
)
from wasmwright.outputs.documents import read_environment
from wasmwright.outputs.errors import InvalidEnvironment
from wasmwright.outputs.manifest import write_manifest
from wasmwright.outputs.wheels import WheelFacts
from wasmwright.wheel.entry import reported

if TYPE_CHECKING:
    from wasmwright.outputs.documents import EnvironmentWheel

KIND = "conda-channel"
_HASH = 7
_STUBS = {PYTHON, PYTHON_ABI}


@dataclass(frozen=True, kw_only=True)
class ChannelMaker:
    """Makes packages for one Python. `libraries` are wheels that others link, by name."""

    python: TargetPython
    libraries: frozenset[str]

    def package(self, wheel: EnvironmentWheel, path: Path) -> CondaPackage:
        """The package of a wheel. Raises InvalidEnvironment, and what reading wheels raises."""
        if wheel.name in _STUBS:
            message = f"{wheel.file} has the name of the channel's own package {wheel.name}"
            raise InvalidEnvironment(message, hint="leave it out of the environment")
        facts = WheelFacts(path)
        info = facts.info
        is_pure = info.name.is_pure
        noarch: Literal["python"] | None = "python" if is_pure and is_of_any_place(facts.requirements) else None
        version = conda_version(wheel.version, wheel.file)
        needed = dependencies(
            facts.requirements,
            depends=wheel.depends,
            extras=map(str, info.metadata.get_all("Provides-Extra", [])),
            markers=self.python.markers,
        )
        is_noarch = noarch is not None
        site_packages = "site-packages" if is_noarch else f"lib/python{self.python.version}/site-packages"
        return CondaPackage(
            name=wheel.name,
            version=version,
            build=f"{'py' if is_noarch else self.python.tag.replace('cp', 'py')}h{wheel.sha256[:_HASH]}_0",
            subdir=NOARCH if is_noarch else SUBDIR,
            noarch=noarch,
            depends=(*self._python_for(facts, is_pure=is_pure, is_noarch=is_noarch), *needed),
            license=wheel.license,
            summary=wheel.summary,
            homepage=facts.homepage,
            made=made_at(path),
            files=placed(info, site_packages, scripts="python-scripts" if is_noarch else "bin"),
            licenses=licenses_of(info),
            exports=(f"{wheel.name} =={version}",) if wheel.name in self.libraries else (),
        )

    def stubs(self) -> tuple[CondaPackage, ...]:
        """What stands for the runtime, which is Python and is no package."""
        python, abi = self.python, f"0_{self.python.tag}"
        runtime = CondaPackage(
            name=PYTHON,
            version=conda_version(python.full, "the profile's Python"),
            build=python.build,
            subdir=SUBDIR,
            noarch=None,
            depends=(python.abi,),
            summary=f"Stands for the Python of a runtime with the ABI {python.profile}; holds nothing",
            license="CC0-1.0",
        )
        return runtime, CondaPackage(
            name=PYTHON_ABI,
            version=python.version,
            build=abi,
            subdir=NOARCH,
            noarch="generic",
            depends=(),
            summary=f"Stands for the ABI of CPython {python.version}; holds nothing",
            license="CC0-1.0",
        )

    def _python_for(self, facts: WheelFacts, *, is_pure: bool, is_noarch: bool) -> tuple[str, ...]:
        if is_noarch:
            return (" ".join(filter(None, [PYTHON, python_versions(facts.requires_python)])),)
        if is_pure:
            return self.python.needed_by_pure
        # A wheel names the ABI of CPython in its tag where it has extension modules.
        has_abi = f"-{self.python.tag}-" in facts.path.name or "-abi3" in facts.path.name
        return self.python.needed_by_extensions if has_abi else self.python.needed_by_modules


def make(environment: Path, maker: ChannelMaker, out: Path) -> None:
    """Write the channel of an environment to `out`."""
    for subdir in (SUBDIR, NOARCH):
        (out / subdir).mkdir(parents=True)
    exports: dict[str, dict[str, list[str]]] = {}
    wheels = read_environment(environment).wheels
    packages = (*maker.stubs(), *(maker.package(wheel, environment / "wheels" / wheel.file) for wheel in wheels))
    for package in packages:
        written = write_package(package, out)
        exports[written.name] = package.run_exports
    for subdir in (SUBDIR, NOARCH):
        write_repodata(out / subdir, exports)
    write_manifest(out, kind=KIND, profile=maker.python.profile)


def _run() -> int:
    manifest: dict[str, Any] = json.loads(Path(os.environ["manifestPath"]).read_text(encoding="utf-8"))
    maker = ChannelMaker(python=TargetPython(**manifest["python"]), libraries=frozenset(manifest["libraries"]))
    make(Path(manifest["environment"]), maker, Path(os.environ["out"]))
    return 0


if __name__ == "__main__":
    sys.exit(reported(_run))
