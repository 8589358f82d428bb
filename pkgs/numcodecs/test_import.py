"""What each codec makes of a ramp, and back; bytes and hashes of the native package."""

import hashlib

import numcodecs
import numpy as np

ramp = np.arange(10_000, dtype="<i4")
for codec in (
    numcodecs.Blosc("lz4", 5, numcodecs.Blosc.SHUFFLE),
    numcodecs.Blosc("zstd", 3, numcodecs.Blosc.BITSHUFFLE),
    numcodecs.Blosc("blosclz", 9, numcodecs.Blosc.NOSHUFFLE),
    numcodecs.Blosc("zlib", 1),
    numcodecs.LZ4(),
    numcodecs.Zstd(5),
    numcodecs.Zlib(6),
    numcodecs.GZip(6),
    numcodecs.Shuffle(4),
    numcodecs.Delta("<i4"),
):
    made = codec.encode(ramp)
    back = np.frombuffer(codec.decode(made), "<i4") if not isinstance(codec, numcodecs.Delta) else codec.decode(made)
    assert (back == ramp).all(), codec
sizes = [len(numcodecs.Blosc(name, 5).encode(ramp)) for name in ("blosclz", "lz4", "lz4hc", "zlib", "zstd")]
assert sizes == [693, 646, 646, 571, 400], sizes
hashes = [hashlib.sha256(codec.encode(ramp)).hexdigest()[:16] for codec in (numcodecs.LZ4(), numcodecs.Zstd(5))]
assert hashes == ["11c758eb27052f9f", "929d016e44c8fc5d"], hashes
checks = [bytes(codec.encode(ramp)[-4:]).hex() for codec in (numcodecs.Fletcher32(), numcodecs.JenkinsLookup3())]
assert checks == ["dff294d4", "ef31d5d4"], checks

words = np.array(["a", "bcd", "é"], dtype=object)
made = numcodecs.VLenUTF8().encode(words)
assert bytes(made[4:]) == b"\x01\0\0\0a\x03\0\0\0bcd\x02\0\0\0\xc3\xa9", made
assert numcodecs.VLenUTF8().decode(made).tolist() == words.tolist()
broken = bytearray(numcodecs.Fletcher32().encode(ramp))
broken[7] ^= 1
try:
    numcodecs.Fletcher32().decode(bytes(broken))
except RuntimeError:
    pass
else:
    raise AssertionError
print("numcodecs: ten codecs, there and back")
