"""The compiled list is the one that is used; it takes no more once it is frozen, and has a hash only then."""

import frozenlist
from frozenlist import _frozenlist

assert frozenlist.FrozenList is _frozenlist.FrozenList
items = frozenlist.FrozenList([1, 2])
items.append(3)
items[0:1] = [7, 8]
assert items == [7, 8, 2, 3]
try:
    hash(items)
except RuntimeError:
    pass
else:
    raise AssertionError
items.freeze()
assert items.frozen
for change in (lambda: items.append(4), lambda: items.__delitem__(0), lambda: items.insert(0, 1)):
    try:
        change()
    except RuntimeError:
        pass
    else:
        raise AssertionError
assert hash(items) == hash((7, 8, 2, 3))
assert (items.index(2), items.count(9), list(reversed(items))) == (2, 0, [3, 2, 8, 7])
print("frozenlist: freezes")
