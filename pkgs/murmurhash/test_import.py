"""The values were computed with murmurhash 1.0.16 on x86_64."""

from pathlib import Path

import murmurhash
from murmurhash import mrmr

assert mrmr.hash("hello world") == 1586663183
assert mrmr.hash("anxiety") == -1859125401
assert mrmr.hash("wasm", 42) == -1616346396
assert mrmr.hash_bytes(b"abc", 1) == -1435112961
assert (Path(murmurhash.get_include()) / "murmurhash" / "MurmurHash3.h").exists()

print("murmurhash: four texts have their known hashes")
