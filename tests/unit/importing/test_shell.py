from __future__ import annotations

import pytest

from wasmwright.importing.shell import UnknownWord, commands, expand

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
        *[(2, "set"), (3, "export"), (4, "mkdir"), (4, "cd"), (4, "emcmake"), (10, "echo"), (14, "cat")],
    ]
    assert [one.words[0] for one in found if one.nested] == ["foo", "for", "bar"]
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
