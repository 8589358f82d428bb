"""Published check values of CRC-32C, in one piece and in many; the one in software is what runs here."""

import crc32c

assert crc32c.crc32c(b"123456789") == 0xE3069283
assert crc32c.crc32c(bytes(32)) == 0x8A9136AA
assert crc32c.crc32c(b"\xff" * 32) == 0x62A8AB43
data = bytes(range(256)) * 40
whole, parts = crc32c.CRC32CHash(data), crc32c.CRC32CHash()
for begin in range(0, len(data), 999):
    parts.update(data[begin : begin + 999])
assert whole.hexdigest() == parts.hexdigest() == "bd846cd7", whole.hexdigest()
assert crc32c.crc32c(b"6789", crc32c.crc32c(b"12345")) == 0xE3069283
print("crc32c: check values")
