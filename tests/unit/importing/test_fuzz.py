"""No text of a recipe makes a traceback, costs much, or becomes a recipe that cannot be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fuzz import Cases, few_or_many, mutated_text, odd_text, try_cases
from importer import imported
from recipe_known import KNOWN

from wasmwright.importing.findings import Level
from wasmwright.importing.places import has_place
from wasmwright.importing.reach import unseen
from wasmwright.importing.run import System
from wasmwright.recipe.hunks import changes
from wasmwright.recipe.model import BuildSystem
from wasmwright.recipe.parse import parse_recipe
from wasmwright.recipe.problems import Problems

if TYPE_CHECKING:
    import random

    from wasmwright.importing.compose import ImportedRecipe

FIXTURES = Path(__file__).parents[2] / "fixtures" / "importing"
SAMPLES = {
    system: [path.read_text(encoding="utf-8") for path in sorted((FIXTURES / system).glob("*/*.yaml"))]
    for system in System
}
_EXPRESSIONS = (
    *("${{ version }}", "${{ name[0] }}", "${{ compiler('c') }}", "${{ x | replace('a', 'b') }}", "${{ (", "${{ '"),
    *(
        "{{ 1 + 1 }}",
        "${{ a if b else c }}",
        "${{ version.split('.')[:2] | join('-') }}",
        "${{ -1 ~ none }}",
        "*a",
        "&a",
    ),
)


def _broken(rng: random.Random) -> tuple[System, str]:
    """A recipe of the fixtures with lines gone, swapped, indented, replaced, and values that are odd."""
    system = rng.choice([*System])
    lines = rng.choice(SAMPLES[system]).splitlines()
    for _ in range(rng.randrange(1, 5)):
        at = rng.randrange(len(lines))
        key, colon, _ = lines[at].partition(":")
        match rng.randrange(6):
            case 0:
                del lines[at]
            case 1:
                lines.insert(rng.randrange(len(lines) + 1), lines[at])
            case 2:
                lines[at] = f"{key}{colon} {rng.choice(_EXPRESSIONS)}"
            case 3:
                lines[at] = f"{key}{colon} {odd_text(rng)}"
            case 4:
                lines[at] = " " * rng.randrange(1, 4) + lines[at]
            case _:
                lines[at] = lines[at].replace(rng.choice([" ", "-", "$", '"', "\\"]), odd_text(rng))
        lines = lines or ["a: 1"]
    text = "\n".join(lines) + "\n"
    return system, mutated_text(rng, [text]) if rng.random() < 0.25 else text


def _check(case: tuple[System, str]) -> ImportedRecipe:
    system, text = case
    one = imported(system, text)
    assert (one.text is None) is (one.level is Level.REFUSED or one.is_needless)
    assert all(finding.message and "\n" not in str(finding) for finding in one.findings)
    # Marks of folders and the like are of the importer alone.
    assert has_place(text) or not any(map(has_place, (one.text or "", *map(str, one.findings))))
    if one.text is not None:
        problems = Problems()
        assert one.name is not None
        parse_recipe(one.text, Path(one.name, "recipe.toml"), (), problems, known=KNOWN)
        assert not problems.found, problems.found[0]
    return one


@few_or_many
def test_broken_recipes(cases: Cases) -> None:
    try_cases(_check, _broken, cases, refusals=())


def _script(rng: random.Random) -> tuple[System, str]:
    words = (
        *(
            "emconfigure",
            "./configure",
            "emcmake",
            "cmake",
            "..",
            "make",
            "install",
            "-j",
            "meson",
            "setup",
            "ninja",
            "cd",
        ),
        *(
            "export",
            "A=$B",
            'CFLAGS="$CFLAGS -x"',
            "-DX=${PREFIX}/lib",
            "--prefix=$PREFIX",
            "pip",
            "-C",
            "a=b",
            "rm",
            "cp",
        ),
        *(
            "if",
            "then",
            "fi",
            "for",
            "do",
            "done",
            "[[",
            "]]",
            "==",
            "$(",
            ")",
            "`",
            "'",
            '"',
            "\\",
            "<<",
            "EOF",
            "|",
            ";",
        ),
        *(
            "embuilder",
            "build",
            "zlib",
            "python",
            "-m",
            "install",
            ".",
            "&&",
            "\n",
            "\n",
            "\n",
            "autoreconf",
            "-s",
            "USE_X=1",
        ),
        *(
            "sed",
            "-i",
            "s/a/b/",
            "-e",
            "perl",
            "-pi",
            "find",
            "-exec",
            "{}",
            "+",
            "-delete",
            "xargs",
            "grep",
            "mv",
            "ln",
        ),
        *("a.c", "CMakeLists.txt", "$PREFIX/bin/", "$PREFIX/lib/a.pc", "$RECIPE_DIR/a.cmake", ">", ">>", "SHARED=no"),
        *("static", "source", "activate", "eval", "conda", "echo", "install_libs", "-C", "set_property(GLOBAL)"),
    )
    script = " ".join(rng.choice([*words, odd_text(rng)]) for _ in range(rng.randrange(1, 40)))
    lines = "".join(f"    {line}\n" for line in script.replace("\0", "").splitlines())
    kind = rng.choice(["static_library", "package"])
    source = f"source: {{url: 'https://x.example/a-1.tar.gz', sha256: {'ab' * 32}}}\nabout: {{PyPI: https://x.example/project/a}}"
    head = f"package: {{name: a, version: 1}}\n{source}\nrequirements: {{host: [zlib, libb]}}\n"
    return System.PYODIDE, f"{head}build:\n  type: {kind}\n  script: |\n{lines or '    x'}"


def _patch(rng: random.Random) -> str:
    """A patch of C or CMake with conditions that fit badly."""
    names = (
        "_WIN32",
        "__EMSCRIPTEN__",
        "X",
        "WIN32",
        "UNIX",
        "MSVC",
        "1",
        "(",
        ")",
        "!",
        "NOT",
        "AND",
        "&&",
        "||",
        ">=",
    )
    begins = (
        "#if",
        "#ifdef",
        "#ifndef",
        "#elif",
        "#else",
        "#endif",
        "# if",
        "if(",
        "elseif(",
        "else()",
        "endif()",
        "/*",
        "//",
    )
    file = rng.choice(["a.c", "CMakeLists.txt", "a.cmake", "a.h.in", "tests/a.py", odd_text(rng).strip() or "a"])
    lines = []
    for _ in range(rng.randrange(1, 20)):
        words = [rng.choice([*names, *begins, odd_text(rng), "*/", "\\"]) for _ in range(rng.randrange(0, 6))]
        lines.append(rng.choice(" +-") + rng.choice(begins) + " " + " ".join(words).replace("\n", " "))
    old, new = (sum(line[0] != mark for line in lines) for mark in "+-")
    text = "\n".join([f"--- a/{file}", f"+++ b/{file}", f"@@ -1,{old} +1,{new} @@", *lines])
    return mutated_text(rng, [text]) if rng.random() < 0.25 else text


def _check_patch(text: str) -> None:
    try:
        found = [*changes(text)]
    except ValueError:
        return
    for system in (None, *BuildSystem):
        assert unseen(found, system, ()) != ""
    # Of what changes nothing nothing is seen, in a file that is read.
    same = [replace(one, hunks=tuple(replace(hunk, new=hunk.old) for hunk in one.hunks)) for one in found]
    files = [one.file for one in same]
    assert unseen(same, None, ()) is not None or not all(file.endswith((".c", ".cmake", ".h.in")) for file in files)


@few_or_many
def test_odd_patches(cases: Cases) -> None:
    try_cases(_check_patch, _patch, cases, refusals=())


@few_or_many
def test_odd_scripts(cases: Cases) -> None:
    try_cases(_check, _script, cases, refusals=())
