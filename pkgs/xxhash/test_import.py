"""Hashes of the native package, in one piece and in many, of more bytes than any of its inner blocks."""

import xxhash

assert xxhash.xxh32(b"a", seed=0).hexdigest() == "550d7456"
assert xxhash.xxh64(b"a", seed=0).hexdigest() == "d24ec4f1a98c6e5b"
assert xxhash.xxh3_64_hexdigest(b"") == "2d06800538d394c2"
data = bytes(range(256)) * 40
for new, seed, digest in (
    (xxhash.xxh32, 0, "90c561fa"),
    (xxhash.xxh64, 2**63, "88f890f2fa0cb0cd"),
    (xxhash.xxh3_64, 7, "17ea8dd6c8a00867"),
    (xxhash.xxh3_128, 7, "52c3958708d67c4a17ea8dd6c8a00867"),
):
    whole, parts = new(data, seed=seed), new(seed=seed)
    for begin in range(0, len(data), 1000):
        parts.update(data[begin : begin + 1000])
    assert whole.hexdigest() == parts.hexdigest() == digest, (new, whole.hexdigest())
print(f"xxhash {xxhash.XXHASH_VERSION}: hashes as native")
