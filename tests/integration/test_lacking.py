"""Functions that the compiler's C library has and the runtime has not: configure scripts do not find them.

What profiles say of them, and of functions with other types, is computed anew here from the C library, its headers and
the runtimes.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from packaging.version import Version

from wasmwright.audit.runtime import load_runtime
from wasmwright.lock.profile import known_profiles, profile_path, read_profile
from wasmwright.paths import project_root
from wasmwright.process import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wasmwright.nix import Nix
    from wasmwright.process import Completed

    Link = Callable[..., Completed]

LIBC = ("c", "stubs", "sockets", "noexit", "dlmalloc")
NOT_LIBC = {"emscripten", "AL", "EGL", "GL", "GLES2", "GLES3", "SDL", "c++"}
# What holds a sigset_t, and the Emscripten that made that smaller.
SMALL_SIGSET = Version("5.0.5")
OF_SIGNALS = "sigset_t|struct sigaction|posix_spawnattr_t"
NAMES = known_profiles(project_root())
# One whose runtime lacks functions, and one whose runtime has all.
OLD, NEW = "pyemscripten_2026_0", "pyemscripten_2026_5"
# How build systems ask for a function.
ASKED = {
    "autoconf": "char {name}(void);\nint main(void) {{ return {name}(); }}\n",
    "meson": "#include <limits.h>\n#undef {name}\nchar {name} (void);\nint main(void) {{ return {name} (); }}\n",
    "meson-with-a-header": "#include <{header}>\nint main(void) {{ void *a = (void*) &{name}; return (long) a; }}\n",
    "cmake": "char {name}(void);\nint main(int ac, char* av[]) {{ {name}(); return ac > 1000 ? *av[0] : 0; }}\n",
    "cmake-symbol": "#include <{header}>\nint main(int argc, char** argv) {{ return ((int*)(&{name}))[argc]; }}\n",
}
HEADERS = {"epoll_create1": "sys/epoll.h", "pthread_kill": "signal.h", "posix_getdents": "dirent.h", "poll": "poll.h"}
PROGRAM = """
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
static void told(int number) { printf("signal %d\\n", number); }
static void *started(void *given) { return given; }
int main(int argc, char **argv) {
  pthread_t thread;
  signal(SIGUSR1, told);
  raise(SIGUSR1);
  printf("%g %d\\n", sin(argc), pthread_create(&thread, NULL, started, argv) != 0);
  return 0;
}
"""
MODULE = "#include <sys/epoll.h>\n#include <signal.h>\nint PyInit_x(int n) {{ return {body}; }}\n"


@pytest.fixture(scope="module")
def toolchains(nix: Nix) -> dict[str, Path]:
    built = nix.build([f".#{profile}.toolchain" for profile in NAMES])
    return {profile: output.out for profile, output in zip(NAMES, built, strict=True)}


@dataclass(frozen=True)
class Libc:
    """The functions that the C library defines and declares in headers for users, and those that know a sigset_t."""

    functions: frozenset[str]
    of_signals: frozenset[str]


@pytest.fixture(scope="module")
def libc(nix: Nix, toolchains: dict[str, Path]) -> Libc:
    (sysroot,) = nix.build([f".#{NEW}.sysroot"])
    top = sysroot.out / "sysroot"
    files = [top / "lib/wasm32-emscripten" / f"lib{name}.a" for name in LIBC]
    said = run([toolchains[NEW] / "bin/llvm-nm", "-g", "--defined-only", *files], env={}, cwd=top).stdout
    defined = set(re.findall(r"^[0-9a-f]+ [TW] ([a-z]\w+)$", said, re.MULTILINE))
    headers = [path for path in (top / "include").rglob("*.h") if not NOT_LIBC.intersection(path.parts)]
    text = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in headers)
    text = re.sub(r"^[ \t]*#(?:.*\\\n)*.*$", "", text, flags=re.MULTILINE)
    declared = set(re.findall(r"\b(\w+) *\([^;{}]*\)\s*;", text))
    signals = set(re.findall(rf"\b(\w+) *\([^;{{}}()]*\b(?:{OF_SIGNALS})\b[^;{{}}]*\)\s*;", text))
    return Libc(functions=frozenset(defined & declared), of_signals=frozenset(defined & signals))


@pytest.mark.parametrize("name", NAMES)
def test_the_profile_lists_what_its_runtime_lacks(libc: Libc, nix: Nix, checkout: Path, name: str):
    (built,) = nix.build([f".#{name}.pyodide-runtime"])
    offered = {function for provider in load_runtime(built.out).providers for function in provider.functions}
    assert len(libc.functions) > 1000
    assert set(read_profile(profile_path(checkout, name)).lacking) == libc.functions - offered


@pytest.mark.parametrize("name", NAMES)
def test_the_profile_lists_what_has_other_types(libc: Libc, checkout: Path, name: str):
    profile = read_profile(profile_path(checkout, name))
    assert len(libc.of_signals) > 30
    expected = libc.of_signals if Version(profile.emscripten) < SMALL_SIGSET else frozenset()
    assert set(profile.differing) == expected


@pytest.fixture
def link(toolchains: dict[str, Path], tmp_path: Path) -> Link:
    def call(text: str, *options: str, profile: str = OLD, output: str = "conftest.js") -> Completed:
        (tmp_path / "conftest.c").write_text(text)
        path = os.pathsep.join([str(toolchains[profile] / "bin"), os.environ["PATH"]])
        environment = {"PATH": path, "HOME": str(tmp_path)}
        return run(["emcc", "conftest.c", *options, "-o", output], env=environment, cwd=tmp_path, check=False)

    return call


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
@pytest.mark.parametrize("name", ["epoll_create1", "pthread_kill", "posix_getdents"])
def test_a_lacking_function_is_not_found(link: Link, asked: str, name: str):
    done = link(asked.format(name=name, header=HEADERS[name]))
    assert done.returncode != 0
    assert f"undefined symbol: {name}, which the runtime of {OLD} has not" in done.stderr


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_others_are_found(link: Link, asked: str):
    assert link(asked.format(name="poll", header=HEADERS["poll"])).returncode == 0
    text = asked.format(name="epoll_create1", header=HEADERS["epoll_create1"])
    assert link(text, profile=NEW).returncode == 0


def test_ordinary_programs_run_as_ever(link: Link, toolchains: dict[str, Path], tmp_path: Path):
    assert link(PROGRAM, "-lm", "-pthread").returncode == 0
    node = [toolchains[OLD] / "bin/node", "conftest.js"]
    assert run(node, env={}, cwd=tmp_path).stdout == "signal 10\n0.841471 1\n"


@pytest.mark.parametrize(
    "text",
    [
        "int epoll_create1(int n) { return n; }\nint main(void) { return epoll_create1(0); }\n",
        "int epoll_create1(int) __attribute__((weak));\nint main(void) { return epoll_create1 ? 1 : 0; }\n",
    ],
    ids=["own", "weak"],
)
def test_a_program_may_bring_its_own_or_do_without(link: Link, text: str):
    assert link(text).returncode == 0


def test_side_modules_that_call_them_are_refused_by_name(link: Link, tmp_path: Path):
    body = "epoll_create1(n) + (int)(long)&pthread_kill"
    done = link(MODULE.format(body=body), "-shared", output="x.so")
    assert done.returncode == 1
    assert [line for line in done.stderr.splitlines() if line.startswith("emcc: x.so")] == [
        f"emcc: x.so calls {name}, which the runtime of {OLD} has not: switch off in the recipe what needs it"
        for name in ("epoll_create1", "pthread_kill")
    ]
    assert not (tmp_path / "x.so").exists()
    assert link(MODULE.format(body=body), "-shared", profile=NEW, output="x.so").returncode == 0


def test_other_side_modules_are_linked_as_ever(link: Link, tmp_path: Path):
    made = []
    for profile in NAMES:
        done = link(MODULE.format(body="raise(n)"), "-shared", profile=profile, output="x.so")
        assert (done.returncode, done.stderr) == (0, "")
        made.append((tmp_path / "x.so").read_bytes())
    assert made == made[:1] * len(NAMES)


def test_ordinary_side_modules_are_not_parsed(toolchains: dict[str, Path], tmp_path: Path):
    (tmp_path / "x.c").write_text("int PyInit_x(void) { return 0; }\n")
    emcc = toolchains[OLD] / "bin/emcc"
    python, options = emcc.read_text().splitlines()[0].removeprefix("#!").split()
    command = [python, options, "-X", "importtime", emcc, "x.c", "-shared", "-o", "x.so"]
    done = run(command, env={"PATH": os.environ["PATH"]}, cwd=tmp_path)
    imported = {line.rsplit("|", 1)[1].strip() for line in done.stderr.splitlines()}
    assert "wasmwright.wrapper.sidemodule" in imported
    assert not imported & {"dataclasses", "pathlib", "re", "subprocess", "typing", "wasmwright.wasm.parse"}


def test_what_does_not_link_is_told_by_the_linker(link: Link):
    done = link("int f(void) { return 0 }\n", "-shared", output="x.so")
    assert done.returncode != 0
    assert "expected ';'" in done.stderr
