"""Decompresses with the zlib that is linked in; Python's own gzip says what has to come out."""

import gzip
import io

import zlib_state

TEXT = b"".join(b"%d squared is %d\n" % (number, number**2) for number in range(20_000))
PACKED = gzip.compress(TEXT, mtime=0)


def rest_from_the_middle() -> bytes:
    """What a fresh decompressor reads from the last block boundary before half of the text."""
    with zlib_state.GzipStateFile(io.BytesIO(PACKED), keep_last_state=True) as file:
        while file.output_pos < len(TEXT) // 2 or file.last_state is None:
            file.readline()
        place, state = file.last_state_pos, file.last_state
    with zlib_state.GzipStateFile(io.BytesIO(PACKED)) as file:
        file.zseek(place, state)
        return bytes(file.read())


with zlib_state.GzipStateFile(io.BytesIO(PACKED)) as whole:
    assert whole.read() == TEXT

rest = rest_from_the_middle()
assert 0 < len(rest) < len(TEXT)
assert TEXT.endswith(rest)

broken = zlib_state.Decompressor(32 + 15)
broken.feed_input(b"this is not gzip")
try:
    broken.read()
except RuntimeError as error:
    assert str(error) == "incorrect header check"
else:
    message = "input that is not gzip has to be refused"
    raise AssertionError(message)

print(f"zlib-state: {len(PACKED)} bytes unpack to {len(TEXT)}, at once and from the middle")
