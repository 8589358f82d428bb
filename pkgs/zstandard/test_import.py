"""Frames of the native package are read, and what is packed here is the same bytes; streams, dictionaries, mistakes."""

import io

import zstandard

assert zstandard.backend == "cext"
data = b"".join(b"%d: the same words again and again\n" % (i * i) for i in range(3000))
frame = bytes.fromhex(
    "28b52ffd20c8b501003402303a207468652073616d6520776f72647320616761696e20616e640a3134393136323506004643ac8611c1c8c0288a1af862650c"
)
assert zstandard.decompress(frame) == data[:200]
packed = zstandard.ZstdCompressor(level=10, write_checksum=True).compress(data)
assert len(packed) == 9696, len(packed)
assert zstandard.ZstdDecompressor().decompress(packed) == data
parameters = zstandard.get_frame_parameters(packed)
assert (parameters.content_size, parameters.has_checksum) == (len(data), True)
with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed), read_size=100) as reader:
    assert b"".join(iter(lambda: reader.read(777), b"")) == data
samples = [b"%d: the same words again and again\n" % (i * i) for i in range(2000)]
dictionary = zstandard.train_dictionary(1024, samples)
small = zstandard.ZstdCompressor(dict_data=dictionary).compress(samples[77])
assert len(small) < len(zstandard.compress(samples[77]))
assert zstandard.ZstdDecompressor(dict_data=dictionary).decompress(small) == samples[77]
broken = packed[:100] + b"\x00\xff" + packed[102:]
try:
    zstandard.decompress(broken)
except zstandard.ZstdError:
    pass
else:
    raise AssertionError
print(f"zstandard: {'.'.join(map(str, zstandard.ZSTD_VERSION))}, as native")
