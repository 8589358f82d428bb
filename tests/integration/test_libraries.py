"""Libraries linked into a wheel that runs in the stock runtime: `test_link.c` or `.cpp` beside the recipe asserts."""

from __future__ import annotations

import hashlib
import io
import json
import shlex
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wasmwright.cli.session import every_checkout
from wasmwright.paths import project_root
from wasmwright.recipe.model import CI
from wasmwright.recipe.offer import offered
from wasmwright.runtime.errors import TestsFailed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wasmwright.checkout import Checkout
    from wasmwright.nix import Nix

FILES = ("test_link.c", "test_link.cpp")
PROJECT = """
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[project]
name = "linked"
version = "1"
"""
# Only pkg-config is asked, as by most who link a library.
SETUP = """
import shlex, subprocess
from setuptools import Extension, setup

def extension(name, source, asked):
    told = subprocess.run(["pkg-config", "--cflags", "--libs", *asked], check=True, capture_output=True, text=True)
    flags = shlex.split(told.stdout)
    linked = [flag for flag in flags if flag.startswith(("-l", "-L", "-Wl"))]
    others = [flag for flag in flags if flag not in linked]
    return Extension(name, [source], extra_compile_args=others, extra_link_args=linked)

setup(packages=[], ext_modules=[extension(*one) for one in %s])
"""
MODULE = """
#include <Python.h>
#define main run_program
#include "%(file)s"
#undef main
static PyObject *run(PyObject *self, PyObject *unused) { return PyLong_FromLong(run_program()); }
static PyMethodDef methods[] = {{"run", run, METH_NOARGS, ""}, {0}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "%(module)s", 0, -1, methods};
PyMODINIT_FUNC PyInit_%(module)s(void) { return PyModule_Create(&module); }
"""
# Its back end is setuptools, and it compiles against no package.
LIKE = "markupsafe"


@dataclass(frozen=True, kw_only=True)
class Program:
    """A program that is linked with a library. Its first line says what to ask pkg-config for."""

    library: str
    file: str
    text: str

    @property
    def module(self) -> str:
        """The module that has it inside."""
        return f"linked_{self.library.replace('-', '_')}"

    @property
    def source(self) -> str:
        """The file of that module."""
        return f"{self.library}/linked{self.file[self.file.index('.') :]}"

    @property
    def asked(self) -> list[str]:
        """What pkg-config is asked for."""
        first = self.text.partition("\n")[0]
        assert first.startswith("/* pkg-config:"), f"{self.library}: {first}"
        return first.removeprefix("/* pkg-config:").removesuffix("*/").split()


def archive_of(programs: Sequence[Program]) -> bytes:
    """A project with a module for each program."""
    members = {"pyproject.toml": PROJECT, "setup.py": SETUP % [(one.module, one.source, one.asked) for one in programs]}
    for one in programs:
        members[one.source] = MODULE % {"file": one.file, "module": one.module}
        members[f"{one.library}/{one.file}"] = one.text
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(f"linked-1/{name}")
            info.size = len(content.encode())
            tar.addfile(info, io.BytesIO(content.encode()))
    return data.getvalue()


def lock_of(archive: Path) -> str:
    """A lock of the project with the build requirements of another package."""
    like = json.loads((project_root() / f"pkgs/{LIKE}/lock.json").read_text(encoding="utf-8"))
    wheels = {name: source for name, source in like["sources"].items() if source["role"] == "wheel"}
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    entry = {"role": "source", "name": archive.name, "purl": "pkg:pypi/linked@1", "sha256": digest}
    return json.dumps({**like, "name": "linked", "sources": {**wheels, archive.name: entry}})


def run_linked(programs: Sequence[Program], profile: str, nix: Nix, folder: Path) -> None:
    """Build one wheel of all programs, and run each in a profile's runtime; raises BuildFailed and TestsFailed.

    What a library needs is named too, as by a recipe that links it: headers of side modules include those of others.
    """
    archive = folder / "linked-1.tar.gz"
    archive.write_bytes(archive_of(programs))
    nix.add_fixed([archive])
    (folder / "lock.json").write_text(lock_of(archive))
    called = "".join(f"import {one.module}\nassert {one.module}.run() == 0\n" for one in programs)
    (folder / "smoke.py").write_text(called)
    libraries = " ".join(f'scope.packages."{one.library}"' for one in programs)
    modules = " ".join(f'"{one.module}"' for one in programs)
    (folder / "default.nix").write_text(
        f'let scope = import {project_root()}/nix {{ profile = "{profile}"; }}; in scope.buildWasmWheel {{ '
        f'name = "linked"; version = "1"; lock = ./lock.json; testImports = [ {modules} ]; smokeTest = ./smoke.py; '
        f'tools = [ "pkgconf" ]; hostDependencies = builtins.concatMap (one: [ one ] ++ one.needs) [ {libraries} ]; }}'
    )
    nix.build(["--impure", "--expr", f"(import {folder}/default.nix).tests.import"])


def program_of(name: str) -> Program | None:
    """The program beside the recipe of a library, if there is one."""
    folder = project_root() / "pkgs" / name
    for file in FILES:
        if (folder / file).exists():
            return Program(library=name, file=file, text=(folder / file).read_text(encoding="utf-8"))
    return None


def programs_of(checkout: Checkout, *, checked: bool) -> list[Program]:
    """The programs of the libraries that `check` builds, or of the others."""
    recipes = offered(checkout.recipes, checkout.profile)
    found = (program_of(name) for name, recipe in recipes.items() if (CI in recipe.sets) == checked)
    return [program for program in found if program]


PROFILES = pytest.mark.parametrize("checkout", every_checkout(), ids=lambda checkout: checkout.profile)


@PROFILES
def test_libraries_are_linked_and_give_the_right_answers(checkout: Checkout, nix: Nix, tmp_path: Path):
    run_linked(programs_of(checkout, checked=True), checkout.profile, nix, tmp_path)


@pytest.mark.long
@PROFILES
def test_so_are_those_that_check_does_not_build(checkout: Checkout, nix: Nix, tmp_path: Path):
    run_linked(programs_of(checkout, checked=False), checkout.profile, nix, tmp_path)


@pytest.fixture
def pkgconf(nix: Nix) -> Path:
    (tools,) = nix.build(["--impure", "--expr", f"(import {project_root()}/nix {{ }}).roots.buildtools"])
    return tools.out / "usr/bin/pkgconf"


def copied(name: str, nix: Nix, folder: Path) -> Path:
    """A copy of a library as builds link it."""
    (built,) = nix.build([f".#packages.x86_64-linux.{name}-wasm.built"])
    return Path(shutil.copytree(built.out, folder / "a copy"))


@pytest.mark.parametrize("name", ["zlib", "openblas", "libyaml"])
def test_pkg_config_finds_a_library_wherever_it_lies(name: str, nix: Nix, pkgconf: Path, tmp_path: Path):
    copy = copied(name, nix, tmp_path)
    for described in (copy / "lib/pkgconfig").glob("*.pc"):
        command = [pkgconf, "--cflags", "--libs", described.stem]
        variables = {"PKG_CONFIG_LIBDIR": str(described.parent)}
        told = shlex.split(subprocess.run(command, check=True, capture_output=True, text=True, env=variables).stdout)
        folders = [Path(word[2:]).resolve() for word in told if word.startswith(("-I", "-L"))]
        assert sorted({str(folder.relative_to(copy)) for folder in folders}) == ["include", "lib"]


def test_a_script_finds_its_library_wherever_it_lies(nix: Nix, tmp_path: Path):
    copy = copied("libpng", nix, tmp_path)
    told = subprocess.run([copy / "bin/libpng16-config", "--prefix"], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == str(copy)


WRONG = """/* pkg-config: zlib */
#include <zlib.h>
#undef NDEBUG
#include <assert.h>
int main(void) { assert(crc32(0, (const Bytef *)"a", 1) == 1); return 0; }
"""


def test_a_wrong_answer_fails(nix: Nix, tmp_path: Path):
    (checkout, *_) = every_checkout()
    with pytest.raises(TestsFailed) as caught:
        run_linked([Program(library="zlib", file="test_link.c", text=WRONG)], checkout.profile, nix, tmp_path)
    assert "a failed assert" in str(vars(caught.value))
