"""Every value of these texts is the number of the line that it stands on."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wasmwright.recipe.positions import Positions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wasmwright.recipe.positions import Place

PKGS = Path(__file__).parents[3] / "pkgs"
ODD = '''\
# a comment with [brackets] and "quotes"
top = 2
"quoted \\u0041" = 3 # and ] this
'literal.key' = "4"
[package] # 5
package.name = 6
"ver.sion" = '7'
[ source . more ]  # spaces
  a . "b" . c = 9
inline = { x = 10, 'y' = { z = 10 }, list = [10, 10] }
list = [ # eleven
  12,
  "13", '13',  # not the line
# nothing here

  { deep = 16 },
]
text = """18
[not-a-table]
not = "a key"
ends with \\""" and two more quotes"""""
other = \'\'\'22
[[no]] \'\'\'
date = 1979-05-27 07:32:24
[[tests.suite]]
name = 26
[[tests.suite]]
name = 28
[tests.suite.inner]
name = 30
[[tests.suite.twice]]
name = 32
[[tests.suite.twice]]
name = 34
[last]
'''


def leaves(value: object, place: Place = ()) -> Iterator[tuple[Place, object]]:
    if isinstance(value, dict):
        for name, entry in value.items():
            yield from leaves(entry, (*place, name))
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield from leaves(entry, (*place, number))
    else:
        yield place, value


def places(value: object, place: Place = ()) -> Iterator[Place]:
    """All that a TOML parser finds: tables, lists and values."""
    if place:
        yield place
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, entry in entries:
        yield from places(entry, (*place, name))


def check(text: str) -> None:
    document = tomllib.loads(text)
    positions = Positions(text)
    assert set(positions.lines) == set(places(document))
    told = [(positions.line(place), value) for place, value in leaves(document)]
    assert [line for line, _ in told] == [int(str(value).split("\n")[0]) for _, value in told]


def test_odd_spellings():
    lines = ODD.splitlines()
    number = next(number for number, line in enumerate(lines, 1) if line.startswith("date"))
    check(ODD.replace("1979-05-27 07:32:24", str(number)))
    positions = Positions(ODD)
    assert positions.line(("date",)) is None
    assert positions.line(("source", "more", "date")) == number
    assert positions.line(("tests", "suite", 1, "twice", 1)) == 33
    assert positions.line(("tests", "suite", 1, "nothing")) == 27
    assert positions.line(("package",)) == 5
    assert positions.line(("nothing", "at", "all")) is None


def test_lines_that_end_as_on_windows():
    check('a = 1\r\n[b]\r\nc = [\r\n4,\r\n]\r\nd = """6\r\nx"""\r\ne = 8\r\n')


@pytest.mark.parametrize("path", sorted(PKGS.glob("*/recipe.toml")), ids=lambda path: path.parent.name)
def test_all_places_of_our_recipes(path: Path):
    text = path.read_text(encoding="utf-8")
    assert set(Positions(text).lines) == set(places(tomllib.loads(text)))


class Writer:
    """Writes valid TOML in random spellings."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.text = ""
        self.names = 0

    def document(self) -> str:
        for _ in range(self.random.randint(0, 3)):
            self.pair()
        for number in range(self.random.randint(1, 4)):
            name = f'"t {number}"' if self.random.random() < 0.3 else f"t{number}"
            inner = self.random.choice(["", ".inner", " . 'in ner'"])
            if self.random.random() < 0.4:
                for _ in range(self.random.randint(1, 3)):
                    self.text += f"[[{name}{inner}]]{self.comment()}\n"
                    self.pair()
            else:
                self.text += f"[ {name}{inner} ]{self.comment()}\n"
                for _ in range(self.random.randint(0, 4)):
                    self.pair()
        return self.text

    def pair(self) -> None:
        self.text += self.random.choice(["", "\n", "# [x] = 'y\n", "  "])
        self.text += f"{self.key()}{self.random.choice([' = ', '=', ' =  '])}"
        self.value(3)
        self.text += f"{self.comment()}\n"

    def key(self) -> str:
        self.names += 1
        name = f"k{self.names}"
        spelled = [
            name,
            f'"{name}"',
            f"'{name}'",
            f"{name}.x",
            f'{name} . "y.]#"',
            f"{name}.'a=b'.c",
            f'"\\u0061{name}"',
        ]
        return self.random.choice(spelled)

    def value(self, depth: int) -> None:
        kind = self.random.choice(["text", "text", "array", "table"]) if depth else "text"
        if kind == "text":
            line = self.text.count("\n") + 1
            forms = [f"{line}", f'"{line}"', f"'{line}'", f'"""{line}\n#[[x]]\\"\n"""', f"'''{line}\n\\ = {{\n'''"]
            self.text += self.random.choice(forms)
        elif kind == "array":
            self.text += "["
            for _ in range(self.random.randint(0, 3)):
                self.text += self.random.choice(["", "\n", " # ], 'x\n\n"])
                self.value(depth - 1)
                self.text += self.random.choice([",", " ,\n", "\n,"])
            self.text += "]"
        else:
            self.text += "{"
            count = self.random.randint(0, 3)
            for number in range(count):
                self.text += f" {self.key()} = "
                self.value(depth - 1)
                self.text += ", " if number < count - 1 else " "
            self.text += "}"

    def comment(self) -> str:
        return self.random.choice(["", "", ' # "x = [', "  "])


@pytest.mark.parametrize("seed", range(200))
def test_random_spellings(seed: int):
    check(Writer(seed).document())
