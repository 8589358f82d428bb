"""Maps in C as those in Python: values that collide, changes that leave the old one, mutation."""

import immutables
from immutables import _map
from immutables import map as plain

assert immutables.Map is _map.Map
assert plain.Map is not _map.Map


class Collides:
    """A key of which all have the same hash."""

    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return 5

    def __eq__(self, other):
        return isinstance(other, Collides) and self.name == other.name


keys = [Collides(i) for i in range(40)]
for kind in (_map.Map, plain.Map):
    empty = kind()
    full = empty
    for i in range(3000):
        full = full.set(f"key {i}", i)
    assert (len(empty), len(full), sum(full.values())) == (0, 3000, 4498500)
    less = full
    for i in range(0, 3000, 2):
        less = less.delete(f"key {i}")
    assert (len(less), len(full), less.get("key 7"), less.get("key 8")) == (1500, 3000, 7, None)
    with less.mutate() as change:
        for key in keys:
            change[key] = key.name
        del change["key 7"]
        more = change.finish()
    assert (len(more), more[keys[33]], "key 7" in more, "key 7" in less) == (1539, 33, False, True)
    assert kind(a=1) == kind({"a": 1}) != kind(a=2)
    assert hash(kind(a=1, b=2)) == hash(kind(b=2, a=1))
    try:
        less.delete("key 8")
    except KeyError:
        pass
    else:
        raise AssertionError(kind)
print("immutables: C and Python agree")
