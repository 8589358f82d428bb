from __future__ import annotations

import pytest

from wasmwright.fortran.arguments import Mode, Request, understand
from wasmwright.fortran.errors import Unsupported


def _read(*words: str) -> Request:
    return understand(words, {"more": "-O2 'a b.f90'"}.get)


def test_object_is_named_after_its_source():
    request = _read("-O2", "-c", "lib/a.f90", "b.F")
    assert request.mode is Mode.OBJECT
    assert [request.object_of(source) for source in request.sources] == ["a.o", "b.o"]
    assert _read("-c", "a.f", "-o", "x/y.lo").object_of("a.f") == "x/y.lo"
    assert _read("-S", "a.f").object_of("a.f") == "a.s"


@pytest.mark.parametrize(
    "words", [("-J", "mods"), ("-Jmods",), ("-module-dir", "mods"), ("-module-dirmods",), ("-M", "mods")]
)
def test_folder_of_modules_has_many_spellings(words: tuple[str, ...]):
    assert _read("-c", "a.f90", *words).module_folder == "mods"


def test_words_go_to_the_program_that_knows_them():
    words = (
        "-DX=1",
        "-I",
        "inc",
        "-Iinc2",
        "-cpp",
        "-fdefault-real-8",
        "-msimd128",
        "-Wall",
        "-g",
        "-std=gnu",
        "-fPIC",
    )
    request = _read("-c", "a.f90", *words, "-ffixed-line-length-none", "-ffixed-line-length-132")
    assert request.front[:5] == ("-DX=1", "-I", "inc", "-Iinc2", "-cpp")
    assert request.front[5:] == ("-fdefault-real-8", "-ffixed-line-length=0", "-ffixed-line-length=132")
    assert request.back == ("-msimd128",)


def test_linking_keeps_the_order_of_what_is_linked():
    request = _read("a.f90", "b.o", "-Ldir", "-lm", "-Wl,--gc-sections", "-shared", "-o", "x.so")
    assert request.mode is Mode.LINKED
    assert request.link == ("b.o", "-Ldir", "-lm", "-Wl,--gc-sections", "-shared")
    assert request.output == "x.so"


def test_response_files_stand_for_their_words():
    request = _read("-c", "@more")
    assert (request.optimization, request.sources) == ("-O2", ("a b.f90",))


@pytest.mark.parametrize(
    ("given", "level"), [("-O", "-O1"), ("-Ofast", "-O3"), ("-O9", "-O3"), ("-Os", "-Os"), ("-Og", "-O1")]
)
def test_levels_are_those_that_both_compilers_know(given: str, level: str):
    assert _read("-c", "a.f", given).optimization == level


@pytest.mark.parametrize("query", ["--version", "-dumpmachine", "-print-search-dirs", "-Wl,--version"])
def test_questions_need_no_source(query: str):
    assert _read(query, "-c").mode is Mode.QUERY


def test_conventions_are_chosen():
    assert not _read("-c", "a.f").retargeting.hidden_lengths
    assert _read("-c", "a.f", "-fhidden-lengths").retargeting.hidden_lengths
    names = _read("-c", "a.f", "-fstar-lengths=Told,shown").retargeting.star_lengths
    assert names[-2:] == ("told", "shown")
    assert "xerbla" in names


def test_make_rule_is_asked_for():
    request = _read("-c", "a.f", "-MD", "-MF", "a.d", "-MT", "a.o")
    assert (request.dependencies, request.target) == ("a.d", "a.o")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-c", "a.f", "-m64"), "-m64 cannot be used: addresses have 32 bits"),
        (("-c", "a.f", "--target=x86_64-linux"), "the target is always wasm32"),
        (("-c", "a.f", "-target", "x86_64-linux"), "the target is always wasm32"),
        (("-c", "a.f", "-fopenacc"), "there are no accelerators"),
        (("-c", "a.f", "-fcheck=all"), "no run-time checks"),
        (("-c", "a.f", "-fno-underscoring"), "external names end in an underscore"),
        (("-c", "a.f", "-frobnicate"), "-frobnicate cannot be used: it is not known"),
        (("-c", "a.f", "-x", "c"), "compiles Fortran only"),
        (("-c",), "no Fortran source is named"),
        (("-c", "a.f", "-o"), "-o needs a value"),
        (("-c", "a.f", "b.f", "-o", "x.o"), "cannot be the output of 2 sources"),
        ((), "nothing to compile or to link"),
    ],
)
def test_what_cannot_be_done_is_told(words: tuple[str, ...], said: str):
    with pytest.raises(Unsupported) as caught:
        _read(*words)
    assert said in str(caught.value)


def test_processors_are_ignored_as_for_c():
    assert _read("-c", "a.f", "-march=native", "-mtune=generic").back == ()
