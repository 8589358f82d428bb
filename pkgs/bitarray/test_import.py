"""Bits against integers of Python, and codes of the native package."""

from bitarray import bitarray, frozenbitarray, util

bits = bitarray("1011") * 1000
assert bits.count() == 3000
assert (bits & ~bits).count() == 0
assert (bits << 1).count() == 2999
assert util.ba2int(bitarray("1011")) == 11
number = 3**200
assert util.ba2int(util.int2ba(number, length=400)) == number
assert util.int2ba(number, endian="little").tobytes() == number.to_bytes(40, "little")
assert bits.find(bitarray("111")) == 2
assert list(bitarray("0110100").search(bitarray("1"))) == [1, 2, 4]
code = util.huffman_code({"a": 5, "b": 2, "c": 1, "d": 1})
assert {symbol: len(bits) for symbol, bits in code.items()} == {"a": 1, "b": 2, "c": 3, "d": 3}
packed = bitarray()
packed.encode(code, "abacad")
assert "".join(packed.decode(code)) == "abacad"
sparse = util.zeros(100_000)
sparse[[5, 70_000, 99_999]] = 1
encoded = util.sc_encode(sparse)
assert len(encoded) == 15, len(encoded)
assert util.sc_decode(encoded) == sparse
assert util.vl_encode(bitarray("0011 01")) == bytes.fromhex("d320"), util.vl_encode(bitarray("0011 01")).hex()
assert util.ba2hex(bitarray("1011 0001")) == "b1"
assert util.parity(bitarray("1011")) == 1
assert hash(frozenbitarray("10")) == hash(frozenbitarray("10"))
print("bitarray: counts, shifts, codes")
