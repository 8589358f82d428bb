"""The values were computed with mmh3 5.3.1 on x86_64."""

import mmh3

data = bytes(range(256)) * 40
assert mmh3.hash("foo") == -156908512
assert mmh3.hash("foo", 42, signed=False) == 2972666014
assert mmh3.hash64(data, 7) == (-4159347247362649012, 1675507349322365638)
assert mmh3.hash64(data, 7, x64arch=False) == (2150501500097764397, 2891533244862129227)
assert mmh3.hash_bytes(b"aaaa").hex() == "dfe76cd7f2f52b11bfaf20f82345a1de"
assert mmh3.hash128(data, 7, signed=True) == 30907655266569147860734321443732673612
for new in (mmh3.mmh3_32, mmh3.mmh3_x64_128, mmh3.mmh3_x86_128):
    whole, parts = new(data, seed=9), new(seed=9)
    for begin in range(0, len(data), 999):
        parts.update(data[begin : begin + 999])
    assert whole.digest() == parts.digest(), new
assert mmh3.mmh3_x64_128(data, seed=9).digest().hex() == "5fd7300ffed6e5065680f9f11b42eb46"
print("mmh3: hashes as native")
