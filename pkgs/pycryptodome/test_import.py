"""Published vectors of ciphers and hashes; keys and signatures of curves and RSA; what was changed is refused."""

from Crypto.Cipher import AES, DES3, ChaCha20_Poly1305, Salsa20
from Crypto.Hash import CMAC, KMAC128, RIPEMD160, SHA3_256, SHA256, SHA512, BLAKE2b
from Crypto.Math.Numbers import Integer
from Crypto.Protocol.KDF import bcrypt, scrypt
from Crypto.PublicKey import ECC, RSA
from Crypto.Signature import DSS, eddsa, pkcs1_15

assert SHA256.new(b"abc").hexdigest() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
assert RIPEMD160.new(b"abc").hexdigest() == "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc"
assert SHA3_256.new(b"abc").hexdigest() == "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"
key, block = bytes(range(16)), bytes.fromhex("00112233445566778899aabbccddeeff")
assert AES.new(key, AES.MODE_ECB).encrypt(block).hex() == "69c4e0d86a7b0430d8cdb78070b4c55a"
for mode in (AES.MODE_GCM, AES.MODE_EAX, AES.MODE_SIV, AES.MODE_OCB, AES.MODE_CCM):
    options = {} if mode == AES.MODE_SIV else {"nonce": bytes(12)}
    secret = key * 2 if mode == AES.MODE_SIV else key
    text, tag = AES.new(secret, mode, **options).encrypt_and_digest(b"text" * 100)
    assert AES.new(secret, mode, **options).decrypt_and_verify(text, tag) == b"text" * 100, mode
    try:
        AES.new(secret, mode, **options).decrypt_and_verify(text[:-1] + b"?", tag)
    except ValueError:
        pass
    else:
        raise AssertionError(mode)
assert (
    AES.new(key, AES.MODE_GCM, nonce=bytes(12)).encrypt_and_digest(b"a")[1].hex() == "5dafed85d399a0c86f15bfe8e58405a9"
)
assert ChaCha20_Poly1305.new(key=bytes(32), nonce=bytes(12)).encrypt(b"abc").hex() == "fe6584"
assert Salsa20.new(bytes(32), bytes(8)).encrypt(bytes(4)).hex() == "9a97f65b"
assert DES3.new(bytes(range(24)), DES3.MODE_ECB).encrypt(b"8 bytes!").hex() == "28a225977daff28d"
assert BLAKE2b.new(data=b"abc", digest_bits=512).hexdigest()[:16] == "ba80a53f981c4d0d"
assert CMAC.new(key, b"abc", ciphermod=AES).hexdigest() == "0a54a6a425d48438c3f8bbe09bf944cc"
assert KMAC128.new(key=bytes(32), mac_len=16, data=b"abc").hexdigest() == "b8cd4597cf7f6151ec482d30858dc2f7"
assert scrypt(b"password", "NaCl", 16, N=1024, r=8, p=1).hex() == "27b418c674c769d12501fbb1f53bac32"
assert bcrypt(b"password", 4, b"salt of 16 bytes") == b"$2a$04$a0DqbA/tXg.vLg/gcVPjau3io57bkch8TPlZbyWVVF031rtfFxN16"
assert int(pow(Integer(3), 2**200, 2**127 - 1)) == 33770531954827786532393963049765274237
curve = ECC.construct(curve="P-256", d=12345)
assert f"{int(curve.pointQ.x):x}" == "26efcebd0ee9e34a669187e18b3a9122b2f733945b649cc9f9f921e9f9dad812"
signature = DSS.new(curve, "deterministic-rfc6979").sign(SHA512.new(b"abc"))
assert signature.hex().startswith("8510382148854486e94de9ef4618beaa43fb6d3aa250478ce7fd9b8cdcbe8888"), signature.hex()
DSS.new(curve.public_key(), "fips-186-3").verify(SHA512.new(b"abc"), signature)
edwards = ECC.construct(curve="Ed25519", seed=bytes(32))
signature = eddsa.new(edwards, "rfc8032").sign(b"abc")
assert signature.hex().startswith("885dfb07cab2796eb960531a2f09b972ad59b97bb125bef5fdda0855d6bebebf"), signature.hex()
first, second = 2**1279 - 1, 2**2203 - 1
rsa = RSA.construct((first * second, 65537, pow(65537, -1, (first - 1) * (second - 1)), first, second))
signature = pkcs1_15.new(rsa).sign(SHA256.new(b"abc"))
assert SHA256.new(signature).hexdigest().startswith("c356a73b598aeaf2"), SHA256.new(signature).hexdigest()
pkcs1_15.new(rsa.public_key()).verify(SHA256.new(b"abc"), signature)
print("pycryptodome: vectors, keys, signatures")
