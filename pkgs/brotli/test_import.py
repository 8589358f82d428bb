"""What the native package packed is read, in one piece and in many; modes, windows, mistakes."""

import brotli

data = b"".join(b"%d: the same words again and again\n" % (i * i) for i in range(3000))
assert (
    brotli.decompress(
        bytes.fromhex("1b7700a08c93547bbaae15406074640c4d0e38e4dcbfa5744c20a56003ce032d1b5f3b45b37a24940f42160f")
    )
    == data[:120]
)
sizes = {quality: len(brotli.compress(data, quality=quality)) for quality in (1, 5, 9, 11)}
assert sizes == {1: 11884, 5: 10926, 9: 10607, 11: 6609}, sizes
for mode in (brotli.MODE_GENERIC, brotli.MODE_TEXT, brotli.MODE_FONT):
    assert brotli.decompress(brotli.compress(data, mode=mode, quality=6, lgwin=16)) == data
compressor, decompressor = brotli.Compressor(quality=7), brotli.Decompressor()
parts = [compressor.process(data[begin : begin + 1000]) for begin in range(0, len(data), 1000)]
packed = b"".join([*parts, compressor.finish()])
assert b"".join(decompressor.process(packed[begin : begin + 97]) for begin in range(0, len(packed), 97)) == data
assert decompressor.is_finished()
try:
    brotli.decompress(packed[:50])
except brotli.error:
    pass
else:
    raise AssertionError
print(f"brotli {brotli.__version__}: as native")
