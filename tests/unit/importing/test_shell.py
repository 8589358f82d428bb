from __future__ import annotations

import pytest

from wasmwright.importing.expansion import UnknownWord, expand
from wasmwright.importing.flow import commands

SCRIPT = r"""
set -ex
export A="x $B" C='q$D' E=\$F  # said
mkdir -p build; cd build && emcmake cmake \
   -DX="${DIR}/lib" \
   -DY=$(pkg-config --cflags x) -DZ=`date` ..
if [[ "${target_platform}" == osx-* ]]; then
  sed -i x y
else
  echo yes
fi
if [ -f x ]; then foo; fi
for f in a b; do bar $f; done
cat > x << 'EOF'
rm -rf everything
EOF
printf "a" | tee x
"""


def test_commands_have_words_lines_and_what_is_around_them():
    found = list(commands(SCRIPT, {"target_platform": "emscripten-wasm32"}))
    assert [(one.line, one.words[0]) for one in found if not one.nested and not one.piped] == [
        *[(2, "set"), (3, "export"), (4, "mkdir"), (4, "cd"), (4, "emcmake"), (10, "echo")],
        *[(13, "f=a"), (13, "bar"), (13, "f=b"), (13, "bar"), (14, "cat")],
    ]
    assert [one.words[0] for one in found if one.nested] == ["foo"]
    assert [one.words[0] for one in found if one.piped] == ["printf", "tee"]
    assert not any("everything" in one.text for one in found)


def test_words_are_expanded_as_far_as_they_are_known():
    known = {"B": "b", "DIR": "/d"}
    found = {one.words[0]: one.words for one in commands(SCRIPT, {})}
    assert [expand(word, known, where="x") for word in found["export"][1:]] == ["A=x b", "C=q$D", "E=$F"]
    assert [expand(word, known, where="x") for word in found["emcmake"][2:4]] == ["-DX=/d/lib", "-DY="]
    with pytest.raises(UnknownWord):
        expand(found["emcmake"][4], known, where="x")
    assert expand("${JOBS:-3}${B:-4}${B:+5}", known, where="x") == "3b5"


@pytest.mark.parametrize(
    "text", ["'", '"', "$(", "`", "\\", "<<", "<< X", "if", "fi", "$((1))", "a=$(b 'c)", "x &", ">&"]
)
def test_what_does_not_end_is_read_to_its_end(text: str):
    list(commands(text, {}))
    list(commands(f"{text}\nfoo\n", {}))


ARRAYS = """
options=(
  --one   # of them
  "--two=$X"
)
options+=(--three) && configure "${options[@]}" \\
  --four
a | b
make 2>&1 | tee log | tail
printf x | tee file
"""


def test_arrays_are_words_and_those_that_look_on_no_commands():
    found = list(commands(ARRAYS, {}))
    assert [one.words for one in found[:3]] == [
        ("options=(", "--one", "--two=$X"),
        ("options+=(", "--three"),
        ("configure", "${options[@]}", "--four"),
    ]
    assert found[2].lines == (6, 6, 7)
    assert [(one.line, one.text, one.piped) for one in found[3:]] == [
        *[(8, "a | b", True), (8, "a | b", True), (9, "make 2>&1", False)],
        *[(10, "printf x | tee file", True), (10, "printf x | tee file", True)],
    ]


@pytest.mark.parametrize(
    ("condition", "run"),
    [
        ('[[ "$a" == 1 && $b != 3 ]]', ["yes"]),
        ("[[ $a == 2 || $b == 2 ]]", ["yes"]),
        ("[[ $a == 2 ]]", ["no"]),
        ("[[ $c == 2 && $a == 2 ]]", ["no"]),
        ('[ -n "$a" ]', ["yes"]),
        ("[[ -z ${a:-} ]]", ["no"]),
        ("! [[ $a == 1 ]]", ["no"]),
        ("[[ $c == 2 && $a == 1 ]]", ["yes?", "no?"]),
        ("[[ -f x ]]", ["yes?", "no?"]),
    ],
)
def test_conditions_are_decided_as_far_as_their_variables_are_known(condition: str, run: list[str]):
    script = f"if {condition}; then\n yes\nelse\n no\nfi"
    known = {"a": "1", "b": "2"}
    assert [one.words[0] + "?" * one.nested for one in commands(script, known)] == run


def test_of_several_branches_the_first_that_holds_is_run():
    tried = (
        "if [[ $a == 2 ]]; then one",
        "elif [[ $a == 1 ]]; then two",
        "elif [[ $a == 1 ]]; then three",
        "else four",
    )
    script = "; ".join([*tried, "fi"])
    assert [one.words[0] for one in commands(script, {"a": "1"})] == ["two"]
    assert [one.words[0] for one in commands(script, {"a": "3"})] == ["four"]
    assert [one.nested for one in commands(script, {})] == [True] * 4


def test_what_some_commands_print_is_known():
    words = next(
        iter(commands("x $(pwd) $(nproc --all) `which cmake` $(uname -s) $(em-config CACHE)/y $(date)", {}))
    ).words
    assert words[1:6] == (".", "1", "cmake", "Linux", "${EMSDK}/y")
    with pytest.raises(UnknownWord):
        expand(words[6], {}, where="x")
