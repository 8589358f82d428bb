from __future__ import annotations

import pytest

from wasmwright.importing.flow import commands

KNOWN = {"a": "1", "platform": "emscripten-wasm32", "build": "linux-64"}


def run(script: str, known: dict[str, str] | None = None) -> list[str]:
    """What is run, each with a question mark where that is not known."""
    return [" ".join(one.words) + "?" * one.nested for one in commands(script, KNOWN if known is None else known)]


@pytest.mark.parametrize(
    ("script", "found"),
    [
        (
            "case $platform in\n linux-*|osx-*) one ;;\n emscripten-*)\n two\n three ;;\n *) four ;;\nesac\nend",
            "two,three,end",
        ),
        ("case $unheard in a) one ;; *) two ;; esac", "one?,two?"),
        ("case $a in 2) one ;; esac; two", "two"),
        ("if [[ $build != $platform ]]; then one; fi", "one"),
        ("if [[ $platform =~ ^(linux|osx).* ]]; then one; else two; fi", "two"),
        ("if [[ $platform =~ wasm ]]; then one; fi", "one"),
        ("if [[ $platform =~ (w+a)+ ]]; then one; fi", "one?"),
        ("if [ $a = 1 ] && [ $a = 2 ]; then one; else two; fi", "two"),
        ("if [ $a = 2 ] || test $a = 1; then one; else two; fi", "one"),
        ("if ! make; then one; fi; two", "make,two"),
        ("if true; then\n if [[ $a == 2 ]]; then one; else two; fi\nelse three; fi", "two"),
        ("[[ $a == 2 ]] && one; two", "[[ $a == 2 ]],two"),
        ("[[ $a == 1 ]] && one || two", "[[ $a == 1 ]],one"),
        ("[[ $a == 2 ]] ||\n  one", "[[ $a == 2 ]],one"),
        ("which x || one; two", "which x,one?,two"),
        ("make || one; two", "make,two"),
        ("false || one", "false,one"),
        ("for x in p q; do one $x; done", "x=p,one $x,x=q,one $x"),
        ("for x in *.c; do one; done; two", "for x in *.c?,one?,two"),
        ("for x in $LIST; do one; done", "for x in $LIST?,one?"),
        ("while read x; do one; done", "while read x?,one?"),
        ("f() { one; }; two; f; f", "two,one,one"),
        ('function f\n{\n one "$@" -z\n}\nf p q', "one p q -z"),
        ("(cd x && one); two", "(,cd x,one,),two"),
        ("{ one; two; }; three", "one,two,three"),
        ("one &> log; two >& log", "one &> log,two >& log"),
    ],
)
def test_what_is_run_is_known_as_far_as_conditions_are(script: str, found: str):
    assert run(script) == found.split(",")


def test_variables_of_the_script_are_known_to_what_follows():
    known = {"a": "1"}
    walk = commands("x=2\nif [[ $x == 2 ]]; then one; fi", known)
    assert next(walk).words == ("x=2",)
    known["x"] = "2"
    assert [(one.words, one.nested) for one in walk] == [(("one",), False)]


@pytest.mark.parametrize(
    "script",
    [
        "if a; then\n" * 5000,
        "f() { f; f; }\nf",
        "for x in a b c d e f g h; do\n" * 12 + "one\n" + "done\n" * 12,
        "case x in\n" * 3000 + "esac\n" * 3000,
        "( " * 3000 + ")" * 3000,
        "f() {\n" * 3000,
        "${" * 5000,
        "a && " * 5000 + "b",
        "{ " * 2000 + "one" + "; }" * 2000,
    ],
)
def test_scripts_without_end_are_read_to_one(script: str):
    assert len(list(commands(script, KNOWN))) < 20_000


@pytest.mark.parametrize(
    "opening", ["if", "if a; then", "for a in 1; do", "for a in *; do", "while", "{", "f() {\n  x\n}\nif a"]
)
def test_block_without_its_end_loses_nothing(opening: str):
    for last in ("last", "first\n last"):
        found = [one.words[-1] for one in commands(f"{opening}\n  {last}\n", {})]
        assert found[-1] == "last"
    assert [one.words for one in commands("f() {\n  first\n", {})] == []
