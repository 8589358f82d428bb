/* pkg-config: zlib */
#include <string.h>
#include <zlib.h>
#undef NDEBUG
#include <assert.h>

int main(void) {
    unsigned char text[4000], packed[4100], again[4000];
    uLongf size = sizeof packed, length = sizeof again;
    for (int at = 0; at < 4000; at++)
        text[at] = (unsigned char)("abcdefg"[at % 7] + at / 1000);
    assert(crc32(0, (const Bytef *)"123456789", 9) == 0xcbf43926);
    assert(compress2(packed, &size, text, sizeof text, 9) == Z_OK);
    assert(size < 200);
    assert(uncompress(again, &length, packed, size) == Z_OK);
    assert(length == sizeof text && memcmp(text, again, length) == 0);
    packed[size / 2] ^= 1;
    assert(uncompress(again, &length, packed, size) == Z_DATA_ERROR);
    return 0;
}
