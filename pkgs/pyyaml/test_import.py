"""The parser and the emitter in C agree with those in Python; mistakes are told with their place."""

import yaml

TEXT = """
name: &n Zürich
list: [1, 2.5, true, null, 2026-11-26]
again: *n
folded: >
  two
  lines
nested: {a: [{b: c}]}
"""

assert yaml.__with_libyaml__
loaded = yaml.load(TEXT, Loader=yaml.CSafeLoader)
assert loaded == yaml.load(TEXT, Loader=yaml.SafeLoader)
assert loaded["again"] == "Zürich"
assert loaded["folded"] == "two lines\n"
for flow in (False, True):
    options = {"allow_unicode": True, "sort_keys": True, "default_flow_style": flow}
    written = yaml.dump(loaded, Dumper=yaml.CSafeDumper, **options)
    assert written == yaml.dump(loaded, Dumper=yaml.SafeDumper, **options)
    assert yaml.load(written, Loader=yaml.CSafeLoader) == loaded
try:
    yaml.load("a: [1, 2", Loader=yaml.CSafeLoader)
except yaml.YAMLError as error:
    place = error.problem_mark
    assert (place.line, place.column) == (1, 0), place
else:
    raise AssertionError
print(f"pyyaml {yaml.__version__}: libyaml and Python agree")
