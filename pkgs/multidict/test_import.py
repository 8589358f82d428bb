"""The compiled dictionary is the one that is used, and has what the pure one has."""

import multidict
from multidict import _multidict, _multidict_py

assert multidict.MultiDict is _multidict.MultiDict
compiled = multidict.CIMultiDict([("A", 1), ("b", 2), ("a", 3)])
pure = _multidict_py.CIMultiDict([("A", 1), ("b", 2), ("a", 3)])
assert compiled.getall("a") == pure.getall("a") == [1, 3]
assert list(compiled.items()) == list(pure.items())
compiled.popall("A")
assert list(compiled.items()) == [("b", 2)]
print("multidict: as the pure one")
