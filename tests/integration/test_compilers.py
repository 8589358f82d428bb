"""The C and C++ compilers as builds call them."""

from __future__ import annotations

import os
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

import pytest

from wasmwright.cli.session import fetch_sources, open_checkout
from wasmwright.lock.profile import known_profiles
from wasmwright.paths import project_root
from wasmwright.process import run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wasmwright.nix import Nix
    from wasmwright.process import Completed

ROOT = project_root()

SOURCES = {
    "a.c": '#include "b.h"\nint a(void) { return B; }\n',
    "lib/a.c": "int a(void) { return 0; }\n",
    "b.c": '#include "b.h"\nconst char *b(void) { return __FILE__; }\nint value = B;\n',
    "lib/b.h": "enum { B = 2 };\n",
    "c.cpp": "#include <vector>\nint c(std::vector<int> const &v) { return v.at(0); }\n",
    "d.c": "int d;\n",
    "e.c": "int e;\n",
    "wrong.c": "int wrong(void) { return nothing; }\n",
    "worse.c": "const more worse;\n",
}


class Compiler:
    """The toolchain in a folder with sources."""

    def __init__(self, toolchain: Path, folder: Path) -> None:
        self.folder = folder
        self.path = os.pathsep.join([str(toolchain / "bin"), os.environ["PATH"]])

    def __call__(self, *command: str, env: Mapping[str, str] | None = None) -> Completed:
        variables = {"PATH": self.path, "HOME": str(self.folder), **(env or {})}
        return run(command, env=variables, cwd=self.folder, check=False)

    def objects(self) -> dict[str, bytes]:
        """What has been compiled, by name; forgotten afterwards."""
        return self.outputs("*.o")

    def outputs(self, pattern: str = "*.[os]") -> dict[str, bytes]:
        """What has been made, by name; forgotten afterwards."""
        found = {path.name: path.read_bytes() for path in self.folder.glob(pattern)}
        for name in found:
            (self.folder / name).unlink()
        return found


@pytest.fixture
def compiler(nix: Nix, tmp_path: Path) -> Compiler:
    fetch_sources(open_checkout(), (), nix=nix)
    (toolchain,) = nix.build([".#toolchain"])
    for name, text in SOURCES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return Compiler(toolchain.out, tmp_path)


def test_starts_without_imports_that_take_long(compiler: Compiler):
    emcc = which("emcc", path=compiler.path) or ""
    python, options = Path(emcc).read_text().splitlines()[0].removeprefix("#!").split()
    done = compiler(python, options, "-X", "importtime", emcc, "-DA=1", "-c", "d.c")
    imported = {line.rsplit("|", 1)[1].strip() for line in done.stderr.splitlines()}
    assert "wasmwright.wrapper.rewrite" in imported
    assert not imported & {"dataclasses", "enum", "json", "pathlib", "re", "shlex", "typing"}


@pytest.mark.parametrize("action", ["-c", "-S", "-E", "-M", "-fsyntax-only"])
def test_clang_is_called_as_emscripten_calls_it(compiler: Compiler, action: str):
    made = []
    for through_emscripten in {"WASMWRIGHT_CLANG": ""}, {}:
        done = compiler("emcc", action, "-O2", "-Ilib", "b.c", env=through_emscripten)
        made.append((done.returncode, done.stdout, done.stderr, compiler.outputs()))
    assert made[0] == made[1]
    assert made[0][0] == 0


def test_many_sources_are_compiled_as_each_by_itself(compiler: Compiler):
    sources = ["a.c", "b.c", "c.cpp", "d.c", "e.c"]
    options = ["-O2", "-Ilib"]
    for source in sources:
        assert compiler("emcc", *options, "-c", source).returncode == 0
    apart = compiler.objects()
    assert compiler("emcc", *options, "-c", *sources).returncode == 0
    assert compiler.objects() == apart


def test_sources_elsewhere_may_be_called_like_one_here(compiler: Compiler):
    assert compiler("emcc", "-c", "a.c", "lib/a.c", "d.c", "e.c", "-Ilib").returncode == 0
    assert compiler.objects().keys() == {"a.o", "d.o", "e.o"}


def test_mistakes_in_some_of_many_are_told(compiler: Compiler):
    done = compiler("emcc", "-Ilib", "-c", "a.c", "wrong.c", "d.c", "worse.c", "e.c")
    assert done.returncode != 0
    assert "wrong.c:1:26: error: use of undeclared identifier 'nothing'" in done.stderr
    assert "worse.c:1:7: error: unknown type name 'more'" in done.stderr
    assert "wrong.o" not in compiler.objects()


def test_headers_read_once_serve_many(compiler: Compiler):
    assert compiler("emcc", "-O2", "-x", "c-header", "-c", "lib/b.h", "-o", "b.pch").returncode == 0
    for name in "a", "b":
        (compiler.folder / f"{name}.c").write_text(f"int {name}(void) {{ return B; }}\n")
    assert compiler("emcc", "-O2", "-include-pch", "b.pch", "-c", "a.c", "b.c", "d.c", "e.c").returncode == 0
    assert compiler.objects().keys() == {"a.o", "b.o", "d.o", "e.o"}


@pytest.mark.parametrize("profile", known_profiles(ROOT))
def test_a_profiles_headers_come_before_the_compilers(nix: Nix, compiler: Compiler, checkout: Path, profile: str):
    (built,) = nix.build([f".#{profile}.toolchain"])
    with_headers = Compiler(built.out, compiler.folder)
    # The compiler's own sigset_t has 8 bytes.
    size = 128 if (checkout / f"nix/toolchain/profiles/{profile}/include").is_dir() else 8
    (compiler.folder / "s.c").write_text(
        "#include <pthread.h>\n#include <signal.h>\n#include <stdint.h>\n"
        '_Static_assert(sizeof(sigset_t) == SIZE && sizeof(struct sigaction) == SIZE + 12, "");\nint64_t x;\n'
    )
    (compiler.folder / "s.cpp").write_text(
        "#include <csignal>\n#include <filesystem>\n#include <iostream>\n#include <thread>\n"
        "static_assert(sizeof(sigset_t) == SIZE && sizeof(struct sigaction) == SIZE + 12);\n"
    )
    options = ["-Wall", "-Wextra", "-Werror", f"-DSIZE={size}", "-c"]
    for command in (("emcc", *options, "s.c"), ("em++", *options, "s.cpp")):
        done = with_headers(*command)
        assert (done.returncode, done.stderr) == (0, "")


def test_a_projects_werror_is_not_about_casts_that_we_ask_for(compiler: Compiler):
    (compiler.folder / "cast.c").write_text(
        "typedef int (*Other)(int);\nint given(void *x, int y);\nOther taken(void) { return (Other) given; }\n"
    )
    done = compiler("emcc", "-Wall", "-Werror", "-c", "cast.c")
    assert (done.returncode, done.stderr) == (0, "")
    # Who asks for it by name is told, and it ends the compilation.
    done = compiler("emcc", "-Werror=cast-function-type-mismatch", "-c", "cast.c")
    assert done.returncode == 1
    assert "cast.c:3:28: error: cast from" in done.stderr


@pytest.mark.parametrize("variable", ["EM_CACHE", "EM_FROZEN_CACHE", "EM_LLVM_ROOT", "EM_PORTS", "EMCC_DEBUG"])
def test_empty_variables_of_emscripten_are_none(compiler: Compiler, variable: str):
    done = compiler("emcc", "a.c", "-Ilib", "-shared", "-o", "a.so", env={variable: ""})
    assert (done.returncode, done.stderr) == (0, "")


def test_javascript_of_a_program_is_kept_where_a_build_says(compiler: Compiler):
    (compiler.folder / "main.c").write_text("#include <stdio.h>\nint main(void) { puts(VALUE); return 0; }\n")
    env = {"WASMWRIGHT_JS_CACHE": str(compiler.folder / "kept")}
    for value in "one", "two":
        assert compiler("emcc", f'-DVALUE="{value}"', "main.c", "-o", "main.js", env=env).returncode == 0
        assert compiler("node", "main.js").stdout == f"{value}\n"
    assert len(list((compiler.folder / "kept/js_output").glob("*.js"))) == 1


@pytest.mark.parametrize("mode", ["-c", "-shared", "-O2"])
def test_a_file_name_that_is_missing_is_told_and_nothing_made(compiler: Compiler, mode: str):
    before = set(compiler.folder.iterdir())
    done = compiler("emcc", "d.c", mode, "-o")
    assert done.returncode == 1
    assert "option '-o' requires an argument" in done.stderr
    assert set(compiler.folder.iterdir()) == before
