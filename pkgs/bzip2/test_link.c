/* pkg-config: bzip2 */
#include <string.h>
#include <bzlib.h>
#undef NDEBUG
#include <assert.h>

int main(void) {
    static char text[60000], packed[62000], again[60000];
    unsigned size = sizeof packed, length = sizeof again;
    for (int at = 0; at < 60000; at++)
        text[at] = (char)(at * at % 251);
    assert(strncmp(BZ2_bzlibVersion(), "1.0.8", 5) == 0);
    assert(BZ2_bzBuffToBuffCompress(packed, &size, text, sizeof text, 9, 0, 0) == BZ_OK);
    assert(size < 2000 && memcmp(packed, "BZh9", 4) == 0);
    assert(BZ2_bzBuffToBuffDecompress(again, &length, packed, size, 0, 0) == BZ_OK);
    assert(length == sizeof text && memcmp(text, again, length) == 0);
    packed[size / 2] ^= 1;
    assert(BZ2_bzBuffToBuffDecompress(again, &length, packed, size, 0, 0) < 0);
    return 0;
}
