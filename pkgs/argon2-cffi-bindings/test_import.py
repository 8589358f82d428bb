"""Hashes of the native package, and one of two lanes that it made is verified."""

from _argon2_cffi_bindings import ffi, lib

encoded = b"$argon2id$v=19$m=512,t=3,p=2$c2FsdHNhbHQ$xGjZqCed5M8ekM5B4ZqXUuIcQpXa+pyu"
assert lib.argon2_verify(encoded, b"password", 8, lib.Argon2_id) == lib.ARGON2_OK
assert lib.argon2_verify(encoded, b"passwore", 8, lib.Argon2_id) == lib.ARGON2_VERIFY_MISMATCH


def raw(kind, version):
    """32 bytes of the password `password` with the salt `somesalt`, twice over 256 KiB in one lane."""
    out = ffi.new("uint8_t[]", 32)
    code = lib.argon2_hash(2, 256, 1, b"password", 8, b"somesalt", 8, out, 32, ffi.NULL, 0, kind, version)
    assert code == lib.ARGON2_OK, ffi.string(lib.argon2_error_message(code))
    return bytes(ffi.buffer(out, 32)).hex()


assert raw(lib.Argon2_i, 0x10) == "fd4dd83d762c49bdeaf57c47bdcd0c2f1babf863fdeb490df63ede9975fccf06"
assert raw(lib.Argon2_i, 0x13) == "89e9029f4637b295beb027056a7336c414fadd43f6b208645281cb214a56452f"
assert raw(lib.Argon2_d, 0x13) == "25c4ee8ba448054b49efc804e478b9d823be1f9bd2e99f51d6ec4007a3a1501f"
assert raw(lib.Argon2_id, 0x13) == "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe"
print("argon2-cffi-bindings: hashes as native")
