"""The compiled packer is the one that is used; bytes as the format's specification has them."""

import datetime as dt

import msgpack
from msgpack import _cmsgpack

assert msgpack.Packer is _cmsgpack.Packer
assert msgpack.packb([1, 2**16, 2**32, -1]) == bytes.fromhex("9401ce00010000cf0000000100000000ff")
assert msgpack.packb({"a": 1.5, "b": b"\x00"}) == bytes.fromhex("82a161cb3ff8000000000000a162c40100")
assert msgpack.packb(1.5, use_single_float=True) == bytes.fromhex("ca3fc00000")
data = {"a": [1, -(2**40), 2**63, 1.5, None, True], "b": b"\x00" * 70000, "ü": "ß" * 300}
assert msgpack.unpackb(msgpack.packb(data)) == data
time = dt.datetime(2024, 2, 29, 1, 2, 3, 456789, tzinfo=dt.UTC)
packed = msgpack.packb(time, datetime=True)
assert packed == bytes.fromhex("d7ff6ce8302065dfd78b")
assert msgpack.unpackb(packed, timestamp=3) == time
unpacker = msgpack.Unpacker()
unpacker.feed(bytes.fromhex("01c3"))
assert list(unpacker) == [1, True]
try:
    msgpack.packb(2**64)
except OverflowError:
    pass
else:
    raise AssertionError
print("msgpack: bytes of the specification, and back")
