"""The values were computed with preshed 3.0.15 on x86_64."""

from preshed.bloom import BloomFilter
from preshed.counter import PreshCounter
from preshed.maps import PreshMap

table = PreshMap()
for number in range(1, 101):
    table[number * 7 + 1] = number
assert (len(table), table[8], table[3], table.capacity) == (100, 1, None, 256)
assert sorted(table.keys())[:3] == [8, 15, 22]
table[2**63 + 5] = 11
assert table[2**63 + 5] == 11
assert table.pop(8) == 1
assert table[8] is None

counter = PreshCounter()
counter.inc(12, 5)
counter.inc(14, 1)
assert (counter.total, counter[12], counter[99]) == (6, 5, 0)

seen = BloomFilter()
seen.add(42)
again = BloomFilter().from_bytes(seen.to_bytes())
assert [42 in again, 43 in again] == [True, False]

print("preshed: a table, a counter and a filter hold what they were given")
