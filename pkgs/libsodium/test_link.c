/* pkg-config: libsodium */
#include <sodium.h>
#include <string.h>
#undef NDEBUG
#include <assert.h>

int main(void) {
    unsigned char key[32], nonce[24] = {0}, hash[32], box[4 + crypto_secretbox_MACBYTES], opened[4], seed[32] = {0};
    unsigned char public[32], secret[64], signature[64];
    char text[129];
    assert(sodium_init() >= 0);
    for (int at = 0; at < 32; at++)
        key[at] = (unsigned char)at;
    crypto_hash_sha256(hash, (const unsigned char *)"abc", 3);
    sodium_bin2hex(text, sizeof text, hash, 32);
    assert(strcmp(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad") == 0);
    assert(crypto_secretbox_easy(box, (const unsigned char *)"text", 4, nonce, key) == 0);
    sodium_bin2hex(text, sizeof text, box, sizeof box);
    assert(strcmp(text, "759b38d348f7647d428f743be40fc4f43e6b8835") == 0);
    assert(crypto_secretbox_open_easy(opened, box, sizeof box, nonce, key) == 0 && memcmp(opened, "text", 4) == 0);
    box[3] ^= 1;
    assert(crypto_secretbox_open_easy(opened, box, sizeof box, nonce, key) == -1);
    crypto_sign_seed_keypair(public, secret, seed);
    sodium_bin2hex(text, sizeof text, public, 32);
    assert(strcmp(text, "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29") == 0);
    crypto_sign_detached(signature, NULL, (const unsigned char *)"abc", 3, secret);
    assert(crypto_sign_verify_detached(signature, (const unsigned char *)"abc", 3, public) == 0);
    assert(crypto_sign_verify_detached(signature, (const unsigned char *)"abd", 3, public) == -1);
    randombytes_buf(key, 32);
    randombytes_buf(seed, 32);
    assert(memcmp(key, seed, 32) != 0);
    return 0;
}
