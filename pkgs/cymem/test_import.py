"""The values were computed with cymem 2.0.16 on x86_64."""

from cymem.cymem import Address, Pool

assert Pool().size == 0
first, second = Address(3, 8), Address(1, 4)
assert first.addr != 0
assert first.addr % 8 == 0
assert first.addr != second.addr

print("cymem: two addresses of their own")
