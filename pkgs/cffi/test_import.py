"""Layouts of the 32-bit target, calls into the C library and back: through the libffi of the runtime."""

from cffi import FFI, CDefError

ffi = FFI()
ffi.cdef(
    """
    struct point { int x; double y; char name[4]; };
    enum colour { RED, GREEN = 7, BLUE };
    size_t strlen(const char *);
    double atan2(double, double);
    long long llabs(long long);
    void qsort(void *, size_t, size_t, int (*)(const void *, const void *));
    """
)
point = ffi.new("struct point *", {"x": 3, "y": 0.5, "name": b"abc"})
assert ffi.string(point.name) == b"abc"
assert (ffi.sizeof("struct point"), ffi.offsetof("struct point", "y")) == (24, 8)
assert (ffi.sizeof("void *"), ffi.sizeof("long"), ffi.sizeof("size_t")) == (4, 4, 4)
assert bytes(ffi.buffer(ffi.new("int[2]", [1, 2]))) == bytes([1, 0, 0, 0, 2, 0, 0, 0])
assert ffi.string(ffi.cast("enum colour", 8)) == "BLUE"
libc = ffi.dlopen(None)
assert libc.strlen(b"hello") == 5
assert libc.atan2(1.0, -1.0) == 2.356194490192345
assert libc.llabs(-(2**40)) == 2**40
numbers = ffi.new("int[]", [5, -1, 3])


@ffi.callback("int(const void *, const void *)")
def compare(left, right):
    left, right = (ffi.cast("const int *", pointer)[0] for pointer in (left, right))
    return (left > right) - (left < right)


libc.qsort(numbers, 3, ffi.sizeof("int"), compare)
assert list(numbers) == [-1, 3, 5]
try:
    ffi.cast("int[", 0)
except CDefError:
    pass
else:
    raise AssertionError
print("cffi: structures, the C library, a callback from it")
