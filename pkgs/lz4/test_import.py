"""Blocks and frames that the native package made are read, the slow modes pack as well as there; mistakes."""

import io

import lz4
from lz4 import block, frame

data = b"".join(b"%d: the same words again and again\n" % (i * i) for i in range(3000))
assert lz4.library_version_string() == "1.9.4"
assert len(block.compress(data)) < 21500
assert len(block.compress(data, mode="high_compression", compression=12)) == 18743
assert block.decompress(block.compress(data, mode="fast", acceleration=8)) == data
packed = frame.compress(data, compression_level=9, content_checksum=True)
assert len(packed) == 18990, len(packed)
assert frame.decompress(packed) == data
native = bytes.fromhex(
    "04224d186840c800000000000000d441000000f20c303a207468652073616d6520776f72647320616761696e20616e640a002f0a3122000e1f3422000e"
    "1f3922000e2f313623000e2f32352300035020616e642000000000"
)
assert frame.decompress(native) == data[:200]
assert frame.decompress(frame.compress(data[:200])) == data[:200]
with frame.open(io.BytesIO(packed)) as file:
    assert b"".join(iter(lambda: file.read(777), b"")) == data
reader = frame.LZ4FrameDecompressor()
assert b"".join(reader.decompress(packed[begin : begin + 97]) for begin in range(0, len(packed), 97)) == data
assert reader.eof
dictionary = data[:1000]
small = block.compress(data[1000:1100], dict=dictionary)
assert len(small) < len(block.compress(data[1000:1100]))
assert block.decompress(small, dict=dictionary) == data[1000:1100]
broken = packed[:100] + bytes([packed[100] ^ 255]) + packed[101:]
for call, argument in ((frame.decompress, broken), (block.decompress, b"\x10\x00\x00\x00\xff\xff")):
    try:
        call(argument)
    except (RuntimeError, block.LZ4BlockError):
        pass
    else:
        raise AssertionError(call)
print(f"lz4: {lz4.library_version_string()}, as native")
