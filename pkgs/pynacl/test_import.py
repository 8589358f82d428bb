"""Published vectors, boxes of the native package opened, and what was changed refused."""

import nacl.exceptions
from nacl import bindings, encoding, public, pwhash, secret, signing, utils
from nacl import hash as hashes

key = bytes(range(32))
nonce = bytes(24)
box = secret.SecretBox(key)
assert box.encrypt(b"text", nonce).ciphertext.hex() == "759b38d348f7647d428f743be40fc4f43e6b8835"
sign = signing.SigningKey(bytes(32))
assert (
    sign.verify_key.encode(encoding.HexEncoder).decode()
    == "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29"
)
signed = sign.sign(b"abc")
assert signed.signature.hex().startswith("885dfb07cab2796eb960531a2f09b972ad59b97bb125bef5fdda0855d6bebebf")
assert sign.verify_key.verify(signed) == b"abc"
assert hashes.sha256(b"abc") == b"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
assert hashes.blake2b(b"abc", digest_size=16, key=b"key") == b"2cf02ae16ac225ee731f9d359d8a1c38"
assert hashes.siphash24(b"abc", key[:16]) == b"a50720aa53fabc5d"
ours, theirs = public.PrivateKey(key), public.PrivateKey(key[::-1])
shared = public.Box(ours, theirs.public_key)
assert shared.shared_key().hex() == "1c2003abb7f39ea7b33aa5f76a2a161f8d6557087be9afd7893451ba0c12ef5c"
assert public.Box(theirs, ours.public_key).decrypt(shared.encrypt(b"x" * 1000)) == b"x" * 1000
assert public.SealedBox(ours).decrypt(public.SealedBox(ours.public_key).encrypt(b"y")) == b"y"
assert (
    pwhash.argon2id.kdf(16, b"password", key[:16], opslimit=1, memlimit=8192).hex()
    == "6deb08eb7caafe366f2f9ec06d8dbebd"
)
assert (
    bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(b"abc", b"more", nonce, key).hex()
    == "f464ef71721d303c0406d6abc5c70521d347f7"
)
assert len({utils.random(16) for _ in range(50)}) == 50
broken = box.encrypt(b"text", nonce).ciphertext[:-1] + b"?"
for attempt in (
    lambda: box.decrypt(broken, nonce),
    lambda: sign.verify_key.verify(b"abd", signed.signature),
):
    try:
        attempt()
    except nacl.exceptions.CryptoError:
        pass
    else:
        raise AssertionError
print("pynacl: boxes and signatures as native")
