"""The compiled functions give what those of toolz give, a pure wheel of the index."""

import cytoolz
import toolz
from cytoolz import curried

for library in (cytoolz, toolz):
    assert library.groupby(len, ["a", "bb", "c"]) == {1: ["a", "c"], 2: ["bb"]}
    assert list(library.sliding_window(2, range(4))) == [(0, 1), (1, 2), (2, 3)]
    assert list(library.partition_all(3, range(7))) == [(0, 1, 2), (3, 4, 5), (6,)]
    assert library.pipe(3, library.curry(lambda a, b: a + b)(1), str) == "4"
    assert library.merge_with(sum, {"a": 1}, {"a": 2, "b": 3}) == {"a": 3, "b": 3}
    assert library.assoc_in({"a": {"b": 1}}, ["a", "c"], 2) == {"a": {"b": 1, "c": 2}}
    assert library.countby(str.lower, "aAb") == {"a": 2, "b": 1}
    assert list(library.unique([1, -1, 2], key=abs)) == [1, 2]
    assert list(library.accumulate(lambda a, b: a * b, [1, 2, 3, 4])) == [1, 2, 6, 24]
    assert sorted(library.join(0, [(1, "a"), (2, "b")], 0, [(2, "c")])) == [((2, "b"), (2, "c"))]
    assert library.reduceby(lambda x: x % 2, lambda a, b: a + b, range(5), 0) == {0: 6, 1: 4}
assert list(curried.map(lambda x: x + 1)([1, 2])) == [2, 3]
print("cytoolz: as toolz")
