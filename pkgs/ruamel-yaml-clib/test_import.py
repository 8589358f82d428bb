"""ruamel.yaml reads and writes with the parser and emitter in C, as with those in Python; mistakes have their place."""

import io

import _ruamel_yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

TEXT = """\
a: [1, 0o17, 1.5e3, .inf, null, yes, "yes"]
date: 2024-02-29
base: &base {x: 1}
merged: {<<: *base, y: 2}
über: |
  text
   more
"""
assert _ruamel_yaml.get_version() == (0, 1, 7)
fast, plain = YAML(typ="safe", pure=False), YAML(typ="safe", pure=True)
assert issubclass(fast.Parser, _ruamel_yaml.CParser)
read = fast.load(TEXT)
assert read == plain.load(TEXT)
assert read["merged"] == {"x": 1, "y": 2}
assert read["über"] == "text\n more\n"
written = io.StringIO()
fast.default_flow_style = False
fast.dump({"b": [1, {"c": "ü: x"}], "a": None}, written)
assert written.getvalue() == "a: null\nb:\n- 1\n- c: 'ü: x'\n"
assert fast.load(written.getvalue()) == {"b": [1, {"c": "ü: x"}], "a": None}
try:
    fast.load("a: [1,\nb: }")
except MarkedYAMLError as error:
    assert (error.problem_mark.line, error.problem_mark.column) == (1, 3), error
else:
    raise AssertionError
print("ruamel-yaml-clib: C and Python agree")
