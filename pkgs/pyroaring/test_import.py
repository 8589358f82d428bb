"""Sets of integers as Python's own, bytes as the native package writes them, in 32 and 64 bits."""

from pyroaring import BitMap, BitMap64, FrozenBitMap

left, right = set(range(0, 200000, 3)), set(range(100000, 150000)) | {2**32 - 1}
ours, other = BitMap(left), BitMap(right)
for operation in ("__or__", "__and__", "__sub__", "__xor__"):
    assert set(getattr(ours, operation)(other)) == getattr(left, operation)(right), operation
assert (len(ours), ours.min(), ours.max(), ours[1000], ours.rank(3000)) == (66667, 0, 199998, 3000, 1001)
assert list(other[-2:]) == [149999, 2**32 - 1]
written = BitMap([1, 2, 3, 100000, 2**32 - 1]).serialize()
assert written.hex() == "3a300000030000000000020001000000ffff0000200000002600000028000000010002000300a086ffff", (
    written.hex()
)
assert BitMap.deserialize(written) == BitMap([1, 2, 3, 100000, 2**32 - 1])
dense = BitMap(range(1000, 70000))
dense.run_optimize()
assert dense.serialize().hex() == "3b30010003000017fc01006f110100e80317fc010000006f11", dense.serialize().hex()
large = BitMap64([2**63, 5, 2**40]) | BitMap64(range(3))
assert list(large) == [0, 1, 2, 5, 2**40, 2**63]
assert BitMap64.deserialize(large.serialize()) == large
assert hash(FrozenBitMap([1, 2])) == hash(FrozenBitMap([2, 1]))
assert round(ours.jaccard_index(other), 12) == 0.166656666867
try:
    BitMap([-1])
except OverflowError:
    pass
else:
    raise AssertionError
print("pyroaring: sets and bytes as native")
