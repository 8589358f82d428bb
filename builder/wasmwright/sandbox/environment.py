"""The environment of a cross build: which Python runs, which Python is described, which compilers are found."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.sandbox.target import overlay, pkg_config_folders

if TYPE_CHECKING:
    from wasmwright.sandbox.attributes import Attributes


def cross_environment(attributes: Attributes, *, epoch: int, home: Path) -> dict[str, str]:
    """The variables of the build, complete: nothing of the caller's environment is kept but where it may write.

    `epoch` is in seconds since 1970.
    """
    build_top = os.environ["NIX_BUILD_TOP"]
    prefixes = [f"-I{path}/include" for path in attributes.dependencies if (path / "include").is_dir()]
    libraries = [f"-L{path}/lib" for path in attributes.dependencies if (path / "lib").is_dir()]
    # Who does not ask pkg-config links a static library without what it calls. Of an archive, only that is taken.
    called = [str(archive) for path in attributes.needed for archive in sorted((path / "lib").glob("*.a"))]
    # Paths of the build would land in assertions and in the debug names of Cython's code.
    mapped = [f"-ffile-prefix-map={build_top}=."]
    python = attributes.python
    overlaid = overlay(attributes.dependencies, python.environments, Path(build_top) / "target")
    described = [path / "lib/pkgconfig" for path in attributes.dependencies if (path / "lib/pkgconfig").is_dir()]
    python_path = [*([python.target / "lib"] if python.target else []), *overlaid]
    python_path += [env / "lib" for env in python.environments]
    path = [attributes.toolchain / "bin", *(env / "bin" for env in python.environments)]
    path += [python.interpreter / "usr/bin", *(root / "usr/bin" for root in attributes.path)]
    environment = {
        "PATH": ":".join(map(str, path)),
        "HOME": str(home),
        "TMPDIR": os.environ.get("TMPDIR", build_top),
        "LC_ALL": "C",
        "PYTHONUTF8": "1",
        "TZ": "UTC",
        "SOURCE_DATE_EPOCH": str(epoch),
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": ":".join(map(str, python_path)),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONNOUSERSITE": "1",
        "WASMWRIGHT_CFLAGS": shlex.join([*prefixes, *mapped, *attributes.cflags]),
        "WASMWRIGHT_CXXFLAGS": shlex.join([*prefixes, *mapped, *attributes.cxxflags]),
        "WASMWRIGHT_LDFLAGS": shlex.join([*libraries, *attributes.ldflags, *called]),
        "WASMWRIGHT_EXPORTS": shlex.join(attributes.exports),
        "WASMWRIGHT_ON_DISK": "1",
        "WASMWRIGHT_JS_CACHE": f"{build_top}/js-cache",
        "PKG_CONFIG_LIBDIR": ":".join(map(str, [*described, *pkg_config_folders(overlaid)])),
        "CMAKE_PREFIX_PATH": ":".join(map(str, attributes.dependencies)),
    }
    known = version_variables(attributes) if python.target else {}
    return known | environment | attributes.variables | attributes.env


def version_variables(attributes: Attributes) -> dict[str, str]:
    """The recipe's version for all who would ask git for it, as no source of a build has a repository.

    versioneer asks for none of them: it takes the version from the name of the source's folder.
    """
    version = attributes.version
    variables = {
        "PBR_VERSION": version,
        "PDM_BUILD_SCM_VERSION": version,
        "POETRY_DYNAMIC_VERSIONING_BYPASS": version,
        "UV_DYNAMIC_VERSIONING_BYPASS": version,
    }
    # setuptools-scm, and hatch-vcs and flit-scm above it. It has more than one name for this, of different weight.
    if not any("PRETEND_VERSION" in name for name in attributes.env):
        variables["SETUPTOOLS_SCM_PRETEND_VERSION"] = version
    return variables


def jobs() -> int:
    """How many compilers may run side by side."""
    return int(os.environ.get("NIX_BUILD_CORES") or 0) or (os.cpu_count() or 1)


def prepare_home() -> Path:
    """A home folder of the build's own."""
    home = Path(os.environ["NIX_BUILD_TOP"]) / "home"
    home.mkdir()
    return home
