from __future__ import annotations

import pytest

from wasmwright.wrapper.rewrite import CASTS, CASTS_ARE_WARNINGS, rewrite, side_module_flags
from wasmwright.wrapper.settings import Flags

ABI = ["-fPIC", "-fwasm-exceptions", "-sSUPPORT_LONGJMP=wasm", "-g0", "-Wno-version-check"]
ABI_FLAGS = ("-fPIC", "-fwasm-exceptions", "-sSUPPORT_LONGJMP=wasm")
FLAGS = Flags(
    abi=ABI_FLAGS,
    cflags=("-DC",),
    cxxflags=("-DCXX",),
    ldflags=("-Lz", "-lz"),
    emcc=("-Wno-version-check",),
    program_ldflags=("-Wl,--quirk", "/lacking.a"),
)
PLAIN = Flags(abi=ABI_FLAGS, emcc=("-Wno-version-check",))


def compiled(*arguments: str) -> list[str]:
    got = rewrite("emcc", ["-c", "x.c", *arguments], PLAIN)
    assert got[: len(ABI) + 3] == [*ABI, CASTS_ARE_WARNINGS, "-c", "x.c"]
    assert got[-1] == CASTS
    return got[len(ABI) + 3 : -1]


def linked(*arguments: str, flags: Flags = PLAIN) -> list[str]:
    output = "build/pkg/_x.cpython-315-wasm32-emscripten.so"
    got = rewrite("emcc", ["-shared", "x.o", *arguments, "-o", output], flags)
    before = [*ABI, *side_module_flags(output, ("pyinit",)), "x.o"]
    assert got[: len(before)] == before
    assert got[-2:] == ["-o", output]
    return got[len(before) : -2]


def test_compiling_adds_abi_before_and_the_recipes_flags_after():
    got = rewrite("emcc", ["-O2", "-c", "a.c", "-o", "a.o"], FLAGS)
    assert got == [*ABI, CASTS_ARE_WARNINGS, "-O2", "-c", "a.c", "-o", "a.o", CASTS, "-DC"]


def test_a_value_that_is_missing_is_not_one_of_ours():
    assert rewrite("emcc", ["a.c", "-c", "-o"], FLAGS) == ["a.c", "-c", "-o"]
    assert rewrite("emcc", ["-shared", "a.o", "-o"], FLAGS) == ["-shared", "a.o", "-o"]


@pytest.mark.parametrize("name", ["-shared", "-fwasm-exceptions", "-lz", "x.o"])
def test_a_value_that_looks_like_an_option_stays_one(name: str):
    got = rewrite("emcc", ["-shared", "x.o", "-lz", "-o", name], FLAGS)
    assert got[got.index("-o") + 1] == name


@pytest.mark.parametrize(("tool", "file"), [("em++", "a.c"), ("emcc", "a.cpp"), ("em++", "a.cc")])
def test_cxx_is_known_by_tool_or_suffix(tool: str, file: str):
    assert rewrite(tool, ["-c", file], FLAGS)[-1] == "-DCXX"


def test_linking_objects_takes_no_compile_flags():
    got = rewrite("em++", ["-shared", "a.o", "-o", "m.so"], FLAGS)
    assert "-DCXX" not in got
    assert got[-2:] == ["-Lz", "-lz"]


def test_compiling_and_linking_at_once_takes_both():
    got = rewrite("emcc", ["-shared", "a.c", "-o", "m.so"], FLAGS)
    assert got[-3:] == ["-DC", "-Lz", "-lz"]


@pytest.mark.parametrize(
    "dropped",
    [
        "-pthread", "-march=native", "-mtune=generic", "-fexceptions", "-fno-PIC", "-flto", "-flto=auto", "-m64", "-g",
        "-g3", "-ggdb", "-gdwarf-4", "-fstack-protector-strong", "-fcf-protection", "-I/usr/include",
        "-I/r/usr/include/p", "-sUSE_PTHREADS=1", "-sSUPPORT_LONGJMP=emscripten", "-sDISABLE_EXCEPTION_CATCHING=0",
        "-static-libgcc", "-fopenmp", "-fopenmp=libomp",
    ],
)  # fmt: skip
def test_dropped_when_compiling(dropped: str):
    assert compiled("-O1", dropped, "-DX") == ["-O1", "-DX"]


@pytest.mark.parametrize(
    "dropped",
    [["-Xpreprocessor", "-fopenmp"], ["-isystem", "/usr/include"], ["-I", "/usr/local/include"], ["-s", "PTHREADS=1"]],
)
def test_dropped_with_their_value(dropped: list[str]):
    assert compiled(*dropped, "-DX") == ["-DX"]


@pytest.mark.parametrize(
    "kept",
    [
        ["-O3"], ["-msimd128"], ["-fopenmp-simd"], ["-mavx2"], ["-I", "include"], ["-I/build/usr/includes"],
        ["-fno-exceptions"], ["-sSTACK_SIZE=1"], ["-s", "STACK_SIZE=1"], ["-std=gnu11"],
        ["-fvisibility=hidden"], ["-gnu"], ["-Wall"], ["-D", "-pthread"],
    ],
)  # fmt: skip
def test_kept_when_compiling(kept: list[str]):
    assert compiled(*kept) == kept


@pytest.mark.parametrize(
    "dropped",
    [
        ["-lpthread"], ["-fopenmp"], ["-lgomp"], ["-l", "rt"], ["-ldl"], ["-lpython3.15"],
        ["-L/usr/lib/x86_64-linux-gnu"], ["-L/lib64"],
        ["-Wl,--as-needed"], ["-Wl,-O1"], ["-Wl,-z,relro,-z,now"], ["-Wl,-soname,libx.so"], ["-Wl,-soname=libx.so"],
        ["-Wl,-Bsymbolic-functions"], ["-Wl,--version-script=x.map"], ["-Xlinker", "--no-undefined"], ["-rdynamic"],
        ["-Wl,-rpath,/nix/store/x/lib"], ["-Wl,-rpath", "-Wl,/nix/store/x/lib"], ["-Wl,-rpath=/x"],
        ["-Xlinker", "-rpath", "-Xlinker", "/x"], ["-undefined", "dynamic_lookup"], ["-sSIDE_MODULE=1"],
    ],
)  # fmt: skip
def test_dropped_when_linking(dropped: list[str]):
    assert linked(*dropped, "-lm") == ["-lm"]


def test_run_paths_relative_to_the_module_stay():
    assert linked("-Wl,-rpath,$ORIGIN/../x.libs:/nix/store/y") == ["-Wl,-rpath=$ORIGIN/../x.libs"]


def test_linker_options_we_know_nothing_of_stay():
    assert linked("-Wl,--whole-archive,a.a,--no-whole-archive") == [
        "-Wl,--whole-archive",
        "-Wl,a.a",
        "-Wl,--no-whole-archive",
    ]


def test_objects_libraries_and_folders_come_once():
    assert linked("a.o", "-Lq", "a.a", "-lq", "x.o", "a.o", "-lq", "a.a", "-Lq") == ["a.o", "-Lq", "a.a", "-lq"]


def test_an_archive_may_come_again_as_a_whole():
    whole = ["-Wl,--whole-archive", "a.a", "-Wl,--no-whole-archive"]
    assert linked("a.a", *whole) == ["a.a", *whole]


def test_an_output_named_like_an_object_is_kept():
    assert rewrite("emcc", ["-r", "x.o", "-o", "x.o"], PLAIN)[-4:] == ["-r", "x.o", "-o", "x.o"]


def test_setuptools_way_to_ask_for_a_side_module():
    got = rewrite("emcc", ["x.o", "-s", "SIDE_MODULE=1", "-o", "x.so"], PLAIN)
    assert got == [*ABI, *side_module_flags("x.so", ("pyinit",)), "x.o", "-o", "x.so"]


@pytest.mark.parametrize(
    ("output", "exports", "expected"),
    [
        ("a/_m.abi3.so", ("pyinit",), ["PyInit__m", "PyModExport__m"]),
        ("libm.cpython-315-wasm32-emscripten.so", ("pyinit",), ["PyInit_libm", "PyModExport_libm"]),
        ("m.so", ("names", "f", "PyInit_m"), ["PyInit_m", "PyModExport_m", "f"]),
        ("libm.so", ("names", "f"), ["PyInit_libm", "PyModExport_libm", "f"]),
    ],
)
def test_exported_names(output: str, exports: tuple[str, ...], expected: list[str]):
    common = ["-sSIDE_MODULE=2", "-Wl,--experimental-pic"]
    assert side_module_flags(output, exports) == [*common, *(f"-Wl,--export-if-defined={name}" for name in expected)]


@pytest.mark.parametrize(("output", "exports"), [("m.so", "all"), ("x/libm.so", "pyinit"), ("libm.so.1", "pyinit")])
def test_libraries_export_what_is_visible(output: str, exports: str):
    assert side_module_flags(output, (exports,))[0] == "-sSIDE_MODULE=1"


def test_programs_link_as_the_compiler_wants_and_without_assertions():
    got = rewrite("emcc", ["conftest.c", "-o", "conftest", "-lm"], FLAGS)
    assert got == [
        *(*ABI, "conftest.c", "-o", "conftest", "-lm", "-DC"),
        *("-Wl,--quirk", "/lacking.a", "-sASSERTIONS=0", "-Lz", "-lz"),
    ]
    assert "-sASSERTIONS=0" not in rewrite("emcc", ["a.o", "-sASSERTIONS=1"], PLAIN)


@pytest.mark.parametrize(
    "own", ["-sNODERAWFS=0", "-sWASMFS", "-sENVIRONMENT=web", "--preload-file=x", "--embed-file", "--oformat=wasm"]
)
def test_programs_of_a_build_see_the_disk_unless_they_say_which_files_they_see(own: str):
    in_build = Flags(abi=ABI_FLAGS, on_disk=True)
    assert "-sNODERAWFS=1" in rewrite("emcc", ["a.o", "-o", "a.js"], in_build)
    assert "-sNODERAWFS=1" not in rewrite("emcc", ["a.o", "-o", "a.js", own], in_build)
    # Others may be for a browser.
    assert "-sNODERAWFS=1" not in rewrite("emcc", ["a.o", "-o", "a.js"], PLAIN)


def test_relocatable_objects_get_no_link_flags():
    assert rewrite("emcc", ["-r", "a.o", "b.o", "a.o", "-o", "c.o"], FLAGS) == [*ABI, "-r", "a.o", "b.o", "-o", "c.o"]


@pytest.mark.parametrize("argv", [["--version"], ["-v"], ["-print-search-dirs"], ["-Wl,--version"], ["--cflags"]])
def test_questions_pass_untouched(argv: list[str]):
    assert rewrite("emcc", argv, FLAGS) == argv


def test_standard_input_is_an_input():
    assert rewrite("emcc", ["-E", "-dM", "-"], PLAIN) == [*ABI, "-E", "-dM", "-"]


@pytest.mark.parametrize("library", ["-lc", "-lc++", "-lstdc++"])
def test_side_modules_take_the_libraries_of_the_language_from_the_runtime(library: str):
    assert linked("-lz", library) == ["-lz"]
    assert library in rewrite("emcc", ["a.o", library, "-o", "a.js"], PLAIN)


def test_strip_takes_no_value():
    assert linked("-s", "-pthread", "y.o") == ["-s", "y.o"]


def test_other_tools_get_what_they_were_given():
    assert rewrite("emar", ["rcs", "-pthread", "a.a", "a.o"], FLAGS) == ["rcs", "-pthread", "a.a", "a.o"]


def test_the_build_machines_python_headers_become_the_targets():
    flags = Flags(abi=ABI_FLAGS, python_include="/target/include/python3.15")
    argv = rewrite("emcc", ["-I/root/usr/include/python3.15", "-I", "/usr/include", "-c", "a.c"], flags)
    assert "-I/target/include/python3.15" in argv
    assert not any("/usr/include" in argument for argument in argv)
