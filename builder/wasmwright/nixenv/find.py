"""Which Nix to use: the one asked for, the machine's own, or a private one."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright import paths
from wasmwright.errors import InvalidLock, NixTooOld, NixUnavailable
from wasmwright.lock.base import base_lock_path, base_path, read_base
from wasmwright.lock.pins import read_toolchain_lock
from wasmwright.lock.wishes import Purpose
from wasmwright.nix import Nix
from wasmwright.nixenv.private import Pins, install, private_root
from wasmwright.nixenv.settings import CA_BUNDLES, Settings, nix_config, nix_environment
from wasmwright.nixenv.store import ensure_store, making_fault, store_fault
from wasmwright.places import temporary_fault, write_fault
from wasmwright.process import ProgramMissing, run
from wasmwright.sources.fetch import download

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MINIMUM = (2, 24)
PRIVATE = "private"
_MAX_JOBS = 4
_VERSION = re.compile(r"(\d+)\.(\d+)\S*\s*$")


@dataclass(frozen=True, kw_only=True)
class NixRequest:
    """What a command wants of Nix: for the checkout `root`, with the logs of builders in `logs`."""

    root: Path
    logs: Path
    sandbox: bool = True
    jobs: int | None = None
    keep_failed: bool = False


def find_nix(
    request: NixRequest,
    *,
    step: Callable[[str], None] = lambda _: None,
    environ: Mapping[str, str] | None = None,
) -> Nix:
    """A Nix that works with flakes.

    `WASMWRIGHT_NIX` names a program, or is `private`. Raises NixTooOld for a named program below MINIMUM,
    NixUnavailable where none can be had, AccessDenied where it could not build.
    """
    environ = os.environ if environ is None else environ
    if (fault := temporary_fault(environ)) is not None:
        raise fault
    given = _given(request, environ, step)
    if given is not None:
        return given
    if (fault := write_fault(paths.cache_dir())) is not None:
        raise fault
    ensure_store(environ, step=step)
    return _private(request, environ, step)


def installed_nix(request: NixRequest, environ: Mapping[str, str] | None = None) -> Nix | None:
    """What find_nix would give without installing anything; None where it would install a private one.

    Raises what find_nix would raise.
    """
    environ = os.environ if environ is None else environ
    given = _given(request, environ, lambda _: None)
    if given is not None:
        return given
    if (fault := store_fault() or making_fault(environ)) is not None:
        raise fault
    if not private_root(_pins(request.root), _private_folder()).is_dir():
        return None
    return _private(request, environ, lambda _: None)


def _given(request: NixRequest, environ: Mapping[str, str], step: Callable[[str], None]) -> Nix | None:
    wanted = environ.get("WASMWRIGHT_NIX", "")
    if wanted == PRIVATE:
        return None
    found = (Path(wanted), _checked(wanted, environ)) if wanted else _on_path(environ, step)
    if found is None:
        return None
    # Another store than the machine's own is the user's business.
    if not environ.get("NIX_REMOTE") and (fault := store_fault()) is not None:
        raise fault
    return _own(*found, request, environ)


def parse_version(text: str) -> tuple[int, ...] | None:
    """The version in what `nix --version` prints, in the spellings of Nix and its forks."""
    match = _VERSION.search(text)
    return tuple(int(part) for part in match.groups()) if match else None


def _on_path(environ: Mapping[str, str], step: Callable[[str], None]) -> tuple[Path, tuple[int, ...]] | None:
    program = shutil.which("nix", path=environ.get("PATH"))
    if program is None:
        return None
    version = _version(program, environ)
    if version is None or version < MINIMUM:
        step(f"{program} is Nix {_shown(version)}, wasmwright needs {_shown(MINIMUM)}: using a private one")
        return None
    return Path(program), version


def _checked(program: str, environ: Mapping[str, str]) -> tuple[int, ...]:
    version = _version(program, environ)
    if version is None:
        message = f"WASMWRIGHT_NIX names {program}, which does not say what version of Nix it is"
        raise NixUnavailable(message, hint="unset WASMWRIGHT_NIX to let wasmwright find or install one")
    if version < MINIMUM:
        message = f"{program} is Nix {_shown(version)}; wasmwright needs {_shown(MINIMUM)} or newer"
        raise NixTooOld(message, hint="upgrade it, or unset WASMWRIGHT_NIX to let wasmwright install a private one")
    return version


def _version(program: str, environ: Mapping[str, str]) -> tuple[int, ...] | None:
    try:
        done = run([program, "--version"], env=environ, cwd=Path("/"), check=False)
    except (ProgramMissing, OSError):
        return None
    return parse_version(done.stdout) if done.returncode == 0 else None


def _shown(version: tuple[int, ...] | None) -> str:
    return ".".join(map(str, version)) if version else "of an unknown version"


def _private_folder() -> Path:
    return paths.data_dir() / "nix"


def _pins(root: Path) -> Pins:
    """What the base's lock pins for a private Nix."""
    base, lock = read_base(base_path(root)), read_toolchain_lock(base_lock_path(root))
    if lock.busybox is None:
        message = "nix/toolchain/base.lock.json pins no shell"
        raise InvalidLock(message, hint="run `./wasmwright lock --toolchain`")
    names = sorted(base.roots_for(Purpose.NIX))
    packages = tuple(source for name in names for source in lock.root_entries(name))
    return Pins(packages=packages, shell=lock.sources[lock.busybox.source], member=lock.busybox.member)


def _own(program: Path, version: tuple[int, ...], request: NixRequest, environ: Mapping[str, str]) -> Nix:
    settings = Settings(private=False, sandbox=_sandbox(request, environ), jobs=request.jobs)
    return _nix(program, version, request, environ, settings)


def _private(request: NixRequest, environ: Mapping[str, str], step: Callable[[str], None]) -> Nix:
    installed = install(_pins(request.root), _private_folder(), download=download, step=step)
    version = _version(str(installed.program), environ)
    if version is None:
        message = f"the private Nix in {installed.root} does not run on this machine"
        raise NixUnavailable(message, hint=f"remove {installed.root} and run the command again, or install Nix")
    settings = Settings(
        private=True,
        busybox=installed.busybox,
        sandbox=_sandbox(request, environ),
        jobs=request.jobs or min(os.cpu_count() or 1, _MAX_JOBS),
    )
    return _nix(installed.program, version, request, environ, settings, configuration=installed.configuration)


def _nix(  # noqa: PLR0913 - the parts of one value
    program: Path,
    version: tuple[int, ...],
    request: NixRequest,
    environ: Mapping[str, str],
    settings: Settings,
    *,
    configuration: Path | None = None,
) -> Nix:
    config = nix_config(settings, environ.get("NIX_CONFIG", ""))
    bundle = next((path for path in CA_BUNDLES if Path(path).exists()), None)
    return Nix(
        program=program,
        version=version,
        private=settings.private,
        config=config,
        environment=nix_environment(
            config,
            environ,
            configuration=configuration,
            ca_bundle=bundle,
            cache=paths.cache_dir() / "nix" if settings.private else None,
        ),
        root=request.root,
        logs=request.logs,
        keep_failed=request.keep_failed,
    )


def _sandbox(request: NixRequest, environ: Mapping[str, str]) -> bool:
    return request.sandbox and sandbox_wanted(environ)


def sandbox_wanted(environ: Mapping[str, str]) -> bool:
    """Whether the user has not said otherwise."""
    return environ.get("WASMWRIGHT_NO_SANDBOX", "0") in {"", "0"}
