"""The C and C++ libraries of the stock runtimes, as extension modules that we compile see them: tests/abi.

What is compiled with headers newer than a runtime's may read and write more, or less, than the runtime thinks. So the
same sources say, in each runtime, what they find in every structure, and whether something was written beside one.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from packaging.version import Version

from wasmwright.lock.profile import known_profiles, profile_path, read_profile
from wasmwright.paths import project_root
from wasmwright.runtime.node import Runtime, execute

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.nix import Nix

ROOT = project_root()
PROFILES = [read_profile(profile_path(ROOT, name)) for name in known_profiles(ROOT)]
NAMES = [profile.name for profile in PROFILES]
# The runtime that was linked with the newest Emscripten: the others are compared with it.
NEWEST = max(PROFILES, key=lambda profile: Version(profile.emscripten)).name
MODULES = ("abiprobe_c", "abiprobe_constants", "abiprobe_cxx", "abiprobe_thrower")
# By profile, groups whose texts may differ: what they say there and in the newest runtime, and why.
EXPECTED: dict[str, dict[str, tuple[str, str]]] = {
    "pyemscripten_2026_0": {
        # The profile has a header of its own for them.
        "C: signal_sizes": (
            "sigset_t 128 sigaction 140 posix_spawnattr_t 336",
            "sigset_t 8 sigaction 20 posix_spawnattr_t 96",
        ),
        # New files honour the umask since Emscripten 5.0.7.
        "C: new_files": ("mode 100666", "mode 100644"),
        # It cannot wait with a mask (ENOSYS), nor count what waits in a pipe.
        "C: waiting": ("pselect -1 ppoll -1 sigtimedwait -1", "pselect 0 ppoll 0 sigtimedwait -1"),
        "C: queued_bytes": ("pipe 0 write 3 ioctl 28 queued 0", "pipe 0 write 3 ioctl 0 queued 3"),
    }
}


@dataclass(frozen=True)
class Told:
    """What the probe said in one runtime: texts by group, constants that Python has otherwise, how many it compared."""

    groups: dict[str, str]
    constants: dict[str, str]
    compared: int


def _archive(folder: Path, target: Path) -> Path:
    """The sources, in an archive that is the same as long as they are."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for path in sorted(folder.iterdir()):
            member = tarfile.TarInfo(f"abiprobe-1/{path.name}")
            member.size = path.stat().st_size
            tar.addfile(member, io.BytesIO(path.read_bytes()))
    archive = target / "abiprobe-1.tar.gz"
    archive.write_bytes(gzip.compress(packed.getvalue(), mtime=0))
    return archive


@pytest.fixture(scope="module")
def wheels(nix: Nix, checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The probe, built for each profile as any package is, with another one's build requirements."""
    folder = tmp_path_factory.mktemp("abi")
    archive = _archive(checkout / "tests/abi", folder)
    nix.add_fixed([archive])
    lock = json.loads((checkout / "pkgs/markupsafe/lock.json").read_text())
    required = {name: source for name, source in lock["sources"].items() if source["role"] == "wheel"}
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    source = {"role": "source", "name": archive.name, "purl": "pkg:pypi/abiprobe@1", "sha256": digest}
    lock_file = folder / "lock.json"
    lock_file.write_text(json.dumps({**lock, "name": "abiprobe", "sources": {**required, archive.name: source}}))
    imports = " ".join(f'"{module}"' for module in MODULES)
    built = {}
    for profile in NAMES:
        expression = (
            f'(import {checkout}/nix {{ profile = "{profile}"; }}).buildWasmWheel '
            f'{{ name = "abiprobe"; version = "1"; lock = {lock_file}; testImports = [ {imports} ]; }}'
        )
        (output,) = nix.build(["--impure", "--expr", expression])
        (built[profile],) = output.out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def told(nix: Nix, checkout: Path, wheels: dict[str, Path]) -> dict[str, Told]:
    (node,) = nix.build([".#node"])
    results = {}
    for profile, wheel in wheels.items():
        (runtime,) = nix.build([f".#{profile}.pyodide-runtime"])
        run = Runtime(folder=runtime.out, node=node.out / "bin/node", wheels=(wheel,))
        done = execute(run, [str(checkout / "tests/abi/tell.py")])
        assert done.exit_code == 0, done.stderr
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        results[profile] = Told(
            groups={name: text for kind, name, text in lines if kind == "group"},
            constants={name: text for kind, name, text in lines if kind == "constant"},
            compared=next(text for kind, _, text in lines if kind == "compared"),
        )
    return results


@pytest.mark.parametrize("profile", NAMES)
def test_runtimes_say_the_same(told: dict[str, Told], profile: str):
    groups, newest = told[profile].groups, told[NEWEST].groups
    assert groups.keys() == newest.keys()
    assert len(groups) > 60
    differing = {name: (text, newest[name]) for name, text in groups.items() if text != newest[name]}
    assert differing == EXPECTED.get(profile, {})


@pytest.mark.parametrize("profile", NAMES)
def test_nothing_is_written_beside_a_structure(told: dict[str, Told], profile: str):
    assert {name: text for name, text in told[profile].groups.items() if "OVERWRITTEN" in text} == {}
    assert sum(text.count("intact") for text in told[profile].groups.values()) > 30


@pytest.mark.parametrize("profile", NAMES)
def test_no_exception_leaves_a_group(told: dict[str, Told], profile: str):
    assert {name: text for name, text in told[profile].groups.items() if "LEFT BY" in text} == {}


@pytest.mark.parametrize("profile", NAMES)
def test_constants_are_those_of_python(told: dict[str, Told], profile: str):
    assert told[profile].constants == {}
    assert told[profile].compared > 900
